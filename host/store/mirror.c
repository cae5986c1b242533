#include "store/store_internal.h"

#include "crypto/crypto.h"

/* 62 bits of SHA-256 are plenty to tell whether one record changed. */
static int64_t hash_of(const struct mirror_record *record)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    int64_t n = 0;

    crypto_sha256(text_of(record->body ? record->body : record->bad), digest);
    memcpy(&n, digest, sizeof n);
    return n & INT64_C(0x3fffffffffffffff);
}

struct known {
    bool found, gone;
    int64_t hash;
};

static bool find_known(struct db *db, int64_t scope, const char *list, const char *key,
                       struct known *ret, struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;

    if (!db_ask(db, err, &rows,
                "SELECT hash, gone FROM mirror WHERE scope = ? AND list = ? AND key = ?", "itt",
                scope, list, key)) {
        return false;
    }
    row = db_row(db, rows, err);
    *ret = (struct known){row == DB_ROW, false, 0};
    if (row == DB_ROW) {
        ret->hash = sqlite3_column_int64(rows, 0);
        ret->gone = sqlite3_column_int64(rows, 1) != 0;
    }
    db_close_rows(db, rows);
    return row != DB_FAILED;
}

/* Whoever searched and found this record, or will now: by the entries as they stand. */
static bool spread_entries(struct db *db, int64_t scope, const char *list, const char *key,
                           struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;
    bool ok = true;

    if (!db_ask(db, err, &rows,
                "SELECT DISTINCT look FROM entry WHERE scope = ? AND list = ? AND key = ?", "itt",
                scope, list, key)) {
        return false;
    }
    while (ok && (row = db_row(db, rows, err)) == DB_ROW) {
        ok = dirty_spread(db, (uint64_t)sqlite3_column_int64(rows, 0), err);
    }
    db_close_rows(db, rows);
    return ok && row != DB_FAILED;
}

static bool replace_entries(struct db *db, int64_t scope, const char *list,
                            const struct mirror_record *record, struct error *err)
{
    if (!db_do(db, err, "DELETE FROM entry WHERE scope = ? AND list = ? AND key = ?", "itt", scope,
               list, record->key)) {
        return false;
    }
    for (size_t i = 0; i < record->entry_count; i++) {
        const struct mirror_index *entry = &record->entries[i];
        int64_t look = (int64_t)look_search(scope, list, entry->index, entry->value);

        if (!db_do(db, err,
                   "INSERT OR IGNORE INTO entry (look, key, name, value, scope, list) VALUES (?, "
                   "?, ?, ?, ?, ?)",
                   "itttit", look, record->key, entry->index, entry->value, scope, list)) {
            return false;
        }
    }
    return true;
}

/* Mappings that go over this list, and those that look at it as a whole or at this record. */
static bool announce(struct db *db, int64_t scope, const char *list, const char *key,
                     struct error *err)
{
    return dirty_record(db, scope, list, key, err) &&
           dirty_spread(db, look_record(scope, list, key), err) &&
           dirty_spread(db, look_search(scope, list, "", ""), err);
}

static bool write_changed(struct db *db, int64_t scope, const char *list,
                          const struct mirror_record *record, int64_t pass, struct error *err)
{
    return spread_entries(db, scope, list, record->key, err) &&
           db_do(db, err,
                 "INSERT OR REPLACE INTO mirror (scope, list, key, body, bad, hash, pass, gone)"
                 " VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
                 "ittttii", scope, list, record->key, record->body, record->bad, hash_of(record),
                 pass) &&
           replace_entries(db, scope, list, record, err) &&
           spread_entries(db, scope, list, record->key, err) &&
           announce(db, scope, list, record->key, err);
}

bool mirror_put(struct db *db, int64_t scope, const char *list, const struct mirror_record *record,
                int64_t pass, enum mirror_change *ret, struct error *err)
{
    struct known known;

    if (!find_known(db, scope, list, record->key, &known, err)) {
        return false;
    }
    if (known.found && !known.gone && known.hash == hash_of(record)) {
        *ret = MIRROR_SAME;
        return db_do(db, err, "UPDATE mirror SET pass = ? WHERE scope = ? AND list = ? AND key = ?",
                     "iitt", pass, scope, list, record->key);
    }
    if (!write_changed(db, scope, list, record, pass, err)) {
        return false;
    }
    *ret = known.found && !known.gone ? MIRROR_CHANGED : MIRROR_NEW;
    return true;
}

bool mirror_remove(struct db *db, int64_t scope, const char *list, const char *key,
                   struct error *err)
{
    struct mirror_record none = {.key = key};
    struct known known;

    if (!find_known(db, scope, list, key, &known, err)) {
        return false;
    }
    if (!known.found || known.gone) {
        return true;
    }
    return spread_entries(db, scope, list, key, err) &&
           replace_entries(db, scope, list, &none, err) &&
           db_do(db, err,
                 "UPDATE mirror SET gone = 1, body = NULL, bad = NULL WHERE scope = ? AND list = ? "
                 "AND key = ?",
                 "itt", scope, list, key) &&
           announce(db, scope, list, key, err);
}

bool mirror_sweep(struct db *db, int64_t scope, const char *list, int64_t pass, int64_t *ret,
                  struct error *err)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    sqlite3_stmt *rows = NULL;
    enum db_row row = DB_FAILED;
    const char **keys = NULL;
    size_t count = 0, capacity = 0;
    bool ok = true;

    if (db_ask(db, err, &rows,
               "SELECT key FROM mirror WHERE scope = ? AND list = ? AND gone = 0 AND pass < ?",
               "iti", scope, list, pass)) {
        while ((row = db_row(db, rows, err)) == DB_ROW) {
            memory_grow(&keys, &capacity, count, sizeof *keys);
            keys[count++] = row_text(rows, 0, arena);
        }
        db_close_rows(db, rows);
    }
    for (size_t i = 0; ok && row != DB_FAILED && i < count; i++) {
        ok = mirror_remove(db, scope, list, keys[i], err);
    }
    memory_free(keys);
    arena_free(arena);
    if (!ok || row == DB_FAILED) {
        return false;
    }
    *ret = (int64_t)count;
    return true;
}

/* The first column of the only row; NULL when there is no row, or nothing in it. */
static bool one_text(struct db *db, sqlite3_stmt *rows, struct arena *arena, const char **ret,
                     struct error *err)
{
    enum db_row row = db_row(db, rows, err);

    if (row != DB_FAILED) {
        bool there = row == DB_ROW && sqlite3_column_type(rows, 0) != SQLITE_NULL;

        *ret = there ? row_text(rows, 0, arena) : NULL;
    }
    db_close_rows(db, rows);
    return row != DB_FAILED;
}

bool mirror_get(struct db *db, int64_t scope, const char *list, const char *key,
                struct arena *arena, const char **ret_body, struct error *err)
{
    sqlite3_stmt *rows;

    return db_ask(db, err, &rows,
                  "SELECT body FROM mirror WHERE scope = ? AND list = ? AND key = ? AND gone = 0",
                  "itt", scope, list, key) &&
           one_text(db, rows, arena, ret_body, err);
}

bool mirror_bad(struct db *db, int64_t scope, const char *list, const char *key,
                struct arena *arena, const char **ret, struct error *err)
{
    sqlite3_stmt *rows;

    return db_ask(db, err, &rows,
                  "SELECT bad FROM mirror WHERE scope = ? AND list = ? AND key = ? AND gone = 0",
                  "itt", scope, list, key) &&
           one_text(db, rows, arena, ret, err);
}

bool mirror_each_bad(struct db *db, int64_t scope, struct arena *arena, mirror_bad_fn *each,
                     void *self, struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;
    bool ok = true;

    if (!db_ask(db, err, &rows,
                "SELECT list, key, bad FROM mirror WHERE scope = ? AND gone = 0 AND bad IS NOT NULL"
                " AND bad <> '' ORDER BY list, key",
                "i", scope)) {
        return false;
    }
    while (ok && (row = db_row(db, rows, err)) == DB_ROW) {
        ok = each(self, row_text(rows, 0, arena), row_text(rows, 1, arena),
                  row_text(rows, 2, arena), err);
    }
    db_close_rows(db, rows);
    return ok && row != DB_FAILED;
}

/* ---- the order of what is found ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Both stand at digits: by their number. */
static int compare_numbers(const char **a, const char **b)
{
    size_t left, right;
    int order;

    *a += strspn(*a, "0");
    *b += strspn(*b, "0");
    left = strspn(*a, "0123456789");
    right = strspn(*b, "0123456789");
    order = left != right ? (left < right ? -1 : 1) : memcmp(*a, *b, left);
    *a += left;
    *b += right;
    return order;
}

/* As people count: line 2 comes before line 10. */
static int compare_keys(const void *left, const void *right)
{
    const char *a = *(const char *const *)left, *b = *(const char *const *)right;
    int order = 0;

    while (order == 0 && *a && *b) {
        if (is_digit(*a) && is_digit(*b)) {
            order = compare_numbers(&a, &b);
        } else {
            order = (unsigned char)*a++ - (unsigned char)*b++;
        }
    }
    if (order == 0 && (*a || *b)) {
        return *a ? 1 : -1;
    }
    return order ? order : strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* All keys of a query's first column, in arena. */
bool db_keys(struct db *db, sqlite3_stmt *rows, struct arena *arena, struct found_keys *ret,
             struct error *err)
{
    const char **keys = NULL, **copy;
    size_t count = 0, capacity = 0;
    enum db_row row;

    while ((row = db_row(db, rows, err)) == DB_ROW) {
        memory_grow(&keys, &capacity, count, sizeof *keys);
        keys[count++] = row_text(rows, 0, arena);
    }
    db_close_rows(db, rows);
    copy = arena_alloc(arena, count + 1, sizeof *copy);
    for (size_t i = 0; i < count; i++) {
        copy[i] = keys[i];
    }
    memory_free(keys);
    if (row == DB_FAILED) {
        return false;
    }
    if (count > 1) {
        qsort(copy, count, sizeof *copy, compare_keys);
    }
    *ret = (struct found_keys){copy, count};
    return true;
}

bool mirror_search(struct db *db, int64_t scope, const char *list, const struct mirror_index *by,
                   struct arena *arena, struct found_keys *ret, struct error *err)
{
    sqlite3_stmt *rows;

    /* the hash finds, name and value make sure */
    return db_ask(db, err, &rows,
                  "SELECT key FROM entry WHERE look = ? AND name = ? AND value = ? AND scope = ? "
                  "AND list = ?",
                  "ittit", (int64_t)look_search(scope, list, by->index, by->value), by->index,
                  by->value, scope, list) &&
           db_keys(db, rows, arena, ret, err);
}

bool mirror_keys(struct db *db, int64_t scope, const char *list, struct arena *arena,
                 struct found_keys *ret, struct error *err)
{
    sqlite3_stmt *rows;

    return db_ask(db, err, &rows,
                  "SELECT key FROM mirror WHERE scope = ? AND list = ? AND gone = 0 AND body IS "
                  "NOT NULL",
                  "it", scope, list) &&
           db_keys(db, rows, arena, ret, err);
}

bool mirror_count(struct db *db, int64_t scope, const char *list, struct mirror_count *ret,
                  struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;

    if (!db_ask(db, err, &rows,
                "SELECT COALESCE(SUM(gone = 0 AND body IS NOT NULL), 0), COALESCE(SUM(gone = 0 AND "
                "bad IS NOT NULL), 0),"
                " COALESCE(SUM(gone), 0) FROM mirror WHERE scope = ? AND list = ?",
                "it", scope, list)) {
        return false;
    }
    row = db_row(db, rows, err);
    if (row == DB_ROW) {
        *ret = (struct mirror_count){sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1),
                                     sqlite3_column_int64(rows, 2)};
    }
    db_close_rows(db, rows);
    return row == DB_ROW;
}

bool member_unreadable(struct db *db, int64_t integration, const struct member_of *of,
                       struct arena *arena, const char **ret, struct error *err)
{
    sqlite3_stmt *rows;

    return db_ask(db, err, &rows,
                  "SELECT m.record FROM member m LEFT JOIN mirror r ON r.scope = ?1 AND r.list = "
                  "?2 AND r.key = m.record WHERE m.integration = ?3 AND m.mapping = ?4 AND m.place "
                  "= ?5 AND r.body IS NULL LIMIT 1",
                  "ititt", of->scope, of->list, integration, of->mapping, of->group) &&
           one_text(db, rows, arena, ret, err);
}

bool member_list(struct db *db, int64_t integration, const char *mapping, const char *group,
                 struct arena *arena, struct found_keys *ret, struct error *err)
{
    sqlite3_stmt *rows;

    return db_ask(db, err, &rows,
                  "SELECT record FROM member WHERE integration = ? AND mapping = ? AND place = ?",
                  "itt", integration, mapping, group) &&
           db_keys(db, rows, arena, ret, err);
}
