#include "store/store_internal.h"

bool kept_put(struct db *db, const char *kind, const char *name, struct text value,
              struct error *err)
{
    return db_do(db, err, "INSERT OR REPLACE INTO kept (kind, name, value) VALUES (?, ?, ?)", "ttb",
                 kind, name, value);
}

static struct text row_bytes(sqlite3_stmt *rows, int column, struct arena *arena)
{
    const void *at = sqlite3_column_blob(rows, column);
    size_t size = (size_t)sqlite3_column_bytes(rows, column);
    char *copy = arena_alloc(arena, size + 1, 1);

    if (size) {
        memcpy(copy, at, size);
    }
    return (struct text){copy, size};
}

bool kept_get(struct db *db, const char *kind, const char *name, struct arena *arena,
              struct text *ret, struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;

    if (!db_ask(db, err, &rows, "SELECT value FROM kept WHERE kind = ? AND name = ?", "tt", kind,
                name)) {
        return false;
    }
    row = db_row(db, rows, err);
    if (row != DB_FAILED) {
        *ret = row == DB_ROW ? row_bytes(rows, 0, arena) : TEXT_NONE;
    }
    db_close_rows(db, rows);
    return row != DB_FAILED;
}

bool kept_delete(struct db *db, const char *kind, const char *name, struct error *err)
{
    return db_do(db, err, "DELETE FROM kept WHERE kind = ? AND name = ?", "tt", kind, name);
}

bool kept_each(struct db *db, const char *kind, kept_fn *each, void *self, struct error *err)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    sqlite3_stmt *rows;
    enum db_row row = DB_FAILED;
    bool ok = true;

    if (db_ask(db, err, &rows, "SELECT name, value FROM kept WHERE kind = ? ORDER BY name", "t",
               kind)) {
        while (ok && (row = db_row(db, rows, err)) == DB_ROW) {
            ok = each(self, row_text(rows, 0, arena), row_bytes(rows, 1, arena), err);
        }
        db_close_rows(db, rows);
    }
    arena_free(arena);
    return ok && row != DB_FAILED;
}
