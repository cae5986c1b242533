#include "intake/intake.h"
#include "plan/plan_internal.h"

/*
 * Lists that Ferry keeps itself: several inputs mapped to one shape, then one mapping onwards. A
 * wanted document is written at once, as a record that other mappings look at.
 */

static int64_t scope_of(const struct application *a, const char *list)
{
    return integration_side(a->batch->integration, list)->scope;
}

struct writer {
    int64_t own, other;
};

static bool find_other(void *self, const struct document *document, struct error *err)
{
    struct writer *w = self;

    (void)err;
    if (document->id != w->own && document->state == DOCUMENT_DONE) {
        w->other = document->id;
    }
    return true;
}

/* One writer for each record: two inputs that say the same key must not take turns. */
static bool is_anothers(struct application *a, const struct document_plan *plan, int64_t id,
                        const char *key, bool *ret, struct error *err)
{
    struct writer writer = {id, 0};
    struct ledger_filter filter = {.integration = a->batch->integration->id,
                                   .target = plan->target,
                                   .target_id = key,
                                   .state = -1};

    if (!ledger_each(a->db, &filter, a->batch->arena, find_other, &writer, err)) {
        return false;
    }
    *ret = writer.other != 0;
    return true;
}

static bool put(struct application *a, const struct plan_subject *subject, int64_t id,
                const struct map_read *read, struct error *err)
{
    const struct integration *integration = a->batch->integration;
    struct intake_counts counts = {0};
    struct intake_record record = {.db = a->db,
                                   .program = integration->program,
                                   .list =
                                       map_list_find(integration->program, subject->plan.target),
                                   .scope = scope_of(a, subject->plan.target),
                                   .arena = a->batch->arena,
                                   .counts = &counts};
    bool anothers = false;

    if (!is_anothers(a, &subject->plan, id, read->key, &anothers, err)) {
        return false;
    }
    if (anothers) {
        return ledger_hold(a->db, id, "two-writers",
                           arena_printf(a->batch->arena, "%s %s comes from somewhere else already.",
                                        subject->plan.target, read->key),
                           "Only one of them may make it; look at both with `ferry history`.", err);
    }
    return intake_record_put(&record, read->key, read->record, err) &&
           ledger_keep(a->db, id, read->key, err);
}

static bool write_record(struct application *a, const struct plan_subject *subject, int64_t id,
                         struct error *err)
{
    const struct integration *integration = a->batch->integration;
    const struct map_list *list = map_list_find(integration->program, subject->plan.target);
    AUTO_JSON json_t *want = NULL;
    AUTO_JSON json_t *body = NULL;
    struct map_read read = {0};
    struct error problem = {0};
    bool ok;

    if (!json_read(text_of(subject->plan.want), JSON_DEPTH_MAX, &want, err)) {
        return false;
    }
    if (!plan_resolve(a->db, integration->id, want, a->batch->arena, &body, &problem)) {
        /* what it refers to is not written yet: then it becomes dirty again */
        return problem.kind == ERROR_REJECTED || (*err = problem, false);
    }
    if (!map_record(integration->program, list, body, NULL, a->batch->arena, &read, &problem)) {
        return ledger_hold(a->db, id, problem.code, problem.text, "", err);
    }
    ok = put(a, subject, id, &read, err);
    json_decref(read.record);
    return ok;
}

static bool take_record_away(struct application *a, const struct document *known, struct error *err)
{
    return !known->target_id[0] ||
           mirror_remove(a->db, scope_of(a, known->target), known->target, known->target_id, err);
}

bool keep_apply(struct application *a, const struct plan_subject *subject, int64_t id,
                const struct document *known, struct error *err)
{
    struct document now = {0};

    if (!ledger_get(a->db, id, a->batch->arena, &now, err)) {
        return false;
    }
    if (subject && subject->verdict == MAP_WANTED) {
        return now.state != DOCUMENT_READY || write_record(a, subject, id, err);
    }
    /* waiting or held, what was kept stays kept */
    return !known || now.state == DOCUMENT_HELD || now.state == DOCUMENT_WAITING ||
           now.state == DOCUMENT_DONE || take_record_away(a, known, err);
}
