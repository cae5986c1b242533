/* A house with a store, a clock that stands still, and a gate at which work can be held up. */
#ifndef FERRY_TESTS_STEPS_FIXTURE_H
#define FERRY_TESTS_STEPS_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "steps/errand.h"
#include "unit.h"

struct fixture {
    char folder[40], path[64], clock_path[64];
    uv_loop_t loop;
    struct house house;
    uv_sem_t gate;
    int64_t began_ms;
    struct error err;
    void *more; /* of one test program */
};

/* ---- what a machine came to ---- */

struct ended {
    int times;
    struct error err;
};

static inline void on_done(void *owner, const struct error *err)
{
    struct ended *ended = owner;

    ended->times++;
    ended->err = *err;
}

static inline void assert_error(const struct error *err, enum error_kind kind, const char *code)
{
    if (err->kind != kind || strcmp(err->code, code) != 0) {
        fail_msg("%s %s: %s", error_kind_name(err->kind), err->code, err->text);
    }
}

static inline void begin(struct machine *machine, const char *first, struct ended *ended)
{
    *ended = (struct ended){0};
    machine_start(machine, first, on_done, ended);
    assert_int_equal(ended->times, 0);
    assert_true(machine_is_running(machine));
}

/* One round that never blocks: a timer may do the last thing there is to wait for. */
static inline void go_round(struct fixture *f)
{
    if (uv_run(&f->loop, UV_RUN_NOWAIT)) {
        usleep(100);
    }
}

/* Until it is done; and it is done once. */
static inline void wait_for(struct fixture *f, struct ended *ended)
{
    while (ended->times == 0) {
        go_round(f);
    }
    for (int i = 0; i < 5; i++) {
        uv_run(&f->loop, UV_RUN_NOWAIT);
    }
    assert_int_equal(ended->times, 1);
}

/* ---- the gate ---- */

static inline bool work_at_gate(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;

    (void)db;
    (void)err;
    uv_sem_wait(&f->gate);
    return true;
}

static inline void on_through(void *self, const struct error *err)
{
    (void)self;
    (void)err;
}

/* The clock stands still until open_gate: something is under way. */
static inline void hold_time(struct fixture *f)
{
    store_read(f->house.store, work_at_gate, f, on_through);
}

static inline void open_gate(struct fixture *f)
{
    uv_sem_post(&f->gate);
}

static inline int64_t passed_ms(const struct fixture *f)
{
    return clock_boot_ms(f->house.clock) - f->began_ms;
}

/* ---- set up ---- */

static inline int house_setup(void **state)
{
    struct fixture *f = memory_new(1, sizeof *f);
    struct store_options options = {.path = f->path};
    struct crypto_key key;

    snprintf(f->folder, sizeof f->folder, "/tmp/ferry-steps-XXXXXX");
    if (!mkdtemp(f->folder)) {
        return -1;
    }
    snprintf(f->path, sizeof f->path, "%s/ferry.db", f->folder);
    snprintf(f->clock_path, sizeof f->clock_path, "%s/clock", f->folder);
    uv_loop_init(&f->loop);
    uv_sem_init(&f->gate, 0);
    crypto_random(key.bytes, sizeof key.bytes);
    *state = f;
    f->house.loop = &f->loop;
    if (!clock_open_shared(f->clock_path, 1793000000000, &f->house.clock, &f->err) ||
        !store_open(&options, &f->loop, f->house.clock, &f->house.store, &f->err)) {
        return -1;
    }
    house_open(&f->house, &key, NULL);
    f->began_ms = clock_boot_ms(f->house.clock);
    return 0;
}

static inline int house_teardown(void **state)
{
    static const char *const endings[] = {"",      "-wal",        "-shm",
                                          ".lock", ".generation", ".generation.new"};
    struct fixture *f = *state;
    char name[96];

    house_close(&f->house);
    store_close(f->house.store);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    if (uv_loop_close(&f->loop) != 0) {
        return -1; /* a handle was forgotten */
    }
    clock_close(f->house.clock);
    uv_sem_destroy(&f->gate);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(name, sizeof name, "%s%s", f->path, endings[i]);
        unlink(name);
    }
    unlink(f->clock_path);
    rmdir(f->folder);
    memory_free(f);
    return 0;
}

#endif
