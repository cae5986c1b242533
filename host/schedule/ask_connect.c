/* connect, disconnect: which organisation an integration writes to. */
#include "base/memory.h"
#include "schedule/engine_internal.h"

static void put_text(json_t *j, const char *name, const char *text)
{
    json_object_set_new(j, name, json_new_text(text_of(text ? text : "")));
}

/* ---- connect ---- */

struct pinning {
    struct question *q;
    const char *tenant_id, *tenant_name;
};

static bool work_pin(struct db *db, void *self, struct error *err)
{
    struct question *q = self;

    return site_pin(q->site, db, json_path_text(q->answer, "tenant"),
                    json_path_text(q->answer, "organisation"), err) &&
           audit_add(db, q->user, "connect", q->site->config->name,
                     json_path_text(q->answer, "tenant"), err);
}

static void on_pinned(void *self, const struct error *err)
{
    struct question *q = self;
    struct site *m = q->site;

    if (err->kind) {
        question_fail(q, err);
        return;
    }
    site_make(m);
    put_text(q->answer, "connected", m->config->name);
    if (m->problem.kind && m->problem.kind != ERROR_AUTH) {
        put_text(q->answer, "text", m->problem.text);
    }
    question_done(q);
    if (m->engine->settings.daemon) {
        site_schedule(m);
    }
}

/* By id when the config names one, else by name, else the only one there is. */
static const struct login_connection *choose(const struct site *m,
                                             const struct login_connected *connected)
{
    const struct config_organisation *wanted = &m->config->organisation;

    for (size_t i = 0; i < connected->connection_count; i++) {
        const struct login_connection *c = &connected->connections[i];

        if (wanted->id ? strcmp(c->tenant_id, wanted->id) == 0
                       : strcmp(c->tenant_name, wanted->name) == 0) {
            return c;
        }
    }
    return NULL;
}

static const char *names_of(struct question *q, const struct login_connected *connected)
{
    const char *names = "";

    for (size_t i = 0; i < connected->connection_count; i++) {
        names = arena_printf(q->arena, "%s%s\"%.80s\"", names, i ? ", " : "",
                             connected->connections[i].tenant_name);
    }
    return names[0] ? names : "none";
}

static void on_connected(void *owner, const struct login_connected *result, const struct error *err)
{
    struct question *q = owner;
    const struct login_connection *chosen;

    if (!result) {
        question_fail(q, err);
        return;
    }
    chosen = choose(q->site, result);
    if (!chosen) {
        error_set(&q->err, ERROR_CONFIG, "organisation-missing",
                  "The consent shows %s, but the config wants \"%.80s\". Tick that one when you "
                  "consent, or change organisation.name.",
                  names_of(q, result), q->site->config->organisation.name);
        question_fail(q, &q->err);
        return;
    }
    put_text(q->answer, "tenant", chosen->tenant_id);
    put_text(q->answer, "organisation", chosen->tenant_name);
    store_write(q->engine->store, work_pin, q, on_pinned);
}

void ask_connect(struct question *q)
{
    const char *url = "";
    json_t *progress;

    if (q->site->problem.kind && q->site->problem.kind != ERROR_AUTH) {
        question_fail(q, &q->site->problem);
        return;
    }
    q->connect = (struct login_connect){
        .grant = arena_printf(q->arena, "xero/%s", q->site->app->name),
        .done = on_connected,
        .owner = q,
    };
    if (!login_connect_begin(q->engine->house.login, &q->connect, &url, &q->err)) {
        question_fail(q, &q->err);
        return;
    }
    progress = json_object();
    put_text(progress, "url", url);
    put_text(progress, "text", url[0] ? "Open this address and consent." : "Asking Xero.");
    q->reply.progress(q->reply.self, progress);
}

/* ---- disconnect ---- */

/* Mappings and history stay; only the pin goes, so that no run can start. */
static bool work_unpin(struct db *db, void *self, struct error *err)
{
    struct question *q = self;

    return kept_delete(db, "pin", q->site->config->name, err) &&
           audit_add(db, q->user, "disconnect", q->site->config->name, "", err);
}

static void on_unpinned(void *self, const struct error *err)
{
    struct question *q = self;
    struct site *m = q->site;

    if (err->kind) {
        question_fail(q, err);
        return;
    }
    if (m->timer) {
        timer_stop(m->engine->house.timers, m->timer);
        m->timer = NULL;
    }
    error_set(&m->problem, ERROR_AUTH, "not-connected",
              "%s was disconnected: `ferry connect %s` connects it again.", m->config->name,
              m->config->name);
    put_text(q->answer, "text",
             arena_printf(q->arena, "%s is disconnected. Mappings and history are kept.",
                          m->config->name));
    question_done(q);
}

void ask_disconnect(struct question *q)
{
    if (q->site->run) {
        machine_cancel(&q->site->run->machine);
    }
    store_write(q->engine->store, work_unpin, q, on_unpinned);
}
