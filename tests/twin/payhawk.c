/* Payhawk: the gate, the expenses and what belongs to them. */
#include <inttypes.h>
#include <stdlib.h>

#include "payhawk.h"

#define SECOND_MS 1000
#define TAKE_MAX  1000

void payhawk_error(struct reply *r, int status, const char *code, const char *message)
{
    reply_json(r, status, json_pack("{ssss}", "code", code, "message", message));
}

/* ---- the gate ---- */

static const char *account_id(const struct twin *twin)
{
    const char *plain = json_path_text(twin->payhawk.data, "account_id");

    return *plain ? plain : json_path_text(twin->payhawk.data, "account.id");
}

static bool key_passes(struct twin *twin, struct request *q)
{
    const char *key = request_header(q, "X-Payhawk-ApiKey");
    const char *bearer = request_header(q, "Authorization");

    key = key ? key : bearer && text_starts(text_of(bearer), "Bearer ") ? bearer + 7 : "";
    return crypto_equal(text_of(key), text_of(json_path_text(twin->payhawk.data, "api_key")));
}

static bool rate_passes(struct twin *twin, struct reply *r)
{
    int64_t limit = twin->switches.payhawk_per_second, retry_ms = 0, now = twin_now(twin);

    if (limit <= 0) {
        return true;
    }
    if (!window_room(&twin->payhawk.second, limit, now, true, &retry_ms)) {
        payhawk_error(r, 429, "TOO_MANY_REQUESTS", "Too many requests");
        reply_header(r, "RateLimit-Remaining", "0");
        reply_header(r, "Retry-After", "1");
        record_event(twin, "limit", "payhawk 429");
        return false;
    }
    window_count(&twin->payhawk.second, now, true);
    reply_header(r, "RateLimit-Remaining", "%" PRId64,
                 window_left(&twin->payhawk.second, limit, now, true));
    return true;
}

void payhawk_gate(struct twin *twin, struct request *q, struct reply *r, payhawk_fn *handler)
{
    if (!key_passes(twin, q)) {
        payhawk_error(r, 401, "UNAUTHORIZED", "The API key is not valid");
        return;
    }
    if (!rate_passes(twin, r)) {
        return;
    }
    if (q->parts[0] && strcmp(q->parts[0], account_id(twin)) != 0) {
        payhawk_error(r, 403, "FORBIDDEN", "No access to this account");
        return;
    }
    handler(twin, q, r);
    if (r->status == 400) {
        record_event(twin, "refused", "%s %s: %s", q->method, q->path,
                     r->body.at ? r->body.at : "");
    }
}

/* ---- lists ---- */

json_t *payhawk_list(const struct twin *twin, const char *name)
{
    json_t *list = json_object_get(twin->payhawk.data, name);

    if (!list) {
        list = json_array();
        json_object_set_new(twin->payhawk.data, name, list);
    }
    return list;
}

json_t *payhawk_find(const json_t *list, const char *id)
{
    size_t i;
    json_t *one;

    json_array_foreach(list, i, one)
    {
        if (text_is(json_text(json_object_get(one, "id")), id)) {
            return one;
        }
    }
    return NULL;
}

/* Receipts are fetched from us: wherever we listen, and without the key. */
static void set_urls(const struct request *q, json_t *expense)
{
    const char *host = request_header(q, "Host"), *name;
    size_t i;
    json_t *file;

    json_array_foreach(json_path(expense, "document.files"), i, file)
    {
        name = strrchr(json_path_text(file, "url"), '/');
        json_object_set_new(file, "url",
                            json_sprintf("http://%s/payhawk/files/%s%s", host ? host : "localhost",
                                         json_path_text(file, "id"), name ? name : ""));
    }
}

static json_t *shown(const struct request *q, const json_t *record)
{
    json_t *j = json_deep_copy(record);

    json_object_del(j, "bankPaymentDetails");
    set_urls(q, j);
    return j;
}

static const char expense_fields[] =
    "id status createdAt settledAt reviewedAt title type category.id createdBy.id "
    "document.documentDate document.documentNumber document.dueDate document.serviceDate "
    "reconciliation.baseTotalAmount supplier.name card.id";
static const char expense_days[] =
    "createdAt settledAt reviewedAt document.documentDate document.dueDate document.serviceDate";

struct listing {
    const char *fields, *days; /* what may be filtered by */
    const char *member;        /* "items" or "lines" */
    bool paged;
    bool descending; /* by date */
};

/* NULL: no filter; false: the reply is ready. */
static bool read_filter(const struct request *q, struct reply *r, json_t **ret)
{
    const char *text = request_query(q, "$filter");
    struct error err = {0};

    *ret = NULL;
    if (text && (!json_read(text_of(text), 16, ret, &err) || !json_is_object(*ret))) {
        payhawk_error(r, 400, "VALIDATION_ERROR", "$filter is not a JSON object");
        json_decref(*ret);
        *ret = NULL;
        return false;
    }
    return true;
}

static bool paging_right(const struct request *q, const struct listing *l, struct reply *r)
{
    int64_t take = request_number(q, "$take", request_query(q, "$take") ? -1 : 1);
    int64_t skip = request_number(q, "$skip", request_query(q, "$skip") ? -1 : 0);

    if (take < 1 || take > TAKE_MAX || skip < 0 ||
        (!l->paged && (request_query(q, "$take") || request_query(q, "$skip")))) {
        payhawk_error(r, 400, "VALIDATION_ERROR", "$take is 1 to 1000, $skip is 0 or more");
        return false;
    }
    return true;
}

/* Takes `found`. */
static void reply_page(struct request *q, struct reply *r, const struct listing *l, json_t *found)
{
    size_t total = json_array_size(found);
    size_t skip = l->paged ? (size_t)request_number(q, "$skip", 0) : 0;
    size_t take = l->paged ? (size_t)request_number(q, "$take", TAKE_MAX) : total;
    json_t *items = json_array(), *body = json_object();

    for (size_t i = skip; i < total && i - skip < take; i++) {
        size_t at = l->descending ? total - 1 - i : i;
        json_array_append_new(items, shown(q, json_array_get(found, at)));
    }
    json_object_set_new(body, l->member, items);
    json_object_set_new(body, "total", json_new_int((int64_t)total));
    json_decref(found);
    reply_json(r, 200, body);
}

/* Takes `all`. */
static void reply_filtered(struct request *q, struct reply *r, const struct listing *l, json_t *all)
{
    json_t *found = json_array(), *one;
    AUTO_JSON json_t *filter = NULL;
    size_t i;

    if (!paging_right(q, l, r) || !read_filter(q, r, &filter)) {
        json_decref(found);
        json_decref(all);
        return;
    }
    json_array_foreach(all, i, one)
    {
        int match = filter ? filter_matches(filter, one, l->fields, l->days) : 1;
        if (match < 0) {
            payhawk_error(r, 400, "VALIDATION_ERROR", "$filter names an unknown field or operator");
            json_decref(found);
            json_decref(all);
            return;
        }
        if (match) {
            json_array_append(found, one);
        }
    }
    json_decref(all);
    reply_page(q, r, l, found);
}

void payhawk_expenses(struct twin *twin, struct request *q, struct reply *r)
{
    static const struct listing l = {
        .fields = expense_fields, .days = expense_days, .member = "items", .paged = true};

    reply_filtered(q, r, &l, json_incref(payhawk_list(twin, "expenses")));
}

void payhawk_suppliers(struct twin *twin, struct request *q, struct reply *r)
{
    static const struct listing l = {
        .fields = "status", .days = "", .member = "items", .paged = true};

    if (!request_query(q, "$filter")) {
        payhawk_error(r, 400, "VALIDATION_ERROR", "$filter is required");
        return;
    }
    reply_filtered(q, r, &l, json_incref(payhawk_list(twin, "suppliers")));
}

static json_t *of_fund(const struct twin *twin, const char *name, const char *fund)
{
    json_t *list = json_array(), *one;
    size_t i;

    json_array_foreach(payhawk_list(twin, name), i, one)
    {
        if (strcmp(json_path_text(one, "fundAccountId"), fund) == 0) {
            json_array_append(list, one);
        }
    }
    return list;
}

void payhawk_statement(struct twin *twin, struct request *q, struct reply *r)
{
    const char *by = request_query(q, "$orderBy");
    struct listing l = {.fields = "date",
                        .days = "date",
                        .member = "lines",
                        .paged = true,
                        .descending = by && strstr(by, "desc")};

    reply_filtered(q, r, &l, of_fund(twin, "bank_statement_lines", q->parts[1]));
}

void payhawk_deposits(struct twin *twin, struct request *q, struct reply *r)
{
    static const struct listing l = {
        .fields = "date", .days = "date", .member = "items", .paged = true};

    reply_filtered(q, r, &l, of_fund(twin, "deposits", q->parts[1]));
}

static void reply_found(const struct request *q, struct reply *r, const json_t *record)
{
    if (record) {
        reply_json(r, 200, shown(q, record));
    } else {
        payhawk_error(r, 404, "NOT_FOUND", "Not found");
    }
}

void payhawk_deposit(struct twin *twin, struct request *q, struct reply *r)
{
    reply_found(q, r, payhawk_find(payhawk_list(twin, "deposits"), q->parts[2]));
}

void payhawk_expense(struct twin *twin, struct request *q, struct reply *r)
{
    reply_found(q, r, payhawk_find(payhawk_list(twin, "expenses"), q->parts[1]));
}

static bool belongs(const json_t *payment, const char *expense)
{
    size_t i;
    json_t *id;

    json_array_foreach(json_object_get(payment, "expenseIds"), i, id)
    {
        if (text_is(json_text(id), expense)) {
            return true;
        }
    }
    return false;
}

void payhawk_payments(struct twin *twin, struct request *q, struct reply *r)
{
    static const struct listing l = {.fields = "", .days = "", .member = "items"};
    json_t *found, *one;
    size_t i;

    if (!payhawk_find(payhawk_list(twin, "expenses"), q->parts[1])) {
        payhawk_error(r, 404, "NOT_FOUND", "Not found");
        return;
    }
    found = json_array();
    json_array_foreach(payhawk_list(twin, "payments"), i, one)
    {
        if (belongs(one, q->parts[1])) {
            json_array_append(found, one);
        }
    }
    reply_page(q, r, &l, found);
}

/* .../workflow and .../payment-details */
void payhawk_detail(struct twin *twin, struct request *q, struct reply *r)
{
    const json_t *expense = payhawk_find(payhawk_list(twin, "expenses"), q->parts[1]);
    const json_t *workflow =
        json_object_get(json_object_get(twin->payhawk.data, "workflows"), q->parts[1]);
    json_t *j;

    if (!expense || !word_in(q->parts[2], "workflow payment-details")) {
        payhawk_error(r, 404, "NOT_FOUND", "Not found");
        return;
    }
    if (q->parts[2][0] == 'p') {
        reply_json(
            r, 200,
            json_pack("{ss}", "currency", json_path_text(expense, "reconciliation.currency")));
        return;
    }
    j = workflow ? json_deep_copy(workflow) : json_object();
    if (!workflow) {
        bool reviewed = value_has(expense, "reviewedAt");
        json_object_set_new(j, "approvalStatus", json_string(reviewed ? "approved" : "pending"));
        if (reviewed) {
            json_object_set(j, "reviewedAt", json_object_get(expense, "reviewedAt"));
        }
    }
    reply_json(r, 200, j);
}
