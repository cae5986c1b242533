/* What people do in Xero and in Payhawk while nobody looks. */
#include "control.h"
#include "payhawk.h"
#include "xero.h"

struct edit {
    struct write w;
    json_t *body;
    struct record *record;
    struct reply *r;
};

static void reply_edited(struct edit *e)
{
    reply_json(e->r, 200, json_deep_copy(e->record->json));
}

static void reply_errors(struct reply *r, const struct outcome *o)
{
    json_t *j = json_object();

    json_object_set_new(j, "errors", o->errors ? json_incref(o->errors) : json_array());
    reply_json(r, 400, j);
}

/* Through the same checks as the API: a write of this type. */
static struct record *write_element(struct edit *e, enum shelf_id id, const json_t *element,
                                    bool create)
{
    struct write w = e->w;
    struct outcome o = {0};
    const struct writer *writer = writer_of(id);
    struct record *record = NULL;

    w.id = id;
    w.create = create;
    w.person = true;
    w.unit_places = 4;
    if (!writer) {
        reply_text(e->r, 400, "text/plain", "this type cannot be made here");
        return NULL;
    }
    writer->prepare(&w, element, &o);
    if (refused(&o) || o.not_found) {
        reply_errors(e->r, &o);
    } else {
        record = writer->apply(&w, &o);
    }
    json_decref(o.errors);
    json_decref(o.made);
    return record;
}

static void edit_create(struct edit *e)
{
    e->record = write_element(e, e->w.id, json_object_get(e->body, "create"), true);
    if (e->record) {
        reply_edited(e);
    }
}

/* Whatever is set, is; documents are reckoned again. */
static void edit_set(struct edit *e)
{
    const char *path;
    json_t *value;
    struct date day;
    bool document = document_kind(e->w.id) != NULL;

    json_object_foreach(json_object_get(e->body, "set"), path, value)
    {
        bool plain_day = word_in(path, "Date DueDate PeriodLockDate EndOfYearLockDate") &&
                         date_parse(json_text(value), &day, NULL);
        if (plain_day) {
            value_set_day(e->record->json, path, day);
        } else {
            json_path_set(e->record->json, path, json_deep_copy(value));
        }
    }
    if (document && json_path(e->body, "set.LineItems")) {
        totals_set(&e->w, e->record->json);
        totals_pay(&e->w, e->record);
    }
    record_touch(e->record, twin_now(e->w.twin));
    reply_edited(e);
}

static void edit_status(struct edit *e, const char *status)
{
    AUTO_JSON json_t *element = json_object();

    value_set_text(element, shelf_kinds[e->w.id].id_field, e->record->id);
    value_set_text(element, "Status", status);
    if (write_element(e, e->w.id, element, false)) {
        reply_edited(e);
    }
}

/* {"Account":{…},"Amount":…,"Date":…}: without Amount, all that is open. */
static void edit_pay(struct edit *e)
{
    AUTO_JSON json_t *element = json_deep_copy(json_object_get(e->body, "pay"));
    bool invoice = e->w.id == INVOICES;
    const char *open = invoice ? "AmountDue" : "RemainingCredit";
    char day[DATE_TEXT_MAX];

    element = json_is_object(element) ? element : json_object();
    json_path_set(element, invoice ? "Invoice.InvoiceID" : "CreditNote.CreditNoteID",
                  json_string(e->record->id));
    if (!value_has(element, "Amount")) {
        json_object_set(element, "Amount", json_object_get(e->record->json, open));
    }
    if (!value_has(element, "Date")) {
        value_set_text(element, "Date", date_format(instant_day_utc(twin_now(e->w.twin)), day));
    }
    if (write_element(e, PAYMENTS, element, true)) {
        reply_edited(e);
    }
}

static struct organisation *edited_organisation(struct twin *twin, const json_t *body)
{
    const char *tenant = json_path_text(body, "tenant");

    return *tenant ? xero_organisation(twin, tenant) : &twin->xero.organisations[0];
}

void control_edit(struct twin *twin, struct request *q, struct reply *r)
{
    AUTO_JSON json_t *body = NULL;
    struct edit e = {.r = r};

    if (!json_read(q->body, JSON_DEPTH_MAX, &body, NULL)) {
        reply_text(r, 400, "text/plain", "not JSON");
        return;
    }
    e.body = body;
    e.w = (struct write){.twin = twin,
                         .org = edited_organisation(twin, body),
                         .id = shelf_named(json_path_text(body, "type"))};
    if (!e.w.org || e.w.id == SHELVES) {
        reply_text(r, 404, "text/plain", "no such tenant or type");
        return;
    }
    if (value_has(body, "create")) {
        edit_create(&e);
        return;
    }
    e.record = shelf_find(&e.w.org->shelves[e.w.id], json_path_text(body, "id"));
    if (!e.record && e.w.id == ORGANISATION) {
        e.record = e.w.org->shelves[ORGANISATION].records[0];
    }
    if (!e.record) {
        reply_text(r, 404, "text/plain", "no such object");
    } else if (value_true(body, "void")) {
        edit_status(&e, "VOIDED");
    } else if (value_true(body, "delete")) {
        edit_status(&e, "DELETED");
    } else if (value_has(body, "pay")) {
        edit_pay(&e);
    } else {
        edit_set(&e);
    }
}

/* {"expense":id} or {"list":"suppliers","id":…} with "set", "add":{…} or "remove":true. */
void control_payhawk_edit(struct twin *twin, struct request *q, struct reply *r)
{
    AUTO_JSON json_t *body = NULL;
    const char *name, *id, *path;
    json_t *list, *record, *value;

    if (!json_read(q->body, JSON_DEPTH_MAX, &body, NULL)) {
        reply_text(r, 400, "text/plain", "not JSON");
        return;
    }
    name = value_has(body, "list") ? json_path_text(body, "list") : "expenses";
    id = json_path_text(body, value_has(body, "expense") ? "expense" : "id");
    list = payhawk_list(twin, name);
    if (value_has(body, "add")) {
        json_array_append(list, json_object_get(body, "add"));
        reply_json(r, 200, json_deep_copy(json_object_get(body, "add")));
        return;
    }
    record = payhawk_find(list, id);
    if (!record) {
        reply_text(r, 404, "text/plain", "no such record");
        return;
    }
    json_object_foreach(json_object_get(body, "set"), path, value)
    {
        json_path_set(record, path, json_deep_copy(value));
    }
    reply_json(r, 200, json_deep_copy(record));
    for (size_t i = 0; value_true(body, "remove") && i < json_array_size(list); i++) {
        if (json_array_get(list, i) == record) {
            json_array_remove(list, i);
            break;
        }
    }
}
