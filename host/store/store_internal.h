/* The inside of store/: connections, statements, the schema. */
#ifndef FERRY_STORE_INTERNAL_H
#define FERRY_STORE_INTERNAL_H

#include <sqlite3.h>

#include "store/store.h"

struct db {
    sqlite3 *sqlite;
    struct dict *statements; /* address of SQL text → prepared statement */
    struct dict *kept;       /* address of a statement of those → the same */
    char *filtered[1 << 7];  /* document.c: a text for each set of filters */
    struct clock *clock;
    int64_t since; /* dirty.c: the last serial, 0: not known yet */
    bool writable;
};

MUST_CHECK bool db_open(const struct store_options *options, struct clock *clock, bool writable,
                        struct db **ret, struct error *err);
void db_close(struct db *db);

/*
 * Statements. `sql` is a literal, or lives as long as the database. `types` says what follows, one
 * letter an argument: i int64_t, t const char * (NULL is SQL's NULL), b struct text (as bytes).
 */
MUST_CHECK bool db_do(struct db *db, struct error *err, const char *sql, const char *types, ...);
/* Ask: then db_row until it says DB_END or DB_FAILED; then db_close_rows, whatever happened. */
MUST_CHECK bool db_ask(struct db *db, struct error *err, sqlite3_stmt **ret, const char *sql,
                       const char *types, ...);
enum db_row { DB_ROW, DB_END, DB_FAILED };
enum db_row db_row(struct db *db, sqlite3_stmt *rows, struct error *err);
void db_close_rows(struct db *db, sqlite3_stmt *rows);
/* One number of the first row; *ret untouched when there is none. */
MUST_CHECK bool db_number(struct db *db, struct error *err, int64_t *ret, const char *sql,
                          const char *types, ...);
/* The texts in the first column of all rows, in order of their bytes; closes the rows. */
MUST_CHECK bool db_keys(struct db *db, sqlite3_stmt *rows, struct arena *arena,
                        struct found_keys *ret, struct error *err);
int64_t db_changes(struct db *db);
int64_t db_last_id(struct db *db);
/* Column as terminated text in arena; "" for NULL. */
const char *row_text(sqlite3_stmt *rows, int column, struct arena *arena);
MUST_CHECK bool db_failed(struct db *db, const char *doing, struct error *err);

MUST_CHECK bool schema_prepare(struct db *db, const char *path, struct error *err);

/* "PATH.lock": memory_free it. */
char *store_beside(const char *path, const char *ending);
/* The lock file beside the database, and the counter that shows a restored backup. */
struct store_lock {
    int fd;
    char *generation_path;
};
MUST_CHECK bool lock_take(const char *path, struct store_lock *lock, struct error *err);
void lock_drop(struct store_lock *lock);
MUST_CHECK bool generation_check(struct db *db, const struct store_lock *lock,
                                 int64_t *ret_restored, struct error *err);
/* The file beside the database catches up with what is durable in it. */
MUST_CHECK bool generation_show(const struct store_lock *lock, int64_t n, struct error *err);

/* Names and numbers of the columns of a document, used by every query that reads one. */
#define DOCUMENT_COLUMNS                                                                           \
    "d.id, d.integration, d.mapping, d.key, d.root, d.target, d.state, d.code, d.why, d.fix, "     \
    "d.want, "                                                                                     \
    "d.want_hash, d.done_hash, d.action, d.target_id, d.target_seen, d.url, d.approve, d.notes, "  \
    "d.currency, d.total, d.epoch, d.changed_ms, d.due_ms, d.tries, d.approved"
void document_read(sqlite3_stmt *rows, struct arena *arena, struct document *ret);
/* State, with whoever looked at the document becoming dirty. */
/* Of a document d: something that it refers to was never written. */
#define BLOCKED                                                                                    \
    "EXISTS (SELECT 1 FROM reference r LEFT JOIN document p ON p.integration = d.integration AND " \
    "p.mapping = r.mapping AND p.key = r.key WHERE r.document = d.id AND "                         \
    "COALESCE(p.target_id, '') = '')"
/* Those that look at documents which refer to this one, so many steps away, become dirty. */
#define FATE_STEPS_MOST 16
MUST_CHECK bool fate_spread(struct db *db, const struct document *document, unsigned steps,
                            struct error *err);
MUST_CHECK bool document_touched(struct db *db, int64_t id, struct error *err);
/* The same for one that is new, or known as it is now. */
MUST_CHECK bool document_announce(struct db *db, const struct document *document,
                                  struct error *err);

/* threads.c */
struct worker;
struct worker *worker_start(struct db *db, uv_loop_t *loop, bool writes);
void worker_stop(struct worker *worker);
void worker_add(struct worker *worker, store_work_fn *work, void *self, store_done_fn *done);
/* One job on the calling thread; waits while the worker is at its own. */
void worker_now(struct worker *worker, store_work_fn *work, void *self, struct error *err);
unsigned worker_busy(const struct worker *worker);

/* Passes over this list have to look at the record, whatever they have written of it. */
MUST_CHECK bool dirty_record(struct db *db, int64_t scope, const char *list, const char *key,
                             struct error *err);
/* Find it, or make it with a place of its own. */
MUST_CHECK bool pass_make(struct db *db, int64_t integration, const char *name, struct pass *ret,
                          struct error *err);

#endif
