/* Writing lists of elements, each with a fate of its own or all with one (summarizeErrors). */
#include <stdarg.h>
#include <strings.h>

#include "xero.h"

#define BATCH_MAX 50

void refuse(struct outcome *o, const char *format, ...)
{
    char text[600];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (!o->errors) {
        o->errors = json_array();
    }
    json_array_append_new(o->errors, json_string(text));
}

bool refused(const struct outcome *o)
{
    return json_array_size(o->errors) > 0;
}

static void outcome_done(struct outcome *o)
{
    json_decref(o->errors);
    json_decref(o->made);
}

static const struct {
    enum shelf_id id;
    struct writer writer;
} writers[] = {
    {INVOICES, {document_prepare, document_apply}},
    {CREDIT_NOTES, {document_prepare, document_apply}},
    {BANK_TRANSACTIONS, {document_prepare, document_apply}},
    {CONTACTS, {contact_prepare, contact_apply}},
    {PAYMENTS, {payment_prepare, payment_apply}},
};

const struct writer *writer_of(enum shelf_id id)
{
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        if (writers[i].id == id) {
            return &writers[i].writer;
        }
    }
    return NULL;
}

/* ---- the body ---- */

static json_t *refuse_body(struct twin *twin, const struct request *q, struct reply *r,
                           const char *why)
{
    xero_reply_error(r, 17, why, NULL);
    record_event(twin, "refused", "%s %s: %s", q->method, q->path, why);
    return NULL;
}

static json_t *open_envelope(const json_t *body, const char *envelope)
{
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)body, name, value)
    {
        if (strcasecmp(name, envelope) == 0 && json_is_array(value)) {
            return json_object_size(body) == 1 ? json_incref(value) : NULL;
        }
    }
    return json_pack("[O]", body);
}

json_t *xero_elements(struct twin *twin, const struct request *q, struct reply *r,
                      const char *envelope, const char *shape)
{
    const char *type = request_header(q, "Content-Type");
    AUTO_JSON json_t *body = NULL;
    json_t *list, *one;
    struct error err = {0};
    char why[512];
    size_t i;

    if (!type || !strstr(type, "json")) {
        return refuse_body(twin, q, r, "the Content-Type is not application/json");
    }
    if (!json_read(q->body, JSON_DEPTH_MAX, &body, &err)) {
        return refuse_body(twin, q, r, err.text);
    }
    list = json_is_object(body) ? open_envelope(body, envelope) : NULL;
    if (!list || json_array_size(list) == 0 || json_array_size(list) > BATCH_MAX) {
        json_decref(list);
        return refuse_body(twin, q, r, "the body has no list of 1 to 50 elements");
    }
    json_array_foreach(list, i, one)
    {
        if (!strict_check(shape, one, why, sizeof why)) {
            json_decref(list);
            return refuse_body(twin, q, r, why);
        }
    }
    return list;
}

/* ---- answers ---- */

static json_t *error_list(const json_t *errors)
{
    json_t *list = json_array(), *text;
    size_t i;

    json_array_foreach(errors, i, text)
    {
        json_t *one = json_object();
        json_object_set(one, "Message", text);
        json_array_append_new(list, one);
    }
    return list;
}

/* The element as it came, with what is wrong with it. */
static json_t *failed_view(const struct write *w, const json_t *element, const struct outcome *o,
                           bool with_status)
{
    const char *id_field = shelf_kinds[w->id].id_field;
    json_t *j = json_deep_copy(element);

    if (!value_has(j, id_field)) {
        value_set_text(j, id_field, ZERO_GUID);
    }
    json_object_set_new(j, "HasErrors", json_true());
    json_object_set_new(j, "HasValidationErrors", json_true());
    json_object_set_new(j, "ValidationErrors", error_list(o->errors));
    if (with_status) {
        value_set_text(j, "StatusAttributeString", "ERROR");
    }
    return j;
}

static json_t *written_view(const struct write *w, const struct record *record, bool with_status)
{
    json_t *j = xero_view(w->twin, w->org, w->id, record);

    json_object_set_new(j, "HasErrors", json_false());
    json_object_set_new(j, "ValidationErrors", json_array());
    if (with_status) {
        value_set_text(j, "StatusAttributeString", "OK");
    }
    return j;
}

/* ---- the batch ---- */

struct batch {
    struct write w;
    const struct writer *writer;
    const struct request *q;
    struct reply *r;
    json_t *elements;
};

static bool prepare(struct batch *b, size_t index, struct outcome *o)
{
    bool forced = strcmp(b->q->fault.act, "partial_elements") == 0 && index % 2 == 1;

    if (forced) {
        refuse(o, "An error occurred in Xero. Check the element and try again.");
        return true;
    }
    b->writer->prepare(&b->w, json_array_get(b->elements, index), o);
    return !o->not_found;
}

/* True: no element was found wrong; else the reply is ready and nothing was written. */
static bool all_right(struct batch *b)
{
    json_t *wrong = json_array();

    for (size_t i = 0; i < json_array_size(b->elements); i++) {
        struct outcome o = {0};
        bool found = prepare(b, i, &o);
        if (refused(&o)) {
            json_array_append_new(wrong,
                                  failed_view(&b->w, json_array_get(b->elements, i), &o, false));
        }
        outcome_done(&o);
        if (!found) {
            json_decref(wrong);
            xero_reply_not_found(b->r);
            return false;
        }
    }
    if (json_array_size(wrong) > 0) {
        xero_reply_error(b->r, 10, "A validation exception occurred", wrong);
        return false;
    }
    json_decref(wrong);
    return true;
}

static json_t *write_one(struct batch *b, size_t index, bool with_status)
{
    struct outcome o = {0};
    json_t *view;

    prepare(b, index, &o);
    if (refused(&o) || o.not_found) {
        json_t *first = json_array_get(o.errors, 0);
        record_event(b->w.twin, "invalid", "%s: %s", shelf_kinds[b->w.id].name,
                     first ? json_string_value(first) : "not found");
        view = failed_view(&b->w, json_array_get(b->elements, index), &o, with_status);
    } else {
        view = written_view(&b->w, b->writer->apply(&b->w, &o), with_status);
    }
    outcome_done(&o);
    return view;
}

static bool any_not_found(struct batch *b)
{
    bool missing = false;

    for (size_t i = 0; i < json_array_size(b->elements) && !missing; i++) {
        struct outcome o = {0};
        missing = !prepare(b, i, &o);
        outcome_done(&o);
    }
    return missing;
}

static void run_batch(struct batch *b)
{
    const char *flag = request_query(b->q, "summarizeErrors");
    bool each = flag && strcasecmp(flag, "false") == 0;
    size_t count = json_array_size(b->elements);
    json_t *list;

    if (each && any_not_found(b)) {
        xero_reply_not_found(b->r);
        return;
    }
    if (!each && !all_right(b)) {
        return;
    }
    list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *view = write_one(b, i, each);
        bool lost = strcmp(b->q->fault.act, "short_answer") == 0 && i >= (count + 1) / 2;
        if (lost) {
            json_decref(view);
        } else {
            json_array_append_new(list, view);
        }
    }
    xero_reply_list(b->w.twin, b->r, shelf_kinds[b->w.id].name, list, NULL);
}

static void write_list(struct twin *twin, struct request *q, struct reply *r, bool create)
{
    struct batch b = {.w = {.twin = twin,
                            .org = q->org,
                            .id = shelf_named(q->parts[0]),
                            .create = create,
                            .unit_places = request_number(q, "unitdp", 2) == 4 ? 4 : 2},
                      .q = q,
                      .r = r};

    b.writer = b.w.id == SHELVES ? NULL : writer_of(b.w.id);
    if (!b.writer) {
        xero_reply_error(r, 20, "The Api Method called is not implemented", NULL);
        return;
    }
    b.elements = xero_elements(twin, q, r, shelf_kinds[b.w.id].name, shelf_kinds[b.w.id].element);
    if (!b.elements) {
        return;
    }
    if (q->parts[1]) {
        const char *id_field = shelf_kinds[b.w.id].id_field;
        value_set_text(json_array_get(b.elements, 0), id_field, q->parts[1]);
        if (json_array_size(b.elements) != 1 ||
            !shelf_find(&q->org->shelves[b.w.id], q->parts[1])) {
            xero_reply_not_found(r);
            json_decref(b.elements);
            return;
        }
    }
    run_batch(&b);
    json_decref(b.elements);
}

void xero_put(struct twin *twin, struct request *q, struct reply *r)
{
    write_list(twin, q, r, true);
}

void xero_post(struct twin *twin, struct request *q, struct reply *r)
{
    write_list(twin, q, r, false);
}

void xero_post_one(struct twin *twin, struct request *q, struct reply *r)
{
    write_list(twin, q, r, false);
}
