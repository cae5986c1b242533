#include "login/login_internal.h"

static void on_deliver(uv_idle_t *idle)
{
    struct login *login = idle->data;

    uv_idle_stop(idle);
    answers_deliver(login, false);
    consents_deliver(login);
}

void login_wake(struct login *login)
{
    uv_idle_start(login->deliver, on_deliver);
}

int64_t login_now_ms(const struct login *login)
{
    return clock_wall_ms(login->settings.clock);
}

bool error_cancelled(struct error *err)
{
    return error_set(err, ERROR_CANCELLED, "cancelled", "the login was cancelled");
}

struct login *login_new(const struct login_settings *settings)
{
    struct login *login = memory_new(1, sizeof *login);

    login->settings = *settings;
    login->grants = dict_new();
    login->states = dict_new();
    login->answers_last = &login->answers;
    login->deliver = memory_new(1, sizeof *login->deliver);
    login->deliver->data = login;
    uv_idle_init(settings->loop, login->deliver);
    return login;
}

static void free_handle(uv_handle_t *handle)
{
    memory_free(handle);
}

/* What is under way comes back to nobody. */
static void forget_tasks(struct login *login)
{
    for (struct task *task = login->tasks; task; task = task->next) {
        task->owner = NULL;
        task->login = NULL;
    }
}

static void fail_everything(struct login *login)
{
    struct error err;
    struct text name;
    void *state;

    (void)error_cancelled(&err);
    for (size_t cursor = 0; dict_next(login->states, &cursor, &name, &state);) {
        struct login_state *s = state;

        if (s->call) {
            call_abandon(s->call);
            s->call = NULL;
        }
        state_fail_asks(s, &err);
    }
    consents_free(login);
    while (login->answers) {
        answers_deliver(login, true);
    }
}

void login_free(struct login *login)
{
    struct text name;
    void *value;

    if (!login) {
        return;
    }
    login->closing = true;
    fail_everything(login);
    forget_tasks(login);
    for (size_t cursor = 0; dict_next(login->states, &cursor, &name, &value);) {
        state_free(value);
    }
    for (size_t cursor = 0; dict_next(login->grants, &cursor, &name, &value);) {
        grant_free(value);
    }
    dict_free(login->states);
    dict_free(login->grants);
    uv_close((uv_handle_t *)login->deliver, free_handle);
    crypto_key_done(&login->settings.key);
    memory_free(login);
}

unsigned login_busy(const struct login *login)
{
    return login->asks + login->connects + login->task_count;
}

bool login_grant_status(const struct login *login, const char *name, struct login_status *ret)
{
    const struct login_grant *grant = grant_find(login, name);
    const struct login_state *state = dict_get(login->states, text_of(name));
    const struct tokens *tokens = state ? &state->tokens : NULL;

    if (!grant) {
        return false;
    }
    *ret = (struct login_status){.user = "", .auth_event = "", .scopes = ""};
    if (!grant_has_tokens(grant)) {
        ret->known = ret->connected = true;
        return true;
    }
    if (!state || !state->loaded) {
        return true;
    }
    ret->known = true;
    ret->consent_needed = state->consent_needed;
    ret->connected = tokens->generation > 0;
    ret->generation = tokens->generation;
    ret->expires_ms = tokens->expires_ms;
    ret->refreshed_ms = tokens->refreshed_ms;
    ret->refresh_ends_ms =
        tokens->refresh ? tokens->refreshed_ms + (int64_t)LOGIN_REFRESH_DAYS * 86400000 : 0;
    if (ret->connected) {
        ret->user = tokens->user;
        ret->auth_event = tokens->auth_event;
        ret->scopes = tokens->scopes;
    }
    return true;
}
