/* What is too deep, too long or too much is refused or held, and takes neither stack nor memory. */
#include "map/sentence.h"
#include "script.h"

static void assert_refused(const char *source, const char *words)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct syntax_error err = {0};

    assert_null(expression_parse(source, arena, &err));
    if (!strstr(err.sentence, words)) {
        fail_msg("%s", err.sentence);
    }
    arena_free(arena);
}

/* `first`, then `count` times `next`. Owned. */
static char *chain(const char *first, const char *next, unsigned count)
{
    struct buffer out;

    buffer_init(&out, EXPRESSION_MAX_BYTES);
    buffer_add_cstr(&out, first);
    for (unsigned i = 0; i < count; i++) {
        buffer_add_cstr(&out, next);
    }
    assert_false(out.overflow);
    return buffer_take(&out);
}

/* Without a bracket a tree is as high as its chain is long. */
static void expression__is_no_longer_chain_than_can_be_walked(void **state)
{
    static const struct {
        const char *first, *next;
    } chains[] = {{"1", "+1"},  {"a", "-a*a"},  {"a", "??a"}, {"a", ".b"},
                  {"a", "[1]"}, {"a", " or a"}, {"@", ".x"},  {"a", " and a"}};
    struct arena *arena = arena_new((size_t)64 << 20);
    struct syntax_error err = {0};

    (void)state;
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
        AUTO_FREE char *fine = chain(chains[i].first, chains[i].next, 150);
        AUTO_FREE char *bad = chain(chains[i].first, chains[i].next, 8000);

        if (!expression_parse(fine, arena, &err)) {
            fail_msg("%s: %s", chains[i].next, err.sentence);
        }
        assert_refused(bad, "operators");
    }
    arena_free(arena);
}

/* ---- derived fields that use each other ---- */

#define DERIVED 3000

/* The first uses the second, and so on; or the other way round. */
static struct declared_row *derived_chain(struct arena *arena, bool backwards)
{
    struct declared_row *rows = arena_alloc(arena, DERIVED, sizeof *rows);

    for (int i = 0; i < DERIVED; i++) {
        bool last = backwards ? i == 0 : i == DERIVED - 1;

        rows[i].name = arena_printf(arena, "d%d", i);
        rows[i].value = last ? "1" : arena_printf(arena, "d%d + 1", i + (backwards ? -1 : 1));
    }
    return rows;
}

static void compile_derived(struct script *s, bool backwards)
{
    struct declared_list *list;

    script_start(s, "derived");
    script_add(s, TEXT("list things *id: text, n: decimal"), 1);
    assert_true(script_declares(s, &s->lines[0]));
    list = &s->lists[0];
    list->derive.at = derived_chain(s->f.arena, backwards);
    list->derive.count = DERIVED;
    script_link(s);
    if (!map_compile(&s->declared, s->f.xero, NULL, s->f.arena, &s->f.program, &s->f.complaints)) {
        s->f.program = NULL;
    }
}

static void derived__are_refused_when_they_lead_too_deep(void **state)
{
    struct script *s = memory_new(1, sizeof *s);

    (void)state;
    compile_derived(s, false);
    assert_null(s->f.program);
    assert_true(s->f.complaints.count >= 1);
    assert_non_null(strstr(s->f.complaints.at[0].sentence, "levels deep"));
    fixture_done(&s->f);
    memory_free(s);
}

static void derived__hold_when_they_lead_too_deep(void **state)
{
    struct script *s = memory_new(1, sizeof *s);
    const char *complaint = "";
    const struct node *node;

    (void)state;
    compile_derived(s, true);
    assert_non_null(s->f.program); /* each was known when the next was checked */
    fixture_put(&s->f, "things", "{\"id\":\"1\",\"n\":1}");
    s->at_list = "things";
    s->at_key = "1";
    node = script_check(s, "d2999", &complaint);
    assert_string_equal(complaint, "");
    assert_string_equal(script_evaluate(s, node), "held too-long");
    node = script_check(s, "d99", &complaint);
    assert_string_equal(script_evaluate(s, node), "100");
    fixture_done(&s->f);
    memory_free(s);
}

/* ---- many ---- */

static void choice__of_too_many_words_is_a_text(void **state)
{
    struct script *s = memory_new(1, sizeof *s);
    const char *complaint = "";
    struct buffer source;

    (void)state;
    compile_derived(s, true);
    buffer_init(&source, EXPRESSION_MAX_BYTES);
    buffer_add_cstr(&source, "join('', case(id");
    for (int i = 0; i < 3000; i++) {
        buffer_addf(&source, ", '%d': '%d'", i, i);
    }
    buffer_add_cstr(&source, ", else: ''))");
    s->at_list = "things";
    assert_non_null(script_check(s, source.at, &complaint));
    buffer_done(&source);
    fixture_done(&s->f);
    memory_free(s);
}

#define LINES 3000

/* A list costs a step for each of its elements, each time it is made. */
static void steps__count_what_lists_hold(void **state)
{
    struct script *s = memory_new(1, sizeof *s);
    const char *complaint = "";
    const struct node *node;
    struct buffer record;
    size_t before;

    (void)state;
    script_start(s, "lines");
    script_add(s, TEXT("list things *id: text, lines: [*id: text, n: decimal]"), 1);
    script_run(s);
    assert_non_null(s->f.program);
    buffer_init(&record, 1 << 20);
    buffer_add_cstr(&record, "{\"id\":\"1\",\"lines\":[");
    for (int i = 0; i < LINES; i++) {
        buffer_addf(&record, "%s{\"id\":\"%d\",\"n\":1}", i ? "," : "", i);
    }
    buffer_add_cstr(&record, "]}");
    fixture_put(&s->f, "things", record.at);
    s->at_list = "things";
    s->at_key = "1";
    node = script_check(s, "count(where(lines, count(parent.lines) > 0))", &complaint);
    assert_string_equal(complaint, "");
    before = arena_used_bytes(s->f.arena);
    assert_string_equal(script_evaluate(s, node), "held too-long");
    assert_true(arena_used_bytes(s->f.arena) - before < ((size_t)100 << 20));
    node = script_check(s, "sum(lines, n)", &complaint);
    assert_string_equal(script_evaluate(s, node), "3000");
    buffer_done(&record);
    fixture_done(&s->f);
    memory_free(s);
}

/* ---- a record alone ---- */

static void condition__over_a_record_alone_knows_no_others(void **state)
{
    static const char *const conditions[] = {"exists(@copy)", "any(users, email == parent.id)",
                                             "known"};
    struct script *s = memory_new(1, sizeof *s);
    AUTO_JSON json_t *record = fixture_json("{\"id\":\"1\"}");

    (void)state;
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        struct map_context in = {0};
        struct error err = {0};
        bool truth = true;

        script_start(s, "alone");
        script_add(s,
                   TEXT("list things *id: text\nlist users *id: text, email: text\n"
                        "sink copies *id: text!, name: text\n"
                        "derive things.known exists(find(users, email == parent.id))\n"
                        "mapping copy things → copies\nfield name id\n"),
                   1);
        for (size_t k = 0; k < s->line_count; k++) {
            assert_true(script_declares(s, &s->lines[k]));
        }
        s->lists[0].read.gone = conditions[i];
        script_link(s);
        assert_true(map_compile(&s->declared, s->f.xero, NULL, s->f.arena, &s->f.program,
                                &s->f.complaints));
        in.program = s->f.program;
        in.arena = s->f.arena;
        assert_false(map_condition(&in, map_list_find(s->f.program, "things"), conditions[i],
                                   record, &truth, &err));
        assert_int_equal(err.kind, ERROR_REJECTED);
        assert_string_equal(err.code, "alone");
        fixture_done(&s->f);
    }
    memory_free(s);
}

/* ---- long words ---- */

static void sentence__that_is_long_is_cut_and_not_left_out(void **state)
{
    struct script *s = memory_new(1, sizeof *s);
    struct checker c = {0};
    const struct place place = {0};
    struct reason reason;
    struct evaluation e;
    struct scope scope = {0};
    const char *said;
    struct buffer words;

    (void)state;
    compile_derived(s, true);
    buffer_init(&words, 1 << 16);
    buffer_add_cstr(&words, "long: ");
    for (int i = 0; i < 5000; i++) {
        buffer_add_cstr(&words, "é");
    }
    buffer_add_cstr(&words, "{1 + 1}");
    c.program = s->f.program;
    c.arena = s->f.arena;
    assert_true(reason_check(&c, words.at, 1, &place, &reason));
    evaluation_start(&e, s->f.program, NULL, s->f.arena);
    said = reason_say(&e, &reason, &scope);
    assert_true(strlen(said) > 100);
    assert_true(text_is_utf8(text_of(said)));
    evaluation_done(&e);
    buffer_done(&words);
    fixture_done(&s->f);
    memory_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expression__is_no_longer_chain_than_can_be_walked),
        cmocka_unit_test(derived__are_refused_when_they_lead_too_deep),
        cmocka_unit_test(derived__hold_when_they_lead_too_deep),
        cmocka_unit_test(choice__of_too_many_words_is_a_text),
        cmocka_unit_test(steps__count_what_lists_hold),
        cmocka_unit_test(condition__over_a_record_alone_knows_no_others),
        cmocka_unit_test(sentence__that_is_long_is_cut_and_not_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
