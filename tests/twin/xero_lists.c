/* Reading: lists with filters and pages, and single objects. */
#include <stdlib.h>
#include <strings.h>

#include "xero.h"

#define PAGE_DEFAULT 100
#define PAGE_MAX     1000
#define IDS_MAX      60

struct listing {
    struct twin *twin;
    struct request *q;
    enum shelf_id id;
    int64_t since_ms; /* 0: all */
    struct record **found;
    size_t count, capacity;
    bool wrong_where;
};

json_t *xero_view(const struct twin *twin, const struct organisation *org, enum shelf_id id,
                  const struct record *record)
{
    json_t *j = json_deep_copy(record->json);

    (void)twin, (void)org, (void)id;
    /* what only we know */
    json_object_del(j, "_on");
    json_object_del(j, "_sha256");
    json_object_del(j, "_history");
    return j;
}

/* ---- which ---- */

/* Query parameters that are a list of values of one field. */
static const struct {
    enum shelf_id id;
    const char *parameter, *field;
} value_filters[] = {
    {INVOICES, "IDs", "InvoiceID"},
    {INVOICES, "InvoiceNumbers", "InvoiceNumber"},
    {INVOICES, "ContactIDs", "Contact.ContactID"},
    {INVOICES, "Statuses", "Status"},
    {CONTACTS, "IDs", "ContactID"},
};

static bool in_list(const char *list, const char *value)
{
    struct text rest = text_of(list);

    while (rest.size > 0) {
        struct text one = text_trim(text_split(&rest, ','));
        if (one.size == strlen(value) && strncasecmp(one.at, value, one.size) == 0) {
            return true;
        }
    }
    return false;
}

static bool passes_values(const struct listing *l, const json_t *j)
{
    for (size_t i = 0; i < sizeof value_filters / sizeof *value_filters; i++) {
        const char *list =
            value_filters[i].id == l->id ? request_query(l->q, value_filters[i].parameter) : NULL;
        if (list && !in_list(list, json_path_text(j, value_filters[i].field))) {
            return false;
        }
    }
    return true;
}

static bool passes_archived(const struct listing *l, const json_t *j)
{
    const char *status = json_path_text(j, l->id == CONTACTS ? "ContactStatus" : "Status");
    const char *where = request_query(l->q, "where");

    if (l->id != CONTACTS && l->id != TRACKING) {
        return true;
    }
    return request_flag(l->q, "includeArchived") || (where && strstr(where, "Status")) ||
           request_query(l->q, "IDs") || strcmp(status, "ACTIVE") == 0;
}

static bool passes(struct listing *l, const struct record *record)
{
    const char *where = request_query(l->q, "where");
    int match = where && *where
                    ? where_matches(where, record->json, l->twin->switches.ignore_reference_filter)
                    : 1;

    l->wrong_where = l->wrong_where || match < 0;
    return match > 0 && record->updated_ms / 1000 * 1000 >= l->since_ms &&
           passes_values(l, record->json) && passes_archived(l, record->json);
}

/* "Tue, 24 Nov 2026 12:00:00 GMT", or ISO; to the second. */
static int64_t parse_since(const char *text)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char month[4] = "", iso[40];
    int day, year, hour, minute, second;
    int64_t ms = 0;

    if (!text) {
        return 0;
    }
    if (sscanf(text, "%*3s, %d %3s %d %d:%d:%d", &day, month, &year, &hour, &minute, &second) ==
        6) {
        const char *at = strstr(months, month);
        snprintf(iso, sizeof iso, "%04d-%02d-%02dT%02d:%02d:%02dZ", year % 10000,
                 at ? (int)(at - months) / 3 + 1 : 1, day % 100, hour % 100, minute % 100,
                 second % 100);
        text = iso;
    }
    return instant_parse(text_of(text), &ms, NULL) ? ms / 1000 * 1000 : 0;
}

static int by_update(const void *a, const void *b)
{
    const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;

    if (x->updated_ms != y->updated_ms) {
        return x->updated_ms < y->updated_ms ? -1 : 1;
    }
    return strcasecmp(x->id, y->id);
}

static void collect(struct listing *l)
{
    const struct shelf *shelf = &l->q->org->shelves[l->id];
    const char *order = request_query(l->q, "order");

    for (size_t i = 0; i < shelf->count && !l->wrong_where; i++) {
        if (passes(l, shelf->records[i])) {
            memory_grow(&l->found, &l->capacity, l->count, sizeof(struct record *));
            l->found[l->count++] = shelf->records[i];
        }
    }
    if (shelf_kinds[l->id].paged && l->count > 1) {
        qsort(l->found, l->count, sizeof(struct record *), by_update);
    }
    for (size_t i = 0; order && strcasestr(order, "DESC") && i < l->count / 2; i++) {
        struct record *other = l->found[l->count - 1 - i];
        l->found[l->count - 1 - i] = l->found[i];
        l->found[i] = other;
    }
}

/* ---- how much of it ---- */

/* What lists without pages leave out. */
static const char *const left_out[] = {"LineItems", "Payments", "ContactPersons", NULL};

static json_t *list_view(const struct listing *l, const struct record *record, bool whole)
{
    json_t *j = xero_view(l->twin, l->q->org, l->id, record);

    for (size_t i = 0; !whole && left_out[i]; i++) {
        json_object_del(j, left_out[i]);
    }
    if (!whole && value_has(j, "Total")) {
        json_object_set_new(j, "LineItems", json_array());
    }
    if (whole && l->id != PAYMENTS && value_has(j, "Total") && !value_has(j, "Payments")) {
        json_object_set_new(j, "Payments", json_array());
    }
    return j;
}

static json_t *page_block(int64_t page, int64_t size, size_t count)
{
    json_t *j = json_object();

    json_object_set_new(j, "page", json_new_int(page));
    json_object_set_new(j, "pageSize", json_new_int(size));
    json_object_set_new(j, "pageCount", json_new_int(((int64_t)count + size - 1) / size));
    json_object_set_new(j, "itemCount", json_new_int((int64_t)count));
    return j;
}

static void reply_found(struct listing *l, struct reply *r)
{
    bool paged = shelf_kinds[l->id].paged && request_query(l->q, "page");
    int64_t page = request_number(l->q, "page", 1);
    int64_t size = request_number(l->q, "pageSize", PAGE_DEFAULT);
    size_t first = paged ? (size_t)((page - 1) * size) : 0;
    size_t last = paged ? first + (size_t)size : l->count;
    json_t *list = json_array();

    for (size_t i = first; i < last && i < l->count; i++) {
        bool whole = paged || !shelf_kinds[l->id].paged;
        json_array_append_new(list, list_view(l, l->found[i], whole));
    }
    xero_reply_list(l->twin, r, shelf_kinds[l->id].name, list,
                    paged ? page_block(page, size, l->count) : NULL);
}

static const char *wrong_query(const struct request *q)
{
    const char *ids = request_query(q, "IDs"), *unitdp = request_query(q, "unitdp");
    size_t commas = 0;

    if (request_query(q, "page") && request_number(q, "page", 0) < 1) {
        return "page must be 1 or more";
    }
    if (request_query(q, "pageSize") &&
        (request_number(q, "pageSize", 0) < 1 || request_number(q, "pageSize", 0) > PAGE_MAX)) {
        return "pageSize must be between 1 and 1000";
    }
    if (unitdp && strcmp(unitdp, "2") != 0 && strcmp(unitdp, "4") != 0) {
        return "unitdp must be 2 or 4";
    }
    for (const char *c = ids ? ids : ""; *c; c++) {
        commas += *c == ',';
    }
    return commas >= IDS_MAX ? "too many IDs" : NULL;
}

void xero_list(struct twin *twin, struct request *q, struct reply *r)
{
    struct listing l = {.twin = twin, .q = q, .id = shelf_named(q->parts[0])};
    const char *wrong = wrong_query(q);

    if (l.id == SHELVES || l.id == ATTACHMENTS) {
        xero_reply_not_found(r);
        return;
    }
    if (wrong) {
        xero_reply_error(r, 16, wrong, NULL);
        return;
    }
    l.since_ms = parse_since(request_header(q, "If-Modified-Since"));
    collect(&l);
    if (l.wrong_where) {
        xero_reply_error(r, 16, "The where clause could not be parsed", NULL);
    } else {
        reply_found(&l, r);
    }
    memory_free(l.found);
}

void xero_one(struct twin *twin, struct request *q, struct reply *r)
{
    enum shelf_id id = shelf_named(q->parts[0]);
    struct listing l = {.twin = twin, .q = q, .id = id};
    struct record *record = id == SHELVES ? NULL : shelf_find(&q->org->shelves[id], q->parts[1]);
    json_t *list;

    if (!record && id == CONTACTS) {
        record = shelf_find_by(&q->org->shelves[id], "ContactNumber", q->parts[1], true);
    }
    if (!record && (id == INVOICES || id == CREDIT_NOTES)) {
        const char *number = id == INVOICES ? "InvoiceNumber" : "CreditNoteNumber";
        record = shelf_find_by(&q->org->shelves[id], number, q->parts[1], true);
    }
    if (!record || id == ATTACHMENTS) {
        xero_reply_not_found(r);
        return;
    }
    list = json_array();
    json_array_append_new(list, list_view(&l, record, true));
    xero_reply_list(twin, r, shelf_kinds[id].name, list, NULL);
}
