/* connect, disconnect: which organisation an integration writes to. */
#include "base/memory.h"
#include "schedule/engine_internal.h"

/* ---- connect ---- */

static bool work_pin(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    const struct site_choice to = {json_path_text(q->answer, "tenant"),
                                   json_path_text(q->answer, "organisation")};

    return site_pin(q->site, db, &to, q->arena, err) &&
           site_confirm_first(q->site, db, q->arena, q->user, err) &&
           audit_add(db, q->user, "connect", q->site->config->name,
                     json_path_text(q->answer, "tenant"), err);
}

static void say_connected(struct question *q)
{
    struct site *m = q->site;

    answer_text(q->answer, "connected", m->config->name);
    if (m->problem && m->problem->kind != ERROR_AUTH) {
        answer_text(q->answer, "text", m->problem->text);
    }
    question_done(q);
}

static void after_pinned(struct question *q)
{
    mend_site(q, say_connected);
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
    answer_text(q->answer, "tenant", chosen->tenant_id);
    answer_text(q->answer, "connection", chosen->id);
    answer_text(q->answer, "organisation", chosen->tenant_name);
    question_write(q, work_pin, after_pinned);
}

void ask_connect(struct question *q)
{
    const char *url = "";
    json_t *progress;

    if (q->site->problem && q->site->problem->kind != ERROR_AUTH) {
        question_fail(q, q->site->problem);
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
    answer_text(progress, "url", url);
    answer_text(progress, "text", url[0] ? "Open this address and consent." : "Asking Xero.");
    q->reply.progress(q->reply.self, progress);
}

/* ---- disconnect ---- */

/*
 * The pin goes, so that no run can start; mappings and history stay. The connection at Xero goes
 * only when no other integration writes to that organisation; the grant is never revoked, because
 * other organisations may hang on it.
 */
struct leaving {
    struct machine machine;
    struct question *q;
    struct text connection; /* "": stays */
    struct side side;
    const char *path;
};

static bool is_disconnected(const struct site *m)
{
    return m->problem && strcmp(m->problem->code, "not-connected") == 0;
}

static bool is_shared(const struct question *q)
{
    const char *tenant = q->site->integration.tenant_id;

    for (size_t i = 0; i < q->engine->site_count; i++) {
        const struct site *other = &q->engine->sites[i];

        if (other != q->site && !is_disconnected(other) && other->integration.tenant_id && tenant &&
            strcmp(other->integration.tenant_id, tenant) == 0) {
            return true;
        }
    }
    return false;
}

static bool work_unpin(struct db *db, void *self, struct error *err)
{
    struct leaving *l = self;
    struct question *q = l->q;
    const char *tenant = q->site->integration.tenant_id;

    if (tenant && !is_shared(q) &&
        (!kept_get(db, "connection", tenant, q->arena, &l->connection, err) ||
         !kept_delete(db, "connection", tenant, err))) {
        return false;
    }
    return kept_delete(db, "pin", q->site->config->name, err) &&
           audit_add(db, q->user, "disconnect", q->site->config->name, tenant ? tenant : "", err);
}

static void ask_unpin(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_unpin;
}

static const char *got_unpin(void *self, const struct answer *answer)
{
    struct leaving *l = self;

    return answer->err.kind     ? machine_fail(&l->machine, &answer->err)
           : l->connection.size ? "drop"
                                : NULL;
}

static void ask_drop(void *self, struct ask *ask)
{
    struct leaving *l = self;

    ask->kind = ASK_CALL;
    ask->call =
        (struct call){.side = &l->side, .class = QUOTA_TOKEN, .method = "DELETE", .path = l->path};
}

static const struct step leaving_steps[] = {
    {"unpin", ask_unpin, got_unpin}, /* → drop, done */
    {"drop", ask_drop, NULL},        /* → done: when it fails, a person can do it in Xero */
    {NULL, NULL, NULL},
};

static void on_left(void *owner, const struct error *err)
{
    struct leaving *l = owner;
    struct question *q = l->q;
    struct site *m = q->site;
    struct error how = *err; /* it is the machine's, which goes */

    memory_free(l);
    if (how.kind) {
        question_fail(q, &how);
        return;
    }
    if (m->timer) {
        timer_stop(m->engine->house.timers, m->timer);
        m->timer = NULL;
    }
    error_set(site_problem(m), ERROR_AUTH, "not-connected",
              "%s was disconnected: `ferry connect %s` connects it again.", m->config->name,
              m->config->name);
    answer_text(q->answer, "text",
                arena_printf(q->arena, "%s is disconnected. Mappings and history are kept.",
                             m->config->name));
    question_done(q);
}

static bool work_connection(struct db *db, void *self, struct error *err)
{
    struct leaving *l = self;
    const char *tenant = l->q->site->integration.tenant_id;

    return !tenant || kept_get(db, "connection", tenant, l->q->arena, &l->connection, err);
}

void ask_disconnect(struct question *q)
{
    struct leaving *l = memory_new(1, sizeof *l);
    const char *url = q->site->app->connections_url;

    if (q->site->run) {
        machine_cancel(&q->site->run->machine);
    }
    l->q = q;
    l->side = q->site->integration.xero;
    l->side.base_url = url ? url : "https://api.xero.com/connections";
    l->side.headers = NULL;
    if (!store_now(q->engine->store, work_connection, l, &q->err)) {
        memory_free(l);
        question_fail(q, &q->err);
        return;
    }
    l->path = arena_printf(q->arena, "/%.*s", TEXT_ARGS(l->connection));
    l->connection = TEXT_NONE;
    machine_init(&l->machine, &q->engine->house, "disconnect", leaving_steps, l);
    machine_start(&l->machine, NULL, on_left, l);
}
