#include "base/memory.h"
#include "courier/delivery.h"

#include <stdio.h>

/*
 * Reading back: what may have been written is looked for among everything that changed since just
 * before it was sent, page by page, and known again by our mark.
 */
#define PROBE_PAGE_SIZE 500

static void ask_attachments(struct delivery *d)
{
    const char *slash = strrchr(d->request.path, '/');

    d->url = arena_copy_text(d->arena,
                             (struct text){d->request.path, (size_t)(slash - d->request.path)});
}

void probe_ask(struct delivery *d, struct ask *ask)
{
    int64_t since_ms = d->request.first_sent_wall_ms - PROBE_OVERLAP_MS;

    d->headers[0] = NULL;
    if (strcmp(d->object->name, "Attachments") == 0) {
        ask_attachments(d);
    } else {
        d->url = d->object->paged
                     ? arena_printf(
                           d->arena, "%s?page=%u&pageSize=%d%s", d->object->endpoint, d->probe_page,
                           PROBE_PAGE_SIZE,
                           strcmp(d->object->name, "Contacts") == 0 ? "&includeArchived=true" : "")
                     : d->object->endpoint;
        if (d->object->modified_since) {
            d->headers[0] = "If-Modified-Since";
            d->headers[1] = instant_format(since_ms - since_ms % 1000, d->since);
            d->headers[2] = NULL;
        }
    }
    ask->kind = ASK_CALL;
    ask->call = (struct call){
        .side = &d->courier->integration->xero,
        .class = QUOTA_PROBE,
        .method = "GET",
        .path = d->url,
        .headers = d->headers,
    };
}

/* ---- is this it? ---- */

static bool fits_mark(const struct delivery *d, const struct parcel *parcel, const json_t *found)
{
    if (d->object->mark == XERO_MARK_KEY) {
        return strcmp(json_path_text(found, d->object->mark_field),
                      json_path_text(parcel->body, d->object->mark_field)) == 0;
    }
    if (d->object->mark == XERO_MARK_FILE) {
        const char *name = strrchr(d->request.path, '/') + 1;

        return strcmp(json_path_text(found, "FileName"), name) == 0;
    }
    return xero_mark_matches(d->object, found, parcel->mark);
}

/* Says the same as what we sent, but carries no mark: perhaps it is ours, a person must look. */
static bool looks_alike(struct delivery *d, const struct parcel *parcel, const json_t *found)
{
    static const char *const telling[] = {
        "InvoiceNumber",     "CreditNoteNumber", "Date", "Amount", "Invoice.InvoiceID",
        "Contact.ContactID", "Account.AccountID"};
    size_t same = 0, looked = 0;

    if (xero_mark_read(d->object, found, d->arena)) {
        return false;
    }
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        const char *sent = json_path_text(parcel->body, telling[i]);
        const char *there = json_path_text(found, telling[i]);
        int64_t ms;
        char day[DATE_TEXT_MAX];

        if (!sent[0] || strcmp(telling[i], "Amount") == 0) {
            continue;
        }
        looked++;
        if (strncmp(there, "/Date(", 6) == 0 && instant_parse(text_of(there), &ms, NULL)) {
            there = date_format(instant_day_utc(ms), day);
        }
        same += strcmp(sent, there) == 0;
    }
    return looked >= 2 && same == looked;
}

static void take_found(struct delivery *d, struct parcel *parcel, const json_t *found)
{
    if (parcel->settled && parcel->result.outcome == ELEMENT_DONE) {
        if (strcmp(parcel->result.target_id, json_path_text(found, d->object->id_field)) != 0) {
            parcel->result.outcome = ELEMENT_AMBIGUOUS;
            parcel->result.code = "two-candidates";
            parcel->result.why = "Two documents in Xero carry the mark of this one.";
            parcel->result.fix = "Look at both in Xero, then `ferry link` the right one.";
        }
        return;
    }
    settle_done(d, parcel, json_path_text(found, d->object->id_field), found);
}

static void compare(struct delivery *d, const json_t *found)
{
    for (size_t i = 0; i < d->count; i++) {
        struct parcel *parcel = &d->parcels[i];

        if (fits_mark(d, parcel, found)) {
            take_found(d, parcel, found);
        } else if (!parcel->settled && d->object->mark != XERO_MARK_KEY &&
                   d->object->mark != XERO_MARK_FILE && looks_alike(d, parcel, found)) {
            parcel->settled = true;
            parcel->result = (struct element_result){
                .document = parcel->document.id,
                .outcome = ELEMENT_AMBIGUOUS,
                .code = "look-alike",
                .why = "The answer was lost, and Xero has a document like it without our mark.",
                .fix = "Look at it in Xero, then `ferry link` it, or `ferry retry` if it is "
                       "another.",
            };
        }
    }
}

/* The objects of the page. Without them nothing can be said to be absent. */
static bool read_page(const struct delivery *d, json_t **ret, struct error *err)
{
    const char *name = d->object->name;

    if (d->said.status != 200) {
        return error_set(err, ERROR_TRANSIENT, "probe",
                         "Xero answered %d when asked what was written", d->said.status);
    }
    if (!json_read(d->said.body, JSON_DEPTH_MAX, ret, err)) {
        err->kind = ERROR_TRANSIENT;
        return false;
    }
    return json_is_array(json_object_get(*ret, name)) ||
           error_set(err, ERROR_TRANSIENT, "probe", "Xero's answer has no %s", name);
}

bool probe_read(struct db *db, void *self, struct error *err)
{
    struct delivery *d = ((struct courier *)self)->delivery;
    AUTO_JSON json_t *reply = NULL;
    json_t *all, *found;
    size_t i;

    (void)db;
    d->said.is_there = d->probe_more = false;
    if (d->said.status == 304) {
        return true;
    }
    if (!read_page(d, &reply, err)) {
        return false;
    }
    all = json_object_get(reply, d->object->name);
    json_array_foreach(all, i, found)
    {
        compare(d, found);
    }
    d->probe_page++;
    d->probe_more = d->object->paged && json_array_size(all) >= PROBE_PAGE_SIZE;
    return true;
}

/* ---- what follows ---- */

static bool is_absent_for_sure(const struct delivery *d, struct clock *clock)
{
    return clock_age_ms(clock, d->request.last_sent_wall_ms, d->request.last_sent_boot_ms,
                        d->request.boot_id) >= ABSENT_AFTER_MS;
}

bool probe_conclude(struct db *db, void *self, struct error *err)
{
    struct delivery *d = ((struct courier *)self)->delivery;
    struct clock *clock = db_clock(db);
    bool sure = is_absent_for_sure(d, clock);
    int64_t left_ms;

    d->courier->counts.probes++;
    for (size_t i = 0; i < d->count; i++) {
        if (!d->parcels[i].settled && sure) {
            d->parcels[i].settled = true;
            d->parcels[i].result = (struct element_result){.document = d->parcels[i].document.id,
                                                           .outcome = ELEMENT_ABSENT};
        }
    }
    left_ms = ABSENT_AFTER_MS - clock_age_ms(clock, d->request.last_sent_wall_ms,
                                             d->request.last_sent_boot_ms, d->request.boot_id);
    return request_probed(db, d->request.id, clock_wall_ms(clock) + (left_ms > 0 ? left_ms : 0),
                          err) &&
           settle_results(db, self, err);
}
