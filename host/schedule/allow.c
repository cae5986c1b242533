/* What the operator allows an integration: where its token goes, and which lists it writes. */
#include "base/memory.h"
#include "schedule/engine_internal.h"

/* ---- hosts ---- */

static bool is_allowed(const struct config_integration *c, const char *host)
{
    for (size_t i = 0; i < c->allow_hosts.count; i++) {
        if (strcmp(c->allow_hosts.at[i], host) == 0) {
            return true;
        }
    }
    return false;
}

/* "127.0.0.1:9000" of "http://127.0.0.1:9000/x"; "" for anything but this machine. */
const char *site_loopback(struct site *m, const char *url)
{
    static const char *const own[] = {"127.0.0.1", "localhost", "[::1]"};

    for (size_t i = 0; i < 3; i++) {
        const char *start = arena_printf(m->arena, "http://%s", own[i]);
        const char *rest = url + strlen(start);

        if (strncmp(url, start, strlen(start)) == 0 && strchr(":/", *rest)) {
            /* with its port: other services of this machine are nobody's source */
            return arena_printf(m->arena, "%s%.*s", own[i], (int)strcspn(rest, "/"), rest);
        }
    }
    return "";
}

/* The client's secret goes to whoever gives the tokens. */
static bool allow_login(struct site *m, bool is_own)
{
    struct connector_hosts hosts;

    if (!connector_login_hosts(m->declaration->login, m->arena, &hosts, site_problem(m))) {
        return false;
    }
    for (size_t i = 0; i < hosts.count && !is_own; i++) {
        if (!is_allowed(m->config, hosts.at[i].name)) {
            return error_set(site_problem(m), ERROR_CONFIG, "host-not-confirmed",
                             "%s would log in at %s, with the client's secret. When that is right, "
                             "write it under allow_hosts of %s.",
                             m->config->connector, hosts.at[i].name, m->config->name);
        }
    }
    return true;
}

/* What is read from files alone needs no token; then none can go anywhere. */
bool site_needs_no_login(const struct site *m)
{
    const struct config_login *login = &m->config->login;
    bool files = false;

    for (size_t i = 0; i < m->declaration->list_count; i++) {
        files = files || strncmp(m->declaration->lists[i].read.get, "FILE ", 5) == 0;
    }
    return files && login->api_key.kind == CONFIG_SECRET_NONE &&
           login->user.kind == CONFIG_SECRET_NONE && login->token.kind == CONFIG_SECRET_NONE &&
           login->client_id.kind == CONFIG_SECRET_NONE;
}

/* "https://host/…" is at this host. */
static bool is_at(const char *url, const char *host)
{
    size_t size = strlen(host);

    return strncmp(url, "https://", 8) == 0 && strncmp(url + 8, host, size) == 0 &&
           strchr(":/", url[8 + size]);
}

/* Of several hosts only the one that is called needs to be confirmed; the others get nothing. */
static bool is_called(struct site *m, const struct connector_hosts *hosts, const char *host)
{
    return !site_needs_no_login(m) &&
           is_at(connector_base_url(hosts, m->config->base_url, m->arena), host);
}

static bool allow_hosts(struct site *m)
{
    const char *base = m->config->base_url ? m->config->base_url : "";
    const char *own = site_loopback(m, base);
    struct connector_hosts hosts = {NULL, 0};
    const char **api, **files;
    size_t apis = 0, file_count = 0;

    if (!connector_hosts(m->declaration->hosts, m->arena, &hosts, site_problem(m)) ||
        !allow_login(m, own[0] != '\0')) {
        return false;
    }
    api = arena_alloc(m->arena, hosts.count + 2, sizeof *api);
    files = arena_alloc(m->arena, hosts.count + 2, sizeof *files);
    for (size_t i = 0; i < hosts.count; i++) {
        bool is_api = hosts.at[i].role == CONNECTOR_HOST_API;

        bool is_confirmed = own[0] || is_allowed(m->config, hosts.at[i].name);

        if (is_api && !is_confirmed && is_called(m, &hosts, hosts.at[i].name)) {
            return error_set(site_problem(m), ERROR_CONFIG, "host-not-confirmed",
                             "%s would send its token to %s. When that is right, write it under "
                             "allow_hosts of %s.",
                             m->config->connector, hosts.at[i].name, m->config->name);
        }
        if (is_api && is_confirmed) {
            api[apis++] = hosts.at[i].name;
        } else if (!is_api) {
            files[file_count++] = hosts.at[i].name;
        }
    }
    if (own[0]) {
        api[apis++] = own;
    }
    m->integration.source.hosts = api;
    m->integration.source.file_hosts = files;
    m->integration.source.base_url = connector_base_url(&hosts, base, m->arena);
    return true;
}

/* ---- writes ---- */

static bool is_writable(const struct config_texts *allowed, const char *list)
{
    for (size_t i = 0; i < allowed->count; i++) {
        if (strcmp(allowed->at[i], list) == 0) {
            return true;
        }
    }
    return !allowed->given;
}

static bool allow_writes(struct site *m)
{
    const struct program *program = m->integration.program;

    for (size_t i = 0; i < map_mapping_count(program); i++) {
        const struct map_mapping *mapping = map_mapping_at(program, i);
        const struct declared_list *target = map_list_declared(map_mapping_target(mapping));

        if (target->has_write && !is_writable(&m->config->allow_writes, target->name)) {
            return error_set(site_problem(m), ERROR_CONFIG, "write-not-allowed",
                             "The mapping %s of %s writes %s. When that is right, write it under "
                             "allow_writes of %s.",
                             map_mapping_declared(mapping)->name, m->config->connector,
                             target->name, m->config->name);
        }
    }
    return true;
}

bool site_allow(struct site *m)
{
    return allow_writes(m) && allow_hosts(m);
}
