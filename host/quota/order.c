#include "quota/inside.h"

/* ---- lists ---- */

void tickets_add(struct tickets *list, struct quota_ticket *ticket)
{
    ticket->next = NULL;
    ticket->before = list->last;
    *(list->last ? &list->last->next : &list->first) = ticket;
    list->last = ticket;
}

void tickets_remove(struct tickets *list, struct quota_ticket *ticket)
{
    *(ticket->before ? &ticket->before->next : &list->first) = ticket->next;
    *(ticket->next ? &ticket->next->before : &list->last) = ticket->before;
    ticket->next = ticket->before = NULL;
}

static void enter_turn(struct quota_lane *lane)
{
    struct pool *pool = lane->pool;

    lane->next = NULL;
    lane->before = pool->last;
    *(pool->last ? &pool->last->next : &pool->first) = lane;
    pool->last = lane;
}

void lane_leave_turn(struct quota_lane *lane)
{
    struct pool *pool = lane->pool;

    if (pool->first != lane && !lane->before) {
        return; /* it has no turn */
    }
    *(lane->before ? &lane->before->next : &pool->first) = lane->next;
    *(lane->next ? &lane->next->before : &pool->last) = lane->before;
    lane->next = lane->before = NULL;
}

void lane_turn(struct quota_lane *lane)
{
    lane_leave_turn(lane);
    if (lane->waiting_count) {
        enter_turn(lane);
    }
}

void lane_wait(struct quota_lane *lane, struct quota_ticket *ticket)
{
    tickets_add(&lane->waiting[ticket->class], ticket);
    if (lane->waiting_count++ == 0) {
        enter_turn(lane);
    }
}

void lane_stop_waiting(struct quota_lane *lane, struct quota_ticket *ticket)
{
    tickets_remove(&lane->waiting[ticket->class], ticket);
    if (--lane->waiting_count == 0) {
        lane_leave_turn(lane);
    }
}

/* ---- who is next ---- */

static struct quota_ticket *head_of(const struct quota_lane *lane)
{
    for (int class = 0; class < QUOTA_CLASSES; class ++) {
        if (lane->waiting[class].first) {
            return lane->waiting[class].first;
        }
    }
    return NULL;
}

static bool is_urgent(enum quota_class class)
{
    return class <= QUOTA_PROBE;
}

static int64_t meter_due_ms(const struct quota *quota, const struct meter *m, bool urgent,
                            int64_t now)
{
    return meter_is_full(m) ? NEVER : meter_wait_ms(quota, m, urgent, now);
}

int64_t lane_due_ms(const struct quota *quota, const struct quota_lane *lane, int64_t now)
{
    const struct quota_ticket *head = head_of(lane);
    int64_t by_lane, by_pool;

    if (!head) {
        return NEVER;
    }
    by_lane = meter_due_ms(quota, &lane->meter, is_urgent(head->class), now);
    by_pool = meter_due_ms(quota, &lane->pool->meter, is_urgent(head->class), now);
    return by_lane > by_pool ? by_lane : by_pool;
}

int64_t pool_due_ms(const struct quota *quota, const struct pool *pool, int64_t now)
{
    int64_t due = NEVER;

    for (const struct quota_lane *lane = pool->first; lane && due > now; lane = lane->next) {
        int64_t of_lane = lane_due_ms(quota, lane, now);

        due = of_lane < due ? of_lane : due;
    }
    return due;
}

static struct quota_ticket *next_of_class(const struct quota *quota, const struct pool *pool,
                                          enum quota_class class, int64_t now)
{
    for (const struct quota_lane *lane = pool->first; lane; lane = lane->next) {
        struct quota_ticket *ticket = lane->waiting[class].first;

        if (ticket && meter_due_ms(quota, &lane->meter, true, now) <= now) {
            return ticket;
        }
    }
    return NULL;
}

struct quota_ticket *pool_next(const struct quota *quota, const struct pool *pool, int64_t now)
{
    struct quota_ticket *ticket = NULL;

    if (meter_due_ms(quota, &pool->meter, true, now) > now) {
        return NULL;
    }
    for (int class = QUOTA_TOKEN; class <= QUOTA_PROBE && !ticket; class ++) {
        ticket = next_of_class(quota, pool, (enum quota_class) class, now);
    }
    for (const struct quota_lane *lane = pool->first; lane && !ticket; lane = lane->next) {
        ticket = lane_due_ms(quota, lane, now) <= now ? head_of(lane) : NULL;
    }
    return ticket;
}
