/*
 * probe: loaded before a program's libraries (LD_PRELOAD); counts what it asks of the disk, how
 * long its event loop is away from waiting, and when it first connects. Writes one JSON object to
 * $BENCH_PROBE when it first connects, and when the program ends.
 *
 * The loop is the main thread's epoll: the time from the end of one wait to the begin of the next
 * is everything that ran in between, so the longest of them is no shorter than the longest
 * callback.
 */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define STRETCHES_MOST 1000000

static atomic_long syncs;
static _Atomic double first_connect;
static double last_wait_end, longest;
static float *stretches; /* milliseconds */
static size_t stretch_count;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

/* ---- the disk ---- */

int fsync(int fd)
{
    static int (*real)(int);

    real = real ? real : (int (*)(int))next("fsync");
    atomic_fetch_add(&syncs, 1);
    return real(fd);
}

int fdatasync(int fd)
{
    static int (*real)(int);

    real = real ? real : (int (*)(int))next("fdatasync");
    atomic_fetch_add(&syncs, 1);
    return real(fd);
}

/* ---- what it says ---- */

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static double share(double part)
{
    return stretch_count ? (double)stretches[(size_t)((double)(stretch_count - 1) * part)] : 0;
}

/* Whole, or not there: somebody waits for it. */
static void report(void)
{
    const char *path = getenv("BENCH_PROBE"), *begun = getenv("BENCH_BEGUN");
    double start = begun ? strtod(begun, NULL) : 0;
    char fresh[4096];
    FILE *f;

    snprintf(fresh, sizeof fresh, "%s.new", path ? path : "");
    f = path ? fopen(fresh, "w") : NULL;
    if (!f) {
        return;
    }
    fprintf(f,
            "{\"syncs\": %ld, \"first_call_ms\": %.3f, \"loop_longest_ms\": %.3f, "
            "\"loop_half_ms\": %.3f, \"loop_most_ms\": %.3f, \"loop_waits\": %zu}\n",
            (long)syncs, first_connect > 0 ? (first_connect - start) * 1000 : -1, longest * 1000,
            share(0.5), share(0.999), stretch_count);
    fclose(f);
    rename(fresh, path);
}

/* ---- the network ---- */

int connect(int fd, const struct sockaddr *to, socklen_t size)
{
    static int (*real)(int, const struct sockaddr *, socklen_t);

    real = real ? real : (int (*)(int, const struct sockaddr *, socklen_t))next("connect");
    if (to->sa_family == AF_INET && first_connect == 0) {
        first_connect = now();
        report();
    }
    return real(fd, to, size);
}

/* ---- the loop ---- */

static void before_wait(void)
{
    double stretch = now() - last_wait_end;

    if (last_wait_end == 0) {
        return; /* what comes before the first wait is the start of the program */
    }
    longest = stretch > longest ? stretch : longest;
    if (stretches && stretch_count < STRETCHES_MOST) {
        stretches[stretch_count++] = (float)(stretch * 1000);
    }
}

int epoll_pwait(int fd, struct epoll_event *events, int most, int timeout, const sigset_t *mask)
{
    static int (*real)(int, struct epoll_event *, int, int, const sigset_t *);
    int result;

    real =
        real ? real
             : (int (*)(int, struct epoll_event *, int, int, const sigset_t *))next("epoll_pwait");
    if (syscall(SYS_gettid) != getpid()) {
        return real(fd, events, most, timeout, mask);
    }
    before_wait();
    result = real(fd, events, most, timeout, mask);
    last_wait_end = now();
    return result;
}

int epoll_wait(int fd, struct epoll_event *events, int most, int timeout)
{
    return epoll_pwait(fd, events, most, timeout, NULL);
}

/* ---- the end ---- */

__attribute__((constructor)) static void begin(void)
{
    if (getenv("BENCH_PROBE_LOOP")) {
        stretches = malloc(STRETCHES_MOST * sizeof *stretches);
    }
}

__attribute__((destructor)) static void end(void)
{
    if (stretches) {
        qsort(stretches, stretch_count, sizeof *stretches, by_size);
    }
    report();
}
