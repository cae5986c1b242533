/* A store in a folder of its own, with a clock that stands still. */
#ifndef FERRY_TESTS_STORE_FIXTURE_H
#define FERRY_TESTS_STORE_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"
#include "unit.h"

struct fixture {
    char folder[40], path[64], clock_path[64];
    uv_loop_t loop;
    struct clock *clock;
    struct store *store;
    struct arena *arena;
    struct error err;
};

static inline bool fixture_open(struct fixture *f, uint32_t page_limit)
{
    struct store_options options = {.path = f->path, .page_limit = page_limit};

    return store_open(&options, &f->loop, f->clock, &f->store, &f->err);
}

static inline int fixture_setup(void **state)
{
    struct fixture *f = memory_new(1, sizeof *f);

    snprintf(f->folder, sizeof f->folder, "/tmp/ferry-store-XXXXXX");
    if (!mkdtemp(f->folder)) {
        return -1;
    }
    snprintf(f->path, sizeof f->path, "%s/ferry.db", f->folder);
    snprintf(f->clock_path, sizeof f->clock_path, "%s/clock", f->folder);
    uv_loop_init(&f->loop);
    f->arena = arena_new((size_t)64 << 20);
    *state = f;
    return clock_open_shared(f->clock_path, 1793000000000, &f->clock, &f->err) && fixture_open(f, 0)
               ? 0
               : -1;
}

static inline void fixture_close(struct fixture *f)
{
    store_close(f->store);
    f->store = NULL;
    uv_run(&f->loop, UV_RUN_DEFAULT);
}

static inline int fixture_teardown(void **state)
{
    static const char *const endings[] = {"",      "-wal",        "-shm",
                                          ".lock", ".generation", ".generation.new"};
    struct fixture *f = *state;
    char name[96];

    fixture_close(f);
    uv_loop_close(&f->loop);
    arena_free(f->arena);
    clock_close(f->clock);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(name, sizeof name, "%s%s", f->path, endings[i]);
        unlink(name);
    }
    unlink(f->clock_path);
    rmdir(f->folder);
    memory_free(f);
    return 0;
}

/* Run one job now, and fail the test with its sentence when it fails. */
#define NOW(f, work, self)                                                                         \
    do {                                                                                           \
        if (!store_now((f)->store, work, self, &(f)->err)) {                                       \
            fail_msg("%s: %s", (f)->err.code, (f)->err.text);                                      \
        }                                                                                          \
    } while (0)

#endif
