#include "quota/inside.h"

void meter_done(struct meter *m)
{
    for (unsigned i = 0; i < m->window_count; i++) {
        window_done(&m->windows[i]);
    }
}

static struct quota_window sane(struct quota_window limit)
{
    if (limit.seconds == 0) {
        limit.seconds = 1;
    }
    if (limit.reserve >= limit.calls) {
        limit.reserve = limit.calls - 1; /* else no document would ever leave */
    }
    return limit;
}

static struct window *of_length(struct window *windows, unsigned count, uint32_t seconds)
{
    for (unsigned i = 0; i < count; i++) {
        if (windows[i].limit.seconds == seconds) {
            return &windows[i];
        }
    }
    return NULL;
}

static struct window *longest(struct window *windows, unsigned count)
{
    struct window *found = NULL;

    for (unsigned i = 0; i < count; i++) {
        if (!found || windows[i].limit.seconds > found->limit.seconds) {
            found = &windows[i];
        }
    }
    return found;
}

void meter_set(struct meter *m, const struct quota_limits *limits)
{
    struct window old[QUOTA_WINDOWS_MAX];
    unsigned old_count = m->window_count, i;

    memcpy(old, m->windows, sizeof old);
    m->concurrent = limits->concurrent;
    for (i = 0; i < QUOTA_WINDOWS_MAX && limits->windows[i].calls; i++) {
        struct window *w = &m->windows[i], *from;

        *w = (struct window){.limit = sane(limits->windows[i])};
        from = of_length(old, old_count, w->limit.seconds);
        from = from ? from : longest(old, old_count); /* it knows most */
        if (from) {
            window_count_all(w, from);
        }
    }
    m->window_count = i;
    for (i = 0; i < old_count; i++) {
        window_done(&old[i]);
    }
}

void meter_count(struct meter *m, int64_t ms, uint32_t calls)
{
    for (unsigned i = 0; i < m->window_count; i++) {
        window_count(&m->windows[i], ms, calls);
    }
}

void meter_uncount(struct meter *m, int64_t ms)
{
    for (unsigned i = 0; i < m->window_count; i++) {
        window_uncount(&m->windows[i], ms);
    }
}

bool meter_is_full(const struct meter *m)
{
    uint32_t most = m->careful ? 1 : m->concurrent;

    return most && m->in_flight >= most;
}

/* When the nth open call of this meter is counted at the latest. */
static int64_t open_counted_ms(const struct quota *quota, const struct meter *m, uint32_t nth,
                               int64_t now)
{
    for (const struct quota_ticket *t = quota->seen->open.first; t; t = t->next) {
        if ((&t->in->meter == m || &t->in->pool->meter == m) && --nth == 0) {
            return t->granted_ms + QUOTA_LAG_MS;
        }
    }
    return now + QUOTA_LAG_MS;
}

int64_t window_wait_ms(const struct quota *quota, const struct meter *m, const struct window *w,
                       bool urgent, int64_t now)
{
    uint32_t allowed = window_allows(w, urgent), used = window_used(w, now), excess;

    if (used + m->open < allowed) {
        return 0;
    }
    excess = used + m->open - allowed + 1;
    if (excess <= used) {
        return window_gone_ms(w, now, excess);
    }
    return open_counted_ms(quota, m, excess - used, now) + window_ms(w) + 1;
}

int64_t meter_wait_ms(const struct quota *quota, const struct meter *m, bool urgent, int64_t now)
{
    int64_t wait = m->blocked_ms;

    for (unsigned i = 0; i < m->window_count; i++) {
        int64_t until = window_wait_ms(quota, m, &m->windows[i], urgent, now);

        wait = until > wait ? until : wait;
    }
    return wait;
}
