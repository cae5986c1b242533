/* What concerns several keys, and what stands where nothing was written. */
#include "config/config_internal.h"

#include "base/suggest.h"

#define APP_NAMES_MAX 64

static uint32_t number_or(uint32_t written, uint32_t otherwise)
{
    return written ? written : otherwise;
}

void check_app(struct reader *r, const struct yaml_node *map, void *base)
{
    struct config_app *app = base;

    if (app->kind == CONFIG_APP_CUSTOM && !yaml_get(map, "client_secret")) {
        config_complain(r->complaints, yaml_place(map), NULL,
                        "an app of kind custom needs \"client_secret\"");
    }
    app->callback_port = app->callback_port ? app->callback_port : CONFIG_CALLBACK_PORT;
    app->limits.concurrent = number_or(app->limits.concurrent, 5);
    app->limits.per_minute = number_or(app->limits.per_minute, 60);
    app->limits.per_day = number_or(app->limits.per_day, 5000);
    app->limits.app_per_minute = number_or(app->limits.app_per_minute, 10000);
}

void check_integration(struct reader *r, const struct yaml_node *map, void *base)
{
    struct config_integration *integration = base;

    (void)r;
    if (!yaml_get(map, "enabled")) {
        integration->enabled = true;
    }
    if (!integration->options) {
        integration->options = json_object();
    }
    if (!integration->approval) {
        integration->approval = "none";
    }
}

/* ---- the whole ---- */

static const struct yaml_node *below(const struct yaml_node *map, const char *key)
{
    return map ? yaml_get(map, key) : NULL;
}

static void complain_app(struct reader *r, const struct config *config, const struct yaml_node *app)
{
    const char *names[APP_NAMES_MAX];
    size_t count = 0;

    for (; count < config->apps.count && count < APP_NAMES_MAX; count++) {
        names[count] = config->apps.at[count].name;
    }
    config_complain(r->complaints, app->place, suggest_name(app->text, names, count),
                    "xero.apps has no app of this name");
}

static void check_organisation(struct reader *r, const struct config *config,
                               const struct yaml_node *node, struct config_integration *integration)
{
    struct config_organisation *organisation = &integration->organisation;
    const struct yaml_node *map = below(node, "organisation"), *app = below(map, "app");

    if (app && organisation->app && !config_app(config, organisation->app)) {
        complain_app(r, config, app);
    } else if (map && map->kind == YAML_MAP && !app && config->apps.count == 1) {
        organisation->app = config->apps.at[0].name;
    } else if (map && map->kind == YAML_MAP && !app) {
        config_complain(r->complaints, yaml_place(map), NULL,
                        config->apps.count ? "there are several apps; write which one: \"app\""
                                           : "there is no app in xero.apps that could reach it");
    }
}

/* Integrations are in the order of their nodes; nodes with wrong names are left out. */
void check_whole(struct reader *r, const struct yaml_node *root, struct config *config)
{
    const struct yaml_node *map = yaml_get(root, "integrations");
    /* const is for those who are handed the result */
    struct config_integration *at = (struct config_integration *)(uintptr_t)config->integrations.at;
    size_t i = 0;

    for (const struct yaml_node *node = map ? map->first : NULL;
         node && node->key && i < config->integrations.count; node = node->next) {
        if (memcmp(&at[i].place, &node->key->place, sizeof at[i].place) == 0) {
            check_organisation(r, config, node, &at[i++]);
        }
    }
}

static const char *beside_store(struct reader *r, const struct config *config, const char *name)
{
    const char *slash = strrchr(config->store, '/');

    return arena_printf(r->arena, "%.*s/%s", (int)(slash - config->store), config->store, name);
}

void check_defaults(struct reader *r, struct config *config)
{
    static const char *const folders[] = {"/usr/lib/ferry/connectors"};

    if (config->store) {
        config->spool = config->spool ? config->spool : beside_store(r, config, "spool");
        config->socket = config->socket ? config->socket : beside_store(r, config, "ferry.sock");
        if (config->key.kind == CONFIG_SECRET_NONE) {
            config->key.kind = CONFIG_SECRET_FILE;
            config->key.name = beside_store(r, config, "ferry.key");
        }
    }
    if (!config->connector_paths.given) {
        config->connector_paths.at = folders;
        config->connector_paths.count = COUNT_OF(folders);
    }
}
