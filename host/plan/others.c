#include "plan/plan_internal.h"

/*
 * Records of a target that no document stands for: left, held, or removed, as the mapping's
 * `others` says. Removed at most once: who brings one back wants it there.
 */

/* Any mapping to that list may have made, adopted or linked it. */
static bool is_stood_for(const struct map_world *world, const struct program *program,
                         const struct map_mapping *mapping, const char *key)
{
    const struct map_list *target = map_mapping_target(mapping);
    const struct map_document *found = NULL;

    for (size_t i = 0; i < map_mapping_count(program); i++) {
        const struct map_mapping *other = map_mapping_at(program, i);

        if (map_mapping_target(other) == target &&
            world->by_target(world->self, map_mapping_declared(other)->name, key, &found) > 0) {
            return true;
        }
    }
    return false;
}

/* Some record that documents are made from could not be read: it may be the one that is missed. */
static bool is_incomplete(struct plan_batch *batch, struct db *db,
                          const struct map_mapping *mapping, bool *ret, struct error *err)
{
    const struct map_list *base = map_mapping_base(mapping);
    struct mirror_count count = {0};
    const char *name;

    *ret = false;
    if (!base) {
        return true;
    }
    name = map_list_declared(base)->name;
    if (!mirror_count(db, integration_side(batch->integration, name)->scope, name, &count, err)) {
        return false;
    }
    *ret = count.bad > 0;
    return true;
}

bool others_evaluate(struct plan_batch *batch, struct db *db, struct plan_root *root,
                     struct error *err)
{
    const struct map_world *world = plan_world_map(batch->world);
    struct map_context in = {batch->integration->program, world, batch->arena};
    bool incomplete = false;

    if (is_stood_for(world, in.program, root->mapping, root->key)) {
        root->others = NULL;
        return true;
    }
    if (!map_others(&in, root->mapping, root->key, &root->others, err) ||
        !is_incomplete(batch, db, root->mapping, &incomplete, err)) {
        return false;
    }
    if (incomplete && strcmp(root->others, "remove") == 0) {
        root->others = "hold";
    }
    return true;
}

static struct document_plan plan_of(const struct plan_root *root, struct arena *arena)
{
    const struct declared_mapping *declared = map_mapping_declared(root->mapping);
    const char *word = root->others ? root->others : "leave";
    bool remove = strcmp(word, "remove") == 0, hold = strcmp(word, "hold") == 0;

    return (struct document_plan){
        .mapping = plan_pass_name(declared->name, PLAN_OTHERS, arena),
        .key = root->key,
        .root = root->key,
        .target = declared->to,
        .state = remove ? DOCUMENT_READY
                 : hold ? DOCUMENT_HELD
                        : DOCUMENT_WITHDRAWN,
        .action = remove ? "remove" : "",
        .code = hold ? "unmatched" : "",
        .why = hold ? "Nothing on this side stands for it." : "",
        .fix = hold ? "Link it, remove it there, or say `ferry skip` to leave it." : "",
        .want = "",
        .want_hash = "",
        .approve = "",
        .notes = "[]",
        .currency = "",
        .total = "",
    };
}

bool others_apply(struct application *a, const struct plan_root *root, struct error *err)
{
    struct document_plan plan = plan_of(root, a->batch->arena);
    int64_t integration = a->batch->integration->id, id = 0;
    bool leave = plan.state == DOCUMENT_WITHDRAWN;
    struct document known;

    if (!ledger_find(a->db, integration, plan.mapping, plan.key, a->batch->arena, &known, err)) {
        return false;
    }
    if ((leave && !known.id) || (known.id && known.state == DOCUMENT_WITHDRAWN)) {
        return true;
    }
    a->counts->removals += plan.state == DOCUMENT_READY;
    a->counts->held += plan.state == DOCUMENT_HELD;
    return ledger_plan(a->db, integration, &plan, &id, err) &&
           ledger_about(a->db, id, plan.key, err);
}
