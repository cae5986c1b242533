/*
 * quota/: who may call when. A state machine over an injected clock; no input or output of its own.
 * Loop thread only.
 *
 * A lane is one (app, organisation), or one source account. It has a limit of calls at once and
 * windows ("60 calls in 60 s"). A pool is shared by the lanes of one app. A window is kept for
 * every stretch of its length, wherever it begins, so neither a fixed nor a rolling count at the
 * other end is exceeded. A call counts from the moment it may leave until a window has passed since
 * it ended, or since QUOTA_LAG_MS after it left, whichever came first: that is the latest moment at
 * which the other end can have counted it.
 *
 *   ticket = { .lane = side->lane, .class = QUOTA_DOCUMENT, .on_grant = …, .owner = … };
 *   quota_ask(quota, &ticket, &err)      … later on_grant(owner): call now
 *   quota_finish(quota, &ticket, &hints) with what the answer's headers said
 *
 * Order: within a lane by class, then by age; between the lanes of a pool in turn (every call costs
 * one, so deficit round robin is taking turns), tokens and probes of any lane first.
 * Nothing is granted inside quota_ask or quota_finish: the host calls quota_tick when it is due.
 */
#ifndef FERRY_QUOTA_QUOTA_H
#define FERRY_QUOTA_QUOTA_H

#include "base/base.h"

#define QUOTA_LAG_MS      1000
#define QUOTA_WINDOWS_MAX 4

enum quota_class {
    QUOTA_TOKEN, /* first */
    QUOTA_PROBE, /* settling what is unknown */
    QUOTA_DOCUMENT,
    QUOTA_ATTACHMENT,
    QUOTA_BACKFILL, /* last */
    QUOTA_CLASSES,
};
const char *quota_class_name(enum quota_class class);

struct quota_window {
    uint32_t calls, seconds; /* 1..1,000,000 calls, 1..604,800 s */
    uint32_t reserve;        /* the last so many are for tokens and probes only */
};
struct quota_limits {
    uint32_t concurrent;                            /* 0: no limit */
    struct quota_window windows[QUOTA_WINDOWS_MAX]; /* ended by calls 0 */
};
/* 2026: 5 at once, 60 a minute, `day_calls` a day (1,000 or 5,000), 5 % of the day kept back. */
struct quota_limits quota_limits_xero(uint32_t day_calls);
/* 10,000 a minute, divided among `hosts` hosts. */
struct quota_limits quota_limits_xero_app(uint32_t hosts);
/* "5 at once; 15 per 1s; 300 per 300s", the words of a connector's `quota`; parts that begin with
 * "left" or "again" name headers and are passed over. REJECTED "quota" with place and fix. */
MUST_CHECK bool quota_limits_parse(const char *words, struct quota_limits *ret, struct error *err);

struct quota;
/* The next due time moved forward: ask quota_next_due_ms again. Never calls back into quota. */
typedef void quota_wake_fn(void *owner);

/* clock: borrowed. wake: may be NULL. */
struct quota *quota_new(const struct clock *clock, quota_wake_fn *wake, void *owner);
void quota_free(struct quota *quota); /* waiting tickets are forgotten, not called; NULL ok */

/* Make, or change the limits of, a pool or a lane; calls already counted stay counted.
 * pool: NULL for a lane that shares nothing. */
void quota_set_pool(struct quota *quota, const char *pool, const struct quota_limits *limits);
void quota_set_lane(struct quota *quota, const char *lane, const char *pool,
                    const struct quota_limits *limits);

/* ---- calls ---- */

/* You may call now; ends in quota_finish, always. May ask, finish and cancel. */
typedef void quota_grant_fn(void *owner);

struct quota_lane;
/* Owned by the caller, stays put from quota_ask to quota_finish or quota_cancel. */
struct quota_ticket {
    const char *lane; /* borrowed during quota_ask */
    enum quota_class class;
    quota_grant_fn *on_grant;
    void *owner;
    /* quota's own */
    struct quota_lane *in;
    struct quota_ticket *next, *before;
    int64_t granted_ms, counted_ms;
    int state;
};

/* BUG "lane" when there is no such lane. */
MUST_CHECK bool quota_ask(struct quota *quota, struct quota_ticket *ticket, struct error *err);
/* Stop waiting; a ticket granted meanwhile counts as not sent. Harmless on one that is over. */
void quota_cancel(struct quota *quota, struct quota_ticket *ticket);

enum quota_problem {
    QUOTA_FINE,       /* not refused */
    QUOTA_LIMITED,    /* refused (429), which limit is not said */
    QUOTA_MINUTE,     /* X-Rate-Limit-Problem: minute */
    QUOTA_DAY,        /* … day */
    QUOTA_CONCURRENT, /* … concurrent */
    QUOTA_APP,        /* … appminute */
};
/* "minute", "day", "concurrent", "appminute" in any case; else QUOTA_LIMITED. */
enum quota_problem quota_problem_of(const char *word);

/* What an answer said. Start from QUOTA_HINTS_NONE; -1: not said. Only ever corrects downwards. */
struct quota_hints {
    int64_t left_window;     /* of the lane's first window */
    int64_t left_minute;     /* of its window of 60 s: X-MinLimit-Remaining */
    int64_t left_day;        /* of its window of 86,400 s: X-DayLimit-Remaining */
    int64_t left_app_minute; /* of the pool's window of 60 s: X-AppMinLimit-Remaining */
    int64_t retry_after_s;   /* also without a refusal (503) */
    enum quota_problem problem;
    bool not_sent; /* no byte left: it costs nothing */
};
#define QUOTA_HINTS_NONE ((struct quota_hints){-1, -1, -1, -1, -1, QUOTA_FINE, false})

/* hints NULL: no answer came; the call is counted. */
void quota_finish(struct quota *quota, struct quota_ticket *ticket,
                  const struct quota_hints *hints);

/* ---- time ---- */

/* When quota_tick can grant something, by the boot clock; in the past: now; INT64_MAX: not before
 * something else happens. */
int64_t quota_next_due_ms(const struct quota *quota);
/* Grant what may be granted now. */
void quota_tick(struct quota *quota);

/* ---- what people and the store see ---- */

enum quota_state {
    QUOTA_OPEN,   /* a document call would be granted now */
    QUOTA_PACED,  /* it waits for a slot or a short window */
    QUOTA_PARKED, /* the day (any window over an hour) is used up */
};
struct quota_status {
    enum quota_state state;
    int64_t wake_ms;               /* wall clock; 0 when open, or when a call must end first */
    int64_t left_minute, left_day; /* for documents; -1: the lane has no such window */
    uint32_t in_flight, waiting;
    enum quota_problem last_problem;
    int64_t last_problem_ms; /* wall clock; 0: never */
};
/* False when there is no such lane. */
bool quota_lane_status(const struct quota *quota, const char *lane, struct quota_status *ret);
/* Earliest wall time at which `calls` more document calls can have been made; -1: no such lane. */
int64_t quota_forecast_ms(const struct quota *quota, const char *lane, uint32_t calls);

/* Lanes with long windows or a wake time that changed since they were last given here: keep
 * `state` (a line of ASCII, under 1 KB) under the lane's name. Call now and then, and at the end.
 */
typedef void quota_save_fn(void *owner, const char *lane, struct text state);
void quota_save(struct quota *quota, quota_save_fn *save, void *owner);
/* After quota_set_lane: what was kept. REJECTED "quota-state"; the lane is then as new. */
MUST_CHECK bool quota_restore(struct quota *quota, const char *lane, struct text state,
                              struct error *err);

#endif
