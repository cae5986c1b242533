#include "quota/inside.h"

#define GRANTS_MOST 1000 /* in one tick: others of the loop want to live too */

struct quota *quota_new(const struct clock *clock, quota_wake_fn *wake, void *owner)
{
    struct quota *quota = memory_new(1, sizeof *quota);

    quota->clock = clock;
    quota->wake = wake;
    quota->owner = owner;
    quota->lanes = dict_new();
    quota->pools = dict_new();
    quota->first_pool = quota->loose = memory_new(1, sizeof *quota->loose);
    quota->seen = memory_new(1, sizeof *quota->seen);
    quota->seen->told_ms = NEVER;
    return quota;
}

void quota_free(struct quota *quota)
{
    size_t cursor = 0;
    struct text name;
    void *lane;

    if (!quota) {
        return;
    }
    while (dict_next(quota->lanes, &cursor, &name, &lane)) {
        meter_done(&((struct quota_lane *)lane)->meter);
        memory_free(lane);
    }
    while (quota->first_pool) {
        struct pool *pool = quota->first_pool;

        quota->first_pool = pool->next;
        meter_done(&pool->meter);
        memory_free(pool);
    }
    dict_free(quota->lanes);
    dict_free(quota->pools);
    memory_free(quota->seen);
    memory_free(quota);
}

/* ---- lanes and pools ---- */

struct quota_lane *quota_find(const struct quota *quota, const char *lane)
{
    return dict_get(quota->lanes, text_of(lane));
}

static struct pool *pool_of(struct quota *quota, const char *name)
{
    struct pool *pool = name ? dict_get(quota->pools, text_of(name)) : quota->loose;

    if (!pool) {
        pool = memory_new(1, sizeof *pool);
        pool->next = quota->first_pool;
        quota->first_pool = pool;
        dict_set(quota->pools, text_of(name), pool);
    }
    return pool;
}

/* Its calls that are out go with it. */
static void move(struct quota_lane *lane, struct pool *to, int64_t now)
{
    if (lane->pool == to) {
        return;
    }
    if (lane->pool) {
        lane->pool->meter.open -= lane->meter.open;
        lane->pool->meter.in_flight -= lane->meter.in_flight;
        lane_leave_turn(lane);
    }
    lane->pool = to;
    lane->moved_ms = now;
    to->meter.open += lane->meter.open;
    to->meter.in_flight += lane->meter.in_flight;
    lane_turn(lane);
}

void quota_set_pool(struct quota *quota, const char *name, const struct quota_limits *limits)
{
    struct pool *pool = pool_of(quota, name);
    int64_t now = clock_boot_ms(quota->clock);

    quota_settle(quota, now);
    meter_set(&pool->meter, limits);
    quota_stir(quota, pool, now);
}

void quota_set_lane(struct quota *quota, const char *name, const char *pool,
                    const struct quota_limits *limits)
{
    struct quota_lane *lane = quota_find(quota, name);
    int64_t now = clock_boot_ms(quota->clock);

    quota_settle(quota, now);
    if (!lane) {
        lane = memory_new(1, sizeof *lane);
        dict_set(quota->lanes, text_of(name), lane);
    }
    meter_set(&lane->meter, limits);
    move(lane, pool_of(quota, pool), now);
    for (const struct pool *p = quota->first_pool; p; p = p->next) {
        quota_stir(quota, p, now); /* the pool it left has room now, too */
    }
}

/* ---- counting ---- */

static void count(struct quota_ticket *ticket, int64_t ms)
{
    struct quota_lane *lane = ticket->in;

    ticket->counted_ms = ms;
    lane->changed = true;
    meter_count(&lane->meter, ms, 1);
    meter_count(&lane->pool->meter, ms, 1);
}

static void uncount(struct quota_ticket *ticket)
{
    struct quota_lane *lane = ticket->in;

    lane->changed = true;
    meter_uncount(&lane->meter, ticket->counted_ms);
    if (ticket->counted_ms > lane->moved_ms) {
        meter_uncount(&lane->pool->meter, ticket->counted_ms);
    }
}

static void close_open(const struct quota *quota, struct quota_ticket *ticket)
{
    tickets_remove(&quota->seen->open, ticket);
    ticket->in->meter.open--;
    ticket->in->pool->meter.open--;
}

void quota_settle(const struct quota *quota, int64_t now)
{
    struct quota_ticket *ticket;

    while ((ticket = quota->seen->open.first) && ticket->granted_ms + QUOTA_LAG_MS <= now) {
        close_open(quota, ticket);
        ticket->state = TICKET_COUNTED;
        count(ticket, ticket->granted_ms + QUOTA_LAG_MS);
    }
}

/* ---- calls ---- */

void quota_stir(struct quota *quota, const struct pool *pool, int64_t now)
{
    int64_t due;

    if (quota->ticking) {
        return; /* the tick looks at everything that was asked meanwhile */
    }
    due = pool_due_ms(quota, pool, now);
    if (due < quota->seen->told_ms) {
        quota->seen->told_ms = due;
        if (quota->wake) {
            quota->wake(quota->owner);
        }
    }
}

bool quota_ask(struct quota *quota, struct quota_ticket *ticket, struct error *err)
{
    struct quota_lane *lane = quota_find(quota, ticket->lane);
    int64_t now = clock_boot_ms(quota->clock);

    if (!lane) {
        return error_set(err, ERROR_BUG, "lane", "there is no quota lane %s",
                         ticket->lane ? ticket->lane : "without a name");
    }
    if (ticket->state != TICKET_NEW && ticket->state != TICKET_OVER) {
        return error_set(err, ERROR_BUG, "ticket", "a ticket of lane %s was asked for twice",
                         ticket->lane);
    }
    quota_settle(quota, now);
    ticket->in = lane;
    ticket->granted_ms = ticket->counted_ms = 0;
    ticket->state = TICKET_WAITING;
    lane_wait(lane, ticket);
    if (lane->waiting[ticket->class].first == ticket) { /* else no sooner than the one before */
        quota_stir(quota, lane->pool, now);
    }
    return true;
}

void quota_finish(struct quota *quota, struct quota_ticket *ticket, const struct quota_hints *hints)
{
    int64_t now = clock_boot_ms(quota->clock);
    struct quota_lane *lane = ticket->in;
    bool sent = !hints || !hints->not_sent;

    quota_settle(quota, now);
    if (ticket->state == TICKET_WAITING) {
        lane_stop_waiting(lane, ticket);
        ticket->state = TICKET_OVER;
        return;
    }
    if (ticket->state != TICKET_GRANTED && ticket->state != TICKET_COUNTED) {
        return;
    }
    if (ticket->state == TICKET_GRANTED) {
        close_open(quota, ticket);
        if (sent) {
            count(ticket, now);
        }
    } else if (!sent) {
        uncount(ticket);
    }
    ticket->state = TICKET_OVER;
    lane->meter.in_flight--;
    lane->pool->meter.in_flight--;
    if (hints) {
        quota_learn(quota, ticket, hints, now);
    }
    quota_stir(quota, lane->pool, now);
}

void quota_cancel(struct quota *quota, struct quota_ticket *ticket)
{
    struct quota_hints hints = QUOTA_HINTS_NONE;

    hints.not_sent = true;
    quota_finish(quota, ticket, &hints);
}

/* ---- time ---- */

int64_t quota_next_due_ms(const struct quota *quota)
{
    int64_t now = clock_boot_ms(quota->clock), due = NEVER;

    quota_settle(quota, now);
    for (const struct pool *pool = quota->first_pool; pool; pool = pool->next) {
        int64_t of_pool = pool_due_ms(quota, pool, now);

        due = of_pool < due ? of_pool : due;
    }
    quota->seen->told_ms = due;
    return due < now ? now : due;
}

static void grant(struct quota *quota, struct quota_ticket *ticket, int64_t now)
{
    struct quota_lane *lane = ticket->in;

    lane_stop_waiting(lane, ticket);
    lane_turn(lane);
    lane->meter.open++;
    lane->meter.in_flight++;
    lane->pool->meter.open++;
    lane->pool->meter.in_flight++;
    lane->changed = true;
    ticket->granted_ms = now;
    ticket->state = TICKET_GRANTED;
    tickets_add(&quota->seen->open, ticket);
    ticket->on_grant(ticket->owner); /* the ticket may be gone afterwards */
}

static bool grant_one(struct quota *quota, const struct pool *pool)
{
    int64_t now = clock_boot_ms(quota->clock);
    struct quota_ticket *ticket;

    quota_settle(quota, now);
    ticket = pool_next(quota, pool, now);
    if (ticket) {
        grant(quota, ticket, now);
    }
    return ticket != NULL;
}

void quota_tick(struct quota *quota)
{
    unsigned grants = 0;

    if (quota->ticking) {
        return;
    }
    quota->ticking = true;
    quota->seen->told_ms = NEVER; /* the host asks again; should it not, the next change wakes it */
    for (const struct pool *pool = quota->first_pool; pool; pool = pool->next) {
        while (grants < GRANTS_MOST && grant_one(quota, pool)) {
            grants++;
        }
    }
    quota->ticking = false;
}
