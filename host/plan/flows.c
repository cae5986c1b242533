#include "plan/plan.h"

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
    if (ok) {
        *ret = map_activity(integration->program, on, arena);
    }
    return ok;
}
