#include "store/store_internal.h"

/* ---- what was looked at ---- */

static uint64_t look_of(const char *kind, int64_t place, const char *a, const char *b,
                        const char *c)
{
    char number[24];
    uint64_t h;

    snprintf(number, sizeof number, "%lld", (long long)place);
    h = hash_part(HASH_START, text_of(kind));
    h = hash_part(h, text_of(number));
    h = hash_part(h, text_of(a));
    h = hash_part(h, text_of(b));
    return hash_part(h, text_of(c));
}

uint64_t look_record(int64_t scope, const char *list, const char *key)
{
    return look_of("record", scope, list, key, "");
}

uint64_t look_search(int64_t scope, const char *list, const char *index, const char *value)
{
    return look_of("search", scope, list, index, value);
}

uint64_t look_document(int64_t integration, const char *mapping, const char *key)
{
    return look_of("document", integration, mapping, key, "");
}

bool look_replace(struct db *db, int64_t integration, const char *mapping, const char *root,
                  const struct look *looks, size_t count, struct error *err)
{
    if (!db_do(db, err, "DELETE FROM looked WHERE integration = ? AND mapping = ? AND root = ?",
               "itt", integration, mapping, root)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!db_do(db, err,
                   "INSERT INTO looked (look, integration, mapping, root, moves) VALUES (?1, ?2, "
                   "?3, ?4, ?5) ON CONFLICT (look, integration, mapping, root) DO UPDATE SET "
                   "moves = MAX(moves, ?5)",
                   "iitti", (int64_t)looks[i].hash, integration, mapping, root,
                   (int64_t)looks[i].moves)) {
            return false;
        }
    }
    return true;
}

/* ---- what must be looked at again ---- */

#define NEXT_SINCE "(SELECT COALESCE(MAX(since), 0) + 1 FROM dirty)"
#define AGAIN                                                                                      \
    " ON CONFLICT (integration, mapping, root) DO UPDATE SET again = again + 1, soft = MIN(soft, " \
    "excluded.soft)"

bool dirty_add(struct db *db, int64_t integration, const char *mapping, const char *root,
               enum dirtiness how, struct error *err)
{
    return db_do(db, err,
                 "INSERT INTO dirty (integration, mapping, root, since, soft) VALUES (?, ?, "
                 "?, " NEXT_SINCE ", ?)" AGAIN,
                 "itti", integration, mapping, root, (int64_t)(how == DIRTY_SOFT));
}

/*
 * A root counts as written when it has documents and all of them are done with. Those keep what
 * they have when a look-up changes (an account archived after a bill was booked does not move the
 * bill); only what they are made of moves them.
 */
bool dirty_spread(struct db *db, uint64_t look, struct error *err)
{
    return db_do(
        db, err,
        "INSERT INTO dirty (integration, mapping, root, since)"
        " SELECT l.integration, l.mapping, l.root, " NEXT_SINCE
        " FROM looked l WHERE l.look = ?1 AND (l.moves"
        " OR NOT EXISTS (SELECT 1 FROM document d WHERE d.integration = l.integration AND"
        "     d.mapping = l.mapping AND d.root = l.root)"
        " OR EXISTS (SELECT 1 FROM document d WHERE d.integration = l.integration AND"
        "     d.mapping = l.mapping AND d.root = l.root AND d.state NOT IN (5, 6, 8)))" AGAIN,
        "i", (int64_t)look);
}

_Static_assert(DOCUMENT_DONE == 5 && DOCUMENT_WITHDRAWN == 6 && DOCUMENT_TOMBSTONE == 8,
               "the numbers of states stand in SQL and in databases");

bool dirty_all(struct db *db, int64_t integration, const char *mapping, int64_t scope,
               const char *list, enum dirtiness how, struct error *err)
{
    return db_do(db, err,
                 "INSERT INTO dirty (integration, mapping, root, since, soft)"
                 " SELECT ?1, ?2, key, " NEXT_SINCE
                 ", ?5 FROM mirror WHERE scope = ?3 AND list = ?4 AND gone = 0" AGAIN,
                 "ititi", integration, mapping, scope, list, (int64_t)(how == DIRTY_SOFT));
}

bool dirty_subscribe(struct db *db, int64_t integration, const char *mapping, int64_t scope,
                     const char *list, struct error *err)
{
    return db_do(db, err,
                 "INSERT OR IGNORE INTO subscription (scope, list, integration, mapping) VALUES "
                 "(?, ?, ?, ?)",
                 "itit", scope, list, integration, mapping);
}

bool dirty_take(struct db *db, int64_t integration, const char *mapping, size_t most,
                struct arena *arena, struct dirty_roots *ret, struct error *err)
{
    struct dirty_root *roots = arena_alloc(arena, most + 1, sizeof *roots);
    sqlite3_stmt *rows;
    enum db_row row;
    size_t count = 0;

    if (!db_ask(db, err, &rows,
                "SELECT root, since, again, soft FROM dirty WHERE integration = ? AND mapping = ? "
                "ORDER "
                "BY since, "
                "root LIMIT ?",
                "iti", integration, mapping, (int64_t)most)) {
        return false;
    }
    while ((row = db_row(db, rows, err)) == DB_ROW) {
        roots[count++] = (struct dirty_root){
            arena_copy(arena, mapping), row_text(rows, 0, arena), sqlite3_column_int64(rows, 1),
            sqlite3_column_int64(rows, 2), sqlite3_column_int64(rows, 3) != 0};
    }
    db_close_rows(db, rows);
    if (row == DB_FAILED) {
        return false;
    }
    *ret = (struct dirty_roots){roots, count};
    return true;
}

bool dirty_clear(struct db *db, int64_t integration, const struct dirty_root *root,
                 struct error *err)
{
    return db_do(
        db, err,
        "DELETE FROM dirty WHERE integration = ? AND mapping = ? AND root = ? AND since = ? AND "
        "again = ?",
        "ittii", integration, root->mapping, root->root, root->since, root->again);
}

/* ---- members of groups ---- */

bool member_group(struct db *db, int64_t integration, const struct member *member,
                  struct arena *arena, const char **ret, struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;

    if (!db_ask(db, err, &rows,
                "SELECT place FROM member WHERE integration = ? AND mapping = ? AND record = ?",
                "itt", integration, member->mapping, member->record)) {
        return false;
    }
    row = db_row(db, rows, err);
    *ret = row == DB_ROW ? row_text(rows, 0, arena) : NULL;
    db_close_rows(db, rows);
    return row != DB_FAILED;
}

bool member_put(struct db *db, int64_t integration, const struct member *member,
                struct arena *arena, const char **ret_old, struct error *err)
{
    if (!member_group(db, integration, member, arena, ret_old, err)) {
        return false;
    }
    if (!member->group) {
        return db_do(db, err,
                     "DELETE FROM member WHERE integration = ? AND mapping = ? AND record = ?",
                     "itt", integration, member->mapping, member->record);
    }
    return db_do(
        db, err,
        "INSERT OR REPLACE INTO member (integration, mapping, record, place) VALUES (?, ?, ?, ?)",
        "ittt", integration, member->mapping, member->record, member->group);
}
