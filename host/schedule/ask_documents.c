/* held, approvals, plan, apply, sync, accounts: lists of documents, and the runs that follow. */
#include "base/memory.h"
#include "schedule/engine_internal.h"

/* What people call it: its number, name or file. */
static const char *summary_of(const struct question *q, const struct document *d)
{
    static const char *const telling[] = {"InvoiceNumber", "Name", "FileName", "Description",
                                          "Date"};
    json_t *want = NULL;
    const char *found = "";

    if (!d->want[0] || !json_read(text_of(d->want), JSON_DEPTH_MAX, &want, NULL)) {
        return "";
    }
    for (size_t i = 0; !found[0] && i < sizeof telling / sizeof *telling; i++) {
        found = arena_copy(q->arena, json_path_text(want, telling[i]));
    }
    json_decref(want);
    return found;
}

json_t *document_json(const struct question *q, const struct site *m, const struct document *d)
{
    json_t *one = json_object();

    answer_text(one, "integration", m->config->name);
    json_object_set_new(one, "id", json_new_int(d->id));
    answer_text(one, "mapping", d->mapping);
    answer_text(one, "key", d->key);
    answer_text(one, "target", d->target);
    answer_text(one, "state", document_state_name(d->state));
    answer_text(one, "action", d->action);
    answer_text(one, "code", d->code);
    answer_text(one, "why", d->why);
    answer_text(one, "fix", d->fix);
    answer_text(one, "link", d->url);
    answer_text(one, "amount", d->total);
    answer_text(one, "currency", d->currency);
    answer_text(one, "record", d->root);
    answer_text(one, "summary", summary_of(q, d));
    answer_text(one, "feature", d->approve);
    answer_text(one, "revision", d->want_hash);
    answer_time(one, "since", d->changed_ms);
    return one;
}

/* ---- lists of documents ---- */

struct listing {
    struct question *q;
    struct site *site;
    json_t *to;
    bool (*wanted)(const struct document *document);
};

static bool list_one(void *self, const struct document *document, struct error *err)
{
    struct listing *l = self;

    (void)err;
    if (l->wanted(document)) {
        json_array_append_new(l->to, document_json(l->q, l->site, document));
    }
    return true;
}

static bool list_documents(struct question *q, struct db *db, json_t *to,
                           bool (*wanted)(const struct document *document), struct error *err)
{
    for (size_t i = 0; i < q->engine->site_count; i++) {
        struct site *m = &q->engine->sites[i];
        struct listing listing = {q, m, to, wanted};
        struct ledger_filter filter = {.integration = m->integration.id, .state = -1};

        if ((q->site && m != q->site) || !m->integration.id) {
            continue;
        }
        if (!ledger_scan(db, &filter, list_one, &listing, err)) {
            return false;
        }
    }
    return true;
}

static bool is_held(const struct document *document)
{
    return document->state == DOCUMENT_HELD || document->state == DOCUMENT_UNKNOWN;
}

/* A record that could not be read waits for a person as a document does. */
static bool list_bad(void *self, const char *list, const char *key, const char *why,
                     struct error *err)
{
    json_t *one = json_object();

    (void)err;
    answer_text(one, "list", list);
    answer_text(one, "key", key);
    answer_text(one, "why", why);
    json_array_append_new(self, one);
    return true;
}

static bool work_held(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    json_t *documents = json_array(), *records = json_array();

    json_object_set_new(q->answer, "documents", documents);
    json_object_set_new(q->answer, "records", records);
    for (size_t i = 0; i < q->engine->site_count; i++) {
        const struct site *m = &q->engine->sites[i];

        if ((!q->site || m == q->site) && m->integration.id &&
            !mirror_each_bad(db, m->integration.source.scope, q->arena, list_bad, records, err)) {
            return false;
        }
    }
    return list_documents(q, db, documents, is_held, err);
}

/* Itself, and not only something that it refers to: then it would have something to do. */
static bool is_unapproved(const struct document *document)
{
    return document->state == DOCUMENT_WAITING && document->action[0] == '\0' &&
           strcmp(document->code, "not-approved") == 0;
}

static bool work_approvals(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    json_t *documents = json_array();

    json_object_set_new(q->answer, "documents", documents);
    return list_documents(q, db, documents, is_unapproved, err);
}

void ask_approvals(struct question *q)
{
    question_read(q, work_approvals, question_done);
}

void ask_held(struct question *q)
{
    question_read(q, work_held, question_done);
}

/* ---- runs ---- */

void ask_sync(struct question *q)
{
    if (!site_run(q->site, RUN_DELIVER, "asked for", q, &q->err)) {
        question_fail(q, &q->err);
    }
}

static bool is_to_do(const struct document *document)
{
    return document->state == DOCUMENT_READY && document->action[0];
}

static bool work_changes(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    json_t *changes = json_array();
    AUTO_FREE char *text = NULL;
    char hex[CRYPTO_SHA256_HEX];

    json_object_set_new(q->answer, "changes", changes);
    if (!list_documents(q, db, changes, is_to_do, err) || !work_held(db, self, err)) {
        return false;
    }
    text = json_write_text(changes);
    answer_text(q->answer, "hash", crypto_sha256_hex(text_of(text), hex));
    answer_text(q->answer, "name", q->site->config->name);
    return true;
}

void ask_changes(struct question *q)
{
    question_read(q, work_changes, question_done);
}

void ask_plan(struct question *q)
{
    if (!site_run(q->site, RUN_PLAN, "plan", q, &q->err)) {
        question_fail(q, &q->err);
    }
}

/* A plan is applied as it was shown: when what would be done is another thing by now, nothing is.
 */
static bool work_same_plan(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    json_t *changes = json_array();
    AUTO_FREE char *text = NULL;
    char hex[CRYPTO_SHA256_HEX];
    bool ok = list_documents(q, db, changes, is_to_do, err);

    text = json_write_text(changes);
    json_decref(changes);
    return ok && (strcmp(crypto_sha256_hex(text_of(text), hex),
                         json_path_text(q->request, "plan.hash")) == 0 ||
                  error_set(err, ERROR_REJECTED, "plan-outdated",
                            "What would be done now is not what the plan says. Make a new one "
                            "with `ferry plan %s`.",
                            q->site->config->name));
}

void ask_apply(struct question *q)
{
    question_read(q, work_same_plan, ask_sync);
}

/* ---- accounts ---- */

static bool work_accounts(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    int64_t scope = q->site->integration.xero.scope;
    json_t *accounts = json_array();
    struct found_keys keys = {NULL, 0};

    json_object_set_new(q->answer, "accounts", accounts);
    if (!mirror_keys(db, scope, "xero.Accounts", q->arena, &keys, err)) {
        return false;
    }
    for (size_t i = 0; i < keys.count; i++) {
        const char *body = NULL;
        json_t *record = NULL, *one = json_object();

        json_array_append_new(accounts, one);
        if (!mirror_get(db, scope, "xero.Accounts", keys.at[i], q->arena, &body, err) ||
            !json_read(text_of(body), JSON_DEPTH_MAX, &record, err)) {
            return false;
        }
        answer_text(one, "account", keys.at[i]);
        answer_text(one, "code", json_path_text(record, "Code"));
        answer_text(one, "name", json_path_text(record, "Name"));
        answer_text(one, "status", json_path_text(record, "Status"));
        answer_text(one, "type", json_path_text(record, "Type"));
        json_decref(record);
    }
    return true;
}

void ask_accounts(struct question *q)
{
    question_read(q, work_accounts, question_done);
}
