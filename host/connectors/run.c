/*
 * Start ferry-worker and hear it out. Between fork and exec only calls that are safe in a process
 * that had threads: everything is prepared before.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "connectors/connectors_internal.h"
#include "ferry/worker.h"

#define PRINTED_MAX 4096
#define CHILD_FILE  4 /* where the connector's file is in the worker */

/* Read ends are ours. */
struct pipes {
    int protocol[2];
    int printed[2];
};

static void pipes_close(struct pipes *pipes)
{
    int *all[] = {&pipes->protocol[0], &pipes->protocol[1], &pipes->printed[0], &pipes->printed[1]};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (*all[i] >= 0) {
            close(*all[i]);
            *all[i] = -1;
        }
    }
}

static bool pipes_open(struct pipes *pipes)
{
    *pipes = (struct pipes){{-1, -1}, {-1, -1}};
    return pipe2(pipes->protocol, O_CLOEXEC) == 0 && pipe2(pipes->printed, O_CLOEXEC) == 0;
}

/* ---- the child ---- */

struct child {
    const char *path;
    char *const *arguments;
    char *const *environment;
    struct pipes *pipes;
    int file_fd;
    pid_t parent;
};

/* Move to above everything that will be overwritten; 0..4 are the targets. */
static int lift(int fd)
{
    return fcntl(fd, F_DUPFD, 16);
}

static void close_others(void)
{
    if (syscall(SYS_close_range, CHILD_FILE + 1, ~0u, 0) != 0) {
        for (int fd = CHILD_FILE + 1; fd < 65536; fd++) { /* before Linux 5.9 */
            close(fd);
        }
    }
}

static _Noreturn void child_run(const struct child *child)
{
    int protocol = lift(child->pipes->protocol[1]), printed = lift(child->pipes->printed[1]);
    int file = lift(child->file_fd), null = open("/dev/null", O_RDONLY);
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setsid(); /* no signal to a group reaches us */
    if (getppid() != child->parent) {
        _exit(FERRY_WORKER_USAGE); /* the host died before the line above */
    }
    if (dup2(null, 0) == 0 && dup2(printed, 1) == 1 && dup2(printed, 2) == 2 &&
        dup2(protocol, FERRY_WORKER_FD) == FERRY_WORKER_FD &&
        dup2(file, CHILD_FILE) == CHILD_FILE && chdir("/") == 0) {
        close_others();
        execve(child->path, child->arguments, child->environment);
    }
    _exit(FERRY_WORKER_USAGE);
}

static pid_t start(const struct connector_worker *worker, int file_fd, struct pipes *pipes)
{
    char file[32], hide[64], fenced[] = "--describe", unfenced[] = "--describe-unfenced";
    char now[] = "LD_BIND_NOW=1";
    AUTO_FREE char *name = memory_copy_text(worker->path);
    char *arguments[] = {name, worker->unfenced ? unfenced : fenced, file, NULL};
    char *environment[] = {now, worker->hide ? hide : NULL, NULL};
    struct child child = {worker->path, arguments, environment, pipes, file_fd, getpid()};

    snprintf(file, sizeof file, "/proc/self/fd/%d", CHILD_FILE);
    snprintf(hide, sizeof hide, "FERRY_WORKER_HIDE=%s", worker->hide ? worker->hide : "");
    pid_t pid = fork();
    if (pid == 0) {
        child_run(&child);
    }
    return pid;
}

/* ---- the parent ---- */

static int64_t now_ms(void)
{
    struct timespec now;

    /* Not base/clock: a deadline on a process of this machine is never a matter of test clocks. */
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* One read; false at the end. What is past the buffer's maximum is dropped. */
static bool take(int fd, struct buffer *out)
{
    char block[16384];
    ssize_t size = read(fd, block, sizeof block);

    if (size < 0) {
        return errno == EINTR || errno == EAGAIN;
    }
    buffer_add(out, block, (size_t)size);
    return size > 0;
}

/* The connector may print for ever: the beginning is kept, the rest read and dropped. */
static bool take_printed(int fd, struct buffer *out)
{
    char block[1024];
    ssize_t size = read(fd, block, sizeof block);

    for (ssize_t i = 0; i < size && out->size < out->max; i++) {
        buffer_add_char(out, block[i] >= ' ' && block[i] < 0x7f ? block[i] : ' ');
    }
    return size > 0 || (size < 0 && errno == EINTR);
}

/* Until the worker closes its end; false at the deadline or when it says too much. */
static bool listen_to(struct pipes *pipes, int64_t deadline, struct worker_answer *answer)
{
    struct pollfd fds[] = {{pipes->protocol[0], POLLIN, 0}, {pipes->printed[0], POLLIN, 0}};

    while (fds[0].fd >= 0) {
        int64_t left = deadline - now_ms();
        if (left <= 0) {
            answer->timed_out = true;
            return false;
        }
        if (poll(fds, 2, (int)left) <= 0) {
            continue;
        }
        if (fds[1].revents && !take_printed(fds[1].fd, &answer->printed)) {
            fds[1].fd = -1;
        }
        if (fds[0].revents && !take(fds[0].fd, &answer->protocol)) {
            fds[0].fd = -1;
        }
        if (answer->protocol.overflow) {
            return false;
        }
    }
    return true;
}

/* It closed its end or was killed; a worker that closes and stays is killed at the deadline. */
static void reap(pid_t pid, int64_t deadline, struct worker_answer *answer)
{
    int wait_flags = WNOHANG;

    for (;;) {
        pid_t ended = waitpid(pid, &answer->status, wait_flags);
        if (ended == pid || (ended < 0 && errno != EINTR)) {
            return;
        }
        if (ended == 0 && now_ms() >= deadline) {
            answer->timed_out = true;
            kill(pid, SIGKILL);
            wait_flags = 0;
        } else if (ended == 0) {
            nanosleep(&(struct timespec){0, 1000000}, NULL);
        }
    }
}

bool worker_run(const struct connector_worker *worker, int file_fd, struct worker_answer *ret,
                struct error *err)
{
    struct pipes pipes;
    int64_t deadline =
        now_ms() + (worker->deadline_ms ? worker->deadline_ms : CONNECTOR_DEADLINE_MS);

    *ret = (struct worker_answer){.status = 0};
    buffer_init(&ret->protocol, CONNECTOR_DESCRIPTION_MAX + 1024);
    buffer_init(&ret->printed, PRINTED_MAX);
    if (!worker->path || access(worker->path, X_OK) != 0) {
        return error_set(err, ERROR_CONFIG, "worker-missing",
                         "ferry-worker is not at %s; without it no connector is opened. Install it "
                         "there.",
                         worker->path ? worker->path : "(no path)");
    }
    pid_t pid = pipes_open(&pipes) ? start(worker, file_fd, &pipes) : -1;
    if (pid < 0) {
        pipes_close(&pipes);
        return error_set(err, ERROR_TRANSIENT, "worker-start", "ferry-worker does not start: %s.",
                         strerror(errno));
    }
    close(pipes.protocol[1]);
    close(pipes.printed[1]);
    pipes.protocol[1] = pipes.printed[1] = -1;
    if (!listen_to(&pipes, deadline, ret)) {
        kill(pid, SIGKILL);
    }
    reap(pid, deadline, ret);
    pipes_close(&pipes);
    return true;
}
