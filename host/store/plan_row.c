#include "store/store_internal.h"

/*
 * What a plan may do to a document it finds, by the state the document is in: leave it alone, give
 * it the new want but not the new state (it is on its way), or both.
 */
enum influence { LEAVE, WANT_ONLY, ALL };
static const enum influence influences[] = {
    [DOCUMENT_WAITING] = ALL,       [DOCUMENT_HELD] = ALL,          [DOCUMENT_READY] = ALL,
    [DOCUMENT_SENDING] = WANT_ONLY, [DOCUMENT_UNKNOWN] = WANT_ONLY, [DOCUMENT_DONE] = ALL,
    [DOCUMENT_WITHDRAWN] = ALL,     [DOCUMENT_SKIPPED] = ALL,       [DOCUMENT_TOMBSTONE] = LEAVE,
};

static bool add_references(struct db *db, int64_t id, const struct document_plan *plan,
                           struct error *err)
{
    for (size_t i = 0; i < plan->ref_count; i++) {
        if (!db_do(db, err,
                   "INSERT OR IGNORE INTO reference (document, mapping, key) VALUES (?, ?, ?)",
                   "itt", id, plan->ref_mappings[i], plan->ref_keys[i])) {
            return false;
        }
    }
    return true;
}

static bool replace_references(struct db *db, int64_t id, const struct document_plan *plan,
                               struct error *err)
{
    return db_do(db, err, "DELETE FROM reference WHERE document = ?", "i", id) &&
           add_references(db, id, plan, err);
}

static bool insert(struct db *db, int64_t integration, const struct document_plan *plan,
                   int64_t *ret_id, struct error *err)
{
    if (!db_do(db, err,
               "INSERT INTO document (integration, mapping, key, root, target, state, code, why, "
               "fix, want, want_hash,"
               " action, approve, notes, currency, total, changed_ms)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               "ittttittttttttt"
               "ti",
               integration, plan->mapping, plan->key, plan->root, plan->target,
               (int64_t)plan->state, plan->code, plan->why, plan->fix, plan->want, plan->want_hash,
               plan->action, plan->approve, plan->notes, plan->currency, plan->total,
               clock_wall_ms(db->clock))) {
        return false;
    }
    *ret_id = db_last_id(db);
    return add_references(db, *ret_id, plan, err) &&
           document_announce(db,
                             &(struct document){.id = *ret_id,
                                                .integration = integration,
                                                .mapping = plan->mapping,
                                                .key = plan->key,
                                                .target_id = ""},
                             err);
}

/* The state and action that follow when what is wanted is what is there already. */
static void settle_unchanged(const struct document *known, struct document_plan *plan)
{
    bool same = known->done_hash[0] && strcmp(known->done_hash, plan->want_hash) == 0;

    if (plan->state == DOCUMENT_READY && same && strcmp(plan->action, "remove") != 0) {
        plan->state = DOCUMENT_DONE;
        plan->action = "";
    }
}

/*
 * A refusal stands until what was refused, or its cause, changes: planning the same is no change.
 * That its record could not be read was no refusal, and planning it at all is the end of that.
 */
static bool is_refused_again(const struct document *known, const struct document_plan *plan)
{
    return known->state == DOCUMENT_HELD && known->tries > 0 && plan->state == DOCUMENT_READY &&
           strcmp(known->code, "unreadable") != 0 && strcmp(known->want_hash, plan->want_hash) == 0;
}

static bool update(struct db *db, int64_t id, const struct document_plan *plan, struct error *err)
{
    return db_do(db, err,
                 "UPDATE document SET root = ?, target = ?, state = ?, code = ?, why = ?, fix = ?, "
                 "want = ?, want_hash = ?,"
                 " action = ?, approve = ?, notes = ?, currency = ?, total = ?, due_ms = 0, tries "
                 "= 0,"
                 /* a word about one removal is none about a later one */
                 " approved = CASE WHEN approved = '" REMOVAL_ALLOWED "' AND ? <> 'remove' THEN '' "
                 "ELSE approved END WHERE id = ?",
                 "ttittttttttt"
                 "tti",
                 plan->root, plan->target, (int64_t)plan->state, plan->code, plan->why, plan->fix,
                 plan->want, plan->want_hash, plan->action, plan->approve, plan->notes,
                 plan->currency, plan->total, plan->action, id);
}

/* A verdict without a body (WAIT on a written document) leaves what was wanted as it was. */
static void keep_want(const struct document *known, struct document_plan *plan)
{
    if (plan->state == DOCUMENT_DONE && !plan->want[0]) {
        plan->want = known->want;
        plan->want_hash = known->want_hash;
        plan->currency = known->currency;
        plan->total = known->total;
        plan->code = plan->why = plan->fix = "";
    }
}

static bool is_same(const struct document *known, const struct document_plan *plan)
{
    return known->state == plan->state && strcmp(known->want_hash, plan->want_hash) == 0 &&
           strcmp(known->code, plan->code) == 0 && strcmp(known->action, plan->action) == 0 &&
           strcmp(known->why, plan->why) == 0 && strcmp(known->root, plan->root) == 0;
}

/* What we took away and is wanted again is a new object: the old one stays what it is. */
static bool forget_written(struct db *db, const struct document *known,
                           const struct document_plan *plan, struct error *err)
{
    return !known->target_id[0] || strcmp(plan->action, "create") != 0 ||
           db_do(db, err,
                 "UPDATE document SET target_id = '', target_seen = '', url = '', done_hash = '', "
                 "epoch = epoch + 1 WHERE id = ?",
                 "i", known->id);
}

static bool apply(struct db *db, const struct document *known, struct document_plan *plan,
                  struct error *err)
{
    if (influences[known->state] == WANT_ONLY) {
        return db_do(db, err,
                     "UPDATE document SET want = ?, want_hash = ?, currency = ?, total = ? WHERE "
                     "id = ?",
                     "tttti", plan->want, plan->want_hash, plan->currency, plan->total,
                     known->id) &&
               replace_references(db, known->id, plan, err);
    }
    settle_unchanged(known, plan);
    keep_want(known, plan);
    if (is_refused_again(known, plan) || is_same(known, plan)) {
        return true;
    }
    return forget_written(db, known, plan, err) && update(db, known->id, plan, err) &&
           replace_references(db, known->id, plan, err) && document_touched(db, known->id, err);
}

/* A person said no: `said` holds who and why, and stays until `ferry retry`. */
static bool was_said(struct db *db, int64_t id, bool *ret, struct error *err)
{
    int64_t n = 0;
    bool ok = db_number(db, err, &n, "SELECT said <> '' FROM document WHERE id = ?", "i", id);

    *ret = n != 0;
    return ok;
}

bool ledger_plan(struct db *db, int64_t integration, const struct document_plan *plan,
                 int64_t *ret_id, struct error *err)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct document_plan settled = *plan;
    struct document known = {0};
    bool said = false, ok;
    int64_t id = 0;

    ok = ledger_find(db, integration, plan->mapping, plan->key, arena, &known, err);
    if (ok && !known.id) {
        ok = insert(db, integration, plan, &id, err);
    } else if (ok) {
        id = known.id;
        ok = was_said(db, id, &said, err);
        if (ok && !said && influences[known.state] != LEAVE) {
            ok = apply(db, &known, &settled, err);
        }
    }
    arena_free(arena);
    if (ok) {
        *ret_id = id;
    }
    return ok;
}
