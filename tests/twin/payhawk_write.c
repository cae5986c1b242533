/* What is written back to Payhawk: links, payments from outside, tracking fields, suppliers. */
#include "payhawk.h"

/* The body, checked; NULL: the reply is ready. */
static json_t *checked_body(const struct request *q, struct reply *r, const char *shape)
{
    json_t *body = NULL;
    struct error err = {0};
    char why[400];

    if (!json_read(q->body, JSON_DEPTH_MAX, &body, &err)) {
        payhawk_error(r, 400, "VALIDATION_ERROR", err.text);
        return NULL;
    }
    if (!strict_check(shape, body, why, sizeof why)) {
        payhawk_error(r, 400, "VALIDATION_ERROR", why);
        json_decref(body);
        return NULL;
    }
    return body;
}

static void not_found(struct reply *r)
{
    payhawk_error(r, 404, "NOT_FOUND", "Not found");
}

void payhawk_patch_expense(struct twin *twin, struct request *q, struct reply *r)
{
    json_t *expense = payhawk_find(payhawk_list(twin, "expenses"), q->parts[1]);
    AUTO_JSON json_t *body = expense ? checked_body(q, r, "ExpensePatch") : NULL;

    if (!expense) {
        not_found(r);
    } else if (body) {
        json_object_update(expense, body);
        reply_json(r, 200, json_deep_copy(expense));
    }
}

void payhawk_bank_payment(struct twin *twin, struct request *q, struct reply *r)
{
    json_t *expense = payhawk_find(payhawk_list(twin, "expenses"), q->parts[1]);
    AUTO_JSON json_t *body = NULL;
    bool paid = q->method[0] == 'P';

    if (!expense) {
        not_found(r);
        return;
    }
    body = paid ? checked_body(q, r, "BankPayment") : json_object();
    if (!body) {
        return;
    }
    if (strcmp(json_path_text(expense, "type"), "bank") != 0 ||
        (paid && !value_has(body, "date"))) {
        payhawk_error(r, 400, "VALIDATION_ERROR", "Only bank expenses, with a date");
        return;
    }
    json_object_set(expense, "bankPaymentDetails", body);
    json_object_set_new(expense, "isPaid", json_boolean(paid));
    reply_text(r, 204, NULL, "");
}

/* ---- custom fields ---- */

static void add_with_id(json_t *list, json_t *one)
{
    char id[32];

    snprintf(id, sizeof id, "cf%zu", json_array_size(list) + 1001);
    json_object_set_new(one, "id", json_string(id));
    json_array_append(list, one);
}

void payhawk_new_field(struct twin *twin, struct request *q, struct reply *r)
{
    AUTO_JSON json_t *body = checked_body(q, r, "CustomField");

    if (body && !value_has(body, "label")) {
        payhawk_error(r, 400, "VALIDATION_ERROR", "label is required");
    } else if (body) {
        add_with_id(payhawk_list(twin, "custom_fields"), body);
        reply_json(r, 201, json_deep_copy(body));
    }
}

static void remove_from(json_t *list, const json_t *gone)
{
    size_t i;
    json_t *one;

    json_array_foreach(list, i, one)
    {
        if (one == gone) {
            json_array_remove(list, i);
            return;
        }
    }
}

static void change(struct request *q, struct reply *r, const char *shape, json_t *list,
                   json_t *record)
{
    AUTO_JSON json_t *body = NULL;

    if (!record) {
        not_found(r);
    } else if (q->method[0] == 'D') {
        remove_from(list, record);
        reply_text(r, 204, NULL, "");
    } else if (q->method[0] == 'G') {
        reply_json(r, 200, json_deep_copy(record));
    } else {
        body = checked_body(q, r, shape);
        if (body) {
            json_object_update(record, body);
            reply_json(r, 200, json_deep_copy(record));
        }
    }
}

void payhawk_change_field(struct twin *twin, struct request *q, struct reply *r)
{
    json_t *list = payhawk_list(twin, "custom_fields");

    change(q, r, "CustomField", list, payhawk_find(list, q->parts[1]));
}

/* Kept beside the fields: custom_field_values, by the field's id. */
static json_t *values_of(struct twin *twin, const struct request *q)
{
    json_t *all = json_object_get(twin->payhawk.data, "custom_field_values"), *values;

    if (!payhawk_find(payhawk_list(twin, "custom_fields"), q->parts[1])) {
        return NULL;
    }
    if (!all) {
        all = json_object();
        json_object_set_new(twin->payhawk.data, "custom_field_values", all);
    }
    values = json_object_get(all, q->parts[1]);
    if (!values) {
        values = json_array();
        json_object_set_new(all, q->parts[1], values);
    }
    return values;
}

void payhawk_values(struct twin *twin, struct request *q, struct reply *r)
{
    json_t *values = values_of(twin, q), *items;
    AUTO_JSON json_t *body = NULL;

    if (!values) {
        not_found(r);
    } else if (q->method[0] == 'D') {
        json_array_clear(values);
        reply_text(r, 204, NULL, "");
    } else if (q->method[0] == 'G') {
        items = json_deep_copy(values);
        reply_json(r, 200,
                   json_pack("{soso}", "items", items, "total",
                             json_new_int((int64_t)json_array_size(values))));
    } else {
        body = checked_body(q, r, "CustomFieldValue");
        if (body) {
            add_with_id(values, body);
            reply_json(r, 201, json_deep_copy(body));
        }
    }
}

void payhawk_change_value(struct twin *twin, struct request *q, struct reply *r)
{
    json_t *values = values_of(twin, q);

    change(q, r, "CustomFieldValue", values, payhawk_find(values, q->parts[2]));
}

/* ---- suppliers ---- */

void payhawk_new_supplier(struct twin *twin, struct request *q, struct reply *r)
{
    AUTO_JSON json_t *body = checked_body(q, r, "Supplier");

    if (body && !value_has(body, "name")) {
        payhawk_error(r, 400, "VALIDATION_ERROR", "name is required");
    } else if (body) {
        json_object_set_new(body, "status", json_string("active"));
        add_with_id(payhawk_list(twin, "suppliers"), body);
        reply_json(r, 201, json_deep_copy(body));
    }
}

void payhawk_change_supplier(struct twin *twin, struct request *q, struct reply *r)
{
    bool status = text_ends(text_of(q->path), "/status");
    json_t *list = payhawk_list(twin, "suppliers");

    change(q, r, status ? "SupplierStatus" : "Supplier", list, payhawk_find(list, q->parts[1]));
}
