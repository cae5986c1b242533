#include "plan/plan_internal.h"

/* A mapping with exactly one document has one root, "". */
static bool subscribe_single(struct db *db, const struct integration *integration, const char *name,
                             struct error *err)
{
    return dirty_add(db, integration->id, name, "", err);
}

static bool subscribe_pass(struct db *db, const struct integration *integration,
                           const struct map_mapping *mapping, enum plan_pass pass,
                           struct arena *arena, struct error *err)
{
    const char *name = plan_pass_name(map_mapping_declared(mapping)->name, pass, arena), *list;
    const struct map_list *of = plan_pass_list(mapping, pass);
    int64_t scope;

    if (!of) {
        return subscribe_single(db, integration, name, err);
    }
    list = map_list_declared(of)->name;
    scope = integration_side(integration, list)->scope;
    return dirty_subscribe(db, integration->id, name, scope, list, err) &&
           dirty_all(db, integration->id, name, scope, list, err);
}

/* The roots of a group come from its members. */
static bool subscribe_one(struct db *db, const struct integration *integration,
                          const struct map_mapping *mapping, struct arena *arena, struct error *err)
{
    for (enum plan_pass pass = 0; pass < PLAN_PASSES; pass++) {
        if (!plan_has_pass(mapping, pass) ||
            (pass == PLAN_SUBJECTS && map_mapping_is_group(mapping))) {
            continue;
        }
        if (!subscribe_pass(db, integration, mapping, pass, arena, err)) {
            return false;
        }
    }
    return true;
}

bool plan_subscribe(struct db *db, const struct integration *integration, struct error *err)
{
    struct arena *arena = arena_new(PLAN_ARENA_MAX);
    bool ok = true;

    for (size_t i = 0; ok && i < map_mapping_count(integration->program); i++) {
        ok = subscribe_one(db, integration, map_mapping_at(integration->program, i), arena, err);
    }
    arena_free(arena);
    return ok;
}
