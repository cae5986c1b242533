#include <stdio.h>

#include "map/ast.h"
#include "unit.h"

static void expression__is_read_with_the_right_binding(void **state)
{
    static const struct {
        const char *source, *canonical;
    } cases[] = {
        {"a", "a"},
        {"a or b and not c", "(a or (b and (not c)))"},
        {"a + b * c - d", "((a + (b * c)) - d)"},
        {"a ?? b + c", "((a ?? b) + c)"},
        {"a * b ?? c", "(a * (b ?? c))"},
        {"-a.b ?? 1", "((-a.b) ?? 1)"},
        {"a == b", "(a == b)"},
        {"a.b[c].d", "a.b[c].d"},
        {"not a in ('x','it''s')", "(not (a in ('x', 'it''s')))"},
        {"not (not a).b", "(not (not a).b)"},
        {"(-a).b", "(-a).b"},
        {"a in b.c", "(a in b.c)"},
        {"@", "@"},
        {"@bill.url", "@bill.url"},
        {"@employee(createdBy.id)", "@employee(createdBy.id)"},
        {"case(t, 'a'|'b': 1, else: 2.50)", "case(t, 'a'|'b': 1, else: 2.50)"},
        {"group(expenses, vendor: vendor, on: day(at, 'UTC'))",
         "group(expenses, vendor: vendor, on: day(at, 'UTC'))"},
        {"[fees.fx, 0.10]", "[fees.fx, 0.10]"},
        {"[]", "[]"},
        {"find(xero.Accounts, Code == parent.c and Status == 'ACTIVE') ?? hold('x: y')",
         "(find(xero.Accounts, ((Code == parent.c) and (Status == 'ACTIVE'))) ?? hold('x: y'))"},
        {" ( ( true ) ) ", "true"},
    };
    struct arena *arena = arena_new((size_t)16 << 20);
    struct syntax_error err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct node *node = expression_parse(cases[i].source, arena, &err);

        if (!node) {
            fail_msg("%s: column %u: %s", cases[i].source, err.column, err.sentence);
        }
        assert_string_equal(expression_text(node, arena), cases[i].canonical);
        /* the canonical spelling is itself an expression, and spells itself */
        node = expression_parse(expression_text(node, arena), arena, &err);
        assert_non_null(node);
        assert_string_equal(expression_text(node, arena), cases[i].canonical);
    }
    arena_free(arena);
}

static void expression__says_where_it_is_wrong(void **state)
{
    static const struct {
        const char *source;
        unsigned column;
        const char *says;
    } cases[] = {
        {"", 1, "a value is missing"},
        {"a +", 4, "a value is missing before the end"},
        {"a b", 3, "not expected"},
        {"(a", 3, "expected ) before the end"},
        {"'abc", 1, "does not end"},
        {"a = b", 3, "cannot be read"},
        {"a.1", 3, "expected a name"},
        {"a and or b", 7, "expected a name"},
        {"case(a, b: 1)", 9, "case takes"},
        {"x in ()", 8, "at least one"},
        {"a / b", 3, "cannot be read"},
        {"1234567890123456789012345678901234567890", 1, "too many digits"},
        {"a == b == c", 8, "not expected"},
    };
    struct arena *arena = arena_new((size_t)16 << 20);
    struct syntax_error err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (expression_parse(cases[i].source, arena, &err)) {
            fail_msg("\"%s\" was taken", cases[i].source);
        }
        if (err.column != cases[i].column || !strstr(err.sentence, cases[i].says)) {
            fail_msg("\"%s\": column %u: %s", cases[i].source, err.column, err.sentence);
        }
    }
    arena_free(arena);
}

static void expression__has_limits(void **state)
{
    static const char *const openers[] = {"(", "-", "not ", "f(", "[", "a[", "@m(", "case("};
    struct arena *arena = arena_new((size_t)256 << 20);
    struct syntax_error err;
    struct buffer b;

    (void)state;
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        buffer_init(&b, 1 << 20);
        for (int k = 0; k < 10000; k++) {
            buffer_add_cstr(&b, openers[i]);
        }
        assert_null(expression_parse(b.at, arena, &err));
        if (!strstr(err.sentence, "nested") && !strstr(err.sentence, "longer")) {
            fail_msg("%s…: %s", openers[i], err.sentence);
        }
        buffer_done(&b);
    }
    buffer_init(&b, 1 << 20);
    for (int k = 0; k < 40000; k++) {
        buffer_add_cstr(&b, "1+");
    }
    buffer_add_cstr(&b, "1");
    assert_null(expression_parse(b.at, arena, &err));
    assert_non_null(strstr(err.sentence, "longer"));
    buffer_done(&b);
    arena_free(arena);
}

/* What stands in a row makes a tree that is as deep as it is long. */
static void expression__has_so_many_operators_at_most(void **state)
{
    static const char *const links[] = {"+n", "??n", " and n", ".n", "[n]", "*n"};
    struct arena *arena = arena_new((size_t)64 << 20);
    struct syntax_error err;
    struct buffer b;

    (void)state;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        buffer_init(&b, 1 << 20);
        buffer_add_char(&b, 'n');
        for (int k = 0; k < EXPRESSION_MAX_OPERATORS; k++) {
            buffer_add_cstr(&b, links[i]);
        }
        assert_non_null(expression_parse(b.at, arena, &err));
        buffer_add_cstr(&b, links[i]);
        err = (struct syntax_error){0};
        assert_null(expression_parse(b.at, arena, &err));
        assert_non_null(strstr(err.sentence, "operators"));
        buffer_done(&b);
    }
    arena_free(arena);
}

/* Any bytes at all give a tree or a sentence, never anything else. */
static void expression__survives_noise(void **state)
{
    static const char alphabet[] = "ab01'().,[]@|?!+-*=<> :notinor\xc3\xbf";
    struct arena *arena = arena_new((size_t)64 << 20);
    uint64_t seed = 42;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char source[40];
        size_t size = next_random(&seed) % (sizeof source - 1);
        struct syntax_error err = {0, ""};

        for (size_t k = 0; k < size; k++) {
            source[k] = alphabet[next_random(&seed) % (sizeof alphabet - 1)];
        }
        source[size] = '\0';
        if (!expression_parse(source, arena, &err)) {
            assert_true(err.sentence[0] != '\0' && err.column >= 1 && err.column <= size + 1);
        }
        arena_reset(arena);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expression__is_read_with_the_right_binding),
        cmocka_unit_test(expression__says_where_it_is_wrong),
        cmocka_unit_test(expression__has_limits),
        cmocka_unit_test(expression__has_so_many_operators_at_most),
        cmocka_unit_test(expression__survives_noise),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
