/* approve, retry, skip, link, repost: what people do to documents. */
#include "base/memory.h"
#include "schedule/engine_internal.h"

#include <stdlib.h>

/* ---- which are meant ---- */

static bool is_number(const char *text)
{
    return text[0] && strspn(text, "0123456789") == strlen(text) && strlen(text) < 18;
}

/* "123", "bill/10001", or with a code or "all". */
bool document_is_meant(const struct question *q, const struct document *d)
{
    const char *about = question_text(q, "about"), *code = question_text(q, "code");
    const char *name = about[0] ? about : question_text(q, "document");
    const char *slash = strchr(name, '/');

    if (is_number(name)) {
        return d->id == strtoll(name, NULL, 10);
    }
    if (slash) {
        return strncmp(d->mapping, name, (size_t)(slash - name)) == 0 &&
               d->mapping[slash - name] == '\0' && strcmp(d->key, slash + 1) == 0;
    }
    if (code[0]) {
        return strcmp(d->code, code) == 0 && d->state == DOCUMENT_HELD;
    }
    return json_is_true(json_object_get(q->request, "all")) && d->state == DOCUMENT_HELD;
}

typedef bool deed_fn(struct question *q, struct db *db, int64_t id, struct error *err);

struct choosing {
    struct question *q;
    deed_fn *deed;
    int64_t *ids; /* of those that are meant */
    size_t count, capacity;
};

static bool choose(void *self, const struct document *document, struct error *err)
{
    struct choosing *c = self;

    (void)err;
    if (document_is_meant(c->q, document)) {
        memory_grow(&c->ids, &c->capacity, c->count, sizeof *c->ids);
        c->ids[c->count++] = document->id;
    }
    return true;
}

static bool do_to_chosen(struct question *q, struct db *db, struct choosing *c, struct error *err)
{
    struct ledger_filter filter = {.integration = q->site->integration.id, .state = -1};

    if (!ledger_scan(db, &filter, choose, c, err)) {
        return false;
    }
    if (c->count == 0) {
        return error_set(err, ERROR_REJECTED, "no-document",
                         "No such document. `ferry held %s` lists them by number.",
                         q->site->config->name);
    }
    for (size_t i = 0; i < c->count; i++) {
        if (!c->deed(q, db, c->ids[i], err)) {
            return false;
        }
    }
    json_object_set_new(q->answer, "changed", json_new_int((int64_t)c->count));
    return true;
}

static bool change(struct question *q, struct db *db, deed_fn *deed, struct error *err)
{
    struct choosing choosing = {.q = q, .deed = deed};
    bool ok = do_to_chosen(q, db, &choosing, err);

    memory_free(choosing.ids);
    return ok;
}

/* ---- the deeds ---- */

/* Of the revision that was looked at; without one, of what it is now. */
static bool approve(struct question *q, struct db *db, int64_t id, struct error *err)
{
    const char *revision = question_text(q, "revision");
    struct document document = {0};

    if (!ledger_get(db, id, q->arena, &document, err)) {
        return false;
    }
    if (strncmp(document.want_hash, revision, strlen(revision)) != 0) {
        return error_set(err, ERROR_REJECTED, "revision",
                         "%s/%s has changed since it was shown; look at it again.",
                         document.mapping, document.key);
    }
    return ledger_approve(db, id, document.want_hash, q->user, err);
}

static bool work_approve(struct db *db, void *self, struct error *err)
{
    return change(self, db, approve, err);
}

void ask_approve(struct question *q)
{
    question_write(q, work_approve, question_done);
}

static bool retry(struct question *q, struct db *db, int64_t id, struct error *err)
{
    return ledger_retry(db, id, q->user, err);
}

static bool work_retry(struct db *db, void *self, struct error *err)
{
    return change(self, db, retry, err);
}

void ask_retry(struct question *q)
{
    question_write(q, work_retry, question_done);
}

static bool skip(struct question *q, struct db *db, int64_t id, struct error *err)
{
    return ledger_skip(db, id, q->user, question_text(q, "reason"), err);
}

static bool work_skip(struct db *db, void *self, struct error *err)
{
    return change(self, db, skip, err);
}

void ask_skip(struct question *q)
{
    question_write(q, work_skip, question_done);
}

static bool link_to(struct question *q, struct db *db, int64_t id, struct error *err)
{
    return ledger_link(db, id, question_text(q, "object"), q->user, err);
}

static bool work_link(struct db *db, void *self, struct error *err)
{
    return change(self, db, link_to, err);
}

void ask_link(struct question *q)
{
    question_write(q, work_link, question_done);
}

static bool repost(struct question *q, struct db *db, int64_t id, struct error *err)
{
    return ledger_repost(db, id, q->user, question_text(q, "reason"), err);
}

static bool work_repost(struct db *db, void *self, struct error *err)
{
    return change(self, db, repost, err);
}

void ask_repost(struct question *q)
{
    question_write(q, work_repost, question_done);
}
