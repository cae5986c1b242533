/* How the other end counts: a fixed or a rolling window, as strict as it can be. */
#ifndef FERRY_TESTS_QUOTA_COUNTER_H
#define FERRY_TESTS_QUOTA_COUNTER_H

#include "unit.h"

#define COUNTED_MOST 65536

/* What the other end counts; one window. */
struct counter {
    uint32_t calls;
    int64_t length_ms, phase_ms; /* phase -1: rolling */
    int64_t *at;                 /* rolling: when */
    size_t first, end;
    int64_t bucket; /* fixed: which, and how many in it */
    uint32_t in_bucket;
};

static inline bool counter_takes(struct counter *c, int64_t now)
{
    if (c->calls == 0) {
        return true;
    }
    if (c->phase_ms >= 0) {
        int64_t bucket = (now + c->phase_ms) / c->length_ms;

        c->in_bucket = bucket == c->bucket ? c->in_bucket : 0;
        c->bucket = bucket;
        return ++c->in_bucket <= c->calls;
    }
    /* as strict as a rolling window can be: a call exactly one length ago still counts */
    while (c->first < c->end && c->at[c->first % COUNTED_MOST] < now - c->length_ms) {
        c->first++;
    }
    if (c->end - c->first == c->calls) {
        return false; /* what is refused does not count */
    }
    c->at[c->end++ % COUNTED_MOST] = now;
    return true;
}

/* Until the oldest of a rolling window counts no more, in whole seconds. */
static inline int64_t counter_wait_s(const struct counter *c, int64_t now)
{
    return (c->at[c->first % COUNTED_MOST] + c->length_ms - now) / 1000 + 1;
}

static inline int64_t counter_left(const struct counter *c)
{
    uint32_t used = c->phase_ms >= 0 ? c->in_bucket : (uint32_t)(c->end - c->first);

    return used >= c->calls ? 0 : (int64_t)c->calls - used;
}

static inline struct counter counter_of(uint32_t calls, int64_t seconds, int64_t phase_ms)
{
    return (struct counter){.calls = calls,
                            .length_ms = seconds * 1000,
                            .phase_ms = phase_ms,
                            .bucket = -1,
                            .at = memory_new(phase_ms < 0 ? COUNTED_MOST : 1, sizeof(int64_t))};
}

#endif
