#include "store/store_internal.h"

#include <stdlib.h>

/* ---- becoming dirty ---- */

/* Serials in the order in which roots became dirty; only the writer counts. */
static bool next_since(struct db *db, int64_t *ret, struct error *err)
{
    if (db->since == 0 &&
        !db_number(db, err, &db->since, "SELECT COALESCE(MAX(since), 0) FROM root WHERE dirty <> 0",
                   "")) {
        return false;
    }
    *ret = ++db->since;
    return true;
}

/* What a root that is dirty already keeps, and what is added to it. */
#define AGAIN                                                                                      \
    " ON CONFLICT (place, key) DO UPDATE SET since = CASE dirty WHEN 0 THEN excluded.since ELSE "  \
    "since END, dirty = dirty | excluded.dirty, hard = hard | excluded.hard, parked = parked | "   \
    "excluded.parked, again = again + 1"

bool dirty_add(struct db *db, int64_t integration, const char *name, const char *root,
               enum dirtiness how, struct error *err)
{
    struct pass pass;
    int64_t since;

    return pass_make(db, integration, name, &pass, err) && next_since(db, &since, err) &&
           db_do(db, err,
                 "INSERT INTO root (place, key, dirty, hard, since) VALUES (?, ?, ?, ?, ?)" AGAIN,
                 "itiii", pass.place, root, pass.bit, how == DIRTY_HARD ? pass.bit : 0, since);
}

bool dirty_all(struct db *db, const struct pass *passes, int64_t scope, const char *list,
               enum dirtiness how, struct error *err)
{
    int64_t since;

    return next_since(db, &since, err) &&
           db_do(db, err,
                 "INSERT INTO root (place, key, dirty, hard, since)"
                 " SELECT ?1, key, ?2, ?3, ?4 FROM mirror WHERE scope = ?5 AND list = ?6 AND gone "
                 "= 0" AGAIN,
                 "iiiiit", passes->place, passes->bit, how == DIRTY_HARD ? passes->bit : 0, since,
                 scope, list);
}

bool dirty_record(struct db *db, int64_t scope, const char *list, const char *key,
                  struct error *err)
{
    int64_t since;

    return next_since(db, &since, err) &&
           db_do(db, err,
                 "INSERT INTO root (place, key, dirty, hard, parked, since)"
                 " SELECT id, ?3, passes & ~parked, passes, passes & parked, ?4 FROM place WHERE "
                 "scope = ?1 AND list = ?2" AGAIN,
                 "itti", scope, list, key, since);
}

/* ---- whoever looked ---- */

struct hit {
    int64_t root, moves, soft;
};

/*
 * Of the passes that merely looked something up, those that are not done with the root: they have
 * no documents, or one that is not written yet. The others keep what they have when a look-up
 * changes (an account archived after a bill was booked does not move the bill); only what they are
 * made of moves them.
 */
static bool open_passes(struct db *db, const struct hit *hit, int64_t *ret, struct error *err)
{
    *ret = 0;
    return hit->soft == 0 ||
           db_number(
               db, err, ret,
               "SELECT COALESCE(SUM(p.bit), 0) FROM root r JOIN pass p ON p.place = r.place"
               " WHERE r.id = ?1 AND p.bit & ?2 <> 0"
               " AND (NOT EXISTS (SELECT 1 FROM document d WHERE d.integration = p.integration AND"
               "     d.root = r.key AND d.mapping = p.name)"
               " OR EXISTS (SELECT 1 FROM document d WHERE d.integration = p.integration AND"
               "     d.root = r.key AND d.mapping = p.name AND d.state NOT IN (5, 6, 8)))",
               "ii", hit->root, hit->soft);
}

_Static_assert(DOCUMENT_DONE == 5 && DOCUMENT_WITHDRAWN == 6 && DOCUMENT_TOMBSTONE == 8,
               "the numbers of states stand in SQL and in databases");

static bool mark(struct db *db, const struct hit *hit, struct error *err)
{
    int64_t open, since;

    if (!open_passes(db, hit, &open, err)) {
        return false;
    }
    if ((hit->moves | open) == 0) {
        return true;
    }
    return next_since(db, &since, err) &&
           db_do(db, err,
                 "UPDATE root SET since = CASE dirty WHEN 0 THEN ?3 ELSE since END, dirty = dirty "
                 "| ?2, hard = hard | ?2, again = again + 1 WHERE id = ?1",
                 "iii", hit->root, hit->moves | open, since);
}

bool dirty_spread(struct db *db, uint64_t look, struct error *err)
{
    struct hit *hits = NULL;
    size_t count = 0, capacity = 0;
    sqlite3_stmt *rows;
    enum db_row row;
    bool ok = true;

    if (!db_ask(db, err, &rows, "SELECT root, moves, soft FROM looked WHERE look = ?", "i",
                (int64_t)look)) {
        return false;
    }
    while ((row = db_row(db, rows, err)) == DB_ROW) {
        memory_grow(&hits, &capacity, count, sizeof *hits);
        hits[count++] = (struct hit){sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1),
                                     sqlite3_column_int64(rows, 2)};
    }
    db_close_rows(db, rows);
    for (size_t i = 0; ok && row != DB_FAILED && i < count; i++) {
        ok = mark(db, &hits[i], err);
    }
    memory_free(hits);
    return ok && row != DB_FAILED;
}

/* ---- taking and clearing ---- */

bool dirty_take(struct db *db, const struct pass *passes, size_t most, struct arena *arena,
                struct dirty_roots *ret, struct error *err)
{
    struct dirty_root *roots = arena_alloc(arena, most + 1, sizeof *roots);
    sqlite3_stmt *rows;
    enum db_row row;
    size_t count = 0;

    if (!db_ask(db, err, &rows,
                "SELECT id, key, dirty & ?2, hard & ?2, again FROM root WHERE place = ?1 AND dirty "
                "<> 0 AND dirty & ?2 <> 0 ORDER BY since, id LIMIT ?3",
                "iii", passes->place, passes->bit, (int64_t)most)) {
        return false;
    }
    while ((row = db_row(db, rows, err)) == DB_ROW) {
        roots[count++] = (struct dirty_root){
            .id = sqlite3_column_int64(rows, 0),
            .key = row_text(rows, 1, arena),
            .dirty = sqlite3_column_int64(rows, 2),
            .hard = sqlite3_column_int64(rows, 3),
            .again = sqlite3_column_int64(rows, 4),
        };
    }
    db_close_rows(db, rows);
    *ret = (struct dirty_roots){roots, count};
    return row != DB_FAILED;
}

bool dirty_clear(struct db *db, const struct dirty_root *root, int64_t passes, struct error *err)
{
    return db_do(db, err,
                 "UPDATE root SET dirty = dirty & ~?2, hard = hard & ~?2 WHERE id = ?1 AND again = "
                 "?3",
                 "iii", root->id, passes, root->again);
}
