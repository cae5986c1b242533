/*
 * One window: which calls were counted lately. Internal to quota/.
 *
 * Calls counted at one moment are one mark; a mark holds the running total, so that "how many
 * since" and "when will so many be gone" are two searches. A window of many calls rounds moments
 * up to a grid, which costs 0.2 % (0.4 % of windows over an hour) and keeps marks few.
 */
#ifndef FERRY_QUOTA_WINDOW_H
#define FERRY_QUOTA_WINDOW_H

#include "quota/quota.h"

struct mark {
    uint32_t at;    /* ms after base_ms */
    uint32_t total; /* calls up to and with this mark; wraps */
};

struct window {
    struct quota_window limit;
    struct mark *marks;
    size_t first, end, capacity; /* marks[first..end) are known */
    int64_t base_ms;
    uint32_t total_before; /* of marks[first] */
};

#define WINDOW_LONG_S 3600 /* longer than this: running out of it is parking, not pacing */

void window_done(struct window *w);
/* The length. */
int64_t window_ms(const struct window *w);
/* How long a mark is known after it stopped counting. */
int64_t window_memory_ms(const struct window *w);

/* Count `calls` at `ms`, not before what was counted last. */
void window_count(struct window *w, int64_t ms, uint32_t calls);
/* Take back one that was counted at `ms`. */
void window_uncount(struct window *w, int64_t ms);
/* Count in `w` what `other` counted. */
void window_count_all(struct window *w, const struct window *other);

/* How many count at `now`, or counted at an earlier `now` that is still known. */
uint32_t window_used(const struct window *w, int64_t now);
/* When the oldest `calls` (1 … used) of those that count at `now` will count no more. */
int64_t window_gone_ms(const struct window *w, int64_t now, uint32_t calls);
/* How many documents (or, `urgent`, tokens and probes) it allows in its length. */
uint32_t window_allows(const struct window *w, bool urgent);

/* The marks that count at `now`, oldest first: start with *cursor 0; false at the end. */
bool window_next(const struct window *w, int64_t now, size_t *cursor, int64_t *ms, uint32_t *calls);

#endif
