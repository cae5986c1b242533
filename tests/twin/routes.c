/* Which function answers which path, and what every request goes through. */
#include <time.h>

#include "control.h"
#include "payhawk.h"
#include "xero.h"

enum gate { OPEN, XERO, PAYHAWK };

struct route {
    const char *methods; /* blank-separated */
    const char *path;    /* {name}: anything; {=name}: the same, but counted by what stands there */
    handler_fn *handler;
    enum gate gate;
};

#define API "/xero/api.xro/2.0/"
#define PH  "/payhawk/api/v3/accounts/{account}"

/* clang-format off: a table; the first that fits is taken */
static const struct route routes[] = {
    {"GET", "/xero/identity/connect/authorize", xero_authorize, OPEN},
    {"POST", "/xero/identity/connect/token", xero_token, OPEN},
    {"POST", "/xero/identity/connect/revocation", xero_revoke, OPEN},
    {"GET", "/xero/connections", xero_connections, OPEN},
    {"DELETE", "/xero/connections/{id}", xero_disconnect, OPEN},

    {"GET", API "Organisation/Actions", xero_actions, XERO},
    {"PUT", API "Accounts", xero_put_account, XERO},
    {"POST", API "Accounts/{id}", xero_post_account, XERO},
    {"PUT", API "Currencies", xero_put_currency, XERO},
    {"PUT POST", API "TaxRates", xero_write_tax_rate, XERO},
    {"PUT", API "TrackingCategories", xero_put_category, XERO},
    {"POST", API "TrackingCategories/{id}", xero_post_category, XERO},
    {"DELETE", API "TrackingCategories/{id}", xero_delete_category, XERO},
    {"PUT", API "TrackingCategories/{id}/Options", xero_put_options, XERO},
    {"POST", API "TrackingCategories/{id}/Options/{option}", xero_post_option, XERO},
    {"DELETE", API "TrackingCategories/{id}/Options/{option}", xero_delete_option, XERO},
    {"GET", API "{=object}/{id}/Attachments", xero_list_files, XERO},
    {"PUT POST", API "{=object}/{id}/Attachments/{file}", xero_put_file, XERO},
    {"GET", API "{=object}/{id}/Attachments/{file}", xero_get_file, XERO},
    {"GET PUT", API "{=object}/{id}/History", xero_history, XERO},
    {"GET", API "{=object}", xero_list, XERO},
    {"GET", API "{=object}/{id}", xero_one, XERO},
    {"PUT", API "{=object}", xero_put, XERO},
    {"POST", API "{=object}", xero_post, XERO},
    {"POST", API "{=object}/{id}", xero_post_one, XERO},

    {"GET", "/payhawk/api/v3/accounts", payhawk_accounts, PAYHAWK},
    {"GET", PH, payhawk_account, PAYHAWK},
    {"GET", PH "/expenses", payhawk_expenses, PAYHAWK},
    {"GET", PH "/expenses/{id}", payhawk_expense, PAYHAWK},
    {"PATCH", PH "/expenses/{id}", payhawk_patch_expense, PAYHAWK},
    {"GET", PH "/expenses/{id}/payments", payhawk_payments, PAYHAWK},
    {"GET", PH "/expenses/{id}/{=detail}", payhawk_detail, PAYHAWK},
    {"POST DELETE", PH "/expenses/{id}/bank-payment-details", payhawk_bank_payment, PAYHAWK},
    {"GET", PH "/fund-accounts/{fund}/bank-statement", payhawk_statement, PAYHAWK},
    {"GET", PH "/fund-accounts/{fund}/deposits", payhawk_deposits, PAYHAWK},
    {"GET", PH "/fund-accounts/{fund}/deposits/{id}", payhawk_deposit, PAYHAWK},
    {"GET", PH "/users/{id}/reimbursement-details", payhawk_reimbursement, PAYHAWK},
    {"GET", PH "/suppliers", payhawk_suppliers, PAYHAWK},
    {"GET", PH "/suppliers-custom-fields", payhawk_supplier_fields, PAYHAWK},
    {"POST", PH "/suppliers", payhawk_new_supplier, PAYHAWK},
    {"PATCH", PH "/suppliers/{id}", payhawk_change_supplier, PAYHAWK},
    {"PATCH", PH "/suppliers/{id}/status", payhawk_change_supplier, PAYHAWK},
    {"POST", PH "/custom-fields", payhawk_new_field, PAYHAWK},
    {"PATCH DELETE", PH "/custom-fields/{id}", payhawk_change_field, PAYHAWK},
    {"GET POST DELETE", PH "/custom-fields/{id}/values", payhawk_values, PAYHAWK},
    {"GET PATCH DELETE", PH "/custom-fields/{id}/values/{value}", payhawk_change_value, PAYHAWK},
    {"GET", PH "/{=list}", payhawk_get_list, PAYHAWK},
    {"PUT", PH "/{=list}", payhawk_put_list, PAYHAWK},
    {"GET", PH "/{=list}/{id}", payhawk_get_one, PAYHAWK},
    {"GET", "/payhawk/files/{id}", payhawk_file, OPEN},
    {"GET", "/payhawk/files/{id}/{name}", payhawk_file, OPEN},
    /* a name with encoded slashes in it, which the server undoes */
    {"GET", "/payhawk/files/{id}/{a}/{b}/{c}/{name}", payhawk_file, OPEN},

    {"POST", "/__twin/reset", control_reset, OPEN},
    {"GET", "/__twin/documents", control_documents, OPEN},
    {"GET", "/__twin/calls", control_calls, OPEN},
    {"GET POST", "/__twin/faults", control_faults, OPEN},
    {"GET POST", "/__twin/switch", control_switch, OPEN},
    {"POST", "/__twin/edit", control_edit, OPEN},
    {"POST", "/__twin/payhawk/edit", control_payhawk_edit, OPEN},
    {"GET", "/__twin/log", control_log, OPEN},
    {"GET POST", "/__twin/clock", control_clock, OPEN},
};
/* clang-format on */

/* Does the path fit? The parts are cut out of q->part_bytes; `name` is what the call counts as. */
static bool fits(const struct route *route, struct request *q, char *name, size_t name_size)
{
    AUTO_FREE char *pattern_copy = memory_copy_text(route->path);
    char *pattern = pattern_copy, *rest = q->part_bytes;
    size_t parts = 0, used = 0;

    memcpy(rest, q->path, strlen(q->path) + 1);
    while (pattern && rest) {
        char *want = strsep(&pattern, "/"), *have = strsep(&rest, "/");
        bool any = want[0] == '{';
        if (any && parts < PATH_PARTS_MAX && *have) {
            q->parts[parts++] = have;
        } else if (strcmp(want, have) != 0) {
            return false;
        }
        if (*want) {
            used += (size_t)snprintf(name + used, name_size - used, "/%s",
                                     any && want[1] == '=' ? have : want);
            used = used < name_size ? used : name_size - 1;
        }
    }
    return !pattern && !rest;
}

static const struct route *find_route(struct request *q, char *name, size_t name_size)
{
    q->part_bytes = memory_new(strlen(q->path) + 1, 1);
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (word_in(q->method, routes[i].methods) && fits(&routes[i], q, name, name_size)) {
            return &routes[i];
        }
    }
    return NULL;
}

static void pause_unlocked(struct twin *twin, int64_t ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000};

    pthread_mutex_unlock(&twin->lock);
    nanosleep(&t, NULL);
    pthread_mutex_lock(&twin->lock);
}

static void run_route(struct twin *twin, const struct route *route, struct request *q,
                      struct reply *r)
{
    if (!route) {
        xero_reply_not_found(r);
        record_event(twin, "refused", "no such path: %s %s", q->method, q->path);
    } else if (route->gate == XERO) {
        xero_gate(twin, q, r, route->handler);
    } else if (route->gate == PAYHAWK) {
        payhawk_gate(twin, q, r, route->handler);
    } else {
        route->handler(twin, q, r);
    }
}

static void answer_locked(struct twin *twin, struct request *q, struct reply *r)
{
    char name[512] = "";
    const struct route *route = find_route(q, name, sizeof name);
    bool control = text_starts(text_of(q->path), "/__twin/");

    if (control) {
        run_route(twin, route, q, r);
        return;
    }
    record_call(twin, text_starts(text_of(q->path), "/xero/") ? "xero" : "payhawk", q->method,
                route ? name : "(unknown)");
    q->fault = faults_pick(twin, q);
    r->fault = q->fault.act[0] ? q->fault.act : NULL;
    if (strcmp(q->fault.act, "delay_ms") == 0) {
        pause_unlocked(twin, q->fault.number);
    }
    if (!faults_before(twin, q->fault, r)) {
        run_route(twin, route, q, r);
        faults_after(twin, q->fault, r);
    }
    if (r->status == 500) {
        xero_remember(twin, q, r);
    }
    record_request(twin, q, r);
}

/* The calls in flight of one organisation, counted until the answer is on its way. */
static struct organisation *tenant_of(struct twin *twin, const struct request *q)
{
    const char *tenant = request_header(q, "xero-tenant-id");

    return tenant && text_starts(text_of(q->path), API) ? xero_organisation(twin, tenant) : NULL;
}

void twin_answer(struct twin *twin, struct request *q, struct reply *r)
{
    struct organisation *org;

    pthread_mutex_lock(&twin->lock);
    org = tenant_of(twin, q);
    if (org) {
        org->in_flight++;
    }
    answer_locked(twin, q, r);
    if (org && twin->switches.latency_ms + r->delay_ms > 0) {
        int64_t ms = twin->switches.latency_ms + r->delay_ms;
        r->delay_ms = 0;
        pause_unlocked(twin, ms);
    }
    if (org && org->in_flight > 0) {
        org->in_flight--;
    }
    pthread_mutex_unlock(&twin->lock);
}
