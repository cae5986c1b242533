#include "store/store_internal.h"

/* Members of groups. */

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
