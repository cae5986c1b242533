#include "plan/plan_internal.h"

struct subscribing {
    struct db *db;
    const struct integration *integration;
    enum dirtiness how;
    struct arena *arena;
};

/* A mapping with exactly one document has one root, "". */
static bool subscribe_pass(const struct subscribing *s, const struct map_mapping *mapping,
                           enum plan_pass pass, struct error *err)
{
    const char *name = plan_pass_name(map_mapping_declared(mapping)->name, pass, s->arena), *list;
    const struct map_list *of = plan_pass_list(mapping, pass);
    int64_t scope;

    if (!of) {
        return dirty_add(s->db, s->integration->id, name, "", s->how, err);
    }
    list = map_list_declared(of)->name;
    scope = integration_side(s->integration, list)->scope;
    return dirty_subscribe(s->db, s->integration->id, name, scope, list, err) &&
           dirty_all(s->db, s->integration->id, name, scope, list, s->how, err);
}

/* The roots of a group come from its members. */
static bool subscribe_mapping(const struct subscribing *s, const struct map_mapping *mapping,
                              struct error *err)
{
    for (enum plan_pass pass = 0; pass < PLAN_PASSES; pass++) {
        bool from_members = pass == PLAN_SUBJECTS && map_mapping_is_group(mapping);

        if (plan_has_pass(mapping, pass) && !from_members &&
            !subscribe_pass(s, mapping, pass, err)) {
            return false;
        }
    }
    return true;
}

/* Documents of a mapping that had another name before are its documents. */
static bool take_over(const struct subscribing *s, const struct map_mapping *mapping,
                      struct error *err)
{
    const struct declared_mapping *declared = map_mapping_declared(mapping);

    return !declared->was[0] ||
           ledger_rename(s->db, s->integration->id, declared->was, declared->name, err);
}

bool plan_subscribe(struct db *db, const struct integration *integration, enum dirtiness how,
                    struct error *err)
{
    struct subscribing s = {db, integration, how, arena_new(PLAN_ARENA_MAX)};
    bool ok = true;

    for (size_t i = 0; ok && i < map_mapping_count(integration->program); i++) {
        const struct map_mapping *mapping = map_mapping_at(integration->program, i);

        ok = take_over(&s, mapping, err) && subscribe_mapping(&s, mapping, err);
    }
    arena_free(s.arena);
    return ok;
}
