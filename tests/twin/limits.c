/* Calls within a span of time: fixed windows with an arbitrary start, or rolling ones. */
#include "twin.h"

void window_done(struct window *w)
{
    int64_t span_ms = w->span_ms;

    memory_free(w->times);
    *w = (struct window){.span_ms = span_ms};
}

/* The ring holds as many times as there may be calls. */
static void fit(struct window *w, int64_t limit)
{
    if (limit > 0 && w->limit != (size_t)limit) {
        window_done(w);
        w->limit = (size_t)limit;
        w->times = memory_new(w->limit, sizeof *w->times);
    }
}

static void turn(struct window *w, int64_t now_ms, bool rolling)
{
    if (!rolling && (w->count == 0 || now_ms - w->start_ms >= w->span_ms || now_ms < w->start_ms)) {
        w->start_ms = now_ms;
        w->count = w->next = 0;
    }
}

static size_t used(const struct window *w, int64_t now_ms, bool rolling)
{
    size_t n = 0;

    if (!rolling) {
        return now_ms - w->start_ms >= w->span_ms ? 0 : w->count;
    }
    for (size_t i = 0; i < w->count; i++) {
        n += now_ms - w->times[i] < w->span_ms;
    }
    return n;
}

bool window_room(struct window *w, int64_t limit, int64_t now_ms, bool rolling, int64_t *retry_ms)
{
    if (limit <= 0) {
        return true;
    }
    fit(w, limit);
    turn(w, now_ms, rolling);
    if (used(w, now_ms, rolling) < w->limit) {
        return true;
    }
    *retry_ms = (rolling ? w->times[w->next] : w->start_ms) + w->span_ms - now_ms;
    return false;
}

void window_count(struct window *w, int64_t now_ms, bool rolling)
{
    if (w->limit == 0) {
        return;
    }
    turn(w, now_ms, rolling);
    w->times[w->next] = now_ms;
    w->next = (w->next + 1) % w->limit;
    w->count += w->count < w->limit;
}

int64_t window_left(const struct window *w, int64_t limit, int64_t now_ms, bool rolling)
{
    return limit - (int64_t)used(w, now_ms, rolling);
}
