#include "quota/inside.h"

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* When the long windows, and blocks that are like them, let a document through. */
static int64_t parked_until(const struct quota *quota, const struct meter *m, int64_t now)
{
    int64_t until = 0;

    for (unsigned i = 0; i < m->window_count; i++) {
        if (m->windows[i].limit.seconds > WINDOW_LONG_S) {
            until = later(until, window_wait_ms(quota, m, &m->windows[i], false, now));
        }
    }
    if (m->blocked_by == QUOTA_DAY || m->blocked_ms - now > BLOCK_LONG_MS) {
        until = later(until, m->blocked_ms);
    }
    return until;
}

static int64_t left_of(const struct meter *m, uint32_t seconds, enum quota_problem problem,
                       int64_t now)
{
    int64_t least = -1;

    for (unsigned i = 0; i < m->window_count; i++) {
        const struct window *w = &m->windows[i];
        int64_t left = (int64_t)window_allows(w, false) - window_used(w, now) - m->open;

        if (w->limit.seconds != seconds) {
            continue;
        }
        if (left < 0 || (m->blocked_by == problem && m->blocked_ms > now)) {
            left = 0;
        }
        least = least < 0 || left < least ? left : least;
    }
    return least;
}

bool quota_lane_status(const struct quota *quota, const char *name, struct quota_status *ret)
{
    const struct quota_lane *lane = quota_find(quota, name);
    int64_t now = clock_boot_ms(quota->clock), wait;
    bool full, parked;

    *ret = (struct quota_status){0};
    if (!lane) {
        return false;
    }
    quota_settle(quota, now);
    wait = later(meter_wait_ms(quota, &lane->meter, false, now),
                 meter_wait_ms(quota, &lane->pool->meter, false, now));
    parked = parked_until(quota, &lane->meter, now) > now ||
             parked_until(quota, &lane->pool->meter, now) > now;
    full = meter_is_full(&lane->meter) || meter_is_full(&lane->pool->meter);
    ret->state = parked ? QUOTA_PARKED : full || wait > now ? QUOTA_PACED : QUOTA_OPEN;
    if (wait > now && (parked || !full)) {
        ret->wake_ms = clock_wall_ms(quota->clock) + wait - now;
    }
    ret->left_minute = left_of(&lane->meter, MINUTE_S, QUOTA_MINUTE, now);
    ret->left_day = left_of(&lane->meter, DAY_S, QUOTA_DAY, now);
    ret->in_flight = lane->meter.in_flight;
    ret->waiting = lane->waiting_count;
    ret->last_problem = lane->last_problem;
    ret->last_problem_ms = lane->last_problem_ms;
    return true;
}

/* ---- forecast ---- */

/* The longest window shorter than `below` seconds. */
static const struct window *longest_below(const struct meter *m, uint32_t below)
{
    const struct window *found = NULL;

    for (unsigned i = 0; i < m->window_count; i++) {
        const struct window *w = &m->windows[i];

        if (w->limit.seconds < below && (!found || w->limit.seconds > found->limit.seconds)) {
            found = w;
        }
    }
    return found;
}

/* When the nth document from now fits in, for 1 ≤ nth ≤ what the window allows. */
static int64_t fits_ms(const struct meter *m, const struct window *w, uint32_t nth, int64_t now)
{
    uint32_t used = window_used(w, now), allowed = window_allows(w, false), excess;

    if ((uint64_t)used + m->open + nth <= allowed) {
        return now;
    }
    excess = used + m->open + nth - allowed;
    excess = excess < used + m->open ? excess : used + m->open;
    return excess <= used ? window_gone_ms(w, now, excess) : now + window_ms(w);
}

/* Whole windows of the longest, in the rest of it whole ones of the next; the latest of them. */
static int64_t meter_forecast_ms(const struct meter *m, uint32_t calls, int64_t now)
{
    int64_t whole = 0, from = later(now, m->blocked_ms), at = from;
    uint32_t below = UINT32_MAX;
    const struct window *w;

    while (calls && (w = longest_below(m, below))) {
        uint32_t allowed = window_allows(w, false), times = (calls - 1) / allowed;

        whole += (int64_t)times * window_ms(w);
        calls -= times * allowed;
        at = later(at, whole + later(from, fits_ms(m, w, calls, now)));
        below = w->limit.seconds;
    }
    return at;
}

int64_t quota_forecast_ms(const struct quota *quota, const char *name, uint32_t calls)
{
    const struct quota_lane *lane = quota_find(quota, name);
    int64_t now = clock_boot_ms(quota->clock), at;

    if (!lane) {
        return -1;
    }
    quota_settle(quota, now);
    at = later(meter_forecast_ms(&lane->meter, calls, now),
               meter_forecast_ms(&lane->pool->meter, calls, now));
    return clock_wall_ms(quota->clock) + (calls ? at - now : 0);
}
