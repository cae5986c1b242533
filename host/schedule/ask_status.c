/*
 * status, doctor: how things stand. What the loop alone knows (runs, quota, problems) is written
 * down before the question goes to the store's thread, which then adds what it finds there.
 */
#include "base/memory.h"
#include "schedule/engine_internal.h"

/* The day's calls are used up. */
static bool is_parked(const struct site *m)
{
    struct quota_status status;

    return m->integration.xero.lane &&
           quota_lane_status(m->engine->house.quota, m->integration.xero.lane, &status) &&
           status.state == QUOTA_PARKED;
}

static const char *state_of(const struct site *m)
{
    if (!m->config->enabled) {
        return "off";
    }
    if (m->problem && m->problem->kind == ERROR_AUTH) {
        return "needs-consent";
    }
    if (m->run) {
        return is_parked(m) ? "parked" : "running";
    }
    if (m->problem) {
        return "error";
    }
    if (m->unadopted) {
        return "needs-adopt";
    }
    if (m->last && m->last->kind == ERROR_AUTH) {
        return "needs-login";
    }
    return m->last ? "error" : "ok";
}

static bool is_unadopted(const struct engine *e)
{
    bool any = false;

    for (size_t i = 0; i < e->site_count; i++) {
        any = any || (e->sites[i].unadopted && e->sites[i].config->enabled);
    }
    return any;
}

/* ---- documents by type and state ---- */

struct counting {
    json_t *documents;
    int64_t oldest_held_ms;
};

static bool add_count(void *self, const struct ledger_count *count, struct error *err)
{
    struct counting *c = self;
    const char *state = document_state_name(count->state);
    json_t *of = json_object_get(c->documents, count->mapping);
    int64_t before;

    (void)err;
    if (!of) {
        of = json_object();
        json_object_set_new(c->documents, count->mapping, of);
    }
    before = json_int(json_object_get(of, state), 0);
    json_object_set_new(of, state, json_new_int(before + count->count));
    if (count->state == DOCUMENT_HELD &&
        (c->oldest_held_ms == 0 || count->oldest_ms < c->oldest_held_ms)) {
        c->oldest_held_ms = count->oldest_ms;
    }
    return true;
}

bool count_documents(struct site *m, struct db *db, json_t *to, int64_t *ret_oldest_ms,
                     struct error *err)
{
    struct counting counting = {.documents = to};
    bool ok = ledger_count_each(db, m->integration.id, add_count, &counting, err);

    *ret_oldest_ms = counting.oldest_held_ms;
    return ok;
}

static bool work_summary(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    json_t *documents = json_object(), *totals = json_object();
    int64_t oldest_ms;

    json_object_set_new(q->answer, "documents", documents);
    json_object_set_new(q->answer, "totals", totals);
    return count_documents(q->site, db, documents, &oldest_ms, err) &&
           add_totals(q->site, db, totals, err);
}

void ask_summary(struct question *q)
{
    question_read(q, work_summary, question_done);
}

static bool add_source(struct site *m, struct db *db, json_t *to, struct error *err)
{
    const struct program *program = m->integration.program;
    int64_t live = 0, bad = 0;
    json_t *source = json_object();

    for (size_t i = 0; i < map_list_count(program); i++) {
        const struct declared_list *list = map_list_declared(map_list_at(program, i));
        struct mirror_count count;

        if (strncmp(list->name, "xero.", 5) == 0) {
            continue;
        }
        if (!mirror_count(db, m->integration.source.scope, list->name, &count, err)) {
            json_decref(source);
            return false;
        }
        live += count.live;
        bad += count.bad;
    }
    json_object_set_new(source, "records", json_new_int(live));
    json_object_set_new(source, "bad", json_new_int(bad));
    json_object_set_new(to, "source", source);
    return true;
}

static void add_quota(const struct site *m, json_t *to)
{
    struct quota_status status;
    json_t *quota = json_object();

    if (m->integration.xero.lane &&
        quota_lane_status(m->engine->house.quota, m->integration.xero.lane, &status)) {
        json_object_set_new(quota, "minute_left", json_new_int(status.left_minute));
        json_object_set_new(quota, "day_left", json_new_int(status.left_day));
        answer_time(quota, "wake_at", status.state == QUOTA_PARKED ? status.wake_ms : 0);
    }
    json_object_set_new(to, "quota", quota);
}

/* Off in the config, or what its guards said when it was last asked: "code: sentence". */
static bool add_flow_state(struct site *m, struct db *db, size_t index, json_t *flow,
                           struct arena *arena, struct error *err)
{
    const char *name = arena_printf(arena, "%lld/%s", (long long)m->integration.id,
                                    m->declaration->flows[index].name);
    bool off = m->integration.flows && !m->integration.flows[index];
    struct text said = {0};

    if (!off && m->integration.id && !kept_get(db, "flow", name, arena, &said, err)) {
        return false;
    }
    answer_text(flow, "state", off ? "off" : said.size ? "not ready" : "on");
    answer_text(flow, "why", said.size ? arena_copy_text(arena, said) : "");
    return true;
}

/* A run of all flows, or of this one alone: the later. */
static bool last_run_of(struct site *m, struct db *db, const char *flow, struct arena *arena,
                        struct run_row *ret, bool *ret_found, struct error *err)
{
    struct run_row alone = {0};
    bool found = false;

    if (!m->integration.id) {
        return true;
    }
    if (!run_last(db, m->integration.id, "", arena, ret, ret_found, err) ||
        !run_last(db, m->integration.id, flow, arena, &alone, &found, err)) {
        return false;
    }
    if (found && (!*ret_found || alone.begun_ms > ret->begun_ms)) {
        *ret = alone;
        *ret_found = true;
    }
    return true;
}

static bool add_flows(struct site *m, struct db *db, json_t *flows, struct arena *arena,
                      struct error *err)
{
    json_t *flow;
    size_t i;

    json_array_foreach(flows, i, flow)
    {
        struct run_row run = {0};
        bool found = false;

        if (!add_flow_state(m, db, i, flow, arena, err) ||
            !last_run_of(m, db, m->declaration->flows[i].name, arena, &run, &found, err)) {
            return false;
        }
        answer_time(flow, "last_run_at", found ? run.begun_ms : 0);
        answer_text(flow, "last_result", found ? run.result : "");
    }
    return true;
}

static bool add_organisation(struct site *m, struct db *db, json_t *to, struct arena *arena,
                             struct error *err)
{
    struct text name;

    if (!kept_get(db, "organisation", m->config->name, arena, &name, err)) {
        return false;
    }
    answer_text(to, "organisation",
                name.size ? arena_copy_text(arena, name) : m->config->organisation.name);
    return true;
}

static bool add_site(struct site *m, struct db *db, json_t *one, struct arena *arena,
                     struct error *err)
{
    int64_t oldest_ms = 0;

    if (!add_organisation(m, db, one, arena, err) ||
        !add_flows(m, db, json_object_get(one, "flows"), arena, err)) {
        return false;
    }
    if (!m->integration.id || !m->integration.program) {
        return true;
    }
    if (!count_documents(m, db, json_object_get(one, "documents"), &oldest_ms, err) ||
        !add_source(m, db, one, err)) {
        return false;
    }
    answer_time(one, "oldest_held_at", oldest_ms);
    return true;
}

static bool work_status(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    json_t *one;
    size_t i;

    json_array_foreach(json_object_get(q->answer, "integrations"), i, one)
    {
        if (!add_site(engine_site(q->engine, json_path_text(one, "name")), db, one, q->arena,
                      err)) {
            return false;
        }
    }
    return true;
}

/* ---- what the loop knows ---- */

static json_t *flows_now(const struct site *m)
{
    json_t *flows = json_array();

    for (size_t i = 0; m->declaration && i < m->declaration->flow_count; i++) {
        json_t *flow = json_object();

        answer_text(flow, "name", m->declaration->flows[i].name);
        answer_text(flow, "when", m->declaration->flows[i].when);
        json_object_set_new(flow, "running", json_boolean(m->run != NULL));
        answer_time(flow, "next_run_at", m->timer ? m->next_ms : 0);
        json_array_append_new(flows, flow);
    }
    return flows;
}

static json_t *site_now(const struct site *m)
{
    const struct error *said = m->problem ? m->problem : m->last;
    json_t *one = json_object();

    answer_text(one, "name", m->config->name);
    answer_text(one, "connector", m->config->connector);
    answer_text(one, "version", m->declaration ? m->declaration->version : "");
    answer_text(one, "tenant", m->integration.tenant_id);
    answer_text(one, "state", state_of(m));
    answer_text(one, "code", said ? said->code : "");
    answer_text(one, "message", said ? said->text : "");
    answer_text(one, "isolation", connector_isolation_name(site_verdict(m)->isolation));
    json_object_set_new(one, "enabled", json_boolean(m->config->enabled));
    json_object_set_new(one, "documents", json_object());
    json_object_set_new(one, "flows", flows_now(m));
    add_quota(m, one);
    return one;
}

void ask_status(struct question *q)
{
    json_t *all = json_array(), *store = json_object();
    bool alone = q->site && question_text(q, "name")[0];

    json_object_set_new(q->answer, "integrations", all);
    json_object_set_new(q->answer, "store", store);
    answer_text(store, "path", q->engine->config->store);
    json_object_set_new(store, "restored", json_boolean(is_unadopted(q->engine)));
    for (size_t i = 0; i < q->engine->site_count; i++) {
        if (!alone || &q->engine->sites[i] == q->site) {
            json_array_append_new(all, site_now(&q->engine->sites[i]));
        }
    }
    question_read(q, work_status, question_done);
}

/* ---- doctor ---- */

static void check(json_t *checks, const char *name, bool ok, const char *text, const char *fix)
{
    json_t *one = json_object();

    answer_text(one, "name", name);
    json_object_set_new(one, "ok", json_boolean(ok));
    answer_text(one, "text", text);
    answer_text(one, "fix", ok ? "" : fix);
    json_array_append_new(checks, one);
}

static bool work_doctor(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    struct error broken = {0};
    bool ok = audit_verify(db, &broken);

    (void)err;
    check(json_object_get(q->answer, "checks"), "audit log", ok,
          broken.text[0] ? broken.text : "unbroken", "Somebody changed the audit log.");
    return true;
}

void ask_doctor(struct question *q)
{
    json_t *checks = json_array();

    json_object_set_new(q->answer, "checks", checks);
    check(checks, "store", !is_unadopted(q->engine), q->engine->config->store,
          "The store is older than what was here before: run `ferry adopt`.");
    for (size_t i = 0; i < q->engine->site_count; i++) {
        const struct site *m = &q->engine->sites[i];

        check(checks, m->config->name, !m->problem,
              m->problem ? m->problem->text
                         : arena_printf(q->arena, "%s %s, isolation %s", m->declaration->id,
                                        m->declaration->version,
                                        connector_isolation_name(site_verdict(m)->isolation)),
              "Change the config as the sentence says, then `ferry check-config`.");
    }
    question_read(q, work_doctor, question_done);
}
