/* A quota on a clock of its own, and calls that are granted and ended by hand. */
#ifndef FERRY_TESTS_QUOTA_BENCH_H
#define FERRY_TESTS_QUOTA_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "quota/quota.h"
#include "unit.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS    INT64_C(86400000)

struct bench {
    char path[40], order[256]; /* the letters of the calls, as they were granted */
    struct clock *clock;
    struct quota *quota;
    unsigned wakes;
};

struct call {
    struct quota_ticket ticket;
    struct bench *bench;
    char letter;
    bool granted;
};

static inline void on_wake(void *owner)
{
    ((struct bench *)owner)->wakes++;
}

static inline void bench_init(struct bench *b)
{
    struct error err;

    *b = (struct bench){.path = "/tmp/ferry-quota-XXXXXX"};
    close(mkstemp(b->path));
    assert_true(clock_open_shared(b->path, 1790000000000, &b->clock, &err));
    b->quota = quota_new(b->clock, on_wake, b);
}

static inline void bench_done(struct bench *b)
{
    quota_free(b->quota);
    clock_close(b->clock);
    unlink(b->path);
}

/* The same clock, another process. */
static inline void bench_restart(struct bench *b)
{
    quota_free(b->quota);
    b->quota = quota_new(b->clock, on_wake, b);
}

static inline void on_call(void *owner)
{
    struct call *call = owner;
    size_t size = strlen(call->bench->order);

    call->granted = true;
    if (size + 1 < sizeof call->bench->order) {
        call->bench->order[size] = call->letter;
    }
}

static inline void ask(struct bench *b, struct call *call, const char *lane, enum quota_class class,
                       char letter)
{
    struct error err;

    *call = (struct call){
        {.lane = lane, .class = class, .on_grant = on_call, .owner = call}, b, letter, false};
    assert_true(quota_ask(b->quota, &call->ticket, &err));
}

/* One call of this class, if there is room now; ended at once with these hints. */
static inline bool once(struct bench *b, const char *lane, enum quota_class class,
                        const struct quota_hints *hints)
{
    struct call call;

    ask(b, &call, lane, class, '.');
    quota_tick(b->quota);
    if (!call.granted) {
        quota_cancel(b->quota, &call.ticket);
        return false;
    }
    quota_finish(b->quota, &call.ticket, hints);
    return true;
}

/* As many as there is room for now. */
static inline int all(struct bench *b, const char *lane, enum quota_class class)
{
    int count = 0;

    while (once(b, lane, class, NULL)) {
        count++;
    }
    return count;
}

static inline struct quota_status status(struct bench *b, const char *lane)
{
    struct quota_status s;

    assert_true(quota_lane_status(b->quota, lane, &s));
    return s;
}

static inline int64_t wall(const struct bench *b)
{
    return clock_wall_ms(b->clock);
}

static inline struct quota_hints refused(enum quota_problem problem, int64_t retry_after_s)
{
    struct quota_hints hints = QUOTA_HINTS_NONE;

    hints.problem = problem;
    hints.retry_after_s = retry_after_s;
    return hints;
}

static inline void xero_lane(struct bench *b, const char *name)
{
    struct quota_limits limits = quota_limits_xero(1000);

    limits.concurrent = 0;
    quota_set_lane(b->quota, name, NULL, &limits);
}

#endif
