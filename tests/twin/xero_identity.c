/* Consent, tokens, refresh with rotation. */
#include <inttypes.h>

#include "form.h"
#include "xero.h"

#define ACCESS_SECONDS 1800
#define CODE_MS        (5 * MINUTE_MS)
#define GRACE_MS       (30 * MINUTE_MS)
#define REFRESH_MS     (60 * DAY_MS)

/* What an app made after March 2026 may ask for; ".read" after most of them. */
static const char scopes_known[] =
    "offline_access openid profile email app.connections accounting.invoices accounting.payments "
    "accounting.banktransactions accounting.manualjournals accounting.settings "
    "accounting.contacts accounting.attachments accounting.invoices.read "
    "accounting.payments.read accounting.banktransactions.read accounting.manualjournals.read "
    "accounting.settings.read accounting.contacts.read accounting.attachments.read "
    "accounting.budgets.read payroll.employees payroll.payruns payroll.payslip payroll.settings "
    "payroll.timesheets payroll.employees.read payroll.payruns.read payroll.payslip.read "
    "payroll.settings.read payroll.timesheets.read projects projects.read files files.read assets "
    "assets.read bankfeeds bankfeedsv2";

static bool scopes_valid(const char *scopes)
{
    struct text rest = text_of(scopes);
    char word[128];

    while (rest.size > 0) {
        struct text one = text_split(&rest, ' ');
        snprintf(word, sizeof word, "%.*s", TEXT_ARGS(one));
        if (*word && !word_in(word, scopes_known)) {
            return false;
        }
    }
    return *scopes != '\0';
}

static void random_text(char *out, size_t bytes)
{
    uint8_t raw[40];
    struct buffer b;

    buffer_init(&b, 256);
    crypto_random(raw, bytes);
    crypto_base64url((struct text){(const char *)raw, bytes}, &b);
    memcpy(out, b.at, b.size + 1);
    buffer_done(&b);
}

/* ---- access tokens ---- */

/* A JWT in form; the signature is random, for nobody here checks it. */
static void make_jwt(const struct twin *twin, struct access *a)
{
    char header[] = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
    AUTO_JSON json_t *claims = json_object();
    AUTO(buffer_done) struct buffer b = {0};
    AUTO_FREE char *payload = NULL;
    json_t *list = json_array();
    struct text rest = text_of(a->scopes);
    char tail[64];

    while (rest.size > 0) {
        json_array_append_new(list, json_new_text(text_split(&rest, ' ')));
    }
    json_object_set_new(claims, "nbf", json_new_int(a->issued_ms / 1000));
    json_object_set_new(claims, "exp", json_new_int(a->issued_ms / 1000 + ACCESS_SECONDS));
    json_object_set_new(claims, "client_id", json_string(twin->xero.client_id));
    json_object_set_new(claims, "xero_userid", json_string(a->user));
    json_object_set_new(claims, "authentication_event_id", json_string(a->event));
    json_object_set_new(claims, "jti", value_uuid());
    json_object_set_new(claims, "scope", list);
    payload = json_write_text(claims);
    buffer_init(&b, sizeof a->token - 1);
    crypto_base64url(text_of(header), &b);
    buffer_add_char(&b, '.');
    crypto_base64url(text_of(payload), &b);
    random_text(tail, 32);
    buffer_addf(&b, ".%s", tail);
    snprintf(a->token, sizeof a->token, "%s", b.at);
}

struct access *xero_new_access(struct twin *twin, const char *scopes, const struct access *before)
{
    struct xero *x = &twin->xero;
    struct access *a = memory_new(1, sizeof *a);

    a->issued_ms = twin_now(twin);
    snprintf(a->scopes, sizeof a->scopes, "%s", scopes);
    if (before) {
        memcpy(a->user, before->user, sizeof a->user);
        memcpy(a->event, before->event, sizeof a->event);
    } else {
        crypto_uuid(a->user);
        crypto_uuid(a->event);
    }
    if (word_in("offline_access", scopes)) {
        random_text(a->refresh, 33);
    }
    make_jwt(twin, a);
    memory_grow(&x->accesses, &x->access_capacity, x->access_count, sizeof(struct access *));
    x->accesses[x->access_count++] = a;
    return a;
}

struct access *xero_access(struct twin *twin, const struct request *q)
{
    const char *header = request_header(q, "Authorization");

    if (!header || !text_starts(text_of(header), "Bearer ")) {
        return NULL;
    }
    for (size_t i = twin->xero.access_count; i > 0; i--) {
        struct access *a = twin->xero.accesses[i - 1];
        if (strcmp(a->token, header + 7) == 0) {
            return a;
        }
    }
    return NULL;
}

static void reply_tokens(const struct twin *twin, struct reply *r, const struct access *a)
{
    json_t *j = json_object();

    json_object_set_new(j, "access_token", json_string(a->token));
    json_object_set_new(j, "expires_in", json_new_int(ACCESS_SECONDS));
    json_object_set_new(j, "token_type", json_string("Bearer"));
    json_object_set_new(j, "scope", json_string(a->scopes));
    if (a->refresh[0]) {
        json_object_set_new(j, "refresh_token", json_string(a->refresh));
    }
    reply_json(r, 200, j);
    r->delay_ms += twin->switches.token_delay_ms;
}

static void reply_identity_error(struct twin *twin, struct reply *r, const char *error)
{
    json_t *j = json_object();

    json_object_set_new(j, "error", json_string(error));
    reply_json(r, 400, j);
    record_event(twin, "identity", "%s", error);
}

/* ---- consent ---- */

static bool redirect_allowed(const char *uri)
{
    return text_starts(text_of(uri), "https://") ||
           text_starts(text_of(uri), "http://localhost:") ||
           text_starts(text_of(uri), "http://localhost/");
}

static const char *query_or_empty(const struct request *q, const char *name)
{
    const char *value = request_query(q, name);

    return value ? value : "";
}

void xero_authorize(struct twin *twin, struct request *q, struct reply *r)
{
    struct code *code = &twin->xero.codes[twin->xero.code_next++ % 16];
    const char *redirect = query_or_empty(q, "redirect_uri");
    const char *challenge = query_or_empty(q, "code_challenge");

    if (strcmp(query_or_empty(q, "client_id"), twin->xero.client_id) != 0 ||
        strcmp(query_or_empty(q, "response_type"), "code") != 0 || !redirect_allowed(redirect)) {
        reply_text(r, 400, "text/html",
                   "<p>unauthorized_client: Invalid redirect_uri or client</p>");
        return;
    }
    if (!scopes_valid(query_or_empty(q, "scope"))) {
        reply_text(r, 400, "text/html", "<p>unauthorized_client: Invalid scope for client</p>");
        return;
    }
    if (*challenge && strcmp(query_or_empty(q, "code_challenge_method"), "S256") != 0) {
        reply_text(r, 400, "text/html", "<p>invalid_request: transform algorithm</p>");
        return;
    }
    *code = (struct code){.issued_ms = twin_now(twin)};
    random_text(code->code, 32);
    snprintf(code->redirect, sizeof code->redirect, "%s", redirect);
    snprintf(code->challenge, sizeof code->challenge, "%s", challenge);
    snprintf(code->scopes, sizeof code->scopes, "%s", query_or_empty(q, "scope"));
    for (size_t i = 0; i < twin->xero.organisation_count; i++) {
        twin->xero.organisations[i].connected = true;
    }
    reply_text(r, 302, "text/html", "");
    reply_header(r, "Location", "%s%scode=%s&state=%s", redirect, strchr(redirect, '?') ? "&" : "?",
                 code->code, query_or_empty(q, "state"));
}

/* ---- the token endpoint ---- */

static bool client_matches(const struct twin *twin, const struct request *q)
{
    const char *header = request_header(q, "Authorization");
    AUTO(buffer_done) struct buffer plain = {0}, want = {0};
    char id[256], secret[256];

    buffer_init(&plain, 1024);
    buffer_init(&want, 1024);
    if (header && text_starts(text_of(header), "Basic ")) {
        buffer_addf(&want, "%s:%s", twin->xero.client_id, twin->xero.client_secret);
        return crypto_unbase64(text_of(header + 6), &plain, NULL) &&
               text_equal(buffer_text(&plain), buffer_text(&want));
    }
    form_field(q->body, "client_id", id, sizeof id);
    form_field(q->body, "client_secret", secret, sizeof secret);
    if (strcmp(id, twin->xero.client_id) != 0) {
        return false;
    }
    /* without a secret: an app with PKCE, which proves itself by the verifier */
    return *secret == '\0' || strcmp(secret, twin->xero.client_secret) == 0;
}

static bool verifier_matches(const struct code *code, const char *verifier)
{
    AUTO(buffer_done) struct buffer b = {0};
    uint8_t digest[CRYPTO_SHA256_BYTES];

    if (!code->challenge[0]) {
        return *verifier == '\0';
    }
    buffer_init(&b, 128);
    crypto_sha256(text_of(verifier), digest);
    crypto_base64url((struct text){(const char *)digest, sizeof digest}, &b);
    return strlen(verifier) >= 43 && strcmp(b.at, code->challenge) == 0;
}

static const char *by_code(struct twin *twin, struct request *q, struct access **ret)
{
    char given[128], redirect[512], verifier[160];

    form_field(q->body, "code", given, sizeof given);
    form_field(q->body, "redirect_uri", redirect, sizeof redirect);
    form_field(q->body, "code_verifier", verifier, sizeof verifier);
    for (size_t i = 0; i < 16; i++) {
        struct code *code = &twin->xero.codes[i];
        if (!*given || strcmp(code->code, given) != 0) {
            continue;
        }
        if (code->used || twin_now(twin) - code->issued_ms > CODE_MS ||
            strcmp(code->redirect, redirect) != 0 || !verifier_matches(code, verifier)) {
            return "invalid_grant";
        }
        code->used = true;
        *ret = xero_new_access(twin, code->scopes, NULL);
        return NULL;
    }
    return "invalid_grant";
}

static const char *by_refresh(struct twin *twin, struct request *q, struct access **ret)
{
    char given[128];
    int64_t now = twin_now(twin);

    form_field(q->body, "refresh_token", given, sizeof given);
    for (size_t i = 0; *given && i < twin->xero.access_count; i++) {
        struct access *a = twin->xero.accesses[i];
        if (strcmp(a->refresh, given) != 0) {
            continue;
        }
        if (a->revoked || now - a->issued_ms > REFRESH_MS ||
            (a->used_ms && now - a->used_ms > GRACE_MS)) {
            return "invalid_grant";
        }
        a->used_ms = a->used_ms ? a->used_ms : now;
        *ret = xero_new_access(twin, a->scopes, a);
        if (twin->switches.forget_keys_on_refresh) {
            xero_forget_keys(twin);
        }
        return NULL;
    }
    return "invalid_grant";
}

static const char *by_client(struct twin *twin, struct request *q, struct access **ret)
{
    char scopes[1024];

    form_field(q->body, "scope", scopes, sizeof scopes);
    if (!request_header(q, "Authorization")) {
        return "invalid_client";
    }
    if (!scopes_valid(scopes) || word_in("offline_access", scopes)) {
        return "invalid_scope";
    }
    twin->xero.organisations[0].connected = true;
    *ret = xero_new_access(twin, scopes, NULL);
    if (twin->switches.forget_keys_on_refresh) {
        xero_forget_keys(twin);
    }
    return NULL;
}

static const struct {
    const char *grant_type;
    const char *(*run)(struct twin *, struct request *, struct access **);
} grants[] = {{"authorization_code", by_code},
              {"refresh_token", by_refresh},
              {"client_credentials", by_client}};

void xero_token(struct twin *twin, struct request *q, struct reply *r)
{
    const char *error = "unsupported_grant_type";
    struct access *access = NULL;
    char type[64];

    form_field(q->body, "grant_type", type, sizeof type);
    for (size_t i = 0; i < sizeof grants / sizeof *grants; i++) {
        if (strcmp(grants[i].grant_type, type) == 0) {
            error = client_matches(twin, q) ? grants[i].run(twin, q, &access) : "invalid_client";
        }
    }
    if (error) {
        reply_identity_error(twin, r, error);
    } else {
        reply_tokens(twin, r, access);
    }
}

/* Ends the grants and every connection of the user. */
void xero_revoke(struct twin *twin, struct request *q, struct reply *r)
{
    if (!client_matches(twin, q)) {
        reply_identity_error(twin, r, "invalid_client");
        return;
    }
    for (size_t i = 0; i < twin->xero.access_count; i++) {
        twin->xero.accesses[i]->revoked = true;
    }
    for (size_t i = 0; i < twin->xero.organisation_count; i++) {
        twin->xero.organisations[i].connected = false;
    }
    reply_text(r, 200, NULL, "");
}
