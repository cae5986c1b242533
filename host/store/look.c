#include "store/store_internal.h"

#include <stdlib.h>

/* What evaluations looked at. */

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

/* ---- replacing those of some passes ---- */

struct rows_of_root {
    struct look *at;
    size_t count, capacity;
};

static bool read_known(struct db *db, int64_t root, struct rows_of_root *known, struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;

    if (!db_ask(db, err, &rows, "SELECT look, moves, soft FROM looked WHERE root = ? ORDER BY look",
                "i", root)) {
        return false;
    }
    while ((row = db_row(db, rows, err)) == DB_ROW) {
        memory_grow(&known->at, &known->capacity, known->count, sizeof *known->at);
        known->at[known->count++] =
            (struct look){(uint64_t)sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1),
                          sqlite3_column_int64(rows, 2)};
    }
    db_close_rows(db, rows);
    return row != DB_FAILED;
}

static bool write_look(struct db *db, int64_t root, const struct look *look, struct error *err)
{
    return db_do(db, err,
                 "INSERT OR REPLACE INTO looked (root, look, moves, soft) VALUES (?, ?, ?, ?)",
                 "iiii", root, (int64_t)look->hash, look->moves, look->soft);
}

/* Without bits: nobody looked at it before, or none of these passes did now. */
static bool replace_one(struct db *db, const struct dirty_root *root, int64_t passes,
                        struct look was, struct look now, struct error *err)
{
    struct look next = {.hash = was.moves | was.soft ? was.hash : now.hash,
                        .moves = (was.moves & ~passes) | now.moves,
                        .soft = (was.soft & ~passes) | now.soft};

    if (next.moves == was.moves && next.soft == was.soft) {
        return true;
    }
    return (next.moves | next.soft) != 0
               ? write_look(db, root->id, &next, err)
               : db_do(db, err, "DELETE FROM looked WHERE root = ? AND look = ?", "ii", root->id,
                       (int64_t)next.hash);
}

static int compare_looks(const struct look *a, const struct look *b)
{
    int64_t left = (int64_t)a->hash, right = (int64_t)b->hash; /* as the database orders them */

    return (left > right) - (left < right);
}

static int compare_any(const void *a, const void *b)
{
    return compare_looks(a, b);
}

/* Those of several passes of one root may name the same thing: put together, in order. */
static size_t put_together(struct look *looks, size_t count)
{
    size_t kept = 0;

    if (count > 1) {
        qsort(looks, count, sizeof *looks, compare_any);
    }
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && looks[kept - 1].hash == looks[i].hash) {
            looks[kept - 1].moves |= looks[i].moves;
            looks[kept - 1].soft |= looks[i].soft;
        } else {
            looks[kept++] = looks[i];
        }
    }
    return kept;
}

bool look_replace(struct db *db, const struct dirty_root *root, int64_t passes, struct look *looks,
                  size_t count, struct error *err)
{
    const struct look nobody = {0};
    struct rows_of_root known = {NULL, 0, 0};
    size_t was = 0, now = 0, before;
    bool ok = read_known(db, root->id, &known, err);

    before = known.at ? known.count : 0;
    count = put_together(looks, count);
    while (ok && (was < before || now < count)) {
        int order = was == before  ? 1
                    : now == count ? -1
                                   : compare_looks(&known.at[was], &looks[now]);

        ok = replace_one(db, root, passes, order <= 0 ? known.at[was] : nobody,
                         order >= 0 ? looks[now] : nobody, err);
        was += order <= 0;
        now += order >= 0;
    }
    memory_free(known.at);
    return ok;
}
