#include "base/memory.h"
#include "schedule/engine_internal.h"

/* How an integration is, in a sentence: kept only where there is something to say. */

struct error *site_problem(struct site *m)
{
    if (!m->problem) {
        m->problem = memory_new(1, sizeof *m->problem);
    }
    return m->problem;
}

void site_problem_over(struct site *m)
{
    if (m->problem && !m->problem->kind) {
        memory_free(m->problem);
        m->problem = NULL;
    }
}

void site_said_done(struct site *m)
{
    memory_free(m->problem);
    memory_free(m->last);
    m->problem = m->last = NULL;
}

void site_say_last(struct site *m, const struct error *err)
{
    memory_free(m->last);
    m->last = NULL;
    if (err->kind) {
        m->last = memory_new(1, sizeof *m->last);
        *m->last = *err;
    }
}
