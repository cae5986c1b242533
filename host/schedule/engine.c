#include "schedule/engine_internal.h"

#include "base/memory.h"

#include <stdio.h>

/* ---- opening ---- */

static bool open_clock(struct engine *e, struct error *err)
{
    if (!e->config->clock) {
        e->clock = clock_open_system();
        return true;
    }
    return clock_open_shared(e->config->clock, 0, &e->clock, err);
}

static bool read_key(struct engine *e, struct error *err)
{
    AUTO(config_secret_wipe) char *hex = NULL;

    if (e->config->key.kind == CONFIG_SECRET_FILE) {
        return crypto_key_load(e->config->key.name, &e->key, err);
    }
    return config_secret_read(&e->config->key, &hex, err) &&
           crypto_key_parse(text_of(hex), &e->key, err);
}

/* The app as login/ knows it; several people may consent to one app. */
static bool add_app(struct engine *e, const struct config_app *app, struct error *err)
{
    AUTO(config_secret_wipe) char *secret = NULL;
    struct quota_limits limits = quota_limits_xero_app(1);
    struct login_grant grant = {
        .name = arena_printf(e->arena, "xero/%s", app->name),
        .kind = app->kind == CONFIG_APP_CUSTOM ? LOGIN_CUSTOM : LOGIN_OAUTH2,
        .client_id = app->client_id,
        .authorize_url = app->login_url,
        .token_url = app->token_url,
        .connections_url = app->connections_url,
        .scopes = app->kind == CONFIG_APP_CUSTOM
                      ? "accounting.settings accounting.contacts accounting.invoices "
                        "accounting.payments accounting.banktransactions accounting.attachments"
                      : "openid profile email offline_access accounting.settings "
                        "accounting.contacts accounting.invoices accounting.payments "
                        "accounting.banktransactions accounting.attachments",
        .listen_port = app->callback_port,
    };

    if (app->client_secret.kind != CONFIG_SECRET_NONE &&
        !config_secret_read(&app->client_secret, &secret, err)) {
        return false;
    }
    grant.client_secret = secret;
    limits.windows[0].calls = app->limits.app_per_minute;
    quota_set_pool(e->house.quota, app->name, &limits);
    login_grant_xero(&grant);
    return login_add(e->house.login, &grant, err);
}

static void make_sites(struct engine *e)
{
    e->site_count = e->config->integrations.count;
    e->sites = arena_alloc(e->arena, e->site_count + 1, sizeof *e->sites);
    for (size_t i = 0; i < e->site_count; i++) {
        struct site *m = &e->sites[i];

        m->engine = e;
        m->config = &e->config->integrations.at[i];
        m->app = config_app(e->config, m->config->organisation.app);
        m->arena = arena_new(ENGINE_ARENA_MAX);
        site_make(m);
        if (m->problem) {
            log_event(LOG_WARNING, "integration-not-ready", "integration", m->config->name, "code",
                      m->problem->code, "text", m->problem->text, NULL);
        }
    }
}

static bool open_all(struct engine *e, struct error *err)
{
    struct store_options store = {.path = e->config->store};

    if (!open_clock(e, err) || !read_key(e, err) ||
        !store_open(&store, e->loop, e->clock, &e->store, err) ||
        !xero_declaration(e->arena, &e->xero, err)) {
        return false;
    }
    e->house = (struct house){.loop = e->loop, .clock = e->clock, .store = e->store};
    house_open(&e->house, &e->key, NULL);
    for (size_t i = 0; i < e->config->apps.count; i++) {
        if (!add_app(e, &e->config->apps.at[i], err)) {
            return false;
        }
    }
    return true;
}

bool engine_open(uv_loop_t *loop, const struct engine_settings *settings, struct engine **ret,
                 struct error *err)
{
    struct engine *e = memory_new(1, sizeof *e);

    e->loop = loop;
    e->settings = *settings;
    e->config = settings->config;
    e->arena = arena_new(ENGINE_ARENA_MAX);
    e->scratch = arena_new(ENGINE_ARENA_MAX);
    if (!open_all(e, err)) {
        engine_close(e);
        return false;
    }
    make_sites(e);
    for (size_t i = 0; settings->daemon && i < e->site_count; i++) {
        site_schedule(&e->sites[i]);
    }
    memory_give_back();
    *ret = e;
    return true;
}

/* ---- closing ---- */

void engine_close(struct engine *e)
{
    for (size_t i = 0; i < e->site_count; i++) {
        site_forget(&e->sites[i]);
    }
    house_close(&e->house);
    uv_run(e->loop, UV_RUN_NOWAIT);
    store_close(e->store);
    uv_run(e->loop, UV_RUN_NOWAIT);
    crypto_key_done(&e->key);
    if (e->clock) {
        clock_close(e->clock);
    }
    arena_free(e->scratch);
    arena_free(e->arena);
    memory_free(e);
}

static bool is_running(const struct engine *e)
{
    if (e->adoption || e->works) {
        return true;
    }
    for (size_t i = 0; i < e->site_count; i++) {
        if (e->sites[i].run) {
            return true;
        }
    }
    return false;
}

/* Called whenever something has ended. */
void engine_look_stopped(struct engine *e)
{
    if (e->stopping && !is_running(e) && e->stopped) {
        void (*stopped)(void *) = e->stopped;

        e->stopped = NULL;
        stopped(e->stopped_owner);
    }
}

void engine_stop(struct engine *e, void (*stopped)(void *owner), void *owner)
{
    e->stopping = true;
    e->stopped = stopped;
    e->stopped_owner = owner;
    for (size_t i = 0; i < e->site_count; i++) {
        if (e->sites[i].run) {
            machine_cancel(&e->sites[i].run->machine);
        }
    }
    if (e->adoption) {
        machine_cancel(e->adoption);
    }
    engine_look_stopped(e);
}

struct site *engine_site(struct engine *e, const char *name)
{
    for (size_t i = 0; i < e->site_count; i++) {
        if (strcmp(e->sites[i].config->name, name) == 0) {
            return &e->sites[i];
        }
    }
    return NULL;
}
