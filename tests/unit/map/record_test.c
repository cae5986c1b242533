#include "map/record.h"
#include "unit.h"

struct reading {
    struct arena *arena;
    json_t *record;
    const char *key;
    struct error err;
};

static bool read_record(struct reading *r, const char *type, const char *wire, const char *absent)
{
    struct syntax_error syntax;
    const struct record_type *parsed;
    json_t *j = NULL;
    bool ok;

    r->arena = arena_new((size_t)16 << 20);
    r->record = NULL;
    parsed = record_type_parse(type, r->arena, &syntax);
    assert_non_null(parsed);
    assert_true(json_read(text_of(wire), JSON_DEPTH_MAX, &j, &r->err));
    {
        struct record_source source = {.wire = j, .absent = absent};

        ok = record_read(parsed, &source, r->arena, &r->record, &r->key, &r->err);
    }
    json_decref(j);
    return ok;
}

static void reading_done(struct reading *r)
{
    json_decref(r->record);
    arena_free(r->arena);
}

static void record__keeps_declared_fields_with_their_digits(void **state)
{
    struct reading r;
    char *out;

    (void)state;
    assert_true(read_record(
        &r,
        "*id: text, a.n: decimal, m: money(c), on: date, at: time, tags: text[], f: file?,"
        "kind: 'x'|'y', ok: bool, lines: [*id: text, n: decimal?]",
        "{\"id\":42,\"a\":{\"n\":12.50,\"z\":1},\"m\":\"7.10\",\"on\":\"2026-10-01T22:00:00Z\","
        "\"at\":\"2026-10-01T22:00:00+02:00\",\"tags\":[\"t\",1],\"kind\":\"y\",\"ok\":true,"
        "\"lines\":[{\"id\":\"l\",\"other\":1}],\"secret\":\"gone\",\"f\":null}",
        ""));
    assert_string_equal(r.key, "42");
    out = json_write_text(r.record);
    assert_string_equal(
        out, "{\"a\":{\"n\":12.50},\"at\":\"2026-10-01T20:00:00Z\",\"id\":\"42\",\"kind\":\"y\","
             "\"lines\":[{\"id\":\"l\"}],\"m\":7.10,\"ok\":true,\"on\":\"2026-10-01\",\"tags\":["
             "\"t\",\"1\"]}");
    memory_free(out);
    reading_done(&r);
}

static void record__says_which_field_is_wrong(void **state)
{
    static const struct {
        const char *type, *wire, *says;
    } cases[] = {
        {"*id: text, n: decimal", "{\"id\":\"1\"}", "n is missing, but ought to be a number"},
        {"*id: text, n: decimal", "{\"id\":\"1\",\"n\":null}", "n is missing"},
        {"*id: text, n: decimal", "{\"id\":\"1\",\"n\":\"abc\"}",
         "n is \"abc\", but ought to be a number"},
        {"*id: text, n: decimal", "{\"id\":\"1\",\"n\":true}", "n is true"},
        {"*id: text, n: minor(c)", "{\"id\":\"1\",\"n\":1.5}",
         "n is 1.5, but ought to be a whole amount"},
        {"*id: text, d: date", "{\"id\":\"1\",\"d\":\"31.12.2026\"}", "ought to be a date"},
        {"*id: text, d: date", "{\"id\":\"1\",\"d\":20261231}", "ought to be a date"},
        {"*id: text, k: 'a'|'b'", "{\"id\":\"1\",\"k\":\"c\"}", "known words"},
        {"*id: text, t: text", "{\"id\":\"1\",\"t\":{},\"u\":{\"y\":\"1\"}}", "t is an object"},
        {"*id: text, l: [*id: text, n: decimal]",
         "{\"id\":\"1\",\"l\":[{\"id\":\"a\",\"n\":1},{\"id\":\"b\"}]}", "l 2: n is missing"},
        {"*id: text, l: [*id: text]", "{\"id\":\"1\",\"l\":{}}",
         "l is an object, but ought to be a list"},
        {"*id: text, t: text[]", "{\"id\":\"1\",\"t\":\"x\"}", "t is \"x\""},
        {"*id: text", "{\"id\":\"\"}", "part of the key"},
        {"*id: text", "[]", "ought to be an object"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;

        assert_false(read_record(&r, cases[i].type, cases[i].wire, ""));
        assert_string_equal(r.err.code, "field");
        if (!strstr(r.err.text, cases[i].says)) {
            fail_msg("%s: %s", cases[i].wire, r.err.text);
        }
        reading_done(&r);
    }
}

static void record__knows_what_an_api_writes_for_nothing(void **state)
{
    struct reading r;

    (void)state;
    assert_true(read_record(&r, "*id: text, d: date?", "{\"id\":\"1\",\"d\":\"\"}", "''"));
    assert_null(json_object_get(r.record, "d"));
    reading_done(&r);
    assert_false(read_record(&r, "*id: text, d: date?", "{\"id\":\"1\",\"d\":\"\"}", ""));
    reading_done(&r);
}

static void record__knows_it_inside_too_and_knows_several_words(void **state)
{
    struct reading r;
    char *out;

    (void)state;
    assert_true(read_record(
        &r, "*id: text, d: date?, n: text?, t: text{}?, u: text{}, lines: [*id: text, on: date?]",
        "{\"id\":\"1\",\"d\":\"0000-00-00\",\"n\":\"0000-00-01\",\"t\":[],\"u\":{\"x\":\"\",\"z\":"
        "null,\"y\":"
        "\"1\"},"
        "\"lines\":[{\"id\":\"a\",\"on\":\"\"},{\"id\":\"b\",\"on\":\"0000-00-00\"}]}",
        "'' '0000-00-00'"));
    out = json_write_text(r.record);
    assert_string_equal(out, "{\"id\":\"1\",\"lines\":[{\"id\":\"a\"},{\"id\":\"b\"}],"
                             "\"n\":\"0000-00-01\",\"t\":{},\"u\":{\"y\":\"1\"}}");
    memory_free(out);
    reading_done(&r);
}

static void record__has_a_key_of_several_fields(void **state)
{
    struct reading r;

    (void)state;
    assert_true(
        read_record(&r, "*a: text, *b.c: text", "{\"a\":\"x/y\",\"b\":{\"c\":\"5%\"}}", ""));
    assert_string_equal(r.key, "x%2Fy/5%25");
    reading_done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record__keeps_declared_fields_with_their_digits),
        cmocka_unit_test(record__says_which_field_is_wrong),
        cmocka_unit_test(record__knows_what_an_api_writes_for_nothing),
        cmocka_unit_test(record__knows_it_inside_too_and_knows_several_words),
        cmocka_unit_test(record__has_a_key_of_several_fields),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
