#include "quota/inside.h"

#define WAIT_UNKNOWN_MS  1000 /* doubled with every refusal in a row */
#define WAIT_DOUBLED     6    /* times at most */
#define WAIT_WITHOUT_DAY ((int64_t)3600000)

/*
 * The other end counted more than we did: somebody else calls, or we forgot. What we cannot know is
 * when, so the difference counts from now.
 *
 * It wrote its number down somewhere between the grant and now. What counted at the grant and calls
 * that were granted since may all be in it, so all those are ours before anything is somebody
 * else's.
 */
static void correct(struct meter *m, struct window *w, int64_t left, int64_t granted, int64_t now)
{
    int64_t theirs = left > w->limit.calls ? 0 : (int64_t)w->limit.calls - left;
    int64_t ours = (int64_t)window_used(w, granted) + m->open;

    if (now - granted <= window_memory_ms(w) && theirs > ours) {
        window_count(w, now, (uint32_t)(theirs - ours));
    }
}

static void correct_length(struct meter *m, uint32_t seconds, int64_t left, int64_t granted,
                           int64_t now)
{
    for (unsigned i = 0; i < m->window_count && left >= 0; i++) {
        if (m->windows[i].limit.seconds == seconds) {
            correct(m, &m->windows[i], left, granted, now);
        }
    }
}

/* A refusal that says when to come again says more than that nothing is left. */
static bool knows_when(const struct quota_hints *hints, enum quota_problem problem)
{
    return hints->retry_after_s > 0 &&
           (hints->problem == problem || hints->problem == QUOTA_LIMITED);
}

static void learn_left(struct quota_lane *lane, const struct quota_hints *hints, int64_t granted,
                       int64_t now)
{
    struct meter *m = &lane->meter;

    if (hints->problem == QUOTA_LIMITED) {
        granted = now; /* it is full now; by our own count it had room */
    }
    if (m->window_count && hints->left_window >= 0 && !knows_when(hints, QUOTA_LIMITED)) {
        correct(m, &m->windows[0], hints->left_window, granted, now);
    }
    if (!knows_when(hints, QUOTA_MINUTE)) {
        correct_length(m, MINUTE_S, hints->left_minute, granted, now);
    }
    if (!knows_when(hints, QUOTA_DAY)) {
        correct_length(m, DAY_S, hints->left_day, granted, now);
    }
    if (!knows_when(hints, QUOTA_APP)) {
        correct_length(&lane->pool->meter, MINUTE_S, hints->left_app_minute, granted, now);
    }
}

static int64_t wait_after(const struct quota_hints *hints, uint32_t refusals)
{
    if (hints->retry_after_s > 0) {
        return 1000 * (hints->retry_after_s < BLOCK_MOST_S ? hints->retry_after_s : BLOCK_MOST_S);
    }
    switch (hints->problem) {
    case QUOTA_FINE:
        return 0;
    case QUOTA_MINUTE:
    case QUOTA_APP:
        return MINUTE_S * 1000;
    case QUOTA_DAY:
        return WAIT_WITHOUT_DAY; /* then one call looks whether it is over */
    default:
        return (int64_t)WAIT_UNKNOWN_MS << (refusals < WAIT_DOUBLED ? refusals : WAIT_DOUBLED);
    }
}

static void block(struct meter *m, const struct quota_hints *hints, int64_t granted, int64_t now)
{
    int64_t until = now + wait_after(hints, m->refusals);

    if (until > now && until > m->blocked_ms) {
        m->blocked_ms = until;
        m->blocked_by = hints->problem;
    }
    if (hints->problem != QUOTA_FINE) {
        m->careful = true;
        m->refusals += granted > m->refused_ms; /* those refused together are one */
        m->refused_ms = now;
    }
}

static void trust_again(struct meter *m, int64_t granted)
{
    if (granted > m->refused_ms) {
        m->careful = false;
        m->refusals = 0;
    }
}

void quota_learn(struct quota *quota, const struct quota_ticket *ticket,
                 const struct quota_hints *hints, int64_t now)
{
    struct quota_lane *lane = ticket->in;
    bool shared = hints->problem == QUOTA_APP && lane->pool != quota->loose;

    lane->changed = true;
    learn_left(lane, hints, ticket->granted_ms, now);
    block(shared ? &lane->pool->meter : &lane->meter, hints, ticket->granted_ms, now);
    if (hints->problem != QUOTA_FINE) {
        lane->last_problem = hints->problem;
        lane->last_problem_ms = clock_wall_ms(quota->clock);
    } else if (!hints->not_sent) {
        trust_again(&lane->meter, ticket->granted_ms);
        trust_again(&lane->pool->meter, ticket->granted_ms);
    }
}
