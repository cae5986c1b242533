#include "login/login_internal.h"

/* One load or save; outlives the state when login goes first. */
struct errand {
    struct task task; /* first */
    struct buffer sealed;
};

static struct errand *errand_new(struct login_state *state)
{
    struct errand *errand = memory_new(1, sizeof *errand);

    buffer_init(&errand->sealed, LOGIN_SEALED_MAX);
    task_add(state->login, &errand->task, state);
    state->errand = &errand->task;
    return errand;
}

/* NULL: nobody waits any more. */
static struct login_state *errand_end(struct errand *errand)
{
    struct login_state *state = errand->task.owner;

    if (state) {
        state->errand = NULL;
    }
    task_remove(&errand->task);
    buffer_done(&errand->sealed);
    memory_free(errand);
    return state;
}

static void on_loaded(void *self, struct text sealed, const struct error *err)
{
    struct login_state *state = errand_end(self);

    if (state) {
        state_loaded(state, sealed, err);
    }
}

static void on_saved(void *self, const struct error *err)
{
    struct login_state *state = errand_end(self);

    if (state) {
        state_saved(state, err);
    }
}

void state_load(struct login_state *state)
{
    const struct login_store *store = &state->login->settings.store;

    state->doing = DOING_LOAD;
    store->load(store->self, state->name, on_loaded, errand_new(state));
}

void state_save(struct login_state *state, const struct tokens *tokens)
{
    const struct login_store *store = &state->login->settings.store;
    struct errand *errand = errand_new(state);

    state->doing = DOING_SAVE;
    tokens_seal(&state->login->settings.key, state->name, tokens, &errand->sealed);
    fault_point("login.save.before");
    store->save(store->self, state->name, buffer_text(&errand->sealed), tokens->generation,
                on_saved, errand);
}
