#include "store/store_internal.h"

static bool about(struct db *db, int64_t id, struct arena *arena, const char **ret,
                  struct document *document, struct error *err)
{
    if (!ledger_get(db, id, arena, document, err)) {
        return false;
    }
    if (!document->id) {
        return error_set(err, ERROR_REJECTED, "no-document",
                         "there is no document %lld; `ferry held` lists them", (long long)id);
    }
    *ret = arena_printf(arena, "%s/%s", document->mapping, document->key);
    return true;
}

/* What a person does: how the audit log calls it, and the statement (?1 a value, ?2 the document).
 */
struct deed {
    const char *who, *what, *sql, *value, *detail;
};

/* The same frame for everything people do: find it, change it, tell those who look, note it. */
static bool change(struct db *db, int64_t id, const struct deed *deed, struct error *err)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct document document;
    const char *name = NULL;
    bool ok =
        about(db, id, arena, &name, &document, err) &&
        db_do(db, err, deed->sql, "ti", deed->value, id) && document_touched(db, id, err) &&
        dirty_add(db, document.integration, document.mapping, document.root, DIRTY_HARD, err) &&
        audit_add(db, deed->who, deed->what, name, deed->detail, err);

    arena_free(arena);
    return ok;
}

/*
 * What was ready and refused is ready again; everything else waits for the plan to say so, because
 * to try again is not to approve, and does not make a record readable. A removal that was held
 * among many is a person's word from then on.
 */
bool ledger_retry(struct db *db, int64_t id, const char *who, struct error *err)
{
    static const char sql[] =
        "UPDATE document SET said = ?1, tries = 0, due_ms = 0,"
        " approved = CASE action WHEN 'remove' THEN '" REMOVAL_ALLOWED "' ELSE approved END,"
        " state = CASE WHEN state = 1 AND tries > 0 AND want <> '' AND code <> 'unreadable' THEN 2"
        " ELSE state END,"
        " action = CASE WHEN action <> '' THEN action WHEN target_id = '' THEN 'create'"
        " ELSE 'update' END WHERE id = ?2";

    return change(db, id, &(struct deed){who, "retry", sql, "", ""}, err);
}

bool ledger_repost(struct db *db, int64_t id, const char *who, const char *reason,
                   struct error *err)
{
    static const char sql[] =
        "UPDATE document SET said = ?1, target_id = '', target_seen = '', url = '', done_hash = '',"
        " epoch = epoch + 1, tries = 0, due_ms = 0, code = '', why = '', fix = '',"
        " state = CASE WHEN want <> '' THEN 2 ELSE 0 END, action = 'create' WHERE id = ?2";

    return change(db, id, &(struct deed){who, "repost", sql, "", reason}, err);
}

bool ledger_approve(struct db *db, int64_t id, const char *want_hash, const char *who,
                    struct error *err)
{
    static const char sql[] = "UPDATE document SET approved = ?1 WHERE id = ?2";
    struct arena *arena = arena_new((size_t)16 << 20);
    struct document document = {0};
    bool ok = ledger_get(db, id, arena, &document, err);

    if (ok && document.id && strcmp(document.want_hash, want_hash) != 0) {
        ok = error_set(err, ERROR_REJECTED, "revision",
                       "%s %s has changed since it was shown; look at it again.", document.mapping,
                       document.key);
    }
    arena_free(arena);
    return ok && change(db, id, &(struct deed){who, "approve", sql, want_hash, want_hash}, err);
}

bool ledger_keep(struct db *db, int64_t id, const char *target_id, struct error *err)
{
    return db_do(db, err,
                 "UPDATE document SET target_id = ?, target_seen = want, done_hash = want_hash, "
                 "state = 5, action = '', code = '', why = '', fix = '' WHERE id = ?",
                 "ti", target_id, id) &&
           document_touched(db, id, err);
}

bool ledger_about(struct db *db, int64_t id, const char *target_id, struct error *err)
{
    return db_do(db, err, "UPDATE document SET target_id = ? WHERE id = ?", "ti", target_id, id);
}

/* What is not as it is wanted waits for the plan to say what becomes of it. */
bool ledger_adopt(struct db *db, int64_t id, const struct ledger_found *found, struct error *err)
{
    const int64_t same = found->is_wanted;
    struct arena *arena = arena_new((size_t)16 << 20);
    struct document document = {0};
    bool ok = db_do(db, err,
                    "UPDATE document SET target_id = ?1, target_seen = ?2,"
                    " done_hash = CASE ?3 WHEN 1 THEN want_hash ELSE '' END,"
                    " state = CASE ?3 WHEN 1 THEN 5 ELSE 0 END, action = '', code = '', why = '',"
                    " fix = '', tries = 0, due_ms = 0 WHERE id = ?4",
                    "ttii", found->target_id, found->target_seen, same, id) &&
              document_touched(db, id, err) &&
              audit_add(db, "ferry", "adopt", "", found->target_id, err) &&
              ledger_get(db, id, arena, &document, err) &&
              (same || dirty_add(db, document.integration, document.mapping, document.root,
                                 DIRTY_HARD, err));

    arena_free(arena);
    return ok;
}

bool ledger_skip(struct db *db, int64_t id, const char *who, const char *reason, struct error *err)
{
    static const char sql[] =
        "UPDATE document SET said = ?1, state = 7, code = 'skipped-by-hand', why = ?1, fix = '',"
        " action = '' WHERE id = ?2 AND state NOT IN (3, 4)";

    return change(
        db, id, &(struct deed){who, "skip", sql, reason[0] ? reason : "A person said so.", reason},
        err);
}

bool ledger_link(struct db *db, int64_t id, const char *target_id, const char *who,
                 struct error *err)
{
    static const char sql[] =
        "UPDATE document SET target_id = ?1, state = 5, done_hash = want_hash, action = '',"
        " code = '', why = '', fix = '', said = '' WHERE id = ?2 AND state NOT IN (3, 4)";

    return change(db, id, &(struct deed){who, "link", sql, target_id, target_id}, err);
}

bool ledger_hold(struct db *db, int64_t id, const char *code, const char *why, const char *fix,
                 struct error *err)
{
    return db_do(db, err,
                 "UPDATE document SET state = 1, code = ?, why = ?, fix = ?, tries = tries + 1 "
                 "WHERE id = ?",
                 "ttti", code, why, fix, id) &&
           document_touched(db, id, err);
}
