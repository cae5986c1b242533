#include "plan/plan_internal.h"

struct plan_batch *plan_batch_new(const struct integration *integration)
{
    struct plan_batch *batch = memory_new(1, sizeof *batch);

    batch->integration = integration;
    batch->arena = arena_new(PLAN_ARENA_MAX);
    batch->scratch = arena_new(PLAN_ARENA_MAX);
    batch->parsed = plan_parsed_new();
    return batch;
}

static void forget_roots(struct plan_batch *batch)
{
    for (size_t i = 0; i < batch->root_count; i++) {
        memory_free(batch->roots[i].subjects);
    }
    for (size_t i = 0; i < batch->record_count; i++) {
        memory_free(batch->records[i].looks);
    }
    batch->count = batch->root_count = batch->record_count = 0;
    batch->roots = NULL;
    batch->records = NULL;
    arena_reset(batch->arena);
}

void plan_batch_free(struct plan_batch *batch)
{
    if (!batch) {
        return;
    }
    forget_roots(batch);
    arena_free(batch->arena);
    arena_free(batch->scratch);
    plan_parsed_free(batch->parsed);
    memory_free(batch->duties);
    memory_free(batch);
}

/* ---- passes ---- */

static const char *const pass_suffixes[PLAN_PASSES] = {"#member", "", PLAN_OTHERS_SUFFIX};

const char *plan_pass_name(const char *mapping, enum plan_pass pass, struct arena *arena)
{
    return arena_printf(arena, "%s%s", mapping, pass_suffixes[pass]);
}

bool plan_has_pass(const struct map_mapping *mapping, enum plan_pass pass)
{
    return pass == PLAN_SUBJECTS || (pass == PLAN_MEMBERS && map_mapping_is_group(mapping)) ||
           (pass == PLAN_OTHERS && map_mapping_has_others(mapping));
}

const struct map_list *plan_pass_list(const struct map_mapping *mapping, enum plan_pass pass)
{
    return pass == PLAN_OTHERS ? map_mapping_target(mapping) : map_mapping_base(mapping);
}

/* ---- duties ---- */

static unsigned wave_of(const struct plan_batch *batch, const struct plan_duty *duty)
{
    unsigned wave = 0;

    for (size_t i = 0; i < batch->duty_count; i++) {
        const struct plan_duty *before = &batch->duties[i];

        if (before->at.place == duty->at.place && before->wave >= wave &&
            map_mapping_refers(duty->mapping, before->mapping)) {
            wave = before->wave + 1;
        }
    }
    return wave;
}

/* One that the store does not know yet has no roots. */
static bool add_duty(struct plan_batch *batch, struct db *db, const struct map_mapping *mapping,
                     enum plan_pass pass, struct error *err)
{
    const char *name = map_mapping_declared(mapping)->name;
    struct plan_duty duty = {
        .mapping = mapping, .pass = pass, .name = plan_pass_name(name, pass, batch->arena)};

    if (!pass_find(db, batch->integration->id, duty.name, &duty.at, err)) {
        return false;
    }
    if (duty.at.bit) {
        duty.wave = wave_of(batch, &duty);
        memory_grow(&batch->duties, &batch->duty_capacity, batch->duty_count,
                    sizeof *batch->duties);
        batch->duties[batch->duty_count++] = duty;
    }
    return true;
}

/*
 * In sending order: what is referred to is planned before what refers to it. Groups come first of
 * all, because membership decides what their roots are; what no document stands for is only known
 * when all documents are.
 */
static bool find_duties(struct plan_batch *batch, struct db *db, struct error *err)
{
    const struct program *program = batch->integration->program;
    const size_t *order = map_sending_order(program);

    batch->duty_count = 0;
    for (enum plan_pass pass = 0; pass < PLAN_PASSES; pass++) {
        for (size_t i = 0; i < map_mapping_count(program); i++) {
            const struct map_mapping *mapping = map_mapping_at(program, order[i]);

            if (plan_has_pass(mapping, pass) &&
                map_mapping_is_active(batch->integration->active, mapping) &&
                !add_duty(batch, db, mapping, pass, err)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- taking ---- */

/* All duties of a place; 0: they were asked before, for an earlier one of them. */
static struct pass bits_of_place(const struct plan_batch *batch, size_t first)
{
    struct pass passes = {batch->duties[first].at.place, 0};

    for (size_t i = 0; i < batch->duty_count; i++) {
        if (batch->duties[i].at.place != passes.place) {
            continue;
        }
        if (i < first) {
            return (struct pass){0, 0};
        }
        passes.bit |= batch->duties[i].at.bit;
    }
    return passes;
}

static bool is_asked(const struct plan_batch *batch, const struct plan_duty *duty)
{
    int64_t dirty = 0;

    for (size_t i = 0; i < batch->record_count; i++) {
        dirty |= batch->records[i].dirty.dirty;
    }
    return (dirty & duty->at.bit) != 0;
}

/* Of the duties of this place, those of the first wave that is asked for. */
static void assign(struct plan_batch *batch, int64_t place)
{
    unsigned wave = UINT32_MAX;
    size_t duties = 0;

    for (size_t i = 0; i < batch->duty_count; i++) {
        const struct plan_duty *duty = &batch->duties[i];

        if (duty->at.place == place && is_asked(batch, duty)) {
            wave = duty->wave < wave ? duty->wave : wave;
            duties++;
        }
    }
    batch->roots =
        arena_alloc(batch->arena, batch->record_count * duties + 1, sizeof *batch->roots);
    for (size_t i = 0; i < batch->duty_count; i++) {
        const struct plan_duty *duty = &batch->duties[i];

        for (size_t k = 0; k < batch->record_count; k++) {
            struct plan_record *record = &batch->records[k];

            if (duty->at.place == place && duty->wave == wave &&
                record->dirty.dirty & duty->at.bit) {
                batch->roots[batch->root_count++] = (struct plan_root){
                    .record = record,
                    .duty = duty,
                    .key = record->dirty.key,
                    .mapping = duty->mapping,
                    .pass = duty->pass,
                };
            }
        }
    }
    batch->count = batch->root_count;
}

static bool take_from(struct plan_batch *batch, struct db *db, const struct pass *passes,
                      struct error *err)
{
    struct dirty_roots taken = {NULL, 0};

    if (!dirty_take(db, passes, PLAN_BATCH_ROOTS, batch->arena, &taken, err)) {
        return false;
    }
    batch->records = arena_alloc(batch->arena, taken.count + 1, sizeof *batch->records);
    batch->record_count = taken.count;
    for (size_t i = 0; i < taken.count; i++) {
        batch->records[i] = (struct plan_record){.dirty = taken.at[i]};
    }
    if (taken.count) {
        assign(batch, passes->place);
    }
    return true;
}

bool batch_take(struct plan_batch *batch, struct db *db, struct error *err)
{
    forget_roots(batch);
    if (!find_duties(batch, db, err)) {
        return false;
    }
    for (size_t i = 0; i < batch->duty_count && batch->record_count == 0; i++) {
        struct pass passes = bits_of_place(batch, i);

        if (passes.bit && !take_from(batch, db, &passes, err)) {
            return false;
        }
    }
    return true;
}
