#include "quota/inside.h"

/*
 * "1 <boot id> <wall> <boot> <blocked for> <by> <last problem> <its wall time>" and for each window
 * " w<seconds>" and ":<age in thousandths of the window>*<calls>", oldest first. Ages are rounded
 * down and marks put together at the youngest: what was kept counts a little too long.
 */
#define STATE_MAX  1000
#define MARKS_KEPT 60 /* of all windows of a lane together */
#define AGES       1000
#define WALL_MOST  ((int64_t)1 << 50)
#define CALLS_MOST 100000000

/* ---- save ---- */

static unsigned kept_windows(const struct meter *m)
{
    unsigned count = 0;

    for (unsigned i = 0; i < m->window_count; i++) {
        count += m->windows[i].limit.seconds >= KEPT_FROM_S;
    }
    return count;
}

static void write_mark(const struct window *w, int64_t age_ms, uint32_t calls, struct buffer *out)
{
    if (calls) {
        buffer_addf(out, ":%d*%u", age_ms < 0 ? 0 : (int)(age_ms * AGES / window_ms(w)), calls);
    }
}

static void write_window(const struct window *w, uint32_t open, unsigned most, int64_t now,
                         struct buffer *out)
{
    int64_t ms, start = INT64_MIN, last = 0, grain = 0;
    uint32_t calls, together = 0;
    size_t cursor = 0;

    buffer_addf(out, " w%u", w->limit.seconds);
    while (window_next(w, now, &cursor, &ms, &calls)) {
        start = cursor == 1 ? ms : start;
        grain = (ms - start) / most + 1;
    }
    for (cursor = 0; window_next(w, now, &cursor, &ms, &calls); last = ms) {
        if (cursor > 1 && ms - start >= grain) {
            write_mark(w, now - last, together, out);
            together = 0;
            start = ms;
        }
        together += calls;
    }
    write_mark(w, now - last, together, out);
    write_mark(w, 0, open, out);
}

static void write_state(const struct quota *quota, const struct quota_lane *lane, int64_t now,
                        struct buffer *out)
{
    const struct meter *m = &lane->meter;
    int64_t blocked = m->blocked_ms > now ? m->blocked_ms - now : 0;
    unsigned count = kept_windows(m);

    buffer_addf(out, "1 %s %lld %lld %lld %d %d %lld", clock_boot_id(quota->clock),
                (long long)clock_wall_ms(quota->clock), (long long)now, (long long)blocked,
                blocked ? (int)m->blocked_by : 0, (int)lane->last_problem,
                (long long)lane->last_problem_ms);
    for (unsigned i = 0; i < m->window_count; i++) {
        if (m->windows[i].limit.seconds >= KEPT_FROM_S) {
            write_window(&m->windows[i], m->open, MARKS_KEPT / count - 1, now, out);
        }
    }
}

void quota_save(struct quota *quota, quota_save_fn *save, void *owner)
{
    int64_t now = clock_boot_ms(quota->clock);
    AUTO(buffer_done) struct buffer out;
    size_t cursor = 0;
    struct text name;
    void *value;

    quota_settle(quota, now);
    buffer_init(&out, STATE_MAX);
    while (dict_next(quota->lanes, &cursor, &name, &value)) {
        struct quota_lane *lane = value;
        bool worth = kept_windows(&lane->meter) || lane->meter.blocked_ms || lane->last_problem_ms;

        if (lane->changed && worth) {
            buffer_clear(&out);
            write_state(quota, lane, now, &out);
            save(owner, name.at, buffer_text(&out));
        }
        lane->changed = false;
    }
}

/* ---- restore ---- */

/* What is read before anything is believed. */
struct kept {
    int64_t wall_ms, boot_ms, blocked_for, problem_ms;
    int64_t blocked_by, problem;
    bool same_boot;
    struct text windows;
};

static bool read_number(struct text t, int64_t most, int64_t *ret)
{
    int64_t n = 0;

    for (size_t i = 0; i < t.size; i++) {
        if (t.at[i] < '0' || t.at[i] > '9') {
            return false;
        }
        n = n * 10 + (t.at[i] - '0');
        if (n > most) {
            return false;
        }
    }
    *ret = n;
    return t.size > 0;
}

static bool read_kept(const struct quota *quota, struct text state, struct kept *ret)
{
    struct text boot_id;

    if (!text_is(text_split(&state, ' '), "1")) {
        return false;
    }
    boot_id = text_split(&state, ' ');
    ret->same_boot = text_is(boot_id, clock_boot_id(quota->clock));
    if (!read_number(text_split(&state, ' '), WALL_MOST, &ret->wall_ms) ||
        !read_number(text_split(&state, ' '), WALL_MOST, &ret->boot_ms) ||
        !read_number(text_split(&state, ' '), BLOCK_MOST_S * 1000LL, &ret->blocked_for) ||
        !read_number(text_split(&state, ' '), QUOTA_APP, &ret->blocked_by) ||
        !read_number(text_split(&state, ' '), QUOTA_APP, &ret->problem) ||
        !read_number(text_split(&state, ' '), WALL_MOST, &ret->problem_ms)) {
        return false;
    }
    ret->windows = state;
    return true;
}

/* Of the same boot, exactly; else by the wall clock, which cannot have run backwards that far. */
static int64_t passed_ms(const struct quota *quota, const struct kept *kept)
{
    int64_t by_boot = clock_boot_ms(quota->clock) - kept->boot_ms;
    int64_t by_wall = clock_wall_ms(quota->clock) - kept->wall_ms;

    if (kept->same_boot && by_boot >= 0) {
        return by_boot;
    }
    return by_wall > 0 ? by_wall : 0;
}

/* One window's marks; those of a window the lane has no more are only looked at. */
static bool read_window(struct text t, struct window *w, int64_t at_ms, int64_t now)
{
    while (t.size) {
        struct text mark = text_split(&t, ':'), age_text = text_split(&mark, '*');
        int64_t age, calls, ms;

        if (!read_number(age_text, AGES, &age) || !read_number(mark, CALLS_MOST, &calls)) {
            return false;
        }
        ms = w ? at_ms - age * window_ms(w) / AGES : 0;
        if (w && calls && now - ms <= window_ms(w)) {
            window_count(w, ms, (uint32_t)calls);
        }
    }
    return true;
}

static bool read_windows(struct text t, struct meter *m, int64_t at_ms, int64_t now)
{
    while (t.size) {
        struct text marks = text_split(&t, ' '), length = text_split(&marks, ':');
        struct window *found = NULL;
        int64_t seconds;

        if (!text_starts(length, "w") ||
            !read_number((struct text){length.at + 1, length.size - 1}, UINT32_MAX, &seconds)) {
            return false;
        }
        for (unsigned i = 0; i < m->window_count; i++) {
            found = m->windows[i].limit.seconds == seconds ? &m->windows[i] : found;
        }
        if (!read_window(marks, found, at_ms, now)) {
            return false;
        }
    }
    return true;
}

static void forget(struct quota_lane *lane)
{
    meter_done(&lane->meter);
    lane->meter.blocked_ms = 0;
    lane->meter.careful = false;
    lane->last_problem = QUOTA_FINE;
    lane->last_problem_ms = 0;
}

static void believe(struct quota_lane *lane, const struct kept *kept, int64_t at_ms, int64_t now)
{
    int64_t blocked = at_ms + kept->blocked_for;

    if (blocked > now && blocked > lane->meter.blocked_ms) {
        lane->meter.blocked_ms = blocked;
        lane->meter.blocked_by = (enum quota_problem)kept->blocked_by;
        lane->meter.careful = kept->blocked_by != QUOTA_FINE;
    }
    lane->last_problem = (enum quota_problem)kept->problem;
    lane->last_problem_ms = kept->problem_ms;
}

bool quota_restore(struct quota *quota, const char *name, struct text state, struct error *err)
{
    struct quota_lane *lane = quota_find(quota, name);
    int64_t now = clock_boot_ms(quota->clock), at_ms;
    struct kept kept;

    if (!lane) {
        return error_set(err, ERROR_BUG, "lane", "there is no quota lane %s", name);
    }
    quota_settle(quota, now);
    if (!read_kept(quota, state, &kept)) {
        forget(lane);
        return error_set(err, ERROR_REJECTED, "quota-state",
                         "what was kept of quota lane %s cannot be read; it begins anew", name);
    }
    at_ms = now - passed_ms(quota, &kept);
    if (!read_windows(kept.windows, &lane->meter, at_ms, now)) {
        forget(lane);
        return error_set(err, ERROR_REJECTED, "quota-state",
                         "the windows kept of quota lane %s cannot be read; it begins anew", name);
    }
    believe(lane, &kept, at_ms, now);
    quota_stir(quota, lane->pool, now);
    return true;
}
