#include "store/store_internal.h"

/*
 * A document shares the fate of what it refers to: while that is skipped, held or waiting and was
 * never written, so is this, with that reason, however many steps away. Of several, what a person
 * must look at counts first, then the nearest.
 */
#define STEPS_MOST "16"

static const char cause[] =
    "WITH RECURSIVE above (id, steps) AS ("
    " SELECT p.id, 1 FROM reference r JOIN document p ON p.integration = ?1 AND p.mapping = "
    "r.mapping AND p.key = r.key WHERE r.document = ?2 AND p.target_id = ''"
    " UNION"
    " SELECT p.id, a.steps + 1 FROM above a JOIN document c ON c.id = a.id AND c.state = 2"
    " JOIN reference r ON r.document = a.id JOIN document p ON p.integration = ?1 AND p.mapping = "
    "r.mapping AND p.key = r.key WHERE p.target_id = '' AND a.steps < " STEPS_MOST ")"
    " SELECT d.state, d.code, d.why, d.fix FROM above a JOIN document d ON d.id = a.id"
    " WHERE d.state IN (0, 1, 7) ORDER BY d.state = 1 DESC, a.steps, d.id LIMIT 1";

_Static_assert(DOCUMENT_WAITING == 0 && DOCUMENT_HELD == 1 && DOCUMENT_READY == 2 &&
                   DOCUMENT_SKIPPED == 7,
               "the numbers of states stand in SQL and in databases");

static bool find_cause(struct db *db, struct document *document, struct arena *arena,
                       struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;

    if (!db_ask(db, err, &rows, cause, "ii", document->integration, document->id)) {
        return false;
    }
    row = db_row(db, rows, err);
    if (row == DB_ROW) {
        document->state = (enum document_state)sqlite3_column_int(rows, 0);
        document->code = row_text(rows, 1, arena);
        document->why = row_text(rows, 2, arena);
        document->fix = row_text(rows, 3, arena);
    } else {
        document->state = DOCUMENT_WAITING;
        document->code = "waits-for";
        document->why = "What it refers to is not written yet.";
    }
    db_close_rows(db, rows);
    return row != DB_FAILED;
}

static bool is_blocked(struct db *db, int64_t id, bool *ret, struct error *err)
{
    int64_t blocked = 0;
    bool ok = db_number(db, err, &blocked,
                        "SELECT EXISTS (SELECT 1 FROM document d WHERE d.id = ? AND " BLOCKED ")",
                        "i", id);

    *ret = blocked != 0;
    return ok;
}

bool ledger_fate(struct db *db, struct document *document, struct arena *arena, struct error *err)
{
    bool blocked = false;

    if (document->state != DOCUMENT_READY || strcmp(document->action, "remove") == 0) {
        return true;
    }
    return is_blocked(db, document->id, &blocked, err) &&
           (!blocked || find_cause(db, document, arena, err));
}

/* ---- who looks at a document looks at its fate ---- */

static bool collect_children(struct db *db, const struct document *document, int64_t **ret,
                             size_t *ret_count, struct error *err)
{
    size_t capacity = 0;
    sqlite3_stmt *rows;
    enum db_row row;

    if (!db_ask(db, err, &rows,
                "SELECT c.id FROM reference r JOIN document c ON c.id = r.document WHERE "
                "r.mapping = ? AND r.key = ? AND c.integration = ? AND c.state = 2 AND "
                "c.target_id = ''",
                "tti", document->mapping, document->key, document->integration)) {
        return false;
    }
    while ((row = db_row(db, rows, err)) == DB_ROW) {
        memory_grow(ret, &capacity, *ret_count, sizeof **ret);
        (*ret)[(*ret_count)++] = sqlite3_column_int64(rows, 0);
    }
    db_close_rows(db, rows);
    return row != DB_FAILED;
}

bool fate_spread(struct db *db, const struct document *document, unsigned steps, struct error *err)
{
    struct arena *arena;
    int64_t *children = NULL;
    size_t count = 0;
    bool ok;

    if (document->target_id[0] || steps == 0) {
        return true;
    }
    arena = arena_new((size_t)16 << 20);
    ok = collect_children(db, document, &children, &count, err);
    for (size_t i = 0; ok && i < count; i++) {
        struct document child;

        ok = ledger_get(db, children[i], arena, &child, err) &&
             dirty_spread(db, look_document(child.integration, child.mapping, child.key), err) &&
             fate_spread(db, &child, steps - 1, err);
    }
    memory_free(children);
    arena_free(arena);
    return ok;
}
