/*
 * The tokens of one grant. Everything that happens comes back to state_go, which does the next
 * thing: look into the store, refresh, keep, hand out. Only one of them is ever under way.
 */
#include "login/login_internal.h"

/* Hosts that are faster than us so many times in a row are not hosts. */
#define STALE_MOST 5

struct login_state *state_get(struct login *login, const char *name, struct login_grant *grant)
{
    struct login_state *state = dict_get(login->states, text_of(name));

    if (!state) {
        state = memory_new(1, sizeof *state);
        state->login = login;
        state->name = memory_copy_text(name);
        state->asks_last = &state->asks;
        dict_set(login->states, text_of(name), state);
    }
    state->grant = grant; /* may have been given settings of its own meanwhile */
    return state;
}

static void keep_free(struct keep *keep)
{
    tokens_done(&keep->tokens);
    memory_free(keep);
}

void state_free(struct login_state *state)
{
    while (state->keeps) {
        struct keep *keep = state->keeps;

        state->keeps = keep->next;
        keep_free(keep);
    }
    tokens_done(&state->tokens);
    tokens_done(&state->pending);
    memory_free(state->name);
    memory_free(state);
}

/* ---- who waits ---- */

void state_add_ask(struct login_state *state, struct login_ask *ask)
{
    ask->in = state;
    ask->next = NULL;
    *state->asks_last = ask;
    state->asks_last = &ask->next;
    state_go(state);
}

bool state_remove_ask(struct login_state *state, struct login_ask *ask)
{
    struct login_ask **at = &state->asks;

    while (*at && *at != ask) {
        at = &(*at)->next;
    }
    if (!*at) {
        return false;
    }
    *at = ask->next;
    if (!*at) {
        state->asks_last = at;
    }
    ask->in = NULL;
    return true;
}

void state_fail_asks(struct login_state *state, const struct error *err)
{
    while (state->asks) {
        struct login_ask *ask = state->asks;

        (void)state_remove_ask(state, ask);
        answer_error(state->login, ask, err);
    }
}

static bool is_good_for(const struct login_state *state, const struct login_ask *ask)
{
    const struct tokens *tokens = &state->tokens;
    int64_t end_ms = tokens->expires_ms - (int64_t)LOGIN_EARLY_S * 1000;

    /* one that was just fetched is given out however short it lives: there is no better one */
    return tokens->access && tokens->generation > ask->refused_generation &&
           (state->renewed || end_ms > login_now_ms(state->login));
}

static void answer_asks(struct login_state *state)
{
    struct login_ask *next;

    for (struct login_ask *ask = state->asks; ask; ask = next) {
        next = ask->next;
        if (is_good_for(state, ask)) {
            (void)state_remove_ask(state, ask);
            answer_tokens(state->login, ask, state->name, &state->tokens);
        }
    }
}

static void end_round(struct login_state *state)
{
    state->looked = state->looked_again = false;
    state->renewed = state->pending_fresh = state->use_old = false;
    state->stale = 0;
}

static void fail_round(struct login_state *state, const struct error *err)
{
    state_fail_asks(state, err);
    end_round(state);
}

/* ---- a consent's tokens ---- */

void state_keep(struct login_state *state, struct tokens *tokens, struct keep **slot,
                keep_done_fn *done, void *owner)
{
    struct keep *keep = memory_new(1, sizeof *keep), **at = &state->keeps;

    keep->slot = slot;
    keep->done = done;
    keep->owner = owner;
    tokens_move(&keep->tokens, tokens);
    while (*at) {
        at = &(*at)->next;
    }
    *at = *slot = keep;
    state_go(state);
}

/* What is being kept is kept all the same. */
void state_keep_abandon(struct keep **slot)
{
    if (*slot) {
        (*slot)->slot = NULL;
        *slot = NULL;
    }
}

static void end_keep(struct login_state *state, const struct error *err)
{
    struct keep *keep = state->keeps;

    state->keeps = keep->next;
    state->looked = false;
    state->stale = 0;
    if (keep->slot) {
        *keep->slot = NULL;
        keep->done(keep->owner, err);
    }
    keep_free(keep);
}

static void save_keep(struct login_state *state)
{
    int64_t newest = state->kept_generation > state->tokens.generation ? state->kept_generation
                                                                       : state->tokens.generation;

    state->keeps->tokens.generation = newest + 1;
    state->saving_keep = true;
    state_save(state, &state->keeps->tokens);
}

/* ---- refreshing ---- */

static bool may_use_old(const struct login_state *state)
{
    const struct tokens *tokens = &state->tokens;

    return tokens->old_refresh && tokens->old_until_ms > login_now_ms(state->login);
}

static const char *refresh_token(const struct login_state *state)
{
    if (state->grant->kind == LOGIN_CUSTOM) {
        return NULL;
    }
    return state->use_old ? state->tokens.old_refresh : state->tokens.refresh;
}

/* Newer than what anybody has been refused. */
static int64_t next_generation(const struct login_state *state)
{
    int64_t newest = state->tokens.generation > state->kept_generation ? state->tokens.generation
                                                                       : state->kept_generation;

    for (const struct login_ask *ask = state->asks; ask; ask = ask->next) {
        if (ask->refused_generation > newest && ask->refused_generation < INT64_MAX) {
            newest = ask->refused_generation;
        }
    }
    return newest + 1;
}

/* Before a person is bothered: the token before this one, then what another host may have kept. */
static void on_invalid_grant(struct login_state *state, const struct error *err)
{
    if (!state->use_old && may_use_old(state)) {
        state->use_old = true;
    } else {
        state->consent_needed = true;
        if (state->looked_again) {
            fail_round(state, err);
            return;
        }
        state->looked_again = true;
        state->looked = false;
    }
}

static void on_refreshed(void *self, const struct http_reply *reply, const struct error *failure)
{
    struct login_state *state = self;
    struct tokens fresh = {0};
    struct error err = {0};

    state->call = NULL;
    state->doing = DOING_NOTHING;
    if (reply_read_tokens(reply, failure, login_now_ms(state->login), &state->tokens,
                          refresh_token(state), &fresh, &err)) {
        fresh.generation = next_generation(state);
        tokens_move(&state->pending, &fresh);
        state->pending_fresh = true;
    } else if (err.kind == ERROR_AUTH && state->grant->kind == LOGIN_OAUTH2) {
        on_invalid_grant(state, &err);
    } else {
        fail_round(state, &err);
    }
    state_go(state);
}

static void refresh(struct login_state *state)
{
    const struct login_grant *grant = state->grant;
    const char *token = refresh_token(state);
    AUTO(secret_buffer_done) struct buffer form;

    buffer_init(&form, LOGIN_SEALED_MAX);
    if (grant->kind == LOGIN_CUSTOM) {
        buffer_add_cstr(&form, "grant_type=client_credentials");
        if (grant->scopes) {
            buffer_add_cstr(&form, "&scope=");
            http_encode(text_of(grant->scopes), &form);
        }
    } else {
        buffer_add_cstr(&form, "grant_type=refresh_token&refresh_token=");
        http_encode(text_of(token), &form);
    }
    grant_client_form(grant, &form);
    state->doing = DOING_REFRESH;
    fault_point("login.refresh");
    state->call = call_start(state->login, grant->token_url, grant_client_value(grant), &form,
                             on_refreshed, state);
}

static bool can_refresh(const struct login_state *state, struct error *err)
{
    if (state->grant->kind == LOGIN_CUSTOM || (state->tokens.refresh && !state->consent_needed)) {
        return true;
    }
    if (state->unreadable.kind == ERROR_CONFIG) {
        *err = state->unreadable;
        return false;
    }
    return error_set(err, ERROR_AUTH, "consent-needed",
                     "%s is not connected%s; a person must do it: ferry connect", state->name,
                     state->unreadable.kind != ERROR_NONE ? " (what was kept cannot be read)"
                     : state->consent_needed              ? " any more"
                                                          : "");
}

/* ---- the store ---- */

static void drop_pending(struct login_state *state)
{
    tokens_done(&state->pending);
    state->pending_fresh = false;
}

/* A copy that was restored is older than what we know: ours was durable, too. */
static void adopt_loaded(struct login_state *state, struct text sealed)
{
    struct tokens tokens = {0};

    state->unreadable = (struct error){0};
    state->kept_generation = login_sealed_generation(sealed);
    if (sealed.size == 0) {
        tokens_done(&state->tokens); /* somebody has disconnected */
        return;
    }
    if (state->tokens.generation > 0 && state->kept_generation <= state->tokens.generation) {
        return;
    }
    if (tokens_open(&state->login->settings.key, state->name, sealed, &tokens,
                    &state->unreadable)) {
        tokens_move(&state->tokens, &tokens);
        state->consent_needed = state->use_old = false;
        if (state->pending.generation <= state->kept_generation) {
            drop_pending(state);
        }
    }
}

void state_loaded(struct login_state *state, struct text sealed, const struct error *err)
{
    state->doing = DOING_NOTHING;
    if (err->kind != ERROR_NONE) {
        if (state->keeps) {
            end_keep(state, err);
        }
        fail_round(state, err);
    } else {
        adopt_loaded(state, sealed);
        state->loaded = state->looked = true;
    }
    state_go(state);
}

static void adopt_kept(struct login_state *state, struct tokens *tokens)
{
    state->kept_generation = tokens->generation;
    state->unreadable = (struct error){0};
    state->consent_needed = state->use_old = false;
    tokens_move(&state->tokens, tokens);
    drop_pending(state);
}

static void not_kept(struct login_state *state, const struct error *why)
{
    struct error err;

    (void)error_set(&err, ERROR_TRANSIENT, "token-not-kept",
                    "the new token of %s could not be kept, so it is not used: %.400s", state->name,
                    why->text);
    if (state->saving_keep) {
        end_keep(state, &err);
    } else {
        fail_round(state, &err);
    }
}

void state_saved(struct login_state *state, const struct error *err)
{
    bool stale = err->kind == ERROR_REJECTED && strcmp(err->code, "stale") == 0;

    state->doing = DOING_NOTHING;
    if (err->kind == ERROR_NONE) {
        fault_point("login.save.after");
        if (state->saving_keep) {
            adopt_kept(state, &state->keeps->tokens);
            end_keep(state, err);
        } else {
            state->renewed = state->pending_fresh;
            adopt_kept(state, &state->pending);
        }
    } else if (stale && state->stale++ < STALE_MOST) {
        state->looked = false; /* and use, or count from, what the other one has kept */
        if (!state->saving_keep) {
            drop_pending(state);
        }
    } else {
        not_kept(state, err);
    }
    state_go(state);
}

void state_go(struct login_state *state)
{
    struct error err = {0};

    if (state->doing != DOING_NOTHING || state->login->closing) {
        return;
    }
    if (state->loaded && !state->keeps) {
        answer_asks(state);
    }
    /* a new token is kept even when those who asked have gone */
    if (!state->asks && !state->keeps && !state->pending_fresh) {
        end_round(state);
    } else if (!state->looked) {
        state_load(state);
    } else if (state->keeps) {
        save_keep(state);
    } else if (state->pending.generation > 0) {
        state->saving_keep = false;
        state_save(state, &state->pending);
    } else if (!can_refresh(state, &err)) {
        fail_round(state, &err);
    } else {
        refresh(state);
    }
}
