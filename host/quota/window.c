#include "quota/window.h"

#define MARKS_SHORT   500 /* in a window's length */
#define MARKS_LONG    250
#define MEMORY_MOST   60000
#define REBASE_AFTER  ((int64_t)1 << 31)
#define TICK_OF_CLOCK 1 /* a call that ended at 5 ms may have ended at 5.999 */

void window_done(struct window *w)
{
    memory_free(w->marks);
    *w = (struct window){.limit = w->limit};
}

int64_t window_ms(const struct window *w)
{
    return (int64_t)w->limit.seconds * 1000;
}

int64_t window_memory_ms(const struct window *w)
{
    return window_ms(w) < MEMORY_MOST ? window_ms(w) : MEMORY_MOST;
}

uint32_t window_allows(const struct window *w, bool urgent)
{
    return urgent ? w->limit.calls : w->limit.calls - w->limit.reserve;
}

/* Up to the grid: later than it was, so never too many. */
static int64_t rounded(const struct window *w, int64_t ms)
{
    uint32_t most = w->limit.seconds > WINDOW_LONG_S ? MARKS_LONG : MARKS_SHORT;
    int64_t grain = window_ms(w) / most, over = ms % grain;

    if (w->limit.calls <= most || over == 0) {
        return ms;
    }
    return over > 0 ? ms - over + grain : ms - over; /* before the boot: negative */
}

static int64_t time_of(const struct window *w, size_t i)
{
    return w->base_ms + w->marks[i].at;
}

static uint32_t total_before(const struct window *w, size_t i)
{
    return i == w->first ? w->total_before : w->marks[i - 1].total;
}

/* The first mark at or after `ms`; w->end when there is none. */
static size_t find(const struct window *w, int64_t ms)
{
    size_t low = w->first, high = w->end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (time_of(w, middle) < ms) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void forget_old(struct window *w, int64_t now)
{
    size_t kept = find(w, now - window_ms(w) - window_memory_ms(w));

    if (kept == w->end) {
        w->first = w->end = 0;
        w->total_before = 0;
        w->base_ms = now;
        return;
    }
    w->total_before = total_before(w, kept);
    w->first = kept;
}

static void rebase(struct window *w)
{
    uint32_t shift = w->marks[w->first].at;

    for (size_t i = w->first; i < w->end; i++) {
        w->marks[i].at -= shift;
    }
    w->base_ms += shift;
}

static void make_room(struct window *w)
{
    if (w->end == w->capacity && w->first > 0) {
        memmove(w->marks, w->marks + w->first, (w->end - w->first) * sizeof *w->marks);
        w->end -= w->first;
        w->first = 0;
    }
    memory_grow(&w->marks, &w->capacity, w->end, sizeof *w->marks);
}

void window_count(struct window *w, int64_t ms, uint32_t calls)
{
    forget_old(w, ms);
    ms = rounded(w, ms);
    if (w->end > w->first && ms <= time_of(w, w->end - 1)) {
        w->marks[w->end - 1].total += calls;
        return;
    }
    if (ms - w->base_ms >= REBASE_AFTER) {
        rebase(w);
    }
    make_room(w);
    w->marks[w->end] = (struct mark){(uint32_t)(ms - w->base_ms), total_before(w, w->end) + calls};
    w->end++;
}

void window_uncount(struct window *w, int64_t ms)
{
    size_t i = find(w, ms);

    if (i == w->end || w->marks[i].total == total_before(w, i)) {
        return;
    }
    for (; i < w->end; i++) {
        w->marks[i].total--;
    }
}

void window_count_all(struct window *w, const struct window *other)
{
    for (size_t i = other->first; i < other->end; i++) {
        window_count(w, time_of(other, i), other->marks[i].total - total_before(other, i));
    }
}

static size_t first_that_counts(const struct window *w, int64_t now)
{
    return find(w, now - window_ms(w) - TICK_OF_CLOCK + 1);
}

uint32_t window_used(const struct window *w, int64_t now)
{
    size_t i = first_that_counts(w, now);

    return i == w->end ? 0 : w->marks[w->end - 1].total - total_before(w, i);
}

int64_t window_gone_ms(const struct window *w, int64_t now, uint32_t calls)
{
    size_t low = first_that_counts(w, now), high = w->end;
    uint32_t before;

    if (low == high) {
        return now;
    }
    before = total_before(w, low);
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;

        if (w->marks[middle - 1].total - before >= calls) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return time_of(w, low) + window_ms(w) + TICK_OF_CLOCK;
}

bool window_next(const struct window *w, int64_t now, size_t *cursor, int64_t *ms, uint32_t *calls)
{
    size_t i = first_that_counts(w, now) + *cursor;

    if (i >= w->end) {
        return false;
    }
    *ms = time_of(w, i);
    *calls = w->marks[i].total - total_before(w, i);
    ++*cursor;
    return true;
}
