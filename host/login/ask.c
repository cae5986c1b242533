#include <stdio.h>

#include "login/login_internal.h"

/* What an ask will be told, and the ask; copies, since tokens may change before. */
struct answer {
    struct answer *next;
    struct login_ask *ask;
    struct error err;
    const char *header; /* static, or `own_header` */
    char *own_header, *value, *id;
    int64_t generation, expires_ms;
};

static struct answer *add(struct login *login, struct login_ask *ask)
{
    struct answer *answer = memory_new(1, sizeof *answer);

    answer->ask = ask;
    ask->over = true;
    *login->answers_last = answer;
    login->answers_last = &answer->next;
    login_wake(login);
    return answer;
}

void answer_error(struct login *login, struct login_ask *ask, const struct error *err)
{
    add(login, ask)->err = *err;
}

static char *id_of(const char *name, int64_t generation)
{
    size_t size = strlen(name) + 24;
    char *id = memory_new(size, 1);

    snprintf(id, size, "%s#%lld", name, (long long)generation);
    return id;
}

void answer_tokens(struct login *login, struct login_ask *ask, const char *name,
                   const struct tokens *tokens)
{
    struct answer *answer = add(login, ask);
    size_t size = strlen(tokens->access) + sizeof "Bearer ";

    answer->header = "Authorization";
    answer->value = memory_new(size, 1);
    snprintf(answer->value, size, "Bearer %s", tokens->access);
    answer->id = id_of(name, tokens->generation);
    answer->generation = tokens->generation;
    answer->expires_ms = tokens->expires_ms;
}

void answer_key(struct login *login, struct login_ask *ask, const char *name,
                const struct login_grant *grant)
{
    struct answer *answer = add(login, ask);

    answer->own_header = memory_copy_text(grant->kind == LOGIN_HEADER ? grant->header : NULL);
    answer->header = grant->kind == LOGIN_NONE     ? NULL
                     : grant->kind == LOGIN_HEADER ? answer->own_header
                                                   : "Authorization";
    answer->value = grant_key_value(grant);
    answer->id = id_of(name, 0);
}

static void deliver_one(struct login *login, struct answer *answer)
{
    struct login_token token = {
        .header = answer->header,
        .value = answer->value,
        .generation = answer->generation,
        .id = answer->id,
        .expires_ms = answer->expires_ms,
    };
    struct login_ask *ask = answer->ask;
    bool ok = answer->err.kind == ERROR_NONE;

    login->asks--;
    ask->done(ask->owner, ok ? &token : NULL, &answer->err);
    secret_free(answer->value);
    memory_free(answer->own_header);
    memory_free(answer->id);
    memory_free(answer);
}

/* One at a time from the head: `done` may cancel those behind it. Those added meanwhile wait. */
void answers_deliver(struct login *login, bool cancelled)
{
    struct answer **end = login->answers_last, *answer;
    bool last = false;

    while (!last && (answer = login->answers)) {
        last = &answer->next == end;
        login->answers = answer->next;
        if (!login->answers) {
            login->answers_last = &login->answers;
        }
        if (cancelled) {
            (void)error_cancelled(&answer->err);
        }
        deliver_one(login, answer);
    }
}

/* ---- asking ---- */

void login_token(struct login *login, struct login_ask *ask)
{
    struct login_grant *grant = grant_find(login, ask->grant);
    struct error err = {0};

    login->asks++;
    ask->over = false;
    ask->in = NULL;
    if (login->closing) {
        (void)error_cancelled(&err);
        answer_error(login, ask, &err);
    } else if (!grant || !grant_name_is_good(ask->grant)) {
        (void)error_set(&err, ERROR_CONFIG, "grant", "there is no grant named %.*s",
                        LOGIN_GRANT_NAME_MAX, ask->grant);
        answer_error(login, ask, &err);
    } else if (!grant_has_tokens(grant)) {
        answer_key(login, ask, ask->grant, grant);
    } else {
        state_add_ask(state_get(login, ask->grant, grant), ask);
    }
}

void login_cancel(struct login *login, struct login_ask *ask)
{
    struct error err;

    (void)error_cancelled(&err);
    if (!ask->over) {
        if (ask->in && state_remove_ask(ask->in, ask)) {
            answer_error(login, ask, &err);
        }
        return;
    }
    for (struct answer *answer = login->answers; answer; answer = answer->next) {
        if (answer->ask == ask) {
            answer->err = err;
        }
    }
}
