/* The mapping language: one expression somewhere in a connector, which is compiled as a whole, and
 * whose mappings are evaluated for all records. */
#include "fuzz.h"

#define MUTATE_BEHIND 1
#include "mapping_world.h"
#include "mutate_expression.h"

struct seen {
    struct buffer all;
};

static void see(void *owner, const struct map_subject *subject)
{
    struct seen *seen = owner;

    MUST(subject->key && text_is_utf8(text_of(subject->key)), "a subject without a key");
    buffer_addf(&seen->all, "%s %d %s %s ", subject->key, (int)subject->verdict, subject->code,
                subject->field);
    MUST((subject->verdict == MAP_WANTED) == (subject->body != NULL), "a verdict and no body");
    if (subject->body) {
        json_write(subject->body, &seen->all);
    } else {
        check_words(subject->code, subject->sentence);
    }
    for (size_t i = 0; i < subject->note_count; i++) {
        buffer_addf(&seen->all, " %s", subject->notes[i]);
    }
    MUST(strcmp(subject->gone, "leave") == 0 || strcmp(subject->gone, "hold") == 0 ||
             strcmp(subject->gone, "remove") == 0,
         "gone is %s", subject->gone);
    buffer_addf(&seen->all, " %s %s\n", subject->approve,
                subject->match_id ? subject->match_id : "");
}

static void ignore(void *owner, const struct map_trace *trace)
{
    (void)owner;
    MUST(trace->field && trace->expression && trace->value && trace->looked, "a trace with holes");
}

static void evaluate_all(struct seen *seen)
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
            MUST(map_evaluate(&world->f.in, mapping, roots[k], see, seen, &err), "BUG %s: %s",
                 err.code, err.text);
            MUST(map_explain(&world->f.in, mapping, roots[k], ignore, NULL, &err), "BUG %s: %s",
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
    struct seen first, second;

    *slot = source;
    compile_world(arena, NULL);
    for (size_t i = 0; i < world->f.complaints.count; i++) {
        check_complaint(&world->f.complaints.at[i]);
    }
    MUST((world->f.program != NULL) == (world->f.complaints.count == 0), "refused without a word");
    if (world->f.program) {
        fixture_open_world(&world->f);
        buffer_init(&first.all, 1 << 24);
        buffer_init(&second.all, 1 << 24);
        evaluate_all(&first);
        evaluate_all(&second);
        MUST(text_equal(buffer_text(&first.all), buffer_text(&second.all)), "%s and %s",
             first.all.at, second.all.at);
        buffer_done(&first.all);
        buffer_done(&second.all);
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
