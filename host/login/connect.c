/*
 * A consent: listen, let a person open a page, take the code that comes back, change it for tokens,
 * keep those, and see which organisations were ticked.
 */
#include "base/json.h"
#include "login/login_internal.h"

#define STATE_BYTES 32

struct login_consent {
    struct login *login;
    struct login_connect *connect;
    struct login_consent *next;
    const struct login_grant *grant;
    char *name, *redirect, *state, *url;
    char verifier[CRYPTO_VERIFIER_TEXT];
    struct listener *listener;
    struct call *call;
    struct keep *keep;
    char *access, *user, *auth_event, *scopes;
    json_t *listed;
    struct error err;
    bool over;
};

/* ---- the end ---- */

static void consent_free(struct login_consent *consent)
{
    listener_close(consent->listener);
    state_keep_abandon(&consent->keep);
    call_abandon(consent->call);
    memory_wipe(consent->verifier, sizeof consent->verifier);
    secret_free(consent->access);
    secret_free(consent->state);
    secret_free(consent->url);
    memory_free(consent->redirect);
    memory_free(consent->name);
    memory_free(consent->user);
    memory_free(consent->auth_event);
    memory_free(consent->scopes);
    json_decref(consent->listed);
    memory_free(consent);
}

/* Told in the next round of the loop. */
static void end(struct login_consent *consent)
{
    listener_close(consent->listener);
    consent->listener = NULL;
    consent->over = true;
    login_wake(consent->login);
}

static void fail(struct login_consent *consent, const struct error *err)
{
    consent->err = *err;
    end(consent);
}

static struct login_connection *list_connections(const json_t *listed, size_t *ret_count)
{
    size_t count = json_array_size(listed);
    struct login_connection *connections = memory_new(count, sizeof *connections);

    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(listed, i);

        connections[i] = (struct login_connection){
            .id = json_path_text(one, "id"),
            .tenant_id = json_path_text(one, "tenantId"),
            .tenant_type = json_path_text(one, "tenantType"),
            .tenant_name = json_path_text(one, "tenantName"),
        };
    }
    *ret_count = count;
    return connections;
}

static void tell(struct login_consent *consent)
{
    struct login_connect *connect = consent->connect;
    size_t count;
    AUTO_FREE struct login_connection *connections = list_connections(consent->listed, &count);
    struct login_connected result = {
        .grant = consent->name,
        .user = consent->user,
        .auth_event = consent->auth_event,
        .scopes = consent->scopes,
        .connections = connections,
        .connection_count = count,
    };

    connect->consent = NULL;
    consent->login->connects--;
    connect->done(connect->owner, consent->err.kind == ERROR_NONE ? &result : NULL, &consent->err);
    consent_free(consent);
}

void consents_deliver(struct login *login)
{
    struct login_consent **at = &login->consents;

    while (*at) {
        struct login_consent *consent = *at;

        if (consent->over) {
            *at = consent->next;
            tell(consent);
            at = &login->consents; /* `done` may have changed the list */
        } else {
            at = &consent->next;
        }
    }
}

void consents_free(struct login *login)
{
    while (login->consents) {
        struct login_consent *consent = login->consents;

        login->consents = consent->next;
        (void)error_cancelled(&consent->err);
        tell(consent);
    }
}

/* ---- which organisations ---- */

static void on_listed(void *self, const struct http_reply *reply, const struct error *failure)
{
    struct login_consent *consent = self;
    struct error err = {0};

    consent->call = NULL;
    if (failure->kind != ERROR_NONE) {
        reply_explain(failure, &err);
        fail(consent, &err);
    } else if (reply->status != 200 || !json_read(reply->body, 8, &consent->listed, NULL) ||
               !json_is_array(consent->listed)) {
        (void)error_set(&err, ERROR_TRANSIENT, "identity-server",
                        "%s is connected, but its organisations could not be listed (HTTP %d)",
                        consent->name, reply->status);
        fail(consent, &err);
    } else {
        end(consent);
    }
}

static void list(struct login_consent *consent)
{
    AUTO(buffer_done) struct buffer url;
    struct buffer bearer;

    if (!consent->grant->connections_url) {
        end(consent);
        return;
    }
    buffer_init(&url, LOGIN_SEALED_MAX);
    buffer_init(&bearer, TOKEN_REPLY_MAX);
    buffer_add_cstr(&url, consent->grant->connections_url);
    if (*consent->auth_event) {
        buffer_add_char(&url, strchr(url.at, '?') ? '&' : '?');
        buffer_add_cstr(&url, "authEventId=");
        http_encode(text_of(consent->auth_event), &url);
    }
    buffer_add_cstr(&bearer, "Bearer ");
    buffer_add_cstr(&bearer, consent->access);
    consent->call =
        call_start(consent->login, url.at, buffer_take(&bearer), NULL, on_listed, consent);
}

/* ---- tokens ---- */

static void on_kept(void *self, const struct error *err)
{
    struct login_consent *consent = self;

    if (err->kind != ERROR_NONE) {
        fail(consent, err);
    } else {
        list(consent);
    }
}

/* "<grant>/<user>", once it is known who the person is. */
static bool name_after_user(struct login_consent *consent, struct error *err)
{
    struct buffer name;

    if (!*consent->user || strchr(consent->user, '/')) {
        return error_set(err, ERROR_TRANSIENT, "identity-server",
                         "the token server does not say who has agreed");
    }
    buffer_init(&name, LOGIN_SEALED_MAX);
    buffer_addf(&name, "%s/%s", consent->name, consent->user);
    memory_free(consent->name);
    consent->name = buffer_take(&name);
    if (!grant_name_is_good(consent->name)) {
        return error_set(err, ERROR_TRANSIENT, "identity-server",
                         "the token server's name for the person cannot be used");
    }
    return true;
}

static void keep(struct login_consent *consent, struct tokens *tokens)
{
    struct login *login = consent->login;
    struct login_grant *grant = grant_find(login, consent->name);

    state_keep(state_get(login, consent->name, grant), tokens, &consent->keep, on_kept, consent);
}

static void on_tokens(void *self, const struct http_reply *reply, const struct error *failure)
{
    struct login_consent *consent = self;
    struct tokens tokens = {0}, none = {0};
    struct error err = {0};

    consent->call = NULL;
    if (!reply_read_tokens(reply, failure, login_now_ms(consent->login), &none, NULL, &tokens,
                           &err)) {
        fail(consent, &err);
        return;
    }
    consent->access = memory_copy_text(tokens.access);
    consent->user = memory_copy_text(tokens.user);
    consent->auth_event = memory_copy_text(tokens.auth_event);
    consent->scopes = memory_copy_text(tokens.scopes);
    if (consent->connect->per_user && !name_after_user(consent, &err)) {
        fail(consent, &err);
    } else {
        keep(consent, &tokens);
    }
    tokens_done(&tokens);
}

static void ask_tokens(struct login_consent *consent, const char *code)
{
    const struct login_grant *grant = consent->grant;
    AUTO(secret_buffer_done) struct buffer form;

    buffer_init(&form, LOGIN_SEALED_MAX);
    if (grant->kind == LOGIN_CUSTOM) {
        buffer_add_cstr(&form, "grant_type=client_credentials");
        buffer_add_cstr(&form, grant->scopes ? "&scope=" : "");
        http_encode(text_of(grant->scopes), &form);
    } else {
        buffer_add_cstr(&form, "grant_type=authorization_code&code=");
        http_encode(text_of(code), &form);
        buffer_add_cstr(&form, "&redirect_uri=");
        http_encode(text_of(consent->redirect), &form);
        buffer_addf(&form, "&code_verifier=%s", consent->verifier);
    }
    grant_client_form(grant, &form);
    consent->call = call_start(consent->login, grant->token_url, grant_client_value(grant), &form,
                               on_tokens, consent);
}

/* ---- the callback ---- */

static bool is_ours(const struct login_consent *consent, const char *state)
{
    return state && crypto_equal(text_of(state), text_of(consent->state));
}

static int on_get(void *owner, struct text target)
{
    struct login_consent *consent = owner;
    struct text path = text_split(&target, '?');
    AUTO_SECRET char *state = query_value(target, "state");
    AUTO_SECRET char *code = query_value(target, "code");
    AUTO_FREE char *refused = query_value(target, "error");
    struct error err = {0};

    if (!text_is(path, "/callback") || !is_ours(consent, state) || (!code && !refused)) {
        return 404;
    }
    listener_close(consent->listener);
    consent->listener = NULL;
    if (refused) {
        consent_refused(refused, &err);
        fail(consent, &err);
    } else {
        ask_tokens(consent, code);
    }
    return 200;
}

/* ---- beginning ---- */

static bool listen_for(struct login_consent *consent, struct error *err)
{
    char challenge[CRYPTO_CHALLENGE_TEXT];
    uint8_t bytes[STATE_BYTES];
    struct buffer b;

    if (!listener_open(consent->login->settings.loop, consent->grant->listen_port, on_get, consent,
                       &consent->listener, err)) {
        return false;
    }
    buffer_init(&b, LOGIN_SEALED_MAX);
    buffer_addf(&b, "http://localhost:%u/callback", (unsigned)listener_port(consent->listener));
    consent->redirect = buffer_take(&b);
    crypto_random(bytes, sizeof bytes);
    crypto_base64url((struct text){(const char *)bytes, sizeof bytes}, &b);
    consent->state = buffer_take(&b);
    crypto_pkce(consent->verifier, challenge);
    consent->url = consent_url(consent->grant, consent->redirect, consent->state, challenge);
    return true;
}

bool login_connect_begin(struct login *login, struct login_connect *connect, const char **ret_url,
                         struct error *err)
{
    const struct login_grant *grant = grant_find(login, connect->grant);
    struct login_consent *consent;

    if (!grant || !grant_has_tokens(grant) || !grant_name_is_good(connect->grant)) {
        return error_set(err, ERROR_CONFIG, "grant",
                         "there is no grant named %.*s that a person could agree to",
                         LOGIN_GRANT_NAME_MAX, connect->grant);
    }
    consent = memory_new(1, sizeof *consent);
    consent->login = login;
    consent->connect = connect;
    consent->grant = grant;
    consent->name = memory_copy_text(connect->grant);
    if (grant->kind == LOGIN_OAUTH2 && !listen_for(consent, err)) {
        consent_free(consent);
        return false;
    }
    consent->next = login->consents;
    login->consents = consent;
    login->connects++;
    connect->consent = consent;
    *ret_url = consent->url ? consent->url : "";
    if (grant->kind == LOGIN_CUSTOM) {
        ask_tokens(consent, NULL);
    }
    return true;
}

void login_connect_cancel(struct login *login, struct login_connect *connect)
{
    struct login_consent *consent = connect->consent;

    (void)login;
    if (!consent) {
        return;
    }
    state_keep_abandon(&consent->keep);
    call_abandon(consent->call);
    consent->call = NULL;
    (void)error_cancelled(&consent->err);
    end(consent);
}
