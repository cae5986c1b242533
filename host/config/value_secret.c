/* Readers of references to secrets. What stands where a secret belongs is never repeated. */
#include "config/config_internal.h"

static void complain_inline(struct reader *r, const struct yaml_node *value)
{
    config_complain(r->complaints, value->place, NULL,
                    "a secret is not written here, only where to find it: { file: /path }, "
                    "{ env: NAME } or { credential: NAME }; if this was a real one, replace it");
}

/* The three ways, in the order of enum config_secret_kind. */
struct secret_ways {
    const char *way[3];
};

static void check_secret(struct reader *r, const struct yaml_node *map, void *base)
{
    if (map->kind == YAML_MAP && map->count != 1) {
        config_complain(r->complaints, yaml_place(map), NULL,
                        "a secret is in one place: file, env or credential");
    }
    (void)base;
}

static const struct key secret_keys[] = {
    {.name = "file", .read = value_path, .offset = 0 * sizeof(char *)},
    {.name = "env", .read = value_variable, .offset = 1 * sizeof(char *)},
    {.name = "credential", .read = value_credential, .offset = 2 * sizeof(char *)},
};
static const struct table table_secret = {"a secret", secret_keys, COUNT_OF(secret_keys),
                                          check_secret};

void value_secret(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    struct config_secret secret = {.place = yaml_place(value)};
    struct secret_ways ways = {{NULL, NULL, NULL}};

    (void)key;
    if (value->kind != YAML_MAP) {
        complain_inline(r, value);
        return;
    }
    table_read(r, &table_secret, value, &ways);
    for (size_t i = 0; i < COUNT_OF(ways.way); i++) {
        if (ways.way[i]) {
            secret.kind = CONFIG_SECRET_FILE + i;
            secret.name = ways.way[i];
        }
    }
    memcpy(at, &secret, sizeof secret);
}

void value_secret_text(struct reader *r, const struct key *key, const struct yaml_node *value,
                       void *at)
{
    struct config_secret secret = {.kind = CONFIG_SECRET_TEXT, .place = yaml_place(value)};

    if (value->kind == YAML_MAP) {
        value_secret(r, key, value, at);
        return;
    }
    value_text(r, key, value, &secret.name);
    if (secret.name) {
        memcpy(at, &secret, sizeof secret);
    }
}
