/* history, audit: what happened, and to which documents. */
#include "schedule/engine_internal.h"

static json_t *event_json(const struct audit_row *row)
{
    json_t *event = json_object();

    answer_time(event, "at", row->at_ms);
    answer_text(event, "who", row->who);
    answer_text(event, "what", row->what);
    answer_text(event, "about", row->about);
    answer_text(event, "detail", row->detail);
    answer_text(event, "hash", row->hash);
    return event;
}

struct telling {
    const struct question *q;
    json_t *to;
    const char *about; /* "": everything */
    int64_t since_ms;
};

static bool tell_event(void *self, const struct audit_row *row, struct error *err)
{
    struct telling *t = self;
    const char *slash = strchr(row->about, '/');

    (void)err;
    if (row->at_ms >= t->since_ms && (!t->about[0] || strcmp(row->about, t->about) == 0 ||
                                      (slash && strcmp(slash + 1, t->about) == 0))) {
        json_array_append_new(t->to, event_json(row));
    }
    return true;
}

static bool tell_document(void *self, const struct document *document, struct error *err)
{
    struct telling *t = self;

    (void)err;
    if (strcmp(document->root, t->about) == 0 || strcmp(document->key, t->about) == 0 ||
        document_is_meant(t->q, document)) {
        for (size_t i = 0; i < t->q->engine->site_count; i++) {
            struct site *m = &t->q->engine->sites[i];

            if (m->integration.id == document->integration) {
                json_array_append_new(t->to, document_json(t->q, m, document));
            }
        }
    }
    return true;
}

static bool work_history(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    json_t *events = json_array(), *documents = json_array();
    struct telling telling = {q, documents, question_text(q, "about"), 0};
    struct ledger_filter filter = {.integration = -1, .state = -1};

    json_object_set_new(q->answer, "events", events);
    json_object_set_new(q->answer, "documents", documents);
    if (!ledger_scan(db, &filter, tell_document, &telling, err)) {
        return false;
    }
    if (json_array_size(documents)) {
        json_object_set(q->answer, "document", json_array_get(documents, 0));
    }
    telling.to = events;
    return audit_each(db, 0, 100000, tell_event, &telling, err);
}

void ask_history(struct question *q)
{
    question_read(q, work_history, question_done);
}

static bool work_audit(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    json_t *entries = json_array();
    struct telling telling = {q, entries, "", 0};
    struct error broken;

    json_object_set_new(q->answer, "entries", entries);
    if (!question_since(q, &telling.since_ms, err)) {
        return false;
    }
    if (json_is_true(json_object_get(q->request, "verify"))) {
        json_object_set_new(q->answer, "verified", json_boolean(audit_verify(db, &broken)));
    }
    return audit_each(db, 0, 100000, tell_event, &telling, err);
}

void ask_audit(struct question *q)
{
    question_read(q, work_audit, question_done);
}
