/* The mapping language, one expression: parsed, spelt, checked, evaluated for two records. */
#include "fuzz.h"

#define MUTATE_BEHIND 0
#include "mapping_world.h"
#include "mutate_expression.h"

/* The canonical spelling means the same. It has more brackets, so it may be too deep. */
static void check_spelling(const struct node *node, struct arena *arena)
{
    const char *spelt = expression_text(node, arena);
    struct syntax_error err = {0};
    const struct node *again = expression_parse(spelt, arena, &err);

    if (!again) {
        MUST(strstr(err.sentence, "nested") || strstr(err.sentence, "longer"), "%s in %s",
             err.sentence, spelt);
        return;
    }
    MUST(strcmp(spelt, expression_text(again, arena)) == 0, "%s is spelt as %s", spelt,
         expression_text(again, arena));
}

static const char *yields(const struct node *node, const struct type *type, const char *key)
{
    struct scope scope = {.here = record_of(map_list_find(world->f.program, "things"), key)};
    struct evaluation e;
    struct value value = NO_VALUE;
    const char *out = "held";

    evaluation_start(&e, world->f.program, &world->f.world, world->f.arena);
    if (!evaluate(&e, node, &scope, &value)) {
        MUST(e.bug.kind == ERROR_NONE, "BUG %s: %s", e.bug.code, e.bug.text);
        MUST(e.held, "neither a value nor held");
        check_words(e.code, e.sentence);
    } else {
        MUST(grammar_is_of_type(type, value), "is %s, but was said to be %s",
             value_kind_name(value.kind), type_spelling(type, world->f.arena));
        MUST(!e.held, "a value, and held");
        /* spelling long lists takes longer than all the rest */
        out = value.kind == VALUE_LIST && value.list.count > 100 ? "a list"
                                                                 : script_spelt(world, value);
        MUST(text_is_utf8(text_of(out)), "a value that is no text");
    }
    MUST(e.steps <= MAP_STEPS_PER_SUBJECT, "steps");
    evaluation_done(&e);
    return out;
}

static void try_alone(const char *source)
{
    const struct place place = {.shape = map_list_find(world->f.program, "things")->shape};
    struct checker c = {.program = world->f.program, .arena = world->f.arena};
    const struct node *node = compile_expression(&c, "here", source);
    struct type type;

    if (node) {
        check_spelling(node, world->f.arena);
    }
    if (node && check_infer(&c, node, &place, &type)) {
        for (int key = 1; key <= 2; key++) {
            const char *first = yields(node, &type, key == 1 ? "1" : "2");

            MUST(strcmp(first, yields(node, &type, key == 1 ? "1" : "2")) == 0, "twice: %s", first);
        }
    } else {
        MUST(c.count > 0, "refused without a word");
    }
    for (size_t i = 0; i < c.count; i++) {
        check_complaint(&c.complaints[i]);
    }
    memory_free(c.complaints);
}

/*
 * What is checked leaves traces in the program (shapes and searches, by the addresses of nodes), so
 * now and then it is compiled anew, with an arena of its own.
 */
static void renew_world(void)
{
    static struct arena *arena;
    static unsigned uses;

    if (world && uses++ % 500 != 0 && arena_used_bytes(arena) < ARENA_MAX / 4) {
        return;
    }
    if (!world) {
        make_world();
    } else {
        map_free(world->f.program);
        arena_free(arena);
    }
    uses = 1;
    arena = arena_new(ARENA_MAX);
    compile_world(arena, NULL);
    MUST(world->f.program, "the world itself is refused");
    fixture_open_world(&world->f);
}

static void fuzz_one(struct text input)
{
    AUTO_FREE char *source = fuzz_copy(input);

    if (text_is_utf8(text_of(source))) {
        renew_world();
        try_alone(source);
    }
}
