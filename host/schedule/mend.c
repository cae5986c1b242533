/*
 * Making ready again what had a problem: after a consent, a confirmation, a release. A site without
 * a problem stays as it is. One with a problem is made anew, which frees what its connector
 * declared; so that waits until nothing is at work with it: no run that is still ending, no work of
 * a question on the store's threads, no adoption.
 */
#include "base/memory.h"
#include "schedule/engine_internal.h"

static bool is_meant(const struct question *q, const struct site *m)
{
    return m->problem &&
           (q->mend_sha256[0] ? m->sha256 && strcmp(m->sha256, q->mend_sha256) == 0 : m == q->site);
}

static bool is_at_work(const struct question *q)
{
    const struct engine *e = q->engine;

    if (e->works || e->adoption) {
        return true;
    }
    for (size_t i = 0; i < e->site_count; i++) {
        if (is_meant(q, &e->sites[i]) && e->sites[i].run) {
            return true;
        }
    }
    return false;
}

static void mend_now(struct question *q)
{
    for (size_t i = 0; i < q->engine->site_count; i++) {
        if (is_meant(q, &q->engine->sites[i])) {
            site_make(&q->engine->sites[i]);
            if (q->engine->settings.daemon) {
                site_schedule(&q->engine->sites[i]);
            }
        }
    }
    q->then(q);
}

void mend_waiting(struct engine *e)
{
    struct question **at = &e->mends;

    while (*at) {
        struct question *q = *at;

        if (is_at_work(q)) {
            at = &q->next_mend;
            continue;
        }
        *at = q->next_mend;
        mend_now(q);
        at = &e->mends; /* what follows may have begun work, or asked for more */
    }
}

static void mend(struct question *q, const char *sha256, ask_fn *then)
{
    struct question **at = &q->engine->mends;

    q->then = then;
    q->mend_sha256 = arena_copy(q->arena, sha256);
    while (*at) {
        at = &(*at)->next_mend;
    }
    *at = q;
    mend_waiting(q->engine);
}

void mend_site(struct question *q, ask_fn *then)
{
    mend(q, "", then);
}

void mend_users(struct question *q, const char *sha256, ask_fn *then)
{
    mend(q, sha256, then);
}
