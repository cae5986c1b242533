#include "store/store_internal.h"

#define SETTLED "3"

static bool add_element(struct db *db, int64_t id, size_t place,
                        const struct request_element *element, struct error *err)
{
    return db_do(db, err,
                 "INSERT INTO element (request, place, document, marker, want_hash) VALUES (?, ?, "
                 "?, ?, ?)",
                 "iiitt", id, (int64_t)place, element->document, element->marker,
                 element->want_hash) &&
           db_do(db, err, "UPDATE document SET state = 3 WHERE id = ?", "i", element->document);
}

bool request_intend(struct db *db, const struct request *request,
                    const struct request_element *elements, size_t count, int64_t *ret_id,
                    struct error *err)
{
    int64_t id;

    if (!db_do(db, err,
               "INSERT INTO request (integration, lane, method, path, body, content_type, file, "
               "idempotency_key, target,"
               " action, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
               "itttbttttt", request->integration, request->lane, request->method, request->path,
               request->body, request->content_type, request->file, request->idempotency_key,
               request->target, request->action)) {
        return false;
    }
    id = db_last_id(db);
    for (size_t i = 0; i < count; i++) {
        if (!add_element(db, id, i, &elements[i], err)) {
            return false;
        }
    }
    *ret_id = id;
    return true;
}

bool request_sent(struct db *db, int64_t id, const char *token_generation, struct error *err)
{
    int64_t wall = clock_wall_ms(db->clock), boot = clock_boot_ms(db->clock);

    return db_do(
        db, err,
        "UPDATE request SET state = 1, last_wall_ms = ?1, last_boot_ms = ?2, sends = sends + 1,"
        " first_wall_ms = CASE sends WHEN 0 THEN ?1 ELSE first_wall_ms END,"
        " first_boot_ms = CASE sends WHEN 0 THEN ?2 ELSE first_boot_ms END,"
        " boot_id = CASE sends WHEN 0 THEN ?3 ELSE boot_id END,"
        " token_generation = CASE sends WHEN 0 THEN ?4 ELSE token_generation END WHERE id = ?5",
        "iitti", wall, boot, clock_boot_id(db->clock), token_generation, id);
}

bool request_unknown(struct db *db, int64_t id, const char *why, int64_t probe_due_ms,
                     struct error *err)
{
    return db_do(db, err, "UPDATE request SET state = 2, why = ?, probe_due_ms = ? WHERE id = ?",
                 "tii", why, probe_due_ms, id) &&
           db_do(db, err,
                 "UPDATE document SET state = 4 WHERE state = 3 AND id IN (SELECT document FROM "
                 "element WHERE request = ?"
                 " AND settled = 0)",
                 "i", id);
}

bool request_probed(struct db *db, int64_t id, int64_t next_due_ms, struct error *err)
{
    return db_do(db, err, "UPDATE request SET probes = probes + 1, probe_due_ms = ? WHERE id = ?",
                 "ii", next_due_ms, id);
}

/* ---- settling an element ---- */

/* The revision that was sent, and what was done with it. */
struct sent {
    bool found;
    const char *want_hash, *action, *path, *name;
};

static bool find_sent(struct db *db, int64_t id, int64_t document, struct arena *arena,
                      struct sent *ret, struct error *err)
{
    sqlite3_stmt *rows;
    enum db_row row;

    if (!db_ask(db, err, &rows,
                "SELECT e.want_hash, r.action, r.path, d.mapping || '/' || d.key FROM element e "
                "JOIN request r ON"
                " r.id = e.request JOIN document d ON d.id = e.document WHERE e.request = ? AND "
                "e.document = ? AND"
                " e.settled = 0",
                "ii", id, document)) {
        return false;
    }
    row = db_row(db, rows, err);
    ret->found = row == DB_ROW;
    if (ret->found) {
        *ret = (struct sent){true, row_text(rows, 0, arena), row_text(rows, 1, arena),
                             row_text(rows, 2, arena), row_text(rows, 3, arena)};
    }
    db_close_rows(db, rows);
    return row != DB_FAILED;
}

/*
 * If another revision is wanted by now, the plan has not said what is to become of it while this
 * one was on its way: it waits until it has.
 */
static bool plan_again(struct db *db, int64_t document, const struct sent *sent, struct error *err)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    struct document now = {0};
    bool ok = ledger_get(db, document, arena, &now, err);

    if (ok && now.id && strcmp(now.want_hash, sent->want_hash) != 0) {
        ok = db_do(db, err, "UPDATE document SET state = 0 WHERE id = ? AND state = 2", "i",
                   document) &&
             dirty_add(db, now.integration, now.mapping, now.root, DIRTY_HARD, err);
    }
    arena_free(arena);
    return ok;
}

/* Done with the revision that was sent. */
static bool settle_done(struct db *db, const struct element_result *r, const struct sent *sent,
                        struct error *err)
{
    if (strcmp(sent->action, "remove") == 0) {
        return db_do(db, err,
                     "UPDATE document SET state = 6, action = '', done_hash = '', code = '', why = "
                     "'', fix = '', tries = 0"
                     " WHERE id = ?",
                     "i", r->document);
    }
    return db_do(db, err,
                 "UPDATE document SET target_id = ?1, target_seen = ?2, url = ?3, done_hash = ?4, "
                 "tries = 0, due_ms = 0,"
                 " code = '', why = '', fix = '', state = CASE want_hash WHEN ?4 THEN 5 ELSE 2 END,"
                 " action = CASE want_hash WHEN ?4 THEN '' ELSE 'update' END WHERE id = ?5",
                 "tttti", r->target_id, r->target_seen ? r->target_seen : "", r->url ? r->url : "",
                 sent->want_hash, r->document);
}

static bool settle_held(struct db *db, const struct element_result *r, const struct sent *sent,
                        struct error *err)
{
    (void)sent;
    return db_do(
        db, err,
        "UPDATE document SET state = 1, code = ?, why = ?, fix = ?, tries = tries + 1 WHERE id = ?",
        "ttti", r->code, r->why, r->fix ? r->fix : "", r->document);
}

static bool settle_not_run(struct db *db, const struct element_result *r, const struct sent *sent,
                           struct error *err)
{
    (void)sent;
    return db_do(db, err,
                 "UPDATE document SET state = 2, due_ms = ?, tries = tries + 1 WHERE id = ?", "ii",
                 r->due_ms, r->document);
}

/* A new epoch, and so a new key: what was sent before can no longer arrive under the same one. */
static bool settle_absent(struct db *db, const struct element_result *r, const struct sent *sent,
                          struct error *err)
{
    (void)sent;
    return db_do(db, err,
                 "UPDATE document SET state = 2, due_ms = 0, epoch = epoch + 1 WHERE id = ?", "i",
                 r->document);
}

static const struct {
    bool (*settle)(struct db *db, const struct element_result *r, const struct sent *sent,
                   struct error *err);
    bool written;
} outcomes[] = {
    [ELEMENT_DONE] = {settle_done, true},        [ELEMENT_REFUSED] = {settle_held, false},
    [ELEMENT_NOT_RUN] = {settle_not_run, false}, [ELEMENT_ABSENT] = {settle_absent, false},
    [ELEMENT_AMBIGUOUS] = {settle_held, false},
};

static bool settle(struct db *db, int64_t id, const struct element_result *r,
                   const struct sent *sent, struct error *err)
{
    return outcomes[r->outcome].settle(db, r, sent, err) &&
           plan_again(db, r->document, sent, err) &&
           db_do(db, err, "UPDATE element SET settled = 1 WHERE request = ? AND document = ?", "ii",
                 id, r->document) &&
           (!outcomes[r->outcome].written ||
            audit_add(db, "ferry", sent->action, sent->name, sent->want_hash, err)) &&
           document_touched(db, r->document, err);
}

bool request_element_settle(struct db *db, int64_t id, const struct element_result *result,
                            struct error *err)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    struct sent sent = {false, NULL, NULL, NULL, NULL};
    bool ok = find_sent(db, id, result->document, arena, &sent, err);

    if (ok && sent.found) {
        ok = settle(db, id, result, &sent, err);
    } else if (ok) {
        ok =
            error_set(err, ERROR_BUG, "settled", "document %lld of request %lld is settled already",
                      (long long)result->document, (long long)id);
    }
    arena_free(arena);
    return ok;
}

bool request_settle(struct db *db, int64_t id, struct error *err)
{
    int64_t open = 0;

    if (!db_number(db, err, &open, "SELECT COUNT(*) FROM element WHERE request = ? AND settled = 0",
                   "i", id)) {
        return false;
    }
    if (open) {
        return error_set(err, ERROR_BUG, "open",
                         "request %lld has %lld elements that are not settled", (long long)id,
                         (long long)open);
    }
    return db_do(db, err, "UPDATE request SET state = " SETTLED " WHERE id = ?", "i", id);
}

/* ---- what a restart must look at ---- */

static void read_request(sqlite3_stmt *rows, struct arena *arena, struct request *ret)
{
    size_t size = (size_t)sqlite3_column_bytes(rows, 5);
    char *body = arena_alloc(arena, size + 1, 1);

    if (size) {
        memcpy(body, sqlite3_column_blob(rows, 5), size);
    }
    *ret = (struct request){
        .id = sqlite3_column_int64(rows, 0),
        .integration = sqlite3_column_int64(rows, 1),
        .lane = row_text(rows, 2, arena),
        .method = row_text(rows, 3, arena),
        .path = row_text(rows, 4, arena),
        .body = {body, size},
        .content_type = row_text(rows, 6, arena),
        .file = row_text(rows, 7, arena),
        .idempotency_key = row_text(rows, 8, arena),
        .target = row_text(rows, 9, arena),
        .action = row_text(rows, 10, arena),
        .state = (enum request_state)sqlite3_column_int(rows, 11),
        .first_sent_wall_ms = sqlite3_column_int64(rows, 12),
        .first_sent_boot_ms = sqlite3_column_int64(rows, 13),
        .last_sent_wall_ms = sqlite3_column_int64(rows, 14),
        .last_sent_boot_ms = sqlite3_column_int64(rows, 15),
        .boot_id = row_text(rows, 16, arena),
        .token_generation = row_text(rows, 17, arena),
        .sends = sqlite3_column_int64(rows, 18),
        .probes = sqlite3_column_int64(rows, 19),
        .probe_due_ms = sqlite3_column_int64(rows, 20),
    };
}

static bool read_elements(struct db *db, int64_t id, struct arena *arena,
                          struct request_element **ret, size_t *ret_count, struct error *err)
{
    struct request_element *all = NULL;
    size_t count = 0, capacity = 0;
    sqlite3_stmt *rows;
    enum db_row row;

    if (!db_ask(db, err, &rows,
                "SELECT document, marker, want_hash FROM element WHERE request = ? AND settled = 0 "
                "ORDER BY place",
                "i", id)) {
        return false;
    }
    while ((row = db_row(db, rows, err)) == DB_ROW) {
        memory_grow(&all, &capacity, count, sizeof *all);
        all[count++] = (struct request_element){sqlite3_column_int64(rows, 0),
                                                row_text(rows, 1, arena), row_text(rows, 2, arena)};
    }
    db_close_rows(db, rows);
    *ret = arena_alloc(arena, count + 1, sizeof **ret);
    if (count) {
        memcpy(*ret, all, count * sizeof **ret);
    }
    memory_free(all);
    *ret_count = count;
    return row != DB_FAILED;
}

bool request_each_open(struct db *db, int64_t integration, struct arena *arena, request_fn *each,
                       void *self, struct error *err)
{
    struct request *all = NULL;
    size_t count = 0, capacity = 0;
    sqlite3_stmt *rows;
    enum db_row row;
    bool ok;

    if (!db_ask(db, err, &rows,
                "SELECT id, integration, lane, method, path, body, content_type, file, "
                "idempotency_key, target, action,"
                " state, first_wall_ms, first_boot_ms, last_wall_ms, last_boot_ms, boot_id, "
                "token_generation, sends, probes,"
                " probe_due_ms FROM request WHERE integration = ? AND state <> " SETTLED
                " ORDER BY id",
                "i", integration)) {
        return false;
    }
    while ((row = db_row(db, rows, err)) == DB_ROW) {
        memory_grow(&all, &capacity, count, sizeof *all);
        read_request(rows, arena, &all[count++]);
    }
    db_close_rows(db, rows);
    ok = row != DB_FAILED;
    for (size_t i = 0; ok && i < count; i++) {
        struct request_element *elements = NULL;
        size_t element_count = 0;

        ok = read_elements(db, all[i].id, arena, &elements, &element_count, err) &&
             each(self, &all[i], elements, element_count, err);
    }
    memory_free(all);
    return ok;
}
