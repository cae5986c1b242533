/*
 * login/: grants and tokens. A grant is what lets Ferry call one source account, or the Xero
 * organisations of one person: an API key, or OAuth 2 tokens. One refresh in flight per grant;
 * new tokens are durable before they are used. Loop thread only.
 *
 *   ask = { .grant = side->grant, .done = on_token, .owner = … };
 *   login_token(login, &ask)   … on_token(owner, token, err): token->header, token->value
 *   after a 401 TokenExpired: the same with .refused_generation = token->generation
 *
 * Signatures of JWTs are not checked: they come straight from the token server, over TLS, and are
 * only read for what they say of themselves.
 */
#ifndef FERRY_LOGIN_LOGIN_H
#define FERRY_LOGIN_LOGIN_H

#include "crypto/crypto.h"
#include "http/http.h"

#define LOGIN_EARLY_S        60   /* refresh so long before the end */
#define LOGIN_GRACE_S        1800 /* a replaced refresh token can still be used */
#define LOGIN_REFRESH_DAYS   60   /* an unused refresh token ends */
#define LOGIN_GRANT_NAME_MAX 200  /* bytes of a grant's name */
#define LOGIN_SEALED_MAX     (64 << 10)

/* ---- where tokens are kept: the caller's ---- */

/* sealed.size 0: none kept. May run before `load` returns; exactly once; loop thread. */
typedef void login_loaded_fn(void *owner, struct text sealed, const struct error *err);
/* err->kind ERROR_NONE: durable. REJECTED "stale": another host was first; login loads again. */
typedef void login_saved_fn(void *owner, const struct error *err);
struct login_store {
    void *self;
    void (*load)(void *self, const char *grant, login_loaded_fn *done, void *owner);
    /* Keep `sealed` only when what is kept is none or of an older generation
     * (login_sealed_generation); borrowed until `done`. */
    void (*save)(void *self, const char *grant, struct text sealed, int64_t generation,
                 login_saved_fn *done, void *owner);
};
/* 0 for empty or foreign bytes. */
int64_t login_sealed_generation(struct text sealed);
/* The same tokens under another key. Errors of crypto_open. */
MUST_CHECK bool login_reseal(const char *grant, struct text sealed, const struct crypto_key *old,
                             const struct crypto_key *key, struct buffer *out, struct error *err);

struct login;
struct login_settings {
    uv_loop_t *loop;
    struct clock *clock;
    struct http *http;
    struct crypto_key key; /* copied */
    struct login_store store;
};
struct login *login_new(const struct login_settings *settings);
/* What waits ends in `done` with CANCELLED; the loop must run once more. NULL ok. */
void login_free(struct login *login);

/* ---- grants ---- */

enum login_kind {
    LOGIN_NONE,   /* no header */
    LOGIN_HEADER, /* header: key */
    LOGIN_BEARER, /* Authorization: Bearer key */
    LOGIN_BASIC,  /* Authorization: Basic base64(user:password) */
    LOGIN_OAUTH2, /* authorisation code with PKCE, then refresh tokens */
    LOGIN_CUSTOM, /* client credentials: a Xero custom connection, a service account */
};

struct login_grant {
    const char *name;
    enum login_kind kind;
    const char *header;          /* LOGIN_HEADER */
    const char *key;             /* LOGIN_HEADER, LOGIN_BEARER */
    const char *user;            /* LOGIN_BASIC */
    const char *password;        /* LOGIN_BASIC; NULL: empty */
    const char *client_id;       /* LOGIN_OAUTH2, LOGIN_CUSTOM */
    const char *client_secret;   /* NULL: a public client (PKCE only) */
    const char *authorize_url;   /* LOGIN_OAUTH2 */
    const char *token_url;       /* LOGIN_OAUTH2, LOGIN_CUSTOM */
    const char *connections_url; /* Xero's; NULL: there is no such list */
    const char *revoke_url;      /* NULL: cannot be revoked */
    const char *scopes;          /* separated by blanks; NULL: none asked for */
    uint16_t listen_port;        /* of http://localhost:PORT/callback; 0: any (tests) */
    bool secret_in_body;         /* client id and secret in the form, not as Basic */
};

/* Xero's addresses, filled into *grant where they are NULL. */
void login_grant_xero(struct login_grant *grant);

/*
 * Make a grant known, or replace its settings (tokens stay). Copies; keys are wiped at the end.
 * A name "a/b" that is unknown is served with the settings of "a" and tokens of its own, so that
 * each person who consents to app "xero/main" has the grant "xero/main/<user>".
 * CONFIG "grant" when something is missing or could not be a header.
 */
MUST_CHECK bool login_add(struct login *login, const struct login_grant *grant, struct error *err);

/* ---- tokens ---- */

struct login_token {
    const char *header; /* "Authorization"; NULL for LOGIN_NONE */
    const char *value;  /* secret */
    int64_t generation; /* 0 for keys; grows with each new token of this grant */
    const char *id;     /* "<grant>#<generation>": under which token something was sent */
    int64_t expires_ms; /* wall clock; 0: does not */
};
/* token: NULL with an error; dies when `done` returns. */
typedef void login_token_fn(void *owner, const struct login_token *token, const struct error *err);

struct login_state;
/* Owned by the caller, stays put until `done`. */
struct login_ask {
    const char *grant;          /* borrowed during login_token */
    int64_t refused_generation; /* this one got "token expired"; 0: none. Answered by a newer one */
    login_token_fn *done;
    void *owner;
    /* login's own */
    struct login_state *in;
    struct login_ask *next;
    bool over;
};
/*
 * `done` runs exactly once, never before this returns. Errors:
 *   AUTH       "consent-needed" a person must run `ferry connect`
 *   CONFIG     "grant" unknown; "client" wrong client id or secret; "scope"; "other-key" of crypto
 *   TRANSIENT  "network", "timeout", "identity-server" (answers 5xx, 429, or nonsense), and
 *              "token-not-kept": the new token could not be made durable, so it is not used
 *   CANCELLED  "cancelled"
 */
void login_token(struct login *login, struct login_ask *ask);
/* `done` follows soon, with CANCELLED; a refresh under way goes on. */
void login_cancel(struct login *login, struct login_ask *ask);
/* Asks, loads, saves and connects under way. */
unsigned login_busy(const struct login *login);

/* ---- what is known of a grant ---- */

struct login_status {
    bool known;          /* loaded; ask for a token once to load it */
    bool connected;      /* tokens are kept, or it is a key */
    bool consent_needed; /* the last refresh ended in invalid_grant */
    int64_t generation, expires_ms, refreshed_ms;
    int64_t refresh_ends_ms; /* refreshed + 60 days; 0: does not */
    const char *user;        /* xero_userid, "" when not said; borrowed */
    const char *auth_event;  /* authentication_event_id */
    const char *scopes;      /* granted, separated by blanks; "" when not said */
};
/* False when the grant is unknown. */
bool login_grant_status(const struct login *login, const char *grant, struct login_status *ret);

/* Xero's granular scope for a call: "accounting.invoices" or, for reading,
 * "accounting.invoices.read"; NULL when none is needed or the path is unknown. Static. */
const char *login_scope_of(const char *method, const char *path);
/* Does `scopes` (separated by blanks) allow the call? The wider scope covers reading; so do the
 * old names, until September 2027. True when none is needed. */
bool login_scope_allows(const char *scopes, const char *method, const char *path);
/* The scope a grant lacks for this call; NULL when it has it, or when its scopes are not known. */
const char *login_scope_missing(const struct login *login, const char *grant, const char *method,
                                const char *path);

/* ---- consent ---- */

struct login_connection {
    const char *id, *tenant_id, *tenant_type, *tenant_name;
};
struct login_connected {
    const char *grant; /* the name under which the tokens are kept */
    const char *user, *auth_event, *scopes;
    const struct login_connection *connections; /* ticked in this consent */
    size_t connection_count;
};
/* result: NULL with an error; dies when `done` returns. */
typedef void login_connected_fn(void *owner, const struct login_connected *result,
                                const struct error *err);

struct login_consent;
/* Owned by the caller, stays put until `done`. */
struct login_connect {
    const char *grant; /* borrowed during login_connect_begin */
    bool per_user;     /* keep under "<grant>/<user>", so that several people can connect */
    login_connected_fn *done;
    void *owner;
    /* login's own */
    struct login_consent *consent;
};
/*
 * Begin: listens on localhost (both IPv4 and IPv6, where the machine has them) and gives the URL a
 * person must open. One callback with our state is accepted; others get a page that says no. There
 * is no time limit here: the caller cancels. LOGIN_CUSTOM: no URL ("") and no listener; asks for a
 * token and the connections at once.
 * CONFIG "grant", "port" (taken). When this returns true, `done` follows exactly once:
 *   AUTH "consent-refused", "consent-scope", "consent-needed" (the code was not accepted),
 *   and the errors of login_token.
 * ret_url: borrowed until `done`.
 */
MUST_CHECK bool login_connect_begin(struct login *login, struct login_connect *connect,
                                    const char **ret_url, struct error *err);
void login_connect_cancel(struct login *login, struct login_connect *connect);

#endif
