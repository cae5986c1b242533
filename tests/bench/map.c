/*
 * What evaluating mappings takes, over the records of a connector's fixtures: the scenarios are
 * played, then every mapping looks at every root of its own, again and again.
 *
 *   bench_map CONNECTOR.so FIXTURES WORKER REPEATS     prints one JSON object
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "fixture/stage.h"

struct bench {
    struct stage *stage;
    struct arena *arena; /* of one round over the roots of one mapping: a batch */
    unsigned repeats;
    uint64_t evaluations, subjects, records;
    size_t arena_bytes, batch_roots;
    double seconds;
};

static void must(bool ok, const struct error *err)
{
    if (!ok) {
        fprintf(stderr, "%s: %s\n", err->code, err->text);
        exit(1);
    }
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void count_subject(void *owner, const struct map_subject *subject)
{
    (void)subject;
    ((struct bench *)owner)->subjects++;
}

/* ---- the roots of a mapping ---- */

/* Records of a group's base list → the groups they are in, each once. */
static void to_groups(const struct map_context *in, const struct map_mapping *mapping,
                      struct found_keys *keys)
{
    const char **groups = arena_alloc(in->arena, keys->count + 1, sizeof *groups);
    struct dict *seen = dict_new();
    struct error err;
    size_t count = 0;

    for (size_t i = 0; i < keys->count; i++) {
        const char *group = NULL;

        if (map_group_key(in, mapping, keys->at[i], &group, &err) && group &&
            !dict_get(seen, text_of(group))) {
            dict_set(seen, text_of(group), seen);
            groups[count++] = group;
        }
    }
    dict_free(seen);
    *keys = (struct found_keys){groups, count};
}

static struct found_keys roots_of(struct bench *b, struct db *db, const struct map_mapping *mapping,
                                  struct arena *arena)
{
    static const char *const one[] = {""};
    const struct integration *integration = &b->stage->integration;
    const struct map_list *base = map_mapping_base(mapping);
    struct found_keys keys = {one, 1};
    struct plan_world *world;
    struct error err;
    const char *list;

    if (!base) {
        return keys;
    }
    list = map_list_declared(base)->name;
    must(mirror_keys(db, stage_scope(b->stage, list), list, arena, &keys, &err), &err);
    if (map_mapping_is_group(mapping)) {
        world = plan_world_new(integration, db, arena);
        to_groups(&(struct map_context){integration->program, plan_world_map(world), arena},
                  mapping, &keys);
        plan_world_free(world);
    }
    return keys;
}

/* ---- one mapping ---- */

static void evaluate_all(struct bench *b, struct db *db, const struct map_mapping *mapping,
                         const struct found_keys *roots)
{
    const struct integration *integration = &b->stage->integration;
    struct plan_world *world = plan_world_new(integration, db, b->arena);
    struct map_context in = {integration->program, plan_world_map(world), b->arena};
    struct error err;

    for (size_t i = 0; i < roots->count; i++) {
        must(map_evaluate(&in, mapping, roots->at[i], count_subject, b, &err), &err);
        b->evaluations++;
    }
    plan_world_free(world);
    b->arena_bytes += arena_used_bytes(b->arena);
    b->batch_roots += roots->count;
    arena_reset(b->arena);
}

static bool work(struct db *db, void *self, struct error *err)
{
    struct bench *b = self;
    const struct program *program = b->stage->integration.program;
    struct arena *arena = arena_new((size_t)256 << 20);
    double begun;

    (void)err;
    for (size_t i = 0; i < map_mapping_count(program); i++) {
        const struct map_mapping *mapping = map_mapping_at(program, i);
        struct found_keys roots = roots_of(b, db, mapping, arena);

        b->records += roots.count;
        begun = now();
        for (unsigned k = 0; k < b->repeats && roots.count; k++) {
            evaluate_all(b, db, mapping, &roots);
        }
        b->seconds += now() - begun;
    }
    arena_free(arena);
    return true;
}

/* ---- all scenarios ---- */

static void play(struct bench *b, struct theatre *theatre, const char *folder, const char *name)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct scenario scenario = {0};
    struct stage stage = {0};
    const json_t *steps;
    struct error err = {0};

    must(scenario_read(folder, name, arena, &scenario, &err), &err);
    must(stage_open(theatre, &scenario, AS_WRITTEN, &stage, &err), &err);
    steps = json_object_get(scenario.json, "steps");
    for (size_t i = 0; i < json_array_size(steps); i++) {
        must(stage_step(&stage, json_array_get(steps, i), &err), &err);
    }
    b->stage = &stage;
    must(store_now(theatre->store, work, b, &err), &err);
    stage_close(&stage);
    scenario_done(&scenario);
    arena_free(arena);
}

int main(int count, char **words)
{
    struct bench b = {.arena = arena_new((size_t)1 << 30)};
    struct arena *arena = arena_new((size_t)256 << 20);
    struct loaded loaded = {0};
    struct theatre theatre = {0};
    const char **names = NULL;
    struct error err = {0};
    size_t name_count = 0;

    if (count != 5) {
        fprintf(stderr, "usage: bench_map CONNECTOR.so FIXTURES WORKER REPEATS\n");
        return 2;
    }
    b.repeats = (unsigned)strtoul(words[4], NULL, 10);
    must(loaded_open(words[1], words[3], &loaded, &err), &err);
    must(theatre_open(&loaded, &theatre, &err), &err);
    must(scenario_list(words[2], arena, &names, &name_count, &err), &err);
    for (size_t i = 0; i < name_count; i++) {
        play(&b, &theatre, words[2], names[i]);
    }
    printf("{\"scenarios\": %zu, \"roots\": %llu, \"evaluations\": %llu, \"subjects\": %llu, "
           "\"seconds\": %.6f, \"arena_bytes_per_root\": %.1f}\n",
           name_count, (unsigned long long)b.records, (unsigned long long)b.evaluations,
           (unsigned long long)b.subjects, b.seconds,
           b.batch_roots ? (double)b.arena_bytes / (double)b.batch_roots : 0);
    theatre_close(&theatre);
    loaded_done(&loaded);
    arena_free(arena);
    arena_free(b.arena);
    return 0;
}
