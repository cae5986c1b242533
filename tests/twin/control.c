/* Reset, look, switch. What changes documents is in control_edit.c. */
#include "control.h"

#include <inttypes.h>
#include <stddef.h>

#include "payhawk.h"
#include "xero.h"

/* An empty body is an empty object. NULL: the reply is ready. */
static json_t *read_body(const struct request *q, struct reply *r)
{
    json_t *body = NULL;
    struct error err = {0};

    if (!json_read(q->body.size > 0 ? q->body : TEXT("{}"), JSON_DEPTH_MAX, &body, &err)) {
        reply_text(r, 400, "text/plain", err.text);
    }
    return body;
}

/* ---- reset ---- */

/* {"keep_tokens":true}: who is connected stays so. */
void control_reset(struct twin *twin, struct request *q, struct reply *r)
{
    AUTO_JSON json_t *body = read_body(q, r);
    struct xero kept = twin->xero;
    struct error err = {0};
    bool keep = value_true(body, "keep_tokens");

    if (!body) {
        return;
    }
    if (keep) {
        twin->xero.accesses = NULL;
        twin->xero.access_count = twin->xero.access_capacity = 0;
    }
    twin_unload(twin);
    if (!twin_load(twin, &err)) {
        reply_text(r, 500, "text/plain", err.text);
        return;
    }
    if (keep) {
        twin->xero.accesses = kept.accesses;
        twin->xero.access_count = kept.access_count;
        twin->xero.access_capacity = kept.access_capacity;
        for (size_t i = 0; i < twin->xero.organisation_count; i++) {
            twin->xero.organisations[i].connected = kept.organisations[i].connected;
        }
    }
    reply_json(r, 200, json_pack("{sb}", "reset", 1));
}

/* ---- looking ---- */

static json_t *whole_shelf(const struct shelf *shelf)
{
    json_t *list = json_array();

    for (size_t i = 0; i < shelf->count; i++) {
        json_array_append_new(list, json_deep_copy(shelf->records[i]->json));
    }
    return list;
}

void control_documents(struct twin *twin, struct request *q, struct reply *r)
{
    const char *tenant = request_query(q, "tenant"), *type = request_query(q, "type");
    struct organisation *org =
        tenant ? xero_organisation(twin, tenant) : &twin->xero.organisations[0];
    json_t *all;

    if (!org) {
        reply_text(r, 404, "text/plain", "no such tenant");
        return;
    }
    all = json_object();
    for (int i = 0; i < SHELVES; i++) {
        if (!type || strcmp(type, shelf_kinds[i].name) == 0) {
            json_object_set_new(all, shelf_kinds[i].name, whole_shelf(&org->shelves[i]));
        }
    }
    reply_json(r, 200, all);
}

static int64_t total_calls(const json_t *calls)
{
    const char *name;
    json_t *count;
    int64_t sum = 0;

    json_object_foreach((json_t *)(uintptr_t)calls, name, count)
    {
        sum += json_int(count, 0);
    }
    return sum;
}

void control_calls(struct twin *twin, struct request *q, struct reply *r)
{
    json_t *j = json_object();

    (void)q;
    json_object_set_new(j, "xero", json_deep_copy(twin->calls_xero));
    json_object_set_new(j, "payhawk", json_deep_copy(twin->calls_payhawk));
    json_object_set_new(j, "xero_total", json_new_int(total_calls(twin->calls_xero)));
    json_object_set_new(j, "payhawk_total", json_new_int(total_calls(twin->calls_payhawk)));
    json_object_set_new(j, "xero_writes", json_new_int(twin->writes_xero));
    json_object_set_new(j, "payhawk_writes", json_new_int(twin->writes_payhawk));
    json_object_set_new(j, "refused", json_new_int(twin->refused));
    reply_json(r, 200, j);
}

void control_log(struct twin *twin, struct request *q, struct reply *r)
{
    (void)q;
    reply_json(r, 200, json_deep_copy(twin->log));
}

void control_clock(struct twin *twin, struct request *q, struct reply *r)
{
    AUTO_JSON json_t *body = read_body(q, r);
    json_t *j;

    if (!body) {
        return;
    }
    if (clock_is_shared(twin->clock)) {
        clock_advance(twin->clock, json_int(json_object_get(body, "advance_ms"), 0));
    }
    j = json_object();
    json_object_set_new(j, "now_ms", json_new_int(twin_now(twin)));
    reply_json(r, 200, j);
}

void control_faults(struct twin *twin, struct request *q, struct reply *r)
{
    AUTO_JSON json_t *body = NULL;
    struct error err = {0};
    json_t *j;

    if (q->method[0] == 'P') {
        body = read_body(q, r);
        if (!body) {
            return;
        }
        if (!faults_add(twin, body, &err)) {
            reply_text(r, 400, "text/plain", err.text);
            return;
        }
    }
    j = json_object();
    json_object_set_new(j, "rules", faults_list(twin));
    reply_json(r, 200, j);
}

/* ---- switches ---- */

static const struct {
    const char *name;
    size_t offset;
} truths[] =
    {
        {"forget_keys_on_refresh", offsetof(struct switches, forget_keys_on_refresh)},
        {"drop_url_marker", offsetof(struct switches, drop_url_marker)},
        {"drop_payment_reference", offsetof(struct switches, drop_payment_reference)},
        {"ignore_reference_filter", offsetof(struct switches, ignore_reference_filter)},
        {"tenant_swapped", offsetof(struct switches, tenant_swapped)},
        {"rolling_windows", offsetof(struct switches, rolling_windows)},
        {"disconnected", offsetof(struct switches, disconnected)},
},
  numbers[] =
      {
          {"token_delay_ms", offsetof(struct switches, token_delay_ms)},
          {"latency_ms", offsetof(struct switches, latency_ms)},
          {"payhawk_per_second", offsetof(struct switches, payhawk_per_second)},
},
  limits[] = {
      {"minute", offsetof(struct switches, limit_minute)},
      {"day", offsetof(struct switches, limit_day)},
      {"concurrent", offsetof(struct switches, limit_concurrent)},
      {"app_minute", offsetof(struct switches, limit_app_minute)},
};

#define COUNT(table)       (sizeof(table) / sizeof *(table))
#define AT(s, type, where) ((type *)(void *)((char *)(s) + (where)))

static void set_limits(struct switches *s, const json_t *given)
{
    for (size_t i = 0; given && i < COUNT(limits); i++) {
        const json_t *one = json_object_get(given, limits[i].name);
        int64_t now = *AT(s, int64_t, limits[i].offset);
        *AT(s, int64_t, limits[i].offset) =
            json_is_null(given) || json_is_null(one) ? 0 : json_int(one, now);
    }
}

/* What happens once. */
static void act(struct twin *twin, const json_t *body)
{
    for (size_t i = 0; i < twin->xero.access_count; i++) {
        struct access *a = twin->xero.accesses[i];
        a->revoked = a->revoked || value_true(body, "revoke_tokens");
        if (value_true(body, "expire_tokens")) {
            a->issued_ms -= 31 * MINUTE_MS;
        }
    }
    if (value_true(body, "forget_keys")) {
        xero_forget_keys(twin);
    }
}

static json_t *show_switches(const struct twin *twin)
{
    const struct switches *s = &twin->switches;
    json_t *j = json_object(), *l = json_object();

    for (size_t i = 0; i < COUNT(truths); i++) {
        json_object_set_new(j, truths[i].name, json_boolean(*((const char *)s + truths[i].offset)));
    }
    for (size_t i = 0; i < COUNT(numbers); i++) {
        int64_t n;
        memcpy(&n, (const char *)s + numbers[i].offset, sizeof n);
        json_object_set_new(j, numbers[i].name, json_new_int(n));
    }
    for (size_t i = 0; i < COUNT(limits); i++) {
        int64_t n;
        memcpy(&n, (const char *)s + limits[i].offset, sizeof n);
        json_object_set_new(l, limits[i].name, n ? json_new_int(n) : json_null());
    }
    json_object_set_new(j, "limits", l);
    return j;
}

static bool known_switch(const char *name)
{
    static const char others[] = "limits revoke_tokens expire_tokens forget_keys";
    bool known = word_in(name, others);

    for (size_t i = 0; i < COUNT(truths); i++) {
        known = known || strcmp(name, truths[i].name) == 0;
    }
    for (size_t i = 0; i < COUNT(numbers); i++) {
        known = known || strcmp(name, numbers[i].name) == 0;
    }
    return known;
}

static bool all_known(const json_t *body, struct reply *r)
{
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)body, name, value)
    {
        if (!known_switch(name)) {
            reply_text(r, 400, "text/plain", name);
            buffer_add_cstr(&r->body, " is no switch");
            return false;
        }
    }
    return true;
}

void control_switch(struct twin *twin, struct request *q, struct reply *r)
{
    AUTO_JSON json_t *body = read_body(q, r);
    struct switches *s = &twin->switches;

    if (!body || !all_known(body, r)) {
        return;
    }
    for (size_t i = 0; i < COUNT(truths); i++) {
        const json_t *one = json_object_get(body, truths[i].name);
        if (one) {
            *AT(s, bool, truths[i].offset) = json_is_true(one);
        }
    }
    for (size_t i = 0; i < COUNT(numbers); i++) {
        const json_t *one = json_object_get(body, numbers[i].name);
        if (one) {
            *AT(s, int64_t, numbers[i].offset) = json_int(one, 0);
        }
    }
    set_limits(s, json_object_get(body, "limits"));
    act(twin, body);
    reply_json(r, 200, show_switches(twin));
}
