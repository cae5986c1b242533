/* What the checker takes, the evaluator can work out: random expressions that pass the check yield
 * a value of the type that was inferred, or hold; never a bug, and nothing where something was
 * promised. */
#include "grammar.h"

#include <stdlib.h>

static unsigned look(struct script *s, const char *source, const struct node *node,
                     const struct type *type, const char *key)
{
    const struct map_list *list = map_list_find(s->f.program, "things");
    struct scope scope = {.here = record_of(list, key)};
    struct evaluation e;
    struct value value = NO_VALUE;
    unsigned wrong = 0;

    evaluation_start(&e, s->f.program, &s->f.world, s->f.arena);
    if (!evaluate(&e, node, &scope, &value)) {
        if (e.bug.kind != ERROR_NONE || !e.held || !e.code[0]) {
            print_error("%s at %s: BUG %s: %s\n", source, key, e.bug.code, e.bug.text);
            wrong = 1;
        }
    } else if (!grammar_is_of_type(type, value)) {
        print_error("%s at %s: is %s, but was said to be %s\n", source, key,
                    value_kind_name(value.kind), type_spelling(type, s->f.arena));
        wrong = 1;
    } else {
        (void)script_spelt(s, value);
    }
    evaluation_done(&e);
    return wrong;
}

/* Expressions that pass the check, of `tries`. */
static unsigned try_some(uint64_t *seed, unsigned tries, unsigned *wrong)
{
    struct script *s = memory_new(1, sizeof *s);
    unsigned taken = 0;

    script_start(s, "sound");
    script_add(s, TEXT(GRAMMAR_WORLD), 1);
    script_run(s);
    assert_non_null(s->f.program);
    s->at_list = "things";
    fixture_open_world(&s->f);
    for (unsigned i = 0; i < tries; i++) {
        const struct place place = {.shape = map_list_find(s->f.program, "things")->shape};
        struct checker c = {.program = s->f.program, .arena = s->f.arena};
        AUTO(buffer_done) struct buffer source;
        const struct node *node;
        struct type type;

        buffer_init(&source, 1 << 16);
        grammar_grow(&source, seed, 1 + i % 3);
        node = compile_expression(&c, "here", source.at);
        if (node && check_infer(&c, node, &place, &type)) {
            taken++;
            *wrong += look(s, source.at, node, &type, "1");
            *wrong += look(s, source.at, node, &type, "2");
        }
        memory_free(c.complaints);
    }
    fixture_done(&s->f);
    memory_free(s);
    return taken;
}

static void checker__promises_what_the_evaluator_keeps(void **state)
{
    const char *given = getenv("FERRY_SEED"), *rounds = getenv("FERRY_ROUNDS");
    uint64_t seed = given ? strtoull(given, NULL, 10) : 42;
    unsigned taken = 0, wrong = 0;

    (void)state;
    for (int i = 0; i < (rounds ? atoi(rounds) : 20); i++) {
        taken += try_some(&seed, 4000, &wrong);
    }
    print_message("%u expressions passed the check\n", taken);
    assert_true(taken > 2000);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checker__promises_what_the_evaluator_keeps)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
