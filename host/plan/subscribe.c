#include "plan/plan_internal.h"

/* A mapping with exactly one document has one root, "". */
static bool subscribe_single(struct db *db, const struct integration *integration, const char *name,
                             struct error *err)
{
    return dirty_add(db, integration->id, name, "", err);
}

static bool subscribe_one(struct db *db, const struct integration *integration,
                          const struct map_mapping *mapping, struct arena *arena, struct error *err)
{
    const char *name = map_mapping_declared(mapping)->name;
    const struct map_list *base = map_mapping_base(mapping);
    const char *list;
    int64_t scope;

    if (!base) {
        return subscribe_single(db, integration, name, err);
    }
    list = map_list_declared(base)->name;
    scope = integration_side(integration, list)->scope;
    if (map_mapping_is_group(mapping)) {
        name = plan_member_name(name, arena);
    }
    return dirty_subscribe(db, integration->id, name, scope, list, err) &&
           dirty_all(db, integration->id, name, scope, list, err);
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
