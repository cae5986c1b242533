#include "base/memory.h"
#include "plan/plan.h"

/* Which parents a child list is read for: `only`, asked of a record that knows its parent alone. */

#define PARENTS_ARENA_MAX ((size_t)256 << 20)
#define PARENTS_AT_ONCE   500 /* then the world is forgotten, so that it stays small */

struct asking {
    const struct integration *integration;
    struct db *db;
    const struct map_list *list;
    const char *field;
    struct arena *arena;
};

/* What cannot be worked out (the parent lacks something) is no reason to read. */
static bool is_wanted(const struct asking *a, const struct map_world *world, const char *key)
{
    const struct map_context in = {a->integration->program, world, a->arena};
    AUTO_JSON json_t *record = json_object();
    struct error unknown;
    bool wanted = false;

    json_path_set(record, a->field, json_new_text(text_of(key)));
    return map_condition(&in, a->list, map_list_declared(a->list)->read.only, record, &wanted,
                         &unknown) &&
           wanted;
}

static bool ask_some(const struct asking *a, const char *const *keys, size_t count,
                     const char **kept, size_t *kept_count, struct error *err)
{
    struct plan_world *world = plan_world_new(a->integration, a->db, a->arena);
    bool ok;

    for (size_t i = 0; i < count; i++) {
        if (is_wanted(a, plan_world_map(world), keys[i])) {
            kept[(*kept_count)++] = keys[i];
        }
    }
    ok = plan_world_error(world)->kind == ERROR_NONE;
    if (!ok) {
        *err = *plan_world_error(world);
    }
    plan_world_free(world);
    arena_reset(a->arena);
    return ok;
}

bool plan_parents(const struct integration *integration, struct db *db, const struct map_list *list,
                  const char *field, struct arena *arena, struct found_keys *keys,
                  struct error *err)
{
    const char **kept = arena_alloc(arena, keys->count + 1, sizeof *kept);
    struct asking asking = {integration, db, list, field, NULL};
    size_t count = 0;
    bool ok = true;

    if (!map_list_declared(list)->read.only[0]) {
        return true;
    }
    asking.arena = arena_new(PARENTS_ARENA_MAX);
    for (size_t i = 0; ok && i < keys->count; i += PARENTS_AT_ONCE) {
        size_t some = keys->count - i < PARENTS_AT_ONCE ? keys->count - i : PARENTS_AT_ONCE;

        ok = ask_some(&asking, keys->at + i, some, kept, &count, err);
    }
    arena_free(asking.arena);
    *keys = (struct found_keys){kept, count};
    return ok;
}
