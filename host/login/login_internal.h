/* What the files of login/ share. */
#ifndef FERRY_LOGIN_INTERNAL_H
#define FERRY_LOGIN_INTERNAL_H

#include "base/memory.h"
#include "login/login.h"

#define TOKEN_TIMEOUT_MS 30000
#define TOKEN_REPLY_MAX  ((size_t)256 << 10)

static inline void secret_free(char *secret)
{
    if (secret) {
        memory_wipe(secret, strlen(secret));
    }
    memory_free(secret);
}
static inline void secret_free_at(char **secret)
{
    secret_free(*secret);
}
static inline void secret_buffer_done(struct buffer *b)
{
    memory_wipe(b->at, b->size);
    buffer_done(b);
}
#define AUTO_SECRET AUTO(secret_free_at)

/* ---- tokens.c: what is kept of a grant, and its sealed form ---- */

struct tokens {
    int64_t generation; /* 0: none */
    int64_t expires_ms, refreshed_ms;
    char *access;
    char *refresh; /* NULL: none */
    /* The one `refresh` has replaced: still good for a while. */
    char *old_refresh;
    int64_t old_until_ms;
    char *user, *auth_event, *scopes; /* "" when not said */
};
void tokens_done(struct tokens *tokens);
/* *to is emptied first; *from is empty afterwards. */
void tokens_move(struct tokens *to, struct tokens *from);
void tokens_seal(const struct crypto_key *key, const char *grant, const struct tokens *tokens,
                 struct buffer *out);
MUST_CHECK bool tokens_open(const struct crypto_key *key, const char *grant, struct text sealed,
                            struct tokens *ret, struct error *err);

/* ---- reply.c: answers of token servers; pure ---- */

/*
 * Tokens out of a reply, or the error that login_token promises. `before`: what was known of this
 * grant and stays where the answer does not say; `used`: the refresh token that was sent.
 */
MUST_CHECK bool reply_read_tokens(const struct http_reply *reply, const struct error *failure,
                                  int64_t now_ms, const struct tokens *before, const char *used,
                                  struct tokens *ret, struct error *err);
/* What went wrong on the way, in the words of login_token. */
void reply_explain(const struct error *failure, struct error *err);

/* ---- grant.c ---- */

/* The settings for a name, those of "a" for an unknown "a/b"; NULL: unknown. */
struct login_grant *grant_find(const struct login *login, const char *name);
void grant_free(struct login_grant *grant);
bool grant_has_tokens(const struct login_grant *grant); /* else it is a key */
/* The header's value for a key; owned, secret. NULL for LOGIN_NONE. */
char *grant_key_value(const struct login_grant *grant);
/* "Basic …" of client id and secret; NULL when they do not go there. Owned, secret. */
char *grant_client_value(const struct login_grant *grant);
/* "&client_id=…" and so on, where they go there. */
void grant_client_form(const struct login_grant *grant, struct buffer *form);
/* A name of an unknown user's grant must be as harmless as one from the settings. */
bool grant_name_is_good(const char *name);

/* ---- call.c: one request to a token server ---- */

/* Something under way that must not outlive login's interest: freed when it comes back. */
struct task {
    struct task *next, **at;
    struct login *login; /* NULL: login is gone */
    void *owner;         /* NULL: nobody waits */
};
void task_add(struct login *login, struct task *task, void *owner);
void task_remove(struct task *task);

typedef void call_done_fn(void *owner, const struct http_reply *reply, const struct error *err);
struct call {
    struct task task; /* first */
    struct http_op op;
    call_done_fn *done;
    char *authorization, *host, *form;
};
/* authorization: NULL ok, taken. form: NULL for GET; its bytes are taken. */
struct call *call_start(struct login *login, const char *url, char *authorization,
                        struct buffer *form, call_done_fn *done, void *owner);
/* `done` will not run. NULL ok. */
void call_abandon(struct call *call);
/* "host[:port]" of an address; owned. NULL: it is none. */
char *call_host(const char *url);

/* ---- state.c: the tokens of one grant ---- */

enum doing { DOING_NOTHING, DOING_LOAD, DOING_REFRESH, DOING_SAVE };

/* Tokens of a new consent, to be kept whatever is kept already. */
typedef void keep_done_fn(void *owner, const struct error *err);
struct keep {
    struct keep *next;
    struct tokens tokens;
    struct keep **slot; /* where the owner knows it from; NULL: nobody waits */
    keep_done_fn *done;
    void *owner;
};

struct login_state {
    struct login *login;
    char *name;
    struct login_grant *grant;
    enum doing doing;
    struct tokens tokens;
    struct tokens pending;   /* from the server, not durable yet, so not in use */
    int64_t kept_generation; /* of what the store has, readable or not */
    struct error unreadable; /* why what is kept cannot be used */
    struct login_ask *asks, **asks_last;
    struct keep *keeps;
    struct call *call;
    struct task *errand;
    bool loaded;
    bool consent_needed;
    bool saving_keep; /* what is being saved is the first of `keeps`, not `pending` */
    /* This round: from the first ask until nobody waits. */
    bool looked;        /* in the store */
    bool pending_fresh; /* `pending` came in this round, so `tokens` will be as new as can be */
    bool renewed;
    bool use_old;      /* the refresh token was refused: the one before it, while it lives */
    bool looked_again; /* after invalid_grant */
    unsigned stale;    /* saves refused */
};

struct login_state *state_get(struct login *login, const char *name, struct login_grant *grant);
void state_free(struct login_state *state);
/* Do what is next, when nothing is under way. */
void state_go(struct login_state *state);
void state_add_ask(struct login_state *state, struct login_ask *ask);
bool state_remove_ask(struct login_state *state, struct login_ask *ask);
void state_fail_asks(struct login_state *state, const struct error *err);
/* Keep a consent's tokens; *tokens is emptied. *slot is NULL again when `done` runs, which may be
 * at once; state_keep_abandon(slot) before that. */
void state_keep(struct login_state *state, struct tokens *tokens, struct keep **slot,
                keep_done_fn *done, void *owner);
void state_keep_abandon(struct keep **slot);

/* ---- store.c: loading and saving for a state ---- */

void state_load(struct login_state *state);
/* errors: as login_store; `stale` is told by its code. Calls state_saved. */
void state_save(struct login_state *state, const struct tokens *tokens);
void state_loaded(struct login_state *state, struct text sealed, const struct error *err);
void state_saved(struct login_state *state, const struct error *err);

/* ---- ask.c: answers, handed out in the next round of the loop ---- */

void answer_error(struct login *login, struct login_ask *ask, const struct error *err);
void answer_tokens(struct login *login, struct login_ask *ask, const char *name,
                   const struct tokens *tokens);
void answer_key(struct login *login, struct login_ask *ask, const char *name,
                const struct login_grant *grant);
/* Hand out what is there now; all: with CANCELLED, whatever it was. */
void answers_deliver(struct login *login, bool cancelled);

/* ---- listen.c: the local listener ---- */

struct listener;
/* The target of a GET ("/callback?…"); the status of the page that is shown: 200 or another. */
typedef int listen_fn(void *owner, struct text target);
MUST_CHECK bool listener_open(uv_loop_t *loop, uint16_t port, listen_fn *on_get, void *owner,
                              struct listener **ret, struct error *err);
uint16_t listener_port(const struct listener *listener);
/* Pages being written are finished. NULL ok. */
void listener_close(struct listener *listener);

/* ---- consent.c: words of a consent; pure ---- */

/* The value of a name in "a=b&c=d", decoded; owned. NULL: absent or not decodable. */
char *query_value(struct text query, const char *name);
char *consent_url(const struct login_grant *grant, const char *redirect, const char *state,
                  const char *challenge);
/* The page at the authorize address came back with an error. */
void consent_refused(const char *code, struct error *err);

/* ---- connect.c ---- */

void consents_free(struct login *login);

/* ---- login.c ---- */

struct login {
    struct login_settings settings;
    struct dict *grants, *states;
    struct task *tasks;
    struct answer *answers, **answers_last;
    struct login_consent *consents;
    uv_idle_t *deliver;
    unsigned asks, connects, task_count;
    bool closing;
};
int64_t login_now_ms(const struct login *login);
/* Let answers be handed out. */
void login_wake(struct login *login);
/* A consent has something to tell in the next round of the loop. */
void consents_deliver(struct login *login);
bool error_cancelled(struct error *err);

#endif
