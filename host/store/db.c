#include "store/store_internal.h"

#include <stdarg.h>

#define BUSY_TIMEOUT_MS 5000

/* ---- errors ---- */

static const struct {
    int result;
    enum error_kind kind;
    const char *code, *sentence;
} translations[] = {
    {SQLITE_FULL, ERROR_TRANSIENT, "disk-full",
     "the disk, or the limit set for the store, is full"},
    {SQLITE_IOERR, ERROR_TRANSIENT, "store-io", "the store's file cannot be read or written"},
    {SQLITE_BUSY, ERROR_TRANSIENT, "store-busy", "another program is using the store"},
    {SQLITE_READONLY, ERROR_CONFIG, "store-readonly",
     "the store's file cannot be written; look at its owner and rights"},
    {SQLITE_CANTOPEN, ERROR_CONFIG, "store-open",
     "the store's file cannot be opened; look at its folder and rights"},
    {SQLITE_CORRUPT, ERROR_CONFIG, "store-damaged",
     "the store's file is damaged; restore a backup and run `ferry adopt`"},
    {SQLITE_NOTADB, ERROR_CONFIG, "store-damaged", "the store's file is not a database"},
};

bool db_failed(struct db *db, const char *doing, struct error *err)
{
    int result = sqlite3_errcode(db->sqlite);

    for (size_t i = 0; i < sizeof translations / sizeof *translations; i++) {
        if ((result & 0xff) == translations[i].result) {
            return error_set(err, translations[i].kind, translations[i].code, "%s: %s", doing,
                             translations[i].sentence);
        }
    }
    return error_set(err, ERROR_BUG, "store", "%s: %s", doing, sqlite3_errmsg(db->sqlite));
}

/* ---- opening ---- */

static bool configure(struct db *db, const struct store_options *options, struct error *err)
{
    char limit[64];

    sqlite3_busy_timeout(db->sqlite, BUSY_TIMEOUT_MS);
    sqlite3_extended_result_codes(db->sqlite, 1);
    snprintf(limit, sizeof limit, "PRAGMA max_page_count = %u",
             options->page_limit ? options->page_limit : 1073741823);
    if (db->writable &&
        (sqlite3_exec(
             db->sqlite,
             "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON", NULL,
             NULL, NULL) != SQLITE_OK ||
         sqlite3_exec(db->sqlite, limit, NULL, NULL, NULL) != SQLITE_OK)) {
        return db_failed(db, options->path, err);
    }
    return true;
}

static void stop_counting(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* Nobody asks SQLite how much memory it holds, and counting locks at every allocation. */
static void configure_once(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, stop_counting);
}

bool db_open(const struct store_options *options, struct clock *clock, bool writable,
             struct db **ret, struct error *err)
{
    struct db *db = memory_new(1, sizeof *db);
    int flags = SQLITE_OPEN_NOMUTEX |
                (writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    bool ok;

    configure_once();
    db->clock = clock;
    db->writable = writable;
    db->statements = dict_new();
    db->kept = dict_new();
    ok = sqlite3_open_v2(options->path, &db->sqlite, flags, NULL) == SQLITE_OK;
    if (!ok) {
        (void)!db_failed(db, options->path, err);
    }
    if (!ok || !configure(db, options, err)) {
        db_close(db);
        return false;
    }
    *ret = db;
    return true;
}

void db_close(struct db *db)
{
    size_t cursor = 0;
    struct text sql;
    void *statement;

    if (!db) {
        return;
    }
    while (dict_next(db->statements, &cursor, &sql, &statement)) {
        sqlite3_finalize(statement);
    }
    dict_free(db->statements);
    dict_free(db->kept);
    for (size_t i = 0; i < sizeof db->filtered / sizeof *db->filtered; i++) {
        memory_free(db->filtered[i]);
    }
    sqlite3_close(db->sqlite);
    memory_free(db);
}

struct clock *db_clock(const struct db *db)
{
    return db->clock;
}

/* ---- statements ---- */

/*
 * Statements are known by the address of their text (which is a literal, or lives as long as the
 * database): hashing the text would cost as much as a small statement does.
 */
static struct text address(const void *const *at)
{
    return (struct text){(const char *)at, sizeof *at};
}

static void keep_statement(struct db *db, const void *sql, sqlite3_stmt *statement)
{
    const void *itself = statement;

    dict_set(db->statements, address(&sql), statement);
    dict_set(db->kept, address(&itself), statement);
}

/* From the cache, unless that one is in the middle of its rows (a query inside a query). */
static bool prepare(struct db *db, const char *sql, sqlite3_stmt **ret, struct error *err)
{
    const void *at = sql;
    sqlite3_stmt *statement = dict_get(db->statements, address(&at));
    bool cached = statement != NULL;

    if (statement && !sqlite3_stmt_busy(statement)) {
        *ret = statement;
        return true;
    }
    if (sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK) {
        return db_failed(db, "a statement", err);
    }
    if (!cached) {
        keep_statement(db, sql, statement);
    }
    *ret = statement;
    return true;
}

/* whose: SQLITE_STATIC when the values outlive the statement's run. */
static void bind_values(sqlite3_stmt *statement, const char *types, sqlite3_destructor_type whose,
                        va_list values)
{
    for (int i = 1; *types; types++, i++) {
        if (*types == 'i') {
            sqlite3_bind_int64(statement, i, va_arg(values, int64_t));
        } else if (*types == 't') {
            sqlite3_bind_text(statement, i, va_arg(values, const char *), -1, whose);
        } else {
            struct text bytes = va_arg(values, struct text);

            sqlite3_bind_blob64(statement, i, bytes.at ? bytes.at : "", bytes.size, whose);
        }
    }
}

void db_close_rows(struct db *db, sqlite3_stmt *rows)
{
    const void *itself;

    if (!rows) {
        return;
    }
    itself = rows;
    if (dict_get(db->kept, address(&itself))) {
        sqlite3_reset(rows);
        sqlite3_clear_bindings(rows);
    } else {
        sqlite3_finalize(rows);
    }
}

enum db_row db_row(struct db *db, sqlite3_stmt *rows, struct error *err)
{
    int result = sqlite3_step(rows);

    if (result == SQLITE_ROW) {
        return DB_ROW;
    }
    if (result == SQLITE_DONE) {
        return DB_END;
    }
    (void)!db_failed(db, "the store", err);
    return DB_FAILED;
}

bool db_ask(struct db *db, struct error *err, sqlite3_stmt **ret, const char *sql,
            const char *types, ...)
{
    va_list values;

    if (!prepare(db, sql, ret, err)) {
        return false;
    }
    va_start(values, types);
    bind_values(*ret, types, SQLITE_TRANSIENT, values);
    va_end(values);
    return true;
}

/* Bind, step once, keep the first number if there is one. */
static bool step_once(struct db *db, struct error *err, int64_t *ret, const char *sql,
                      const char *types, va_list values)
{
    sqlite3_stmt *statement = NULL;
    enum db_row end;

    if (!prepare(db, sql, &statement, err)) {
        return false;
    }
    bind_values(statement, types, SQLITE_STATIC, values);
    end = db_row(db, statement, err);
    if (end == DB_ROW && ret) {
        *ret = sqlite3_column_int64(statement, 0);
    }
    db_close_rows(db, statement);
    return end != DB_FAILED;
}

bool db_do(struct db *db, struct error *err, const char *sql, const char *types, ...)
{
    va_list values;
    bool ok;

    va_start(values, types);
    ok = step_once(db, err, NULL, sql, types, values);
    va_end(values);
    return ok;
}

bool db_number(struct db *db, struct error *err, int64_t *ret, const char *sql, const char *types,
               ...)
{
    va_list values;
    bool ok;

    va_start(values, types);
    ok = step_once(db, err, ret, sql, types, values);
    va_end(values);
    return ok;
}

int64_t db_changes(struct db *db)
{
    return sqlite3_changes(db->sqlite);
}

int64_t db_last_id(struct db *db)
{
    return sqlite3_last_insert_rowid(db->sqlite);
}

const char *row_text(sqlite3_stmt *rows, int column, struct arena *arena)
{
    struct text t = {(const char *)sqlite3_column_text(rows, column),
                     (size_t)sqlite3_column_bytes(rows, column)};

    return t.at ? arena_copy_text(arena, t) : "";
}
