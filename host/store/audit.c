#include "store/store_internal.h"

#include "crypto/crypto.h"

/* The chain: each hash covers the row's fields, each with its length, and the hash before. */
static void row_hash(const struct audit_row *row, const char *before, char out[CRYPTO_SHA256_HEX])
{
    AUTO(buffer_done) struct buffer all = {0};
    const char *const parts[] = {before, row->who, row->what, row->about, row->detail};

    buffer_init(&all, (size_t)16 << 20);
    buffer_addf(&all, "%lld %lld", (long long)row->serial, (long long)row->at_ms);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buffer_addf(&all, " %zu:%s", strlen(parts[i]), parts[i]);
    }
    crypto_sha256_hex(buffer_text(&all), out);
}

static bool last_row(struct db *db, int64_t *serial, char hash[CRYPTO_SHA256_HEX],
                     struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;

    *serial = 0;
    hash[0] = '\0';
    if (!db_ask(db, err, &rows, "SELECT serial, hash FROM audit ORDER BY serial DESC LIMIT 1",
                "")) {
        return false;
    }
    row = db_row(db, rows, err);
    if (row == DB_ROW) {
        *serial = sqlite3_column_int64(rows, 0);
        snprintf(hash, CRYPTO_SHA256_HEX, "%s", (const char *)sqlite3_column_text(rows, 1));
    }
    db_close_rows(db, rows);
    return row != DB_FAILED;
}

bool audit_add(struct db *db, const char *who, const char *what, const char *about,
               const char *detail, struct error *err)
{
    struct audit_row row = {.at_ms = clock_wall_ms(db->clock),
                            .who = who,
                            .what = what,
                            .about = about,
                            .detail = detail};
    char before[CRYPTO_SHA256_HEX], hash[CRYPTO_SHA256_HEX];

    if (!last_row(db, &row.serial, before, err)) {
        return false;
    }
    row.serial++;
    row_hash(&row, before, hash);
    return db_do(db, err,
                 "INSERT INTO audit (serial, at_ms, who, what, about, detail, hash) VALUES (?, ?, "
                 "?, ?, ?, ?, ?)",
                 "iittttt", row.serial, row.at_ms, who, what, about, detail, hash);
}

bool audit_each(struct db *db, int64_t after, size_t most, audit_fn *each, void *self,
                struct error *err)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    sqlite3_stmt *rows;
    enum db_row row = DB_FAILED;
    bool ok = true;

    if (db_ask(db, err, &rows,
               "SELECT serial, at_ms, who, what, about, detail, hash FROM audit WHERE serial > ? "
               "ORDER BY serial LIMIT ?",
               "ii", after, (int64_t)(most > INT64_MAX ? INT64_MAX : most))) {
        while (ok && (row = db_row(db, rows, err)) == DB_ROW) {
            struct audit_row found = {
                sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1),
                row_text(rows, 2, arena),      row_text(rows, 3, arena),
                row_text(rows, 4, arena),      row_text(rows, 5, arena),
                row_text(rows, 6, arena),
            };

            ok = each(self, &found, err);
            arena_reset(arena);
        }
        db_close_rows(db, rows);
    }
    arena_free(arena);
    return ok && row != DB_FAILED;
}

struct chain {
    int64_t serial;
    char hash[CRYPTO_SHA256_HEX];
};

static bool check_link(void *self, const struct audit_row *row, struct error *err)
{
    struct chain *chain = self;
    char expected[CRYPTO_SHA256_HEX];

    row_hash(row, chain->hash, expected);
    if (row->serial != chain->serial + 1 || strcmp(expected, row->hash) != 0) {
        return error_set(err, ERROR_REJECTED, "audit-broken",
                         "the audit log was changed at or before entry %lld",
                         (long long)row->serial);
    }
    chain->serial = row->serial;
    memcpy(chain->hash, expected, sizeof expected);
    return true;
}

bool audit_verify(struct db *db, struct error *err)
{
    struct chain chain = {0, ""};

    return audit_each(db, 0, SIZE_MAX, check_link, &chain, err);
}
