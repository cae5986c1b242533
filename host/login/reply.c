#include <strings.h>

#include "base/json.h"
#include "login/login_internal.h"

/* What a token lives when the server does not say; Xero's is 1,800. */
#define DEFAULT_LIFE_S 1800
#define LIFE_MOST_S    (INT64_C(366) * 86400)

/* ---- tokens that say something of themselves ---- */

/* The middle part of a JWT; NULL when it is none. Owned. */
static json_t *read_claims(const char *access)
{
    struct text rest = text_of(access), middle;
    AUTO(secret_buffer_done) struct buffer plain;
    json_t *j = NULL;

    buffer_init(&plain, TOKEN_REPLY_MAX);
    (void)text_split(&rest, '.');
    middle = text_split(&rest, '.');
    if (middle.size == 0 || !crypto_unbase64(middle, &plain, NULL) ||
        !json_read(buffer_text(&plain), 8, &j, NULL)) {
        return NULL;
    }
    return j;
}

/* "a b", or ["a","b"] as Xero writes it; owned, "" when absent. */
static char *read_scopes(const json_t *scope)
{
    AUTO(buffer_done) struct buffer b;
    const json_t *item;
    size_t i;

    buffer_init(&b, TOKEN_REPLY_MAX);
    buffer_add_text(&b, json_is_array(scope) ? TEXT("") : json_text(scope));
    json_array_foreach(scope, i, item)
    {
        if (i > 0) {
            buffer_add_char(&b, ' ');
        }
        buffer_add_text(&b, json_text(item));
    }
    return buffer_take(&b);
}

/* The first that says something; `before` may be NULL. Owned. */
static char *first_of(const char *said, const char *before)
{
    return memory_copy_text(said && *said ? said : before ? before : "");
}

static void describe(const json_t *answer, const json_t *claims, const struct tokens *before,
                     struct tokens *tokens)
{
    AUTO_FREE char *said = read_scopes(json_object_get(answer, "scope"));
    AUTO_FREE char *claimed = read_scopes(json_object_get(claims, "scope"));

    tokens->scopes = first_of(*said ? said : claimed, before->scopes);
    tokens->user = first_of(json_path_text(claims, "xero_userid"), before->user);
    tokens->auth_event =
        first_of(json_path_text(claims, "authentication_event_id"), before->auth_event);
}

static int64_t end_of(const json_t *answer, const json_t *claims, int64_t now_ms)
{
    struct text said = json_text(json_object_get(answer, "expires_in"));
    int64_t end_s = json_int(json_object_get(claims, "exp"), 0), life_s = -1;
    AUTO_JSON json_t *number = said.size > 0 && said.size < 12 ? json_new_number(said) : NULL;

    life_s = json_int(number, -1); /* some servers write it as a string */
    if (life_s < 0 && end_s > now_ms / 1000) {
        life_s = end_s - now_ms / 1000;
    }
    if (life_s < 0) {
        life_s = DEFAULT_LIFE_S;
    }
    return now_ms + (life_s < LIFE_MOST_S ? life_s : LIFE_MOST_S) * 1000;
}

/* ---- a good answer ---- */

static bool is_sendable(const char *token)
{
    for (const char *c = token; *c; c++) {
        if (*c <= 0x20 || *c >= 0x7f) {
            return false;
        }
    }
    return *token != '\0';
}

static bool nonsense(struct error *err)
{
    return error_set(err, ERROR_TRANSIENT, "identity-server",
                     "the token server's answer holds no token that can be used");
}

static bool read_good(const json_t *j, int64_t now_ms, const struct tokens *before,
                      const char *used, struct tokens *ret, struct error *err)
{
    const char *access = json_path_text(j, "access_token");
    const char *refresh = json_path_text(j, "refresh_token");
    const char *type = json_path_text(j, "token_type");
    AUTO_JSON json_t *claims = NULL;

    if (!is_sendable(access) || (*refresh && !is_sendable(refresh)) ||
        (*type && strcasecmp(type, "bearer") != 0)) {
        return nonsense(err);
    }
    claims = read_claims(access);
    *ret = (struct tokens){
        .access = memory_copy_text(access),
        .refresh = memory_copy_text(*refresh ? refresh : used),
        .expires_ms = end_of(j, claims, now_ms),
        .refreshed_ms = now_ms,
    };
    if (used && *refresh && strcmp(used, refresh) != 0) {
        ret->old_refresh = memory_copy_text(used);
        ret->old_until_ms = now_ms + (int64_t)LOGIN_GRACE_S * 1000;
    }
    describe(j, claims, before, ret);
    return true;
}

/* ---- a bad one ---- */

static bool is_any(const char *word, const char *const *words)
{
    while (*words && strcmp(word, *words) != 0) {
        words++;
    }
    return *words != NULL;
}

/* By the error's name (RFC 6749, 5.2), which is never put into a text: a server may echo. */
static bool read_bad(int status, const json_t *j, struct error *err)
{
    static const char *const client[] = {"invalid_client", "unauthorized_client",
                                         "unsupported_grant_type", NULL};
    const char *name = json_path_text(j, "error");

    if (status == 400 || status == 401 || status == 403) {
        if (strcmp(name, "invalid_grant") == 0) {
            return error_set(err, ERROR_AUTH, "consent-needed",
                             "the login has ended (HTTP %d, invalid_grant); a person must connect "
                             "again: ferry connect",
                             status);
        }
        if (strcmp(name, "invalid_scope") == 0) {
            return error_set(err, ERROR_CONFIG, "scope",
                             "the token server does not give this client one of its scopes");
        }
        if (is_any(name, client) || (status == 401 && !*name)) {
            return error_set(err, ERROR_CONFIG, "client",
                             "the token server does not accept the client id or its secret");
        }
    }
    return error_set(err, ERROR_TRANSIENT, "identity-server",
                     "the token server answered with HTTP %d", status);
}

void reply_explain(const struct error *failure, struct error *err)
{
    *err = *failure;
    if (failure->kind == ERROR_TRANSIENT && strcmp(failure->code, "timeout") != 0) {
        (void)error_set(err, ERROR_TRANSIENT, "network", "%s", failure->text);
    } else if (failure->kind == ERROR_REJECTED) {
        (void)error_set(err, ERROR_TRANSIENT, "identity-server", "%s", failure->text);
    }
}

bool reply_read_tokens(const struct http_reply *reply, const struct error *failure, int64_t now_ms,
                       const struct tokens *before, const char *used, struct tokens *ret,
                       struct error *err)
{
    AUTO_JSON json_t *j = NULL;

    if (failure->kind != ERROR_NONE) {
        reply_explain(failure, err);
        return false;
    }
    (void)!json_read(reply->body, 8, &j, NULL);
    if (reply->status != 200) {
        return read_bad(reply->status, j, err);
    }
    return json_is_object(j) ? read_good(j, now_ms, before, used, ret, err) : nonsense(err);
}
