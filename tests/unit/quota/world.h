/*
 * A model of the other end, and of the way there: it counts a call somewhere between the grant and
 * QUOTA_LAG_MS later, in fixed or rolling windows, and refuses what is too much.
 */
#ifndef FERRY_TESTS_QUOTA_WORLD_H
#define FERRY_TESTS_QUOTA_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "counter.h"
#include "quota/quota.h"

#define LANES_MOST 64

struct world;
struct job {
    struct quota_ticket ticket;
    struct world *world;
    struct far *far;
    int64_t arrives_ms, ends_ms;
    bool granted, arrived, refused;
    struct quota_hints hints;
    struct job *next;
};

/* One organisation at the other end. */
struct far {
    char name[16];
    struct counter minute, day;
    uint32_t in_flight, at_once;
    uint32_t to_ask, ended;
    int64_t last_granted_ms;
};

struct world {
    char path[40];
    struct clock *clock;
    struct quota *quota;
    struct far far[LANES_MOST];
    unsigned far_count;
    struct counter app;
    struct job *jobs; /* asked for, not ended */
    uint64_t seed;
    int64_t shortest_ms, longest_ms; /* of an answer */
    uint32_t refused, wakes;
    enum quota_problem says_which; /* of a minute that is used up */
    bool says_when;
};

static inline void on_world_wake(void *owner)
{
    ((struct world *)owner)->wakes++;
}

static inline void world_init(struct world *w)
{
    struct error err;

    *w = (struct world){
        .path = "/tmp/ferry-quota-XXXXXX", .seed = 88172645463325252u, .shortest_ms = 200};
    w->longest_ms = 400;
    close(mkstemp(w->path));
    assert_true(clock_open_shared(w->path, 1790000000000, &w->clock, &err));
    w->quota = quota_new(w->clock, on_world_wake, w);
}

static inline void world_done(struct world *w)
{
    while (w->jobs) {
        struct job *job = w->jobs;

        w->jobs = job->next;
        memory_free(job);
    }
    for (unsigned i = 0; i < w->far_count; i++) {
        memory_free(w->far[i].minute.at);
        memory_free(w->far[i].day.at);
    }
    memory_free(w->app.at);
    quota_free(w->quota);
    clock_close(w->clock);
    unlink(w->path);
}

static inline struct far *world_far(struct world *w, uint32_t jobs)
{
    struct far *far = &w->far[w->far_count];

    snprintf(far->name, sizeof far->name, "lane%u", w->far_count++);
    far->to_ask = jobs;
    return far;
}

static inline void on_world_grant(void *owner);

static inline void world_ask(struct world *w, struct far *far, enum quota_class class)
{
    struct job *job = memory_new(1, sizeof *job);
    struct error err;

    job->ticket = (struct quota_ticket){
        .lane = far->name, .class = class, .on_grant = on_world_grant, .owner = job};
    job->world = w;
    job->far = far;
    job->next = w->jobs;
    w->jobs = job;
    assert_true(quota_ask(w->quota, &job->ticket, &err));
}

static inline void on_world_grant(void *owner)
{
    struct job *job = owner;
    struct world *w = job->world;
    int64_t now = clock_boot_ms(w->clock), span = w->longest_ms - w->shortest_ms + 1, most;

    job->ends_ms = now + w->shortest_ms + (int64_t)(next_random(&w->seed) % (uint64_t)span);
    most = job->ends_ms - now < QUOTA_LAG_MS ? job->ends_ms - now : QUOTA_LAG_MS;
    job->arrives_ms = now + (int64_t)(next_random(&w->seed) % (uint64_t)(most + 1));
    job->granted = true;
    job->far->last_granted_ms = now;
    if (job->far->to_ask) {
        job->far->to_ask--;
        world_ask(w, job->far, QUOTA_DOCUMENT);
    }
}

static inline void world_arrive(struct world *w, struct job *job)
{
    struct far *far = job->far;
    int64_t now = clock_boot_ms(w->clock);
    bool day = counter_takes(&far->day, now), minute = counter_takes(&far->minute, now);
    bool app = counter_takes(&w->app, now);

    job->arrived = true;
    far->in_flight++;
    job->refused = !day || !minute || !app || (far->at_once && far->in_flight > far->at_once);
    w->refused += job->refused;
    job->hints = QUOTA_HINTS_NONE;
    if (job->refused) {
        job->hints.problem = minute ? QUOTA_LIMITED : w->says_which;
        job->hints.retry_after_s = !minute && w->says_when ? counter_wait_s(&far->minute, now) : -1;
    }
    job->hints.left_minute = far->minute.calls ? counter_left(&far->minute) : -1;
    job->hints.left_day = far->day.calls ? counter_left(&far->day) : -1;
    job->hints.left_app_minute = w->app.calls ? counter_left(&w->app) : -1;
}

static inline void world_end(struct world *w, struct job *job)
{
    struct job **at = &w->jobs;

    while (*at && *at != job) {
        at = &(*at)->next;
    }
    *at = job->next;
    job->far->in_flight--;
    job->far->ended++;
    quota_finish(w->quota, &job->ticket, &job->hints);
    memory_free(job);
}

/* What happens next: arrivals before ends of one moment. */
static inline struct job *world_next(const struct world *w, int64_t *when)
{
    struct job *found = NULL;

    *when = INT64_MAX;
    for (struct job *job = w->jobs; job; job = job->next) {
        int64_t at = job->arrived ? job->ends_ms : job->arrives_ms;

        if (job->granted && (at < *when || (at == *when && !job->arrived))) {
            *when = at;
            found = job;
        }
    }
    return found;
}

/* Until everything has ended; returns how long that took, or INT64_MAX when it stood still. */
static inline int64_t world_run(struct world *w, int64_t most_ms)
{
    int64_t start = clock_boot_ms(w->clock), due, when;

    for (unsigned i = 0; i < w->far_count; i++) {
        if (w->far[i].to_ask) {
            w->far[i].to_ask--;
            world_ask(w, &w->far[i], QUOTA_DOCUMENT);
        }
    }
    for (;;) {
        struct job *job = world_next(w, &when);

        due = quota_next_due_ms(w->quota);
        if (!job && due == INT64_MAX) {
            return clock_boot_ms(w->clock) - start;
        }
        if ((when < due ? when : due) - start > most_ms) {
            return INT64_MAX;
        }
        clock_advance_to_boot(w->clock, when < due ? when : due);
        if (!job || due <= when) {
            quota_tick(w->quota);
        } else if (job->arrived) {
            world_end(w, job);
        } else {
            world_arrive(w, job);
        }
    }
}

#endif
