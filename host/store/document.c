#include "store/store_internal.h"

static const char *const state_names[] = {
    [DOCUMENT_WAITING] = "waiting",     [DOCUMENT_HELD] = "held",
    [DOCUMENT_READY] = "ready",         [DOCUMENT_SENDING] = "sending",
    [DOCUMENT_UNKNOWN] = "unknown",     [DOCUMENT_DONE] = "done",
    [DOCUMENT_WITHDRAWN] = "withdrawn", [DOCUMENT_SKIPPED] = "skipped",
    [DOCUMENT_TOMBSTONE] = "tombstone",
};

const char *document_state_name(enum document_state state)
{
    return state_names[state];
}

/* In the order of DOCUMENT_COLUMNS. */
void document_read(sqlite3_stmt *rows, struct arena *arena, struct document *ret)
{
    *ret = (struct document){
        .id = sqlite3_column_int64(rows, 0),
        .integration = sqlite3_column_int64(rows, 1),
        .mapping = row_text(rows, 2, arena),
        .key = row_text(rows, 3, arena),
        .root = row_text(rows, 4, arena),
        .target = row_text(rows, 5, arena),
        .state = (enum document_state)sqlite3_column_int(rows, 6),
        .code = row_text(rows, 7, arena),
        .why = row_text(rows, 8, arena),
        .fix = row_text(rows, 9, arena),
        .want = row_text(rows, 10, arena),
        .want_hash = row_text(rows, 11, arena),
        .done_hash = row_text(rows, 12, arena),
        .action = row_text(rows, 13, arena),
        .target_id = row_text(rows, 14, arena),
        .target_seen = row_text(rows, 15, arena),
        .url = row_text(rows, 16, arena),
        .approve = row_text(rows, 17, arena),
        .notes = row_text(rows, 18, arena),
        .currency = row_text(rows, 19, arena),
        .total = row_text(rows, 20, arena),
        .epoch = sqlite3_column_int64(rows, 21),
        .changed_ms = sqlite3_column_int64(rows, 22),
        .due_ms = sqlite3_column_int64(rows, 23),
        .tries = sqlite3_column_int64(rows, 24),
        .approved = row_text(rows, 25, arena),
    };
}

/* All rows first, then the calls: what is called may write to the table that was read. */
static bool read_documents(struct db *db, sqlite3_stmt *rows, struct arena *arena,
                           struct documents *ret, struct error *err)
{
    struct document *all = NULL;
    size_t count = 0, capacity = 0;
    enum db_row row;

    while ((row = db_row(db, rows, err)) == DB_ROW) {
        memory_grow(&all, &capacity, count, sizeof *all);
        document_read(rows, arena, &all[count++]);
    }
    db_close_rows(db, rows);
    *ret = (struct documents){arena_alloc(arena, count + 1, sizeof *all), count};
    if (count) {
        memcpy(ret->at, all, count * sizeof *all);
    }
    memory_free(all);
    return row != DB_FAILED;
}

static const struct document no_document = {
    .mapping = "",
    .key = "",
    .root = "",
    .target = "",
    .code = "",
    .why = "",
    .fix = "",
    .want = "",
    .want_hash = "",
    .done_hash = "",
    .action = "",
    .target_id = "",
    .target_seen = "",
    .url = "",
    .approve = "",
    .approved = "",
    .notes = "",
    .currency = "",
    .total = "",
};

static bool first_document(struct db *db, sqlite3_stmt *rows, struct arena *arena,
                           struct document *ret, struct error *err)
{
    enum db_row row = db_row(db, rows, err);

    *ret = no_document;
    if (row == DB_ROW) {
        document_read(rows, arena, ret);
    }
    db_close_rows(db, rows);
    return row != DB_FAILED;
}

bool ledger_get(struct db *db, int64_t id, struct arena *arena, struct document *ret,
                struct error *err)
{
    sqlite3_stmt *rows;

    return db_ask(db, err, &rows, "SELECT " DOCUMENT_COLUMNS " FROM document d WHERE d.id = ?", "i",
                  id) &&
           first_document(db, rows, arena, ret, err);
}

bool ledger_find(struct db *db, int64_t integration, const char *mapping, const char *key,
                 struct arena *arena, struct document *ret, struct error *err)
{
    sqlite3_stmt *rows;

    return db_ask(db, err, &rows,
                  "SELECT " DOCUMENT_COLUMNS
                  " FROM document d WHERE d.integration = ? AND d.mapping = ? AND d.key = ?",
                  "itt", integration, mapping, key) &&
           first_document(db, rows, arena, ret, err);
}

/* ---- by filter ---- */

static const char *const conditions[] = {
    "d.integration = ?1 AND ", "d.mapping = ?2 AND ", "d.root = ?3 AND ",
    "d.target = ?4 AND ",      "d.code = ?6 AND ",    "d.target_id = ?5 AND d.target_id <> '' AND ",
    "d.state = ?7 AND ",
};

#define CONDITIONS (sizeof conditions / sizeof *conditions)

/*
 * One text for each set of filters, so that each has a plan of its own: "? IS NULL OR …" would read
 * the whole table.
 */
static const char *filtered(struct db *db, const struct ledger_filter *filter)
{
    const bool set[CONDITIONS] = {filter->integration >= 0, filter->mapping != NULL,
                                  filter->root != NULL,     filter->target != NULL,
                                  filter->code != NULL,     filter->target_id != NULL,
                                  filter->state >= 0};
    AUTO(buffer_done) struct buffer sql = {0};
    size_t which = 0;

    buffer_init(&sql, 4096);
    buffer_add_cstr(&sql, "SELECT " DOCUMENT_COLUMNS " FROM document d WHERE ");
    for (size_t i = 0; i < CONDITIONS; i++) {
        buffer_add_cstr(&sql, set[i] ? conditions[i] : "");
        which |= (size_t)set[i] << i;
    }
    buffer_add_cstr(&sql, "d.id > ?8 ORDER BY d.id LIMIT ?9");
    if (!db->filtered[which]) {
        db->filtered[which] = buffer_take(&sql);
    }
    return db->filtered[which];
}

static bool ask_filtered(struct db *db, const struct ledger_filter *filter, sqlite3_stmt **ret,
                         struct error *err)
{
    return db_ask(db, err, ret, filtered(db, filter), "itttttiii", filter->integration,
                  filter->mapping, filter->root, filter->target, filter->target_id, filter->code,
                  (int64_t)filter->state, filter->after_id,
                  (int64_t)(filter->most ? filter->most : INT32_MAX));
}

bool ledger_each(struct db *db, const struct ledger_filter *filter, struct arena *arena,
                 document_fn *each, void *self, struct error *err)
{
    struct documents all = {NULL, 0};
    sqlite3_stmt *rows;
    bool ok = ask_filtered(db, filter, &rows, err) && read_documents(db, rows, arena, &all, err);

    for (size_t i = 0; ok && i < all.count; i++) {
        ok = ledger_fate(db, &all.at[i], arena, err) && each(self, &all.at[i], err);
    }
    return ok;
}

bool ledger_keys(struct db *db, int64_t integration, const char *mapping, const char *root,
                 struct arena *arena, struct found_keys *ret, struct error *err)
{
    sqlite3_stmt *rows;

    return db_ask(db, err, &rows,
                  "SELECT key FROM document WHERE integration = ? AND root = ? AND mapping = ?",
                  "itt", integration, root, mapping) &&
           db_keys(db, rows, arena, ret, err);
}

bool ledger_scan(struct db *db, const struct ledger_filter *filter, document_fn *each, void *self,
                 struct error *err)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    enum db_row row = DB_FAILED;
    struct document document;
    sqlite3_stmt *rows;
    bool ok = ask_filtered(db, filter, &rows, err);

    if (ok) {
        while (ok && (row = db_row(db, rows, err)) == DB_ROW) {
            arena_reset(arena);
            document_read(rows, arena, &document);
            ok = ledger_fate(db, &document, arena, err) && each(self, &document, err);
        }
        db_close_rows(db, rows);
    }
    arena_free(arena);
    return ok && row != DB_FAILED;
}

/* ---- what is ready ---- */

#define REFERENCES_DONE "(d.action = 'remove' OR NOT " BLOCKED ")"

/* Wanted by another document that is ready itself. */
#define IS_WANTED                                                                                  \
    "EXISTS (SELECT 1 FROM reference r JOIN document c ON c.id = r.document WHERE r.mapping = "    \
    "d.mapping AND r.key = d.key AND c.integration = d.integration AND c.state = 2)"

bool ledger_ready(struct db *db, int64_t integration, const struct ledger_wish *wish,
                  struct arena *arena, struct documents *ret, struct error *err)
{
    sqlite3_stmt *rows;

    return db_ask(db, err, &rows,
                  "SELECT " DOCUMENT_COLUMNS
                  " FROM document d WHERE d.integration = ? AND d.mapping = ? AND d.state = 2"
                  " AND d.due_ms <= ? AND " REFERENCES_DONE " AND (? = 0 OR " IS_WANTED ")"
                  " ORDER BY d.id LIMIT ?",
                  "itiii", integration, wish->mapping, clock_wall_ms(db->clock),
                  (int64_t)wish->on_demand, (int64_t)wish->most) &&
           read_documents(db, rows, arena, ret, err);
}

bool ledger_next_due(struct db *db, int64_t integration, int64_t *ret_ms, struct error *err)
{
    int64_t documents = INT64_MAX, requests = INT64_MAX;

    if (!db_number(db, err, &documents,
                   "SELECT COALESCE(MIN(d.due_ms), 9223372036854775807) FROM document d WHERE "
                   "d.integration = ? AND"
                   " d.due_ms > 0 AND d.state = 2 AND d.due_ms > ? AND " REFERENCES_DONE,
                   "ii", integration, clock_wall_ms(db->clock)) ||
        !db_number(db, err, &requests,
                   "SELECT COALESCE(MIN(probe_due_ms), 9223372036854775807) FROM request WHERE "
                   "integration = ? AND state <> 3 AND state = 2",
                   "i", integration)) {
        return false;
    }
    *ret_ms = documents < requests ? documents : requests;
    return true;
}

bool document_announce(struct db *db, const struct document *d, struct error *err)
{
    return dirty_spread(db, look_document(d->integration, d->mapping, d->key), err) &&
           fate_spread(db, d, FATE_STEPS_MOST, err) &&
           (!d->target_id[0] ||
            dirty_spread(db, look_document(d->integration, d->mapping, d->target_id), err));
}

bool document_touched(struct db *db, int64_t id, struct error *err)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct document document = {0};
    bool ok = db_do(db, err, "UPDATE document SET changed_ms = ? WHERE id = ?", "ii",
                    clock_wall_ms(db->clock), id) &&
              ledger_get(db, id, arena, &document, err) &&
              (!document.id || document_announce(db, &document, err));

    arena_free(arena);
    return ok;
}
