#include <ctype.h>
#include <stddef.h>

#include "login/login_internal.h"

/* ---- copies ---- */

static const size_t texts[] = {
    offsetof(struct login_grant, name),          offsetof(struct login_grant, header),
    offsetof(struct login_grant, key),           offsetof(struct login_grant, user),
    offsetof(struct login_grant, password),      offsetof(struct login_grant, client_id),
    offsetof(struct login_grant, client_secret), offsetof(struct login_grant, authorize_url),
    offsetof(struct login_grant, token_url),     offsetof(struct login_grant, connections_url),
    offsetof(struct login_grant, revoke_url),    offsetof(struct login_grant, scopes),
};

/* const is taken off: the copies are ours. */
static char *text_at(const struct login_grant *grant, size_t offset)
{
    char *text;

    memcpy(&text, (const char *)grant + offset, sizeof text);
    return text;
}

static void copy_into(struct login_grant *to, const struct login_grant *from)
{
    *to = *from;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *copy = memory_copy_text(text_at(from, texts[i]));

        memcpy((char *)to + texts[i], &copy, sizeof copy);
    }
}

static void wipe(struct login_grant *grant)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        secret_free(text_at(grant, texts[i]));
    }
    *grant = (struct login_grant){0};
}

void grant_free(struct login_grant *grant)
{
    wipe(grant);
    memory_free(grant);
}

/* ---- checks ---- */

bool grant_name_is_good(const char *name)
{
    for (const char *c = name; *c; c++) {
        if (!isalnum((unsigned char)*c) && !strchr("-_./@:", *c)) {
            return false;
        }
    }
    return *name != '\0' && strlen(name) <= LOGIN_GRANT_NAME_MAX;
}

static bool is_token(const char *name)
{
    for (const char *c = name ? name : ""; *c; c++) {
        if (!isalnum((unsigned char)*c) && !strchr("!#$%&'*+-.^_`|~", *c)) {
            return false;
        }
    }
    return name && *name;
}

static bool is_printable(const char *value)
{
    for (const char *c = value; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool is_text(const char *value)
{
    return value && *value && is_printable(value);
}

static bool is_address(const char *url)
{
    AUTO_FREE char *host = url ? call_host(url) : NULL;
    const char *const hosts[] = {host, NULL};

    return host && http_check_url(url, hosts, NULL);
}

static const char *missing_of_oauth(const struct login_grant *g)
{
    if (!is_text(g->client_id)) {
        return "client_id";
    }
    if ((g->kind == LOGIN_CUSTOM && !is_text(g->client_secret)) ||
        (g->client_secret && !is_text(g->client_secret))) {
        return "client_secret";
    }
    if (!is_address(g->token_url)) {
        return "token_url";
    }
    if (g->kind == LOGIN_OAUTH2 && !is_address(g->authorize_url)) {
        return "authorize_url";
    }
    if (g->connections_url && !is_address(g->connections_url)) {
        return "connections_url";
    }
    return g->scopes && !is_printable(g->scopes) ? "scopes" : NULL;
}

/* The name of what is missing or cannot be; NULL: all is well. */
static const char *missing(const struct login_grant *g)
{
    switch (g->kind) {
    case LOGIN_NONE:
        return NULL;
    case LOGIN_HEADER:
        return !is_token(g->header) ? "header" : !is_text(g->key) ? "key" : NULL;
    case LOGIN_BEARER:
        return !is_text(g->key) ? "key" : NULL;
    case LOGIN_BASIC:
        if (!is_text(g->user) || strchr(g->user, ':')) {
            return "user";
        }
        return g->password && !is_printable(g->password) ? "password" : NULL;
    case LOGIN_OAUTH2:
    case LOGIN_CUSTOM:
        return missing_of_oauth(g);
    }
    return "kind";
}

bool login_add(struct login *login, const struct login_grant *grant, struct error *err)
{
    struct login_grant *known;
    const char *what;

    if (!grant->name || !grant_name_is_good(grant->name)) {
        return error_set(
            err, ERROR_CONFIG, "grant",
            "a grant's name is 1..%d letters, digits and -_./@:", LOGIN_GRANT_NAME_MAX);
    }
    what = missing(grant);
    if (what) {
        return error_set(err, ERROR_CONFIG, "grant", "%s: %s is missing, or cannot be used",
                         grant->name, what);
    }
    known = dict_get(login->grants, text_of(grant->name));
    if (known) {
        wipe(known);
    } else {
        known = memory_new(1, sizeof *known);
        dict_set(login->grants, text_of(grant->name), known);
    }
    copy_into(known, grant);
    return true;
}

void login_grant_xero(struct login_grant *grant)
{
    const char **const fields[] = {&grant->authorize_url, &grant->token_url,
                                   &grant->connections_url, &grant->revoke_url};
    static const char *const addresses[] = {
        "https://login.xero.com/identity/connect/authorize",
        "https://identity.xero.com/connect/token",
        "https://api.xero.com/connections",
        "https://identity.xero.com/connect/revocation",
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!*fields[i]) {
            *fields[i] = addresses[i];
        }
    }
}

/* ---- use ---- */

struct login_grant *grant_find(const struct login *login, const char *name)
{
    struct text rest = text_of(name);

    while (rest.size > 0) {
        struct login_grant *grant = dict_get(login->grants, rest);

        if (grant) {
            return grant;
        }
        while (rest.size > 0 && rest.at[--rest.size] != '/') {
        }
    }
    return NULL;
}

bool grant_has_tokens(const struct login_grant *grant)
{
    return grant->kind == LOGIN_OAUTH2 || grant->kind == LOGIN_CUSTOM;
}

static char *basic(struct buffer *user_and_password)
{
    struct buffer b;

    buffer_init(&b, LOGIN_SEALED_MAX);
    buffer_add_cstr(&b, "Basic ");
    crypto_base64(buffer_text(user_and_password), &b);
    return buffer_take(&b);
}

char *grant_key_value(const struct login_grant *grant)
{
    AUTO(secret_buffer_done) struct buffer b;

    buffer_init(&b, LOGIN_SEALED_MAX);
    if (grant->kind == LOGIN_NONE) {
        return NULL;
    }
    if (grant->kind == LOGIN_BASIC) {
        buffer_add_cstr(&b, grant->user);
        buffer_add_char(&b, ':');
        buffer_add_cstr(&b, grant->password ? grant->password : "");
        return basic(&b);
    }
    buffer_add_cstr(&b, grant->kind == LOGIN_BEARER ? "Bearer " : "");
    buffer_add_cstr(&b, grant->key);
    return buffer_take(&b);
}

/* Both are encoded before they are joined (RFC 6749, 2.3.1). */
char *grant_client_value(const struct login_grant *grant)
{
    AUTO(secret_buffer_done) struct buffer b;

    buffer_init(&b, LOGIN_SEALED_MAX);
    if (!grant->client_secret || grant->secret_in_body) {
        return NULL;
    }
    http_encode(text_of(grant->client_id), &b);
    buffer_add_char(&b, ':');
    http_encode(text_of(grant->client_secret), &b);
    return basic(&b);
}

void grant_client_form(const struct login_grant *grant, struct buffer *form)
{
    if (grant->client_secret && !grant->secret_in_body) {
        return;
    }
    buffer_add_cstr(form, "&client_id=");
    http_encode(text_of(grant->client_id), form);
    if (grant->client_secret) {
        buffer_add_cstr(form, "&client_secret=");
        http_encode(text_of(grant->client_secret), form);
    }
}
