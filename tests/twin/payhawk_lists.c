/* Payhawk's plain lists, the account, and the bytes of receipts. */
#include "payhawk.h"

/* Path segment → list of the seed. `shape`: what PUT replaces it with. */
static const struct {
    const char *path, *list, *shape;
} lists[] = {
    {"users", "users", NULL},
    {"cards", "cards", NULL},
    {"fund-accounts", "fund_accounts", NULL},
    {"account-codes", "account_codes", "AccountCode"},
    {"tax-rates", "tax_rates", "NewTaxRate"},
    {"custom-fields", "custom_fields", NULL},
    {"suppliers", "suppliers", NULL},
    {"expense-categories", "categories", NULL},
    {"external-teams", "external_teams", "ExternalTeam"},
    {"amortizations", "amortizations", "Amortization"},
    {"teams", "teams", NULL},
    {"webhooks", "webhooks", NULL},
    {"purchase-orders", "purchase_orders", NULL},
};
#define LISTS (sizeof lists / sizeof *lists)

static size_t find_list(const char *path)
{
    size_t i = 0;

    while (i < LISTS && strcmp(lists[i].path, path) != 0) {
        i++;
    }
    return i;
}

static json_t *account(const struct twin *twin)
{
    const json_t *given = json_object_get(twin->payhawk.data, "account");
    const char *id = json_path_text(twin->payhawk.data, "account_id");

    return given ? json_deep_copy(given)
                 : json_pack("{ssssssss}", "id", id, "name", id, "uic", "0", "baseCurrency",
                             json_path_text(twin->payhawk.data, "base_currency"));
}

static void reply_items(struct reply *r, json_t *items)
{
    json_t *body = json_object();

    json_object_set_new(body, "total", json_new_int((int64_t)json_array_size(items)));
    json_object_set_new(body, "items", items);
    reply_json(r, 200, body);
}

void payhawk_accounts(struct twin *twin, struct request *q, struct reply *r)
{
    json_t *items = json_array();

    (void)q;
    json_array_append_new(items, account(twin));
    reply_items(r, items);
}

void payhawk_account(struct twin *twin, struct request *q, struct reply *r)
{
    (void)q;
    reply_json(r, 200, account(twin));
}

/* Only users may be filtered; a filter that is not understood is refused, not ignored. */
void payhawk_get_list(struct twin *twin, struct request *q, struct reply *r)
{
    size_t at = find_list(q->parts[1]), i;
    const char *given = request_query(q, "$filter");
    AUTO_JSON json_t *filter = NULL;
    json_t *items, *one;
    bool wrong = given && !json_read(text_of(given), 16, &filter, NULL);

    if (at == LISTS) {
        payhawk_error(r, 404, "NOT_FOUND", "Not found");
        return;
    }
    items = json_array();
    json_array_foreach(payhawk_list(twin, lists[at].list), i, one)
    {
        const char *fields = at == 0 ? "id externalId email" : "";
        int match = filter ? filter_matches(filter, one, fields, "") : 1;
        wrong = wrong || match < 0;
        if (match > 0) {
            json_array_append_new(items, json_deep_copy(one));
        }
    }
    if (wrong) {
        json_decref(items);
        payhawk_error(r, 400, "VALIDATION_ERROR", "$filter names an unknown field or operator");
    } else {
        reply_items(r, items);
    }
}

void payhawk_supplier_fields(struct twin *twin, struct request *q, struct reply *r)
{
    (void)q;
    reply_json(r, 200, json_deep_copy(payhawk_list(twin, "suppliers_custom_fields")));
}

void payhawk_reimbursement(struct twin *twin, struct request *q, struct reply *r)
{
    const json_t *all = json_object_get(twin->payhawk.data, "reimbursement_details");
    const json_t *details = json_object_get(all, q->parts[1]);

    if (!payhawk_find(payhawk_list(twin, "users"), q->parts[1])) {
        payhawk_error(r, 404, "NOT_FOUND", "Not found");
    } else if (details) {
        reply_json(r, 200, json_deep_copy(details));
    } else {
        reply_text(r, 204, NULL, "");
    }
}

void payhawk_get_one(struct twin *twin, struct request *q, struct reply *r)
{
    size_t at = find_list(q->parts[1]);
    const json_t *one =
        at < LISTS ? payhawk_find(payhawk_list(twin, lists[at].list), q->parts[2]) : NULL;

    if (one) {
        reply_json(r, 200, json_deep_copy(one));
    } else {
        payhawk_error(r, 404, "NOT_FOUND", "Not found");
    }
}

/* The whole set is replaced. */
void payhawk_put_list(struct twin *twin, struct request *q, struct reply *r)
{
    size_t at = find_list(q->parts[1]), i;
    AUTO_JSON json_t *body = NULL;
    struct error err = {0};
    char why[400], id[32];
    json_t *one;

    if (at == LISTS || !lists[at].shape) {
        payhawk_error(r, 404, "NOT_FOUND", "Not found");
        return;
    }
    if (!json_read(q->body, JSON_DEPTH_MAX, &body, &err) || !json_is_array(body)) {
        payhawk_error(r, 400, "VALIDATION_ERROR", "The body is not a list");
        return;
    }
    json_array_foreach(body, i, one)
    {
        if (!strict_check(lists[at].shape, one, why, sizeof why)) {
            payhawk_error(r, 400, "VALIDATION_ERROR", why);
            return;
        }
        snprintf(id, sizeof id, "%zu", i + 1);
        if (strcmp(lists[at].path, "account-codes") != 0) {
            json_object_set_new(one, "id", json_string(id));
        }
    }
    json_object_set(twin->payhawk.data, lists[at].list, body);
    reply_items(r, json_deep_copy(body));
}

/* ---- receipts ---- */

static const char *file_type(const struct twin *twin, const char *id, int64_t *size)
{
    const json_t *file = json_object_get(json_object_get(twin->payhawk.data, "files"), id);
    const char *type = json_path_text(file, "type");

    *size = json_int(json_object_get(file, "size"), -1);
    type = *type ? type : json_path_text(file, "contentType");
    return strstr(type, "png")    ? "image/png"
           : strstr(type, "jpeg") ? "image/jpeg"
           : strstr(type, "heic") ? "image/heic"
           : strstr(type, "html") ? "text/html"
                                  : "application/pdf";
}

/* Always the same bytes for the same id and size. */
static void fill(struct buffer *out, const char *type, const char *id, size_t size)
{
    const char *start = strstr(type, "png")    ? "\x89PNG\r\n\x1a\n"
                        : strstr(type, "jpeg") ? "\xff\xd8\xff\xe0"
                                               : "%PDF-1.4 ";
    uint64_t state = hash_text(HASH_START, text_of(id)) | 1;

    buffer_addf(out, "%s%s\n", start, id);
    while (out->size < size) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        buffer_add(out, &state, out->size + 8 <= size ? 8 : size - out->size);
    }
    out->size = size;
}

void payhawk_file(struct twin *twin, struct request *q, struct reply *r)
{
    int64_t size;
    const char *type = file_type(twin, q->parts[0], &size);

    if (request_header(q, "X-Payhawk-ApiKey") || request_header(q, "Authorization")) {
        record_event(twin, "refused", "a key was sent to the server of files");
        reply_text(r, 400, "text/plain", "the key does not belong here");
        return;
    }
    if (size < 0) {
        reply_text(r, 404, "text/plain", "no such file");
        return;
    }
    reply_text(r, 200, type, "");
    fill(&r->body, type, q->parts[0], (size_t)size);
}
