#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"

#define SHARED_MAGIC UINT64_C(0x31304b434f4c4346) /* "FCLOCK01" */

/* What several processes of one test look at. */
struct shared {
    _Atomic uint64_t magic;
    _Atomic int64_t wall_ms, boot_ms;
};

struct clock {
    struct shared *shared; /* NULL: the machine's time */
    char boot_id[CLOCK_BOOT_ID_MAX];
};

static int64_t read_clock_ms(clockid_t id)
{
    struct timespec t;

    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void read_boot_id(char out[CLOCK_BOOT_ID_MAX])
{
    FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");

    if (!f || !fgets(out, CLOCK_BOOT_ID_MAX, f)) {
        snprintf(out, CLOCK_BOOT_ID_MAX, "unknown");
    }
    out[strcspn(out, "\n")] = '\0';
    if (f) {
        fclose(f);
    }
}

struct clock *clock_open_system(void)
{
    struct clock *clock = memory_new(1, sizeof *clock);

    read_boot_id(clock->boot_id);
    return clock;
}

static bool map_shared(int fd, int64_t start_wall_ms, struct shared **ret)
{
    struct stat s;
    struct shared *shared;
    bool fresh = fstat(fd, &s) == 0 && s.st_size < (off_t)sizeof *shared;

    if (fresh && ftruncate(fd, sizeof *shared) < 0) {
        return false;
    }
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (shared == MAP_FAILED) {
        return false;
    }
    if (fresh) {
        shared->wall_ms = start_wall_ms;
        shared->boot_ms = 1000000;
        shared->magic = SHARED_MAGIC;
    }
    *ret = shared;
    return true;
}

bool clock_open_shared(const char *path, int64_t start_wall_ms, struct clock **ret,
                       struct error *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct shared *shared = NULL;
    struct clock *clock;
    bool ok = fd >= 0 && map_shared(fd, start_wall_ms, &shared);
    int why = errno;

    if (fd >= 0) {
        close(fd);
    }
    if (!ok) {
        return error_set(err, ERROR_CONFIG, "clock", "the clock file %s cannot be opened: %s", path,
                         strerror(why));
    }
    if (shared->magic != SHARED_MAGIC) {
        munmap(shared, sizeof *shared);
        return error_set(err, ERROR_CONFIG, "clock", "%s is not a clock file", path);
    }
    clock = memory_new(1, sizeof *clock);
    clock->shared = shared;
    snprintf(clock->boot_id, sizeof clock->boot_id, "shared-clock");
    *ret = clock;
    return true;
}

void clock_close(struct clock *clock)
{
    if (clock && clock->shared) {
        munmap(clock->shared, sizeof *clock->shared);
    }
    memory_free(clock);
}

bool clock_is_shared(const struct clock *clock)
{
    return clock->shared != NULL;
}

int64_t clock_wall_ms(const struct clock *clock)
{
    return clock->shared ? clock->shared->wall_ms : read_clock_ms(CLOCK_REALTIME);
}

int64_t clock_boot_ms(const struct clock *clock)
{
    return clock->shared ? clock->shared->boot_ms : read_clock_ms(CLOCK_BOOTTIME);
}

const char *clock_boot_id(const struct clock *clock)
{
    return clock->boot_id;
}

void clock_advance(struct clock *clock, int64_t ms)
{
    if (clock->shared && ms > 0) {
        atomic_fetch_add(&clock->shared->boot_ms, ms);
        atomic_fetch_add(&clock->shared->wall_ms, ms);
    }
}

void clock_advance_to_boot(struct clock *clock, int64_t boot_ms)
{
    clock_advance(clock, boot_ms - clock_boot_ms(clock));
}

void clock_set_wall(struct clock *clock, int64_t wall_ms)
{
    if (clock->shared) {
        clock->shared->wall_ms = wall_ms;
    }
}

int64_t clock_age_ms(const struct clock *clock, int64_t wall_ms, int64_t boot_ms,
                     const char *boot_id)
{
    int64_t by_wall = clock_wall_ms(clock) - wall_ms, by_boot = clock_boot_ms(clock) - boot_ms;

    if (strcmp(boot_id, clock->boot_id) != 0 || by_wall < 0 || by_boot < 0) {
        return INT64_MAX;
    }
    return by_wall > by_boot ? by_wall : by_boot;
}
