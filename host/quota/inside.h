/* What the files of quota/ share. Internal. */
#ifndef FERRY_QUOTA_INSIDE_H
#define FERRY_QUOTA_INSIDE_H

#include "quota/quota.h"
#include "quota/window.h"

#define KEPT_FROM_S   60 /* windows of this length or more are kept over a restart */
#define BLOCK_LONG_MS ((int64_t)WINDOW_LONG_S * 1000)
#define BLOCK_MOST_S  604800
#define MINUTE_S      INT64_C(60)
#define DAY_S         86400
#define NEVER         INT64_MAX

enum { TICKET_NEW, TICKET_WAITING, TICKET_GRANTED, TICKET_COUNTED, TICKET_OVER };

/* What is counted for a lane, and for a pool. */
struct meter {
    uint32_t concurrent;
    unsigned window_count;
    struct window windows[QUOTA_WINDOWS_MAX];
    uint32_t open;      /* granted, not in the windows yet */
    uint32_t in_flight; /* granted, not finished */
    int64_t blocked_ms; /* nothing before this */
    enum quota_problem blocked_by;
    int64_t refused_ms; /* when the other end last refused; 0: never */
    uint32_t refusals;  /* in a row */
    bool careful;       /* one at a time until an answer is no refusal */
};

struct tickets {
    struct quota_ticket *first, *last;
};

struct pool {
    struct meter meter;
    struct quota_lane *first, *last; /* lanes with waiting tickets, whose turn is next first */
    struct pool *next;
};

struct quota_lane {
    struct meter meter;
    struct pool *pool;
    struct quota_lane *next, *before; /* in the pool's turn, while tickets wait */
    struct tickets waiting[QUOTA_CLASSES];
    uint32_t waiting_count;
    bool changed;     /* since it was saved */
    int64_t moved_ms; /* when it came into this pool: what was counted before is not in there */
    enum quota_problem last_problem;
    int64_t last_problem_ms; /* wall */
};

/* What also changes by looking, so that looking can take a const quota. */
struct seen {
    struct tickets open; /* granted, not in the windows yet; in the order they were granted */
    int64_t told_ms;     /* the due time the host was last told */
};

struct quota {
    const struct clock *clock;
    quota_wake_fn *wake;
    void *owner;
    struct dict *lanes, *pools;
    struct pool *first_pool; /* all, also `loose` */
    struct pool *loose;      /* without limits: for lanes that share nothing */
    struct seen *seen;
    bool ticking;
};

/* meter.c */
void meter_done(struct meter *m);
/* Calls already counted stay counted. */
void meter_set(struct meter *m, const struct quota_limits *limits);
void meter_count(struct meter *m, int64_t ms, uint32_t calls);
void meter_uncount(struct meter *m, int64_t ms);
bool meter_is_full(const struct meter *m);
/* When one more of this window may leave; `now` or earlier: now. */
int64_t window_wait_ms(const struct quota *quota, const struct meter *m, const struct window *w,
                       bool urgent, int64_t now);
/* When one more may leave as far as blocks and windows go (not: slots). */
int64_t meter_wait_ms(const struct quota *quota, const struct meter *m, bool urgent, int64_t now);

/* order.c */
void tickets_add(struct tickets *list, struct quota_ticket *ticket);
void tickets_remove(struct tickets *list, struct quota_ticket *ticket);
void lane_wait(struct quota_lane *lane, struct quota_ticket *ticket);
void lane_stop_waiting(struct quota_lane *lane, struct quota_ticket *ticket);
/* To the end of its pool's turn; out of it when nothing waits. */
void lane_turn(struct quota_lane *lane);
void lane_leave_turn(struct quota_lane *lane);
/* When the first of its waiting tickets may leave; NEVER: nothing waits, or a call must end. */
int64_t lane_due_ms(const struct quota *quota, const struct quota_lane *lane, int64_t now);
int64_t pool_due_ms(const struct quota *quota, const struct pool *pool, int64_t now);
/* Who goes next; NULL: nobody may now. */
struct quota_ticket *pool_next(const struct quota *quota, const struct pool *pool, int64_t now);

/* quota.c */
/* Calls that have been out for QUOTA_LAG_MS are counted from then on. */
void quota_settle(const struct quota *quota, int64_t now);
struct quota_lane *quota_find(const struct quota *quota, const char *lane);
/* Something of this pool may be due sooner than the host knows. */
void quota_stir(struct quota *quota, const struct pool *pool, int64_t now);

/* answer.c: what an answer to `ticket` said. */
void quota_learn(struct quota *quota, const struct quota_ticket *ticket,
                 const struct quota_hints *hints, int64_t now);

#endif
