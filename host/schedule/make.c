#include "base/memory.h"
#include "schedule/engine_internal.h"
#include "schedule/shelf.h"

#include <errno.h>
#include <sys/stat.h>

/*
 * From the config to an integration that can run: the connector described and compiled, options
 * checked, hosts confirmed, the login known, the organisation pinned. Every step may find a
 * problem, which is then the state of this integration; the others go on.
 */

static bool problem(struct site *m, enum error_kind kind, const char *code, const char *text)
{
    return error_set(site_problem(m), kind, code, "%s", text);
}

/* ---- the connector ---- */

static bool is_trusted(const struct site *m, const struct connector_file *file)
{
    const struct config *config = m->engine->config;

    for (size_t i = 0; i < config->trust.count; i++) {
        if (strcmp(config->trust.at[i].name, file->note.id) == 0) {
            return strcmp(config->trust.at[i].sha256, file->sha256) == 0;
        }
    }
    return true;
}

/* The operator says by hash which files may be opened where there is no sandbox. */
static bool is_consented(const struct site *m, const struct connector_file *file)
{
    const struct config_texts *hashes = &m->engine->config->without_sandbox;

    for (size_t i = 0; i < hashes->count; i++) {
        if (strcmp(hashes->at[i], file->sha256) == 0) {
            return true;
        }
    }
    return false;
}

bool site_is_quarantined(const struct site *m)
{
    enum connector_outcome outcome = site_verdict(m)->outcome;

    return outcome != CONNECTOR_OK && outcome != CONNECTOR_REFUSED;
}

static bool refuse(struct site *m)
{
    const struct connector_verdict *v = site_verdict(m);

    if (!site_is_quarantined(m)) {
        return error_set(site_problem(m), ERROR_CONFIG, v->why.code, "%s: %s%s",
                         m->config->connector, v->why.text,
                         v->why.kind == ERROR_CONFIG ? "" : " Its author must mend that.");
    }
    return error_set(
        site_problem(m), ERROR_CONFIG, v->why.code,
        "%s: %s This file is in quarantine; put another in its place, or have it tried "
        "again with `ferry connector release %s`.",
        m->config->connector, v->why.text, m->config->connector);
}

static bool describe(struct site *m, const struct connector_file *file)
{
    struct shelf kept = {.store = m->engine->store};
    struct connector_shelf shelf = shelf_open(&kept);
    struct connector_worker worker = {.path = m->engine->settings.worker_path,
                                      .unfenced = is_consented(m, file),
                                      .hide = m->engine->settings.hide,
                                      .shelf = &shelf};
    struct connector_verdict verdict;

    if (!is_trusted(m, file)) {
        return error_set(site_problem(m), ERROR_CONFIG, "connector-changed",
                         "The file of %s is not the one that the config trusts, so it was not "
                         "opened. Look at what it declares with `ferry connector show FILE`; when "
                         "that is right, write sha256:%s under connectors.trust.",
                         m->config->connector, file->sha256);
    }
    if (site_program_use(m, file->sha256)) {
        return true;
    }
    kept.arena = site_program_begin(m, file->sha256);
    if (!connector_describe(file, &worker, kept.arena, &verdict, &m->declaration,
                            site_problem(m))) {
        return false;
    }
    site_program_described(m, &verdict);
    return verdict.outcome == CONNECTOR_OK || refuse(m);
}

static bool find_connector(struct site *m)
{
    const struct config *config = m->engine->config;
    AUTO_FREE char *path = NULL;
    struct connector_file file = {0};
    bool ok;

    if (!connector_find(config->connector_paths.at, config->connector_paths.count,
                        m->config->connector, &path, site_problem(m))) {
        return false;
    }
    ok = connector_open(path, &file, site_problem(m)) && describe(m, &file);
    m->sha256 = m->integration.program_hash = arena_copy(m->arena, file.sha256);
    connector_close(&file);
    return ok;
}

/* ---- options ---- */

/* Another answer is looked at like another version of the connector. */
static bool add_options_to_hash(struct site *m)
{
    AUTO_FREE char *options = json_write_text(m->integration.options);
    char hex[CRYPTO_SHA256_HEX];
    const char *all =
        arena_printf(m->engine->scratch, "%s\n%s", m->integration.program_hash, options);

    m->integration.program_hash = arena_copy(m->arena, crypto_sha256_hex(text_of(all), hex));
    return true;
}

static bool set_options(struct site *m)
{
    return connector_options(m->declaration, m->config->options, m->config->name,
                             &m->integration.options, site_problem(m)) &&
           add_options_to_hash(m);
}

/* ---- flows ---- */

const struct config_flow *site_flow(const struct site *m, const char *name)
{
    for (size_t i = 0; i < m->config->flows.count; i++) {
        if (strcmp(m->config->flows.at[i].name, name) == 0) {
            return &m->config->flows.at[i];
        }
    }
    return NULL;
}

static bool check_flow_names(struct site *m)
{
    for (size_t i = 0; i < m->config->flows.count; i++) {
        const char *name = m->config->flows.at[i].name;
        bool known = false;

        for (size_t k = 0; k < m->declaration->flow_count; k++) {
            known = known || strcmp(m->declaration->flows[k].name, name) == 0;
        }
        if (!known) {
            return error_set(site_problem(m), ERROR_CONFIG, "flow-unknown",
                             "%s has no flow %s; `ferry connector show %s` lists them.",
                             m->config->connector, name, m->config->connector);
        }
    }
    return true;
}

/* A flow that is not mentioned runs as the connector says; one that says nothing must be named. */
static bool set_flows(struct site *m)
{
    bool *on = arena_alloc(m->arena, m->declaration->flow_count + 1, sizeof *on);

    for (size_t i = 0; i < m->declaration->flow_count; i++) {
        const struct declared_flow *declared = &m->declaration->flows[i];
        const struct config_flow *flow = site_flow(m, declared->name);

        on[i] = flow ? flow->when != CONFIG_OFF : declared->when[0] != '\0';
    }
    m->integration.flows = on;
    m->integration.active = map_activity(m->integration.program, on, m->arena);
    m->integration.approval = m->config->approval;
    return check_flow_names(m);
}

/* ---- login and limits ---- */

static bool secret(struct site *m, const struct config_secret *from, const char *name, char **ret)
{
    if (from->kind == CONFIG_SECRET_NONE) {
        return error_set(site_problem(m), ERROR_CONFIG, "login-missing",
                         "%s needs login: { %s: { env: … } } or { file: … }.", m->config->name,
                         name);
    }
    return config_secret_read(from, ret, site_problem(m));
}

/* The way to log in that the config has the secret for: "bearer | basic". */
static const char *login_chosen(struct site *m)
{
    struct text rest = text_of(m->declaration->login);
    const char *first = NULL;

    while (rest.size > 0) {
        const char *way = arena_copy_text(m->arena, text_trim(text_split(&rest, '|')));
        const struct config_secret *secret =
            strncmp(way, "basic", 5) == 0 ? &m->config->login.user : &m->config->login.api_key;

        first = first ? first : way;
        if (secret->kind != CONFIG_SECRET_NONE) {
            return way;
        }
    }
    return first && !site_needs_no_login(m) ? first : "";
}

/* "header X-Key", "bearer", "basic user": what the connector declares, filled from the config. */
static bool add_source_grant(struct site *m)
{
    const char *kind = login_chosen(m);
    struct login_grant grant = {.name = m->integration.source.grant};
    AUTO(config_secret_wipe) char *key = NULL;
    const struct config_login *login = &m->config->login;

    if (strncmp(kind, "header ", 7) == 0) {
        grant.kind = LOGIN_HEADER;
        grant.header = kind + 7;
    } else if (strcmp(kind, "bearer") == 0) {
        grant.kind = LOGIN_BEARER;
    } else if (strncmp(kind, "basic", 5) == 0) {
        grant.kind = LOGIN_BASIC;
    } else if (kind[0]) {
        return problem(m, ERROR_CONFIG, "login-kind", "This way to log in is not there yet.");
    }
    if (grant.kind == LOGIN_BASIC ? !secret(m, &login->user, "user", &key)
                                  : grant.kind && !secret(m, &login->api_key, "api_key", &key)) {
        return false;
    }
    grant.key = grant.user = key;
    return login_add(m->engine->house.login, &grant, site_problem(m));
}

static bool set_source(struct site *m)
{
    struct quota_limits limits;

    m->integration.source.lane = arena_printf(m->arena, "source/%s", m->config->name);
    m->integration.source.grant = m->integration.source.lane;
    if (!quota_limits_parse(m->declaration->quota, &limits, site_problem(m))) {
        return false;
    }
    quota_set_lane(m->engine->house.quota, m->integration.source.lane, NULL, &limits);
    return add_source_grant(m);
}

/* ---- Xero ---- */

struct pin_use {
    struct site *site;
    struct text tenant, short_code;
    int64_t id;
};

static bool work_pin(struct db *db, void *self, struct error *err)
{
    struct pin_use *use = self;
    struct site *m = use->site;
    struct arena *scratch = m->engine->scratch;
    const char *account = m->integration.source_account;

    if (!kept_get(db, "pin", m->config->name, scratch, &use->tenant, err)) {
        return false;
    }
    if (use->tenant.size == 0) {
        return true;
    }
    m->integration.tenant_id = arena_copy_text(m->arena, use->tenant);
    if (!scope_id(db, "source", arena_printf(scratch, "%s/%s", m->config->connector, account),
                  &m->integration.source.scope, err) ||
        !scope_id(db, "xero", m->integration.tenant_id, &m->integration.xero.scope, err) ||
        !integration_id(db,
                        arena_printf(scratch, "%s/%s/%s", m->config->connector, account,
                                     m->integration.tenant_id),
                        &m->integration.id, err)) {
        return false;
    }
    return kept_get(db, "short-code", arena_printf(scratch, "%lld", (long long)m->integration.id),
                    scratch, &use->short_code, err);
}

static bool set_organisation(struct site *m)
{
    struct pin_use use = {.site = m};
    const char **headers = arena_alloc(m->arena, 3, sizeof *headers);
    struct quota_limits limits = quota_limits_xero(m->app->limits.per_day);

    limits.concurrent = m->app->limits.concurrent;
    for (size_t i = 0; i < QUOTA_WINDOWS_MAX && limits.windows[i].calls; i++) {
        if (limits.windows[i].seconds == 60) {
            limits.windows[i].calls = m->app->limits.per_minute;
        }
    }
    if (!store_now(m->engine->store, work_pin, &use, site_problem(m))) {
        return false;
    }
    if (!m->integration.tenant_id) {
        return error_set(site_problem(m), ERROR_AUTH, "not-connected",
                         "%s is not connected to a Xero organisation yet: run `ferry connect %s`.",
                         m->config->name, m->config->name);
    }
    headers[0] = "xero-tenant-id";
    headers[1] = m->integration.tenant_id;
    m->integration.xero.headers = headers;
    m->integration.short_code =
        use.short_code.size ? arena_copy_text(m->arena, use.short_code) : "";
    m->integration.xero.lane =
        arena_printf(m->arena, "xero/%s/%s", m->app->name, m->integration.tenant_id);
    quota_set_lane(m->engine->house.quota, m->integration.xero.lane, m->app->name, &limits);
    return true;
}

static bool set_xero(struct site *m)
{
    const char *api = m->app->api_url ? m->app->api_url : "https://api.xero.com";
    const char *own = site_loopback(m, api);
    const char **hosts = arena_alloc(m->arena, 3, sizeof *hosts);

    hosts[0] = "api.xero.com";
    hosts[1] = own[0] ? own : NULL;
    m->integration.xero.hosts = hosts;
    m->integration.xero.base_url = api;
    m->integration.xero.grant = arena_printf(m->arena, "xero/%s", m->app->name);
    return set_organisation(m);
}

bool site_pin(const struct site *m, struct db *db, const struct site_choice *to,
              struct arena *arena, struct error *err)
{
    struct text known;

    if (!kept_get(db, "pin", m->config->name, arena, &known, err)) {
        return false;
    }
    if (known.size && !text_is(known, to->tenant_id)) {
        return error_set(err, ERROR_CONFIG, "organisation-swapped",
                         "%s is pinned to another organisation than %s.", m->config->name,
                         to->name);
    }
    return kept_put(db, "pin", m->config->name, text_of(to->tenant_id), err) &&
           kept_put(db, "organisation", m->config->name, text_of(to->name), err);
}

/* ---- all of it ---- */

static bool make_spool(struct site *m)
{
    m->integration.spool = m->engine->config->spool;
    return mkdir(m->integration.spool, 0700) == 0 || errno == EEXIST ||
           error_set(site_problem(m), ERROR_CONFIG, "spool", "the folder %s cannot be made",
                     m->integration.spool);
}

static void release(struct site *m)
{
    json_decref(m->integration.options);
    m->integration.options = NULL;
    site_program_drop(m);
}

void site_make(struct site *m)
{
    const json_t *account = json_object_get(m->config->options, "account");

    release(m);
    arena_reset(m->engine->scratch);
    *site_problem(m) = (struct error){0};
    m->integration.name = m->config->name;
    m->integration.tenant_id = NULL; /* as the pin says, which may be gone */
    m->integration.source_account =
        json_text(account).at ? arena_copy_text(m->arena, json_text(account)) : m->config->name;
    if (!find_connector(m)) {
        m->problem->kind = ERROR_CONFIG; /* another file must be put there */
        return;
    }
    (void)(site_look_confirmed(m) && site_program_compile(m) && site_allow(m) && set_options(m) &&
           set_flows(m) && make_spool(m) && set_source(m) && set_xero(m) && site_look_adopted(m));
    site_problem_over(m);
}

void site_forget(struct site *m)
{
    if (m->timer) {
        timer_stop(m->engine->house.timers, m->timer);
        m->timer = NULL;
    }
    release(m);
    arena_free(m->arena);
    m->arena = NULL;
    site_said_done(m);
}
