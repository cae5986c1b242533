#include "plan/plan_internal.h"

/*
 * What follows from a verdict and from what the ledger knows already: one row per verdict, one
 * column for documents that were never written and one for those that were.
 */
struct decision {
    enum document_state state;
    const char *action;
};

/* Written, and not taken away again by us. */
static bool is_written(const struct document *known)
{
    return known->target_id[0] != '\0' &&
           !(known->state == DOCUMENT_WITHDRAWN && known->done_hash[0] == '\0');
}

static bool is_on_its_way(const struct document *known)
{
    return known->id && (known->state == DOCUMENT_SENDING || known->state == DOCUMENT_UNKNOWN);
}

/* What to do about a written document that ought not to exist any more. */
static struct decision decide_gone(const char *gone)
{
    if (strcmp(gone, "remove") == 0) {
        return (struct decision){DOCUMENT_READY, "remove"};
    }
    if (strcmp(gone, "leave") == 0) {
        return (struct decision){DOCUMENT_WITHDRAWN, ""};
    }
    return (struct decision){DOCUMENT_HELD, ""};
}

/* What never was, or is gone already, needs nothing. */
static struct decision decide_unwanted(const char *gone, const struct document *known)
{
    if (is_written(known)) {
        return decide_gone(gone);
    }
    return (struct decision){
        known->state == DOCUMENT_WITHDRAWN ? DOCUMENT_WITHDRAWN : DOCUMENT_SKIPPED, ""};
}

/* A list that Ferry keeps is nobody's but its own: what is not wanted there just goes, unless the
 * mapping says that it stays ("leave"). */
static bool is_taken_away(const struct map_mapping *mapping, const char *gone)
{
    return map_list_is_kept(map_mapping_target(mapping)) && strcmp(gone, "leave") != 0;
}

static const char *gone_of(const struct map_mapping *mapping, const char *gone)
{
    return is_taken_away(mapping, gone) ? "leave" : gone;
}

static struct decision decide(const struct plan_subject *subject, const struct document *known)
{
    switch (subject->verdict) {
    case MAP_WANTED:
        return (struct decision){DOCUMENT_READY, is_written(known) ? "update" : "create"};
    case MAP_SKIP:
        return decide_unwanted(subject->gone, known);
    case MAP_WAIT:
        return (struct decision){is_written(known) ? DOCUMENT_DONE : DOCUMENT_WAITING, ""};
    case MAP_HOLD:
        break;
    }
    return (struct decision){DOCUMENT_HELD, ""};
}

/* Where people find what was written to this list. */
static const char *side_name(const struct integration *integration, const char *list)
{
    return integration_side(integration, list) == &integration->xero
               ? "Xero"
               : map_declaration(integration->program)->name;
}

static void explain_gone(const struct plan_batch *batch, struct document_plan *plan)
{
    const char *where = side_name(batch->integration, plan->target);

    if (plan->state == DOCUMENT_HELD && plan->code[0] == '\0') {
        plan->code = "no-longer-wanted";
        plan->why =
            arena_printf(batch->arena, "It is in %s, but what it was made from is gone.", where);
        plan->fix = arena_printf(batch->arena,
                                 "Remove it in %s, or say `ferry skip` to leave it there.", where);
    }
}

/* A payment that is there stays as it is: Xero has no call for anything else. (A file is written
 * over by its name.) */
static void look_whether_changeable(struct plan_subject *subject, const struct document *known)
{
    const struct xero_object *object = xero_object_find(subject->plan.target);

    if (subject->verdict != MAP_WANTED || subject->refused[0] || !is_written(known) || !object ||
        object->update_method[0] || object->mark == XERO_MARK_FILE) {
        return;
    }
    subject->refused = subject->plan.code = "unchangeable";
    subject->plan.why = "It is written otherwise, and Xero does not let it be changed.";
    subject->plan.fix =
        "Remove it in Xero, then `ferry repost` writes it anew; or `ferry skip` leaves it.";
}

static void count_subject(struct plan_counts *counts, const struct document_plan *plan)
{
    counts->wanted += plan->state == DOCUMENT_READY;
    counts->skipped += plan->state == DOCUMENT_SKIPPED;
    counts->waiting += plan->state == DOCUMENT_WAITING;
    counts->held += plan->state == DOCUMENT_HELD;
    counts->removals += strcmp(plan->action, "remove") == 0;
}

/* One hit of `match`: the object is adopted; people made it, so it is not written over. */
static bool adopt(struct application *a, const struct plan_subject *subject, int64_t id,
                  struct error *err)
{
    if (!subject->match_id[0]) {
        return true;
    }
    return ledger_link(a->db, id, subject->match_id, "ferry", err);
}

static bool apply_subject(struct application *a, const struct plan_root *root,
                          struct plan_subject *subject, struct error *err)
{
    int64_t integration = a->batch->integration->id, id = 0;
    struct document_plan *plan = &subject->plan;
    struct document known;
    struct decision decision;
    bool adopted, taken;

    if (!ledger_find(a->db, integration, plan->mapping, plan->key, a->batch->arena, &known, err)) {
        return false;
    }
    adopted = known.state == DOCUMENT_DONE && is_written(&known) && !known.target_seen[0];
    if (adopted && subject->verdict == MAP_WANTED) {
        return true; /* linked, not ours to rewrite */
    }
    taken = is_taken_away(root->mapping, subject->gone);
    subject->gone = gone_of(root->mapping, subject->gone);
    decision = decide(subject, &known);
    look_whether_changeable(subject, &known);
    if (subject->refused[0] && strcmp(known.done_hash, plan->want_hash) != 0 &&
        !subject->match_id[0]) {
        decision = (struct decision){DOCUMENT_HELD, ""};
    } else if (subject->refused[0]) {
        plan->code = plan->why = plan->fix = ""; /* written already as it is wanted */
    }
    if (decision.state == DOCUMENT_READY && strcmp(decision.action, "remove") != 0 &&
        approval_is_missing(a->batch->integration, plan, &known)) {
        decision = (struct decision){DOCUMENT_WAITING, ""};
        plan->code = "not-approved";
        plan->why = arena_printf(a->batch->arena, "A person must approve it (%s).",
                                 plan->approve[0] ? plan->approve : "all");
        plan->fix = "Look at it, then approve or reject it.";
    }
    plan->state = decision.state;
    plan->action = decision.action;
    explain_gone(a->batch, plan);
    count_subject(a->counts, plan);
    if (!ledger_plan(a->db, integration, plan, &id, err)) {
        return false;
    }
    if (map_list_is_kept(map_mapping_target(root->mapping))) {
        return keep_apply(a, subject, id, taken ? &known : NULL, err);
    }
    /* what is on its way may be the very object that fits: the courier finds that out */
    if (subject->verdict != MAP_WANTED || is_written(&known) || is_on_its_way(&known)) {
        return true;
    }
    return adopt(a, subject, id, err);
}

/* ---- documents of a root that no subject stands for any more ---- */

struct vanished {
    struct application *application;
    const struct plan_root *root;
};

static bool has_subject(const struct plan_root *root, const char *key)
{
    for (size_t i = 0; i < root->subject_count; i++) {
        if (strcmp(root->subjects[i].plan.key, key) == 0) {
            return true;
        }
    }
    return false;
}

static bool withdraw_vanished(void *self, const struct document *known, struct error *err)
{
    struct vanished *v = self;
    const struct declared_mapping *declared = map_mapping_declared(v->root->mapping);
    /* The subject is not there to be asked: only a plain word can be followed, else a person. */
    const char *gone = strcmp(declared->gone, "'remove'") == 0  ? "remove"
                       : strcmp(declared->gone, "'leave'") == 0 ? "leave"
                                                                : "hold";
    struct decision decision = decide_unwanted(gone_of(v->root->mapping, gone), known);
    struct document_plan plan = {
        .mapping = declared->name,
        .key = known->key,
        .root = known->root,
        .target = declared->to,
        .state = decision.state,
        .action = decision.action,
        .code = decision.state == DOCUMENT_SKIPPED ? "vanished" : "",
        .why = decision.state == DOCUMENT_SKIPPED ? "What it is made from is gone." : "",
        .fix = "",
        .want = "",
        .want_hash = "",
        .approve = "",
        .notes = "[]",
        .currency = "",
        .total = "",
    };
    int64_t id;

    if (has_subject(v->root, known->key)) {
        return true;
    }
    explain_gone(v->application->batch, &plan);
    count_subject(v->application->counts, &plan);
    if (!ledger_plan(v->application->db, v->application->batch->integration->id, &plan, &id, err)) {
        return false;
    }
    return !map_list_is_kept(map_mapping_target(v->root->mapping)) ||
           keep_apply(v->application, NULL, id,
                      is_taken_away(v->root->mapping, gone) ? known : NULL, err);
}

/* ---- a root whose record cannot be read any more ---- */

static bool hold_unreadable(void *self, const struct document *known, struct error *err)
{
    struct vanished *v = self;
    struct arena *arena = v->application->batch->arena;
    const struct map_list *list = plan_pass_list(v->root->mapping, v->root->pass);
    const char *where =
        side_name(v->application->batch->integration, list ? map_list_declared(list)->name : "");

    if (known->state == DOCUMENT_SKIPPED || known->state == DOCUMENT_WITHDRAWN) {
        return true;
    }
    v->application->counts->held++;
    return ledger_hold(
        v->application->db, known->id, "unreadable",
        arena_printf(arena, "The record cannot be read any more: %s", v->root->unreadable),
        arena_printf(arena, "Correct it in %s; until then nothing follows from it.", where), err);
}

/* ---- one root ---- */

/* A record that comes or goes changes a group; one that is only looked at again does not. */
static enum dirtiness how_for(const struct plan_root *root, const char *old)
{
    bool stays = old && root->group && strcmp(old, root->group) == 0;
    bool soft = !(root->record->dirty.hard & root->duty->at.bit);

    return soft && stays ? DIRTY_SOFT : DIRTY_HARD;
}

static bool apply_member(struct application *a, const struct plan_root *root, struct error *err)
{
    int64_t integration = a->batch->integration->id;
    const char *mapping = map_mapping_declared(root->mapping)->name, *old = NULL;
    struct member member = {mapping, root->key, root->group};

    return member_put(a->db, integration, &member, a->batch->arena, &old, err) &&
           (!old || dirty_add(a->db, integration, mapping, old, how_for(root, old), err)) &&
           (!root->group ||
            dirty_add(a->db, integration, mapping, root->group, how_for(root, old), err));
}

/* One that cannot be read stays where it is, and its group says that it is not whole. */
static bool apply_unreadable_member(struct application *a, const struct plan_root *root,
                                    struct error *err)
{
    int64_t integration = a->batch->integration->id;
    const char *mapping = map_mapping_declared(root->mapping)->name, *group = NULL;
    struct member member = {mapping, root->key, NULL};

    return member_group(a->db, integration, &member, a->batch->arena, &group, err) &&
           (!group || dirty_add(a->db, integration, mapping, group, DIRTY_HARD, err));
}

/* Most roots have the documents that they had: that is seen from their keys. */
static bool has_vanished(struct application *a, const struct plan_root *root, bool *ret,
                         struct error *err)
{
    struct found_keys keys = {NULL, 0};

    *ret = false;
    if (!ledger_keys(a->db, a->batch->integration->id, root->duty->name, root->key, a->batch->arena,
                     &keys, err)) {
        return false;
    }
    for (size_t i = 0; i < keys.count; i++) {
        *ret = *ret || !has_subject(root, keys.at[i]);
    }
    return true;
}

static bool apply_root(struct application *a, struct plan_root *root, struct error *err)
{
    int64_t integration = a->batch->integration->id;
    struct vanished vanished = {a, root};
    struct ledger_filter filter = {
        .integration = integration,
        .mapping = root->duty->name,
        .root = root->key,
        .state = -1,
    };
    bool some;

    a->counts->roots += root->pass == PLAN_SUBJECTS;
    if (root->is_written) {
        return true;
    }
    if (root->pass == PLAN_MEMBERS) {
        return (root->unreadable ? apply_unreadable_member : apply_member)(a, root, err);
    }
    if (root->pass == PLAN_OTHERS) {
        return root->unreadable || others_apply(a, root, err);
    }
    if (root->unreadable) {
        return ledger_each(a->db, &filter, a->batch->arena, hold_unreadable, &vanished, err);
    }
    for (size_t i = 0; i < root->subject_count; i++) {
        if (!apply_subject(a, root, &root->subjects[i], err)) {
            return false;
        }
    }
    return has_vanished(a, root, &some, err) &&
           (!some ||
            ledger_each(a->db, &filter, a->batch->arena, withdraw_vanished, &vanished, err));
}

/* ---- all of them ---- */

/*
 * Cleared, and with their new looks, before any document is written: a document that becomes
 * another makes those dirty again that looked at it, also when they are of this batch.
 */
static bool apply_record(struct application *a, struct plan_record *record, struct error *err)
{
    return dirty_clear(a->db, &record->dirty, record->done, err) &&
           look_replace(a->db, &record->dirty, record->noted, record->looks, record->look_count,
                        err);
}

bool plan_apply(struct plan_batch *batch, struct db *db, struct plan_counts *counts,
                struct error *err)
{
    struct application application = {batch, db, counts};

    for (size_t i = 0; i < batch->record_count; i++) {
        if (!apply_record(&application, &batch->records[i], err)) {
            return false;
        }
    }
    for (size_t i = 0; i < batch->count; i++) {
        if (!apply_root(&application, &batch->roots[i], err)) {
            return false;
        }
    }
    fault_point("plan.applied");
    return true;
}
