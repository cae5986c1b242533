/* The mapping language: one expression somewhere in a connector, which is compiled as a whole, and
 * whose mappings are evaluated for all records. */
#include "fuzz.h"

#define MUTATE_BEHIND 1
#include "mapping_world.h"
#include "mutate_expression.h"

static void evaluate_all(struct said *said)
{
    static const char *const roots[] = {"", "1", "2", "EUR", "a", "nobody"};
    const struct program *program = world->f.program;
    struct error err = {0};

    for (size_t i = 0; i < map_mapping_count(program); i++) {
        const struct map_mapping *mapping = map_mapping_at(program, i);

        for (size_t k = 0; k < sizeof roots / sizeof *roots; k++) {
            if ((map_mapping_base(mapping) == NULL) != (k == 0)) {
                continue;
            }
            MUST(map_evaluate(&world->f.in, mapping, roots[k], said_see, said, &err), "BUG %s: %s",
                 err.code, err.text);
            MUST(map_explain(&world->f.in, mapping, roots[k], said_trace, NULL, &err), "BUG %s: %s",
                 err.code, err.text);
        }
    }
}

static void ask_conditions(void)
{
    const struct map_list *things = map_list_find(world->f.program, "things");
    const json_t *record = json_object_get(json_object_get(world->f.lists, "things"), "1");
    const char *conditions[] = {world->lists[0].read.only, world->lists[0].read.gone};
    struct map_context alone = world->f.in;
    struct map_subject ready;
    struct error err = {0};
    bool truth;

    alone.world = NULL;
    for (size_t i = 0; i < 2; i++) {
        if (conditions[i][0] && strcmp(conditions[i], "absent") != 0) {
            MUST(map_condition(&world->f.in, things, conditions[i], record, &truth, &err) ||
                     err.kind == ERROR_REJECTED,
                 "%s: %s", err.code, err.text);
            MUST(map_condition(&alone, things, conditions[i], record, &truth, &err) ||
                     err.kind == ERROR_REJECTED,
                 "%s: %s", err.code, err.text);
        }
    }
    MUST(map_flow_ready(&world->f.in, "flow", &ready, &err), "%s: %s", err.code, err.text);
    (void)map_answer(world->f.program, 429, "busy", "Too many requests");
    (void)map_answer(world->f.program, 400, "", "");
}

static void try_as_a_part(struct arena *arena, const char **slot, const char *source)
{
    const char *before = *slot;
    struct said first, second;

    *slot = source;
    compile_world(arena, NULL);
    for (size_t i = 0; i < world->f.complaints.count; i++) {
        check_complaint(&world->f.complaints.at[i]);
    }
    MUST((world->f.program != NULL) == (world->f.complaints.count == 0), "refused without a word");
    if (world->f.program) {
        fixture_open_world(&world->f);
        said_open(&first);
        said_open(&second);
        evaluate_all(&first);
        evaluate_all(&second);
        MUST(text_equal(buffer_text(&first.all), buffer_text(&second.all)), "%s and %s",
             first.all.at, second.all.at);
        said_close(&first);
        said_close(&second);
        ask_conditions();
        map_free(world->f.program);
    }
    *slot = before;
}

/* One byte says where the expression stands, the rest is the expression. */
static void fuzz_one(struct text input)
{
    const char **slots[SLOTS_MOST];
    size_t slot = fuzz_byte(&input);
    AUTO_FREE char *source = fuzz_copy(input);
    struct arena *arena = arena_new(ARENA_MAX);

    if (!world) {
        make_world();
    }
    if (text_is_utf8(text_of(source))) {
        slot %= all_slots(slots);
        try_as_a_part(arena, slots[slot], source);
    }
    arena_free(arena);
}
