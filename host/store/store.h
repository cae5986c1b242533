/*
 * store/: everything Ferry remembers, in one SQLite database (WAL, full sync). The only room with
 * SQL. Two threads of its own: a writer, which takes all waiting jobs into one transaction (group
 * commit: each job in a savepoint of its own, so that one that fails undoes only itself), and a
 * reader with its own connection, on which plans are evaluated. Nothing here runs on the loop.
 *
 *   struct store *store;
 *   store_open(&options, loop, clock, &store, &err)
 *   store_write(store, work, self, done)     work(db, self, err) on the writer thread,
 *   store_read(store, work, self, done)      done(self, err) later on the loop thread, after commit
 *
 * The typed functions below take a struct db (a connection inside a job) and are synchronous.
 * One process holds the store: a lock file beside the database; a second one gets CONFIG "in-use".
 */
#ifndef FERRY_STORE_STORE_H
#define FERRY_STORE_STORE_H

#include <uv.h>

#include "base/base.h"

struct store;
struct db;

struct store_options {
    const char *path;    /* of the database file; its folder must exist */
    uint32_t page_limit; /* tests of a full disk; 0: none */
};

MUST_CHECK bool store_open(const struct store_options *options, uv_loop_t *loop,
                           struct clock *clock, struct store **ret, struct error *err);
/*
 * The database was once older than what was here before (a backup, or none at all): another number
 * for each time, 0 for never. What was written to the other side meanwhile is unknown, and whoever
 * writes there must find out first.
 */
int64_t store_restored(const struct store *store);
/*
 * Before anything is written to the other side, in two jobs one after the other: raise the number
 * in the database, and when that is durable, show it beside the database [writer]. A copy of the
 * database from before is then known as one.
 */
MUST_CHECK bool generation_raise(struct db *db, int64_t *ret, struct error *err);
MUST_CHECK bool store_show_generation(struct store *store, int64_t n, struct error *err);
/* Finish the jobs that wait, join the threads, close. NULL ok. */
void store_close(struct store *store);

typedef bool store_work_fn(struct db *db, void *self, struct error *err);
/* err->kind is ERROR_NONE when the work succeeded and is durable. */
typedef void store_done_fn(void *self, const struct error *err);
void store_write(struct store *store, store_work_fn *work, void *self, store_done_fn *done);
void store_read(struct store *store, store_work_fn *work, void *self, store_done_fn *done);
/* Jobs not yet done; a shared clock must not be advanced while there are any. */
unsigned store_busy(const struct store *store);
struct clock *db_clock(const struct db *db);
/* For tests, and for what is needed before a run can begin: one job here and now, on the writer's
 * connection, after the group that it is at. Blocks: never for what can wait. */
MUST_CHECK bool store_now(struct store *store, store_work_fn *work, void *self, struct error *err);

/* ---- scopes: where records live. A source account or an organisation; ids are stable. ---- */

/* kind "source": key is connector id + '/' + account id; kind "xero": key is the tenant id. */
MUST_CHECK bool scope_id(struct db *db, const char *kind, const char *key, int64_t *ret,
                         struct error *err);

/* ---- mirror: the declared fields of every record as last read ---- */

struct mirror_index {
    const char *index, *value;
};
/* Keys in key order, in the arena of the call that found them. */
struct found_keys {
    const char *const *at;
    size_t count;
};
struct mirror_record {
    const char *key;
    const char *body; /* canonical JSON; NULL for a record that could not be read */
    const char *bad;  /* why it could not be read: "code: sentence"; NULL when it could */
    const struct mirror_index *entries;
    size_t entry_count;
};
enum mirror_change { MIRROR_SAME, MIRROR_NEW, MIRROR_CHANGED };

/*
 * Put one record; `pass` marks it as seen by this reading. When it changed, everything that
 * looked at it, or at one of the index values it had or has, becomes dirty (see look_*).
 */
MUST_CHECK bool mirror_put(struct db *db, int64_t scope, const char *list,
                           const struct mirror_record *record, int64_t pass,
                           enum mirror_change *ret, struct error *err);
/* The record says it is gone, or a complete reading did not show it. */
MUST_CHECK bool mirror_remove(struct db *db, int64_t scope, const char *list, const char *key,
                              struct error *err);
/* After a complete reading: remove what `pass` did not see; ret: how many. */
MUST_CHECK bool mirror_sweep(struct db *db, int64_t scope, const char *list, int64_t pass,
                             int64_t *ret, struct error *err);
/* Why a record could not be read ("code: sentence"); in arena, NULL when it could. */
MUST_CHECK bool mirror_bad(struct db *db, int64_t scope, const char *list, const char *key,
                           struct arena *arena, const char **ret, struct error *err);
/* Every record of a scope that could not be read, by list and key. */
typedef bool mirror_bad_fn(void *self, const char *list, const char *key, const char *why,
                           struct error *err);
MUST_CHECK bool mirror_each_bad(struct db *db, int64_t scope, struct arena *arena,
                                mirror_bad_fn *each, void *self, struct error *err);
/* ret_body: in arena, NULL when there is none. */
MUST_CHECK bool mirror_get(struct db *db, int64_t scope, const char *list, const char *key,
                           struct arena *arena, const char **ret_body, struct error *err);
MUST_CHECK bool mirror_search(struct db *db, int64_t scope, const char *list,
                              const struct mirror_index *by, struct arena *arena,
                              struct found_keys *ret, struct error *err);
MUST_CHECK bool mirror_keys(struct db *db, int64_t scope, const char *list, struct arena *arena,
                            struct found_keys *ret, struct error *err);
struct mirror_count {
    int64_t live, bad, gone;
};
MUST_CHECK bool mirror_count(struct db *db, int64_t scope, const char *list,
                             struct mirror_count *ret, struct error *err);

/* ---- dirty: what must be looked at again ---- */

/*
 * A root is what is evaluated in one go: a record, or a group. Passes ("bill", "supplier#member")
 * evaluate roots; those over the records of one list share a place, where a record is one root and
 * each pass a bit, so that it is taken, evaluated and cleared once for all of them.
 */
#define PLACE_PASSES_MOST 62
struct pass {
    int64_t place, bit; /* or the bits of several passes of one place; 0: there is no such pass */
};
MUST_CHECK bool pass_find(struct db *db, int64_t integration, const char *name, struct pass *ret,
                          struct error *err);

/*
 * Evaluating a root notes what it looked at: a hash of (scope, list, index, value), or of a
 * document. Roots whose documents are already written only become dirty by what `moves` them: the
 * records that their documents are made of, and other documents; what was merely looked up leaves
 * them as they are.
 */
struct look {
    uint64_t hash;
    int64_t moves, soft; /* bits of passes */
};
uint64_t look_record(int64_t scope, const char *list, const char *key);
uint64_t look_search(int64_t scope, const char *list, const char *index, const char *value);
uint64_t look_document(int64_t integration, const char *mapping, const char *key);

struct dirty_root {
    int64_t id;
    const char *key;
    int64_t dirty, hard; /* bits of the passes that were asked for; not hard: soft */
    int64_t again;       /* a serial: dirty_clear leaves a root that became dirty again meanwhile */
};
/* What these passes noted before is replaced; `looks` are sorted and joined in place. */
MUST_CHECK bool look_replace(struct db *db, const struct dirty_root *root, int64_t passes,
                             struct look *looks, size_t count, struct error *err);
/* Soft: only as far as it is not written (a new version of the connector, another option). */
enum dirtiness { DIRTY_HARD, DIRTY_SOFT };
MUST_CHECK bool dirty_add(struct db *db, int64_t integration, const char *pass, const char *root,
                          enum dirtiness how, struct error *err);
/* Everything that looked at this becomes dirty; see struct look. */
MUST_CHECK bool dirty_spread(struct db *db, uint64_t look, struct error *err);
/* Every live record of a list as roots of passes: first run, new connector version, --remap. */
MUST_CHECK bool dirty_all(struct db *db, const struct pass *passes, int64_t scope, const char *list,
                          enum dirtiness how, struct error *err);
struct dirty_roots {
    struct dirty_root *at;
    size_t count;
};
/* In the order in which they became dirty. */
MUST_CHECK bool dirty_take(struct db *db, const struct pass *passes, size_t most,
                           struct arena *arena, struct dirty_roots *ret, struct error *err);
MUST_CHECK bool dirty_clear(struct db *db, const struct dirty_root *root, int64_t passes,
                            struct error *err);
/* Record → root subscriptions: the pass looks at the records of (scope, list) one by one; from now
 * on mirror_put makes a new or changed record dirty as a root of it. */
MUST_CHECK bool dirty_subscribe(struct db *db, int64_t integration, const char *pass, int64_t scope,
                                const char *list, struct pass *ret, struct error *err);
/* Passes that are not at work do not stand in the way: what is dirty for them is put aside, and
 * what was put aside for those that are at work again comes back. */
MUST_CHECK bool dirty_park(struct db *db, int64_t place, int64_t at_work, struct error *err);

/* ---- members of groups ---- */

/* Put a record into a group (NULL: into none); ret_old: the group it was in, NULL if none. */
struct member {
    const char *mapping, *record, *group;
};
MUST_CHECK bool member_put(struct db *db, int64_t integration, const struct member *member,
                           struct arena *arena, const char **ret_old, struct error *err);
/* The group a record is in; in arena, NULL: none. `member->group` is not looked at. */
MUST_CHECK bool member_group(struct db *db, int64_t integration, const struct member *member,
                             struct arena *arena, const char **ret, struct error *err);
MUST_CHECK bool member_list(struct db *db, int64_t integration, const char *mapping,
                            const char *group, struct arena *arena, struct found_keys *ret,
                            struct error *err);
/* Which list of the mirror the members of a group are records of. */
struct member_of {
    int64_t scope;
    const char *list, *mapping, *group;
};
/* A member that is not there or cannot be read; in arena, NULL: there is none. */
MUST_CHECK bool member_unreadable(struct db *db, int64_t integration, const struct member_of *of,
                                  struct arena *arena, const char **ret, struct error *err);

/* ---- integrations ---- */

/* Row of a named integration; made when new. key: connector '/' source account '/' tenant id. */
MUST_CHECK bool integration_id(struct db *db, const char *key, int64_t *ret, struct error *err);

/* ---- small things kept by name ---- */

/* Settings, cursors, grants, connector verdicts: (kind, name) → bytes. ret: in arena, NULL when
 * none. */
MUST_CHECK bool kept_put(struct db *db, const char *kind, const char *name, struct text value,
                         struct error *err);
MUST_CHECK bool kept_get(struct db *db, const char *kind, const char *name, struct arena *arena,
                         struct text *ret, struct error *err);
MUST_CHECK bool kept_delete(struct db *db, const char *kind, const char *name, struct error *err);
typedef bool kept_fn(void *self, const char *name, struct text value, struct error *err);
MUST_CHECK bool kept_each(struct db *db, const char *kind, kept_fn *each, void *self,
                          struct error *err);

/* ---- audit ---- */

/* Append; the row's hash covers its fields and the hash before it. */
MUST_CHECK bool audit_add(struct db *db, const char *who, const char *what, const char *about,
                          const char *detail, struct error *err);
struct audit_row {
    int64_t serial, at_ms;
    const char *who, *what, *about, *detail, *hash;
};
typedef bool audit_fn(void *self, const struct audit_row *row, struct error *err);
MUST_CHECK bool audit_each(struct db *db, int64_t after, size_t most, audit_fn *each, void *self,
                           struct error *err);
/* REJECTED "audit-broken" with the first serial that does not fit. */
MUST_CHECK bool audit_verify(struct db *db, struct error *err);

#include "store/counts.h"
#include "store/ledger.h"

#endif
