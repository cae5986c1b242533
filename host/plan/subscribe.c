#include "plan/plan_internal.h"

/* The passes of one place, so that each record is marked once for all of them. */
struct subscribed {
    struct pass passes;
    int64_t scope;
    const char *list;
};

struct subscribing {
    struct db *db;
    const struct integration *integration;
    enum dirtiness how;
    struct arena *arena;
    struct subscribed *places;
    size_t count, capacity;
};

static void remember(struct subscribing *s, const struct subscribed *one)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->places[i].passes.place == one->passes.place) {
            s->places[i].passes.bit |= one->passes.bit;
            return;
        }
    }
    memory_grow(&s->places, &s->capacity, s->count, sizeof *s->places);
    s->places[s->count++] = *one;
}

/* A mapping with exactly one document has one root, "". */
static bool subscribe_pass(struct subscribing *s, const struct map_mapping *mapping,
                           enum plan_pass pass, struct error *err)
{
    const char *name = plan_pass_name(map_mapping_declared(mapping)->name, pass, s->arena);
    const struct map_list *of = plan_pass_list(mapping, pass);
    struct subscribed one = {.list = of ? map_list_declared(of)->name : NULL};

    if (!of) {
        return dirty_add(s->db, s->integration->id, name, "", s->how, err);
    }
    one.scope = integration_side(s->integration, one.list)->scope;
    if (!dirty_subscribe(s->db, s->integration->id, name, one.scope, one.list, &one.passes, err)) {
        return false;
    }
    remember(s, &one);
    return true;
}

/* The roots of a group come from its members. */
static bool subscribe_mapping(struct subscribing *s, const struct map_mapping *mapping,
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
    struct subscribing s = {
        .db = db, .integration = integration, .how = how, .arena = arena_new(PLAN_ARENA_MAX)};
    bool ok = true;

    for (size_t i = 0; ok && i < map_mapping_count(integration->program); i++) {
        const struct map_mapping *mapping = map_mapping_at(integration->program, i);

        ok = take_over(&s, mapping, err) && subscribe_mapping(&s, mapping, err);
    }
    for (size_t i = 0; ok && i < s.count; i++) {
        ok = dirty_all(db, &s.places[i].passes, s.places[i].scope, s.places[i].list, how, err);
    }
    memory_free(s.places);
    arena_free(s.arena);
    return ok;
}
