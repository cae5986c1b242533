/* What every call passes before it reaches an object: token, scope, tenant, limits, key. */
#include <inttypes.h>

#include "xero.h"

#define KEY_LIFE_MS (6 * MINUTE_MS)
#define KEY_MAX     128
#define BODY_MAX    ((size_t)3500000)

void xero_problem(struct reply *r, int status, const char *title, const char *detail)
{
    json_t *j = json_object();

    json_object_set_new(j, "Type", json_null());
    json_object_set_new(j, "Title", json_string(title));
    json_object_set_new(j, "Status", json_new_int(status));
    json_object_set_new(j, "Detail", json_string(detail));
    json_object_set_new(j, "Instance", value_uuid());
    json_object_set_new(j, "Extensions", json_object());
    reply_json(r, status, j);
}

/* ---- token and scope ---- */

static bool is_read(const struct request *q)
{
    return strcmp(q->method, "GET") == 0;
}

static bool scope_allows(const struct request *q, const char *scopes)
{
    enum shelf_id id;
    const char *scope;
    char object[64], reading[80];
    const char *at = q->path + strlen("/xero/api.xro/2.0/");

    snprintf(object, sizeof object, "%.*s", (int)strcspn(at, "/"), at);
    id = strstr(at, "/Attachments") ? ATTACHMENTS : shelf_named(object);
    if (id == SHELVES) {
        return true;
    }
    scope = shelf_kinds[id].scope;
    snprintf(reading, sizeof reading, "%s.read", scope);
    return word_in(scope, scopes) || (is_read(q) && word_in(reading, scopes));
}

static bool token_passes(struct twin *twin, struct request *q, struct reply *r)
{
    const struct access *a = xero_access(twin, q);
    const char *detail = !a           ? "AuthenticationUnsuccessful"
                         : a->revoked ? "TokenInvalid: token revoked"
                         : twin_now(twin) - a->issued_ms >= 30 * MINUTE_MS
                             ? "TokenExpired: token expired at 01/01/2026 00:00:00"
                             : NULL;

    if (detail) {
        xero_problem(r, 401, "Unauthorized", detail);
        return false;
    }
    q->scopes = a->scopes;
    if (!scope_allows(q, a->scopes)) {
        xero_problem(r, 401, "Unauthorized", "AuthorizationUnsuccessful");
        reply_header(r, "WWW-Authenticate", "insufficient_scope");
        return false;
    }
    return true;
}

static bool tenant_passes(struct twin *twin, struct request *q, struct reply *r)
{
    const char *tenant = request_header(q, "xero-tenant-id");

    q->org = tenant ? xero_organisation(twin, tenant) : NULL;
    if (!q->org || !q->org->connected || twin->switches.disconnected) {
        xero_problem(r, 403, "Forbidden", "AuthenticationUnsuccessful");
        return false;
    }
    return true;
}

/* ---- limits ---- */

static void reply_429(struct twin *twin, struct reply *r, const char *problem, int64_t retry_ms)
{
    reply_text(r, 429, NULL, "");
    reply_header(r, "X-Rate-Limit-Problem", "%s", problem);
    if (retry_ms > 0) {
        reply_header(r, "Retry-After", "%" PRId64, (retry_ms + 999) / 1000);
    }
    record_event(twin, "limit", "429 %s", problem);
}

static void remaining_headers(const struct twin *twin, const struct organisation *org,
                              struct reply *r)
{
    const struct switches *s = &twin->switches;
    int64_t now = twin_now(twin);

    if (s->limit_day > 0) {
        reply_header(r, "X-DayLimit-Remaining", "%" PRId64,
                     window_left(&org->day, s->limit_day, now, s->rolling_windows));
    }
    if (s->limit_minute > 0) {
        reply_header(r, "X-MinLimit-Remaining", "%" PRId64,
                     window_left(&org->minute, s->limit_minute, now, s->rolling_windows));
    }
    if (s->limit_app_minute > 0) {
        reply_header(
            r, "X-AppMinLimit-Remaining", "%" PRId64,
            window_left(&twin->xero.app_minute, s->limit_app_minute, now, s->rolling_windows));
    }
}

static bool limits_pass(struct twin *twin, struct organisation *org, struct reply *r)
{
    const struct switches *s = &twin->switches;
    int64_t now = twin_now(twin), retry_ms = 0;
    const char *problem = NULL;

    if (s->limit_concurrent > 0 && org->in_flight > (unsigned)s->limit_concurrent) {
        problem = "concurrent";
    } else if (!window_room(&org->day, s->limit_day, now, s->rolling_windows, &retry_ms)) {
        problem = "day";
    } else if (!window_room(&org->minute, s->limit_minute, now, s->rolling_windows, &retry_ms)) {
        problem = "minute";
    } else if (!window_room(&twin->xero.app_minute, s->limit_app_minute, now, s->rolling_windows,
                            &retry_ms)) {
        problem = "appminute";
        retry_ms = 0;
    }
    if (problem) {
        reply_429(twin, r, problem, retry_ms);
        remaining_headers(twin, org, r);
        return false;
    }
    window_count(&org->day, now, s->rolling_windows);
    window_count(&org->minute, now, s->rolling_windows);
    window_count(&twin->xero.app_minute, now, s->rolling_windows);
    remaining_headers(twin, org, r);
    return true;
}

/* ---- idempotency ---- */

static void hash_request(const struct request *q, char out[CRYPTO_SHA256_HEX])
{
    AUTO(buffer_done) struct buffer b = {0};

    buffer_init(&b, SIZE_MAX / 2);
    buffer_addf(&b, "%s %s\n", q->method, q->uri);
    buffer_add_text(&b, q->body);
    crypto_sha256_hex(buffer_text(&b), out);
}

static const char *key_of(const struct request *q)
{
    const char *key = request_header(q, "Idempotency-Key");

    return key && (strcmp(q->method, "PUT") == 0 || strcmp(q->method, "POST") == 0) ? key : NULL;
}

static void forget_answer(struct stored_answer *a)
{
    if (a) {
        memory_free(a->type);
        memory_free(a->body);
        memory_free(a);
    }
}

void xero_forget_keys(struct twin *twin)
{
    size_t cursor = 0;
    struct text key;
    void *value;

    while (twin->xero.answers && dict_next(twin->xero.answers, &cursor, &key, &value)) {
        forget_answer(value);
    }
    dict_free(twin->xero.answers);
    twin->xero.answers = dict_new();
}

void xero_remember(struct twin *twin, const struct request *q, const struct reply *r)
{
    const char *key = key_of(q);
    struct stored_answer *a;

    if (!key || r->status == 429 || r->status == 503 || r->status == 401) {
        return;
    }
    a = memory_new(1, sizeof *a);
    hash_request(q, a->request_hash);
    a->first_ms = twin_now(twin);
    a->status = r->status;
    a->type = memory_copy_text(r->type);
    a->body = memory_copy_text(r->body.at ? r->body.at : "");
    forget_answer(dict_get(twin->xero.answers, text_of(key)));
    dict_set(twin->xero.answers, text_of(key), a);
}

static const char *static_type(const char *type)
{
    return !type                  ? NULL
           : strstr(type, "json") ? "application/json; charset=utf-8"
           : strstr(type, "html") ? "text/html"
                                  : "text/plain";
}

/* True: the reply is ready, the request does not run. */
static bool replayed(struct twin *twin, struct request *q, struct reply *r)
{
    const char *key = key_of(q);
    struct stored_answer *a;
    char hash[CRYPTO_SHA256_HEX], text[400];

    if (!key) {
        return false;
    }
    if (strlen(key) > KEY_MAX) {
        snprintf(text, sizeof text, "Idempotency Key: %.140s has %zu characters, at most 128.", key,
                 strlen(key));
        reply_text(r, 400, "text/plain", text);
        return true;
    }
    a = dict_get(twin->xero.answers, text_of(key));
    if (!a || twin_now(twin) - a->first_ms > KEY_LIFE_MS) {
        return false;
    }
    hash_request(q, hash);
    if (strcmp(hash, a->request_hash) == 0) {
        reply_text(r, a->status, static_type(a->type), a->body);
        record_event(twin, "replay", "%s %s", q->method, q->path);
        return true;
    }
    snprintf(text, sizeof text, "Idempotency Key: %s is used with a different request.", key);
    reply_text(r, 400, "text/plain", text);
    record_event(twin, "refused", "%s", text);
    return true;
}

/* ---- all of them ---- */

static bool wants_json(const struct request *q)
{
    const char *accept = request_header(q, "Accept");

    return accept && strstr(accept, "application/json");
}

void xero_gate(struct twin *twin, struct request *q, struct reply *r, handler_fn *handler)
{
    if (!token_passes(twin, q, r) || !tenant_passes(twin, q, r) || !limits_pass(twin, q->org, r)) {
        return;
    }
    reply_header(r, "Xero-Correlation-Id", "%016" PRIx64, hash_text(HASH_START, text_of(q->uri)));
    if (replayed(twin, q, r)) {
        return;
    }
    if (q->body.size > BODY_MAX && !strstr(q->path, "/Attachments/")) {
        xero_problem(r, 413, "RequestEntityTooLarge", "PayloadTooLarge");
        return;
    }
    handler(twin, q, r);
    if (!wants_json(q) && r->type && strstr(r->type, "json") && !is_read(q)) {
        record_event(twin, "refused", "a write without Accept: application/json");
    }
    if (!wants_json(q) && r->type && strstr(r->type, "json")) {
        xero_reply_as_xml(r);
    }
    if (strcmp(q->fault.act, "commit_status") != 0) {
        xero_remember(twin, q, r);
    }
}
