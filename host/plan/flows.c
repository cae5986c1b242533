#include "plan/plan_internal.h"

/* Which flows are ready to run: their guards are the set-up checklist, and status shows it. */

static bool keep_state(struct db *db, const struct integration *integration, const char *flow,
                       const struct map_subject *said, struct error *err)
{
    AUTO(buffer_done) struct buffer name = {0}, text = {0};

    buffer_init(&name, 512);
    buffer_init(&text, 2048);
    buffer_addf(&name, "%lld/%s", (long long)integration->id, flow);
    if (said->verdict != MAP_WANTED) {
        buffer_addf(&text, "%s: %s", said->code, said->sentence);
    }
    return kept_put(db, "flow", name.at, text.size ? buffer_text(&text) : TEXT(""), err);
}

static bool ask_flow(struct db *db, const struct integration *integration,
                     const struct map_context *in, const char *flow, bool *ret, struct error *err)
{
    struct map_subject said = {0};

    if (!map_flow_ready(in, flow, &said, err)) {
        return false;
    }
    *ret = said.verdict == MAP_WANTED;
    return keep_state(db, integration, flow, &said, err);
}

/* ---- what is not at work does not stand in the way of what is ---- */

/* The bits at work of the place that a pass is in; those of passes seen before count already. */
static bool park_place(struct db *db, const struct pass *all, size_t count, size_t index,
                       const bool *at_work, struct error *err)
{
    int64_t bits = 0;

    for (size_t i = 0; i < count; i++) {
        if (all[i].place == all[index].place) {
            if (i < index) {
                return true;
            }
            bits |= at_work[i] ? all[i].bit : 0;
        }
    }
    return dirty_park(db, all[index].place, bits, err);
}

static bool park_others(struct db *db, const struct integration *integration,
                        const struct map_activity *active, struct arena *arena, struct error *err)
{
    size_t mappings = map_mapping_count(integration->program), count = 0;
    struct pass *all = arena_alloc(arena, mappings * PLAN_PASSES + 1, sizeof *all);
    bool *at_work = arena_alloc(arena, mappings * PLAN_PASSES + 1, sizeof *at_work), ok = true;

    for (size_t i = 0; ok && i < mappings * PLAN_PASSES; i++) {
        const struct map_mapping *mapping = map_mapping_at(integration->program, i / PLAN_PASSES);
        const char *name = map_mapping_declared(mapping)->name;

        ok = pass_find(db, integration->id,
                       plan_pass_name(name, (enum plan_pass)(i % PLAN_PASSES), arena), &all[count],
                       err);
        at_work[count] = map_mapping_is_active(active, mapping);
        count += ok && all[count].bit;
    }
    for (size_t i = 0; ok && i < count; i++) {
        ok = park_place(db, all, count, i, at_work, err);
    }
    return ok;
}

bool plan_flows(struct db *db, const struct integration *integration, const char *only,
                struct arena *arena, const struct map_activity **ret, struct error *err)
{
    const struct declaration *d = map_declaration(integration->program);
    struct plan_world *world = plan_world_new(integration, db, arena);
    struct map_context in = {integration->program, plan_world_map(world), arena};
    bool *on = arena_alloc(arena, d->flow_count + 1, sizeof *on);
    bool ok = true;

    for (size_t i = 0; ok && i < d->flow_count; i++) {
        bool asked = !only[0] || strcmp(d->flows[i].name, only) == 0;

        if (asked && (!integration->flows || integration->flows[i])) {
            ok = ask_flow(db, integration, &in, d->flows[i].name, &on[i], err);
        }
    }
    plan_world_free(world);
    if (!ok) {
        return false;
    }
    *ret = map_activity(integration->program, on, arena);
    return park_others(db, integration, *ret, arena, err);
}
