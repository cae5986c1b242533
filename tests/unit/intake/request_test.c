#include <stdio.h>

#include "intake/reading.h"
#include "unit.h"

static json_t *read_json(const char *t)
{
    struct error err;
    json_t *j = NULL;

    if (!json_read(text_of(t), JSON_DEPTH_MAX, &j, &err)) {
        fail_msg("%s", err.text);
    }
    return j;
}

static void template__fills_and_encodes(void **state)
{
    static const struct {
        const char *template, *expected;
    } cases[] = {
        {"/api/{option.account}/expenses?x=1", "/api/a%2Fb%20c/expenses?x=1"},
        {"$filter={\"reviewedAt\":{\"$greaterThan\":\"{since}\"}}",
         "$filter=%7B%22reviewedAt%22:%7B%22$greaterThan%22:%222026-10-01T00%3A00%3A00Z%22%7D%7D"},
        {"/x/{n}", "/x/12.50"},
        {"{not a name}", "%7Bnot%20a%20name%7D"},
        {"/\xc3\xbc", "/%C3%BC"},
    };
    json_t *context = read_json(
        "{\"option\":{\"account\":\"a/b c\"},\"since\":\"2026-10-01T00:00:00Z\",\"n\":12.50}");
    struct buffer out;
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer_init(&out, 1000);
        assert_true(template_fill(cases[i].template, context, &out, &err));
        assert_string_equal(out.at, cases[i].expected);
        buffer_done(&out);
    }
    json_decref(context);
}

static void template__refuses_what_has_no_value(void **state)
{
    json_t *context = read_json("{\"a\":\"\",\"h\":\"x\\r\\nEvil: 1\"}");
    struct buffer out;
    struct error err;

    (void)state;
    buffer_init(&out, 1000);
    assert_false(template_fill("/{a}", context, &out, &err));
    assert_false(template_fill("/{b.c}", context, &out, &err));
    assert_non_null(strstr(err.text, "{b.c}"));
    assert_false(template_fill_header("{h}", context, &out, &err));
    assert_string_equal(err.code, "template");
    buffer_done(&out);
    json_decref(context);
}

static void template__lets_no_value_lead_elsewhere(void **state)
{
    static const char *const bad[] = {"/a/{up}/b", "/a/{up}", "/a/{here}/b?x=1", "/a/.{here}/b",
                                      "/{here}{here}"};
    json_t *context = read_json("{\"up\":\"..\",\"here\":\".\",\"name\":\"..a\"}");
    struct buffer out;
    struct error err;

    (void)state;
    buffer_init(&out, 1000);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        buffer_clear(&out);
        assert_false(template_fill(bad[i], context, &out, &err));
        assert_string_equal(err.code, "template");
    }
    buffer_clear(&out);
    assert_true(template_fill("/a/{name}/x?y={up}", context, &out, &err));
    assert_string_equal(out.at, "/a/..a/x?y=..");
    buffer_done(&out);
    json_decref(context);
}

/* {"data":{"from":"…"}}: braces of the body itself stay, and no value ends its string. */
static void template__fills_bodies(void **state)
{
    json_t *context = read_json("{\"from\":\"2026-10-01\",\"option\":{\"name\":\"a\\\"b\\n\"}}");
    struct buffer out;
    struct error err;

    (void)state;
    buffer_init(&out, 1000);
    assert_true(template_fill_json("{\"data\":{\"start\":\"{from}\",\"n\":\"{option.name}\"}}",
                                   context, &out, &err));
    assert_string_equal(out.at, "{\"data\":{\"start\":\"2026-10-01\",\"n\":\"a\\\"b\\n\"}}");
    assert_false(template_fill_json("{\"to\":\"{to}\"}", context, &out, &err));
    buffer_done(&out);
    json_decref(context);
}

/* ---- windows of days ---- */

static void expect_window(struct reading *r, const char *url, const char *body)
{
    struct error err = {0};

    if (!page_request(r, &err)) {
        fail_msg("%s", err.text);
    }
    assert_string_equal(page_method(r), "POST");
    assert_string_equal(r->url.at, url);
    assert_string_equal(r->body.at, body);
}

static void page__goes_through_windows_to_tomorrow(void **state)
{
    struct declared_read read = {
        .get = "POST /reports/hours",
        .body = "{\"from\":\"{from}\",\"to\":\"{to}\"}",
        .records = "",
        .page = "",
        .next = "",
        .since = "",
        .window_days = 31,
    };
    struct integration integration = {.options = read_json("{\"start\":\"2026-10-01\"}")};
    struct intake intake = {.integration = &integration};
    struct reading r = {.intake = &intake, .read = &read, .arena = arena_new(1 << 20), .page = 1};
    struct error err = {0};

    (void)state;
    buffer_init(&r.url, 1000);
    buffer_init(&r.body, 1000);
    assert_true(instant_parse(TEXT("2026-11-03T08:00:00Z"), &r.pass, NULL));
    expect_window(&r, "/reports/hours", "{\"from\":\"2026-10-01\",\"to\":\"2026-10-31\"}");
    assert_true(page_next(&r, NULL, 7, &err));
    assert_true(r.more);
    expect_window(&r, "/reports/hours", "{\"from\":\"2026-11-01\",\"to\":\"2026-11-04\"}");
    assert_true(page_next(&r, NULL, 7, &err));
    assert_false(r.more);
    json_decref(integration.options);
    buffer_done(&r.url);
    buffer_done(&r.body);
    arena_free(r.arena);
}

struct seen {
    char text[200];
};

static bool note(void *self, const json_t *record, const json_t *kept, struct error *err)
{
    struct seen *seen = self;
    size_t size = strlen(seen->text);

    (void)err;
    snprintf(seen->text + size, sizeof seen->text - size, "%s%s%.*s ", json_path_text(record, "id"),
             json_path_text(kept, "day"), TEXT_ARGS(json_text(json_path(record, "value"))));
    return true;
}

static void records__are_found_where_they_are_declared(void **state)
{
    static const struct {
        const char *reply, *path, *expected;
    } cases[] = {
        {"{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}]}", "items.*", "a b "},
        {"[{\"id\":\"a\"}]", "*", "a "},
        {"{\"id\":\"a\"}", "", "a "},
        {"{\"r\":{\"1\":{\"id\":\"a\"},\"2\":{\"id\":\"b\"}}}", "r.*", "a b "},
        {"{\"d\":{\"mon\":[{\"id\":\"a\"}],\"tue\":[{\"id\":\"b\"}]}}", "d.{day}.*", "amon btue "},
        {"{\"items\":null}", "items.*", ""},
        {"{\"d\":{\"mon\":{\"ot\":{\"1.5\":8340,\"2\":600}},\"tue\":{\"ot\":[]}}}",
         "d.{day}.ot.{times}", "mon8340 mon600 "},
    };
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *reply = read_json(cases[i].reply);
        struct seen seen = {""};

        assert_true(records_each(reply, cases[i].path, note, &seen, &err));
        assert_string_equal(seen.text, cases[i].expected);
        json_decref(reply);
    }
}

static void records__refuse_another_shape(void **state)
{
    json_t *reply = read_json("{\"items\":\"none\"}");
    struct seen seen = {""};
    struct error err;

    (void)state;
    assert_false(records_each(reply, "items.*", note, &seen, &err));
    assert_false(records_each(reply, "lines.*", note, &seen, &err));
    assert_non_null(strstr(err.text, "lines"));
    json_decref(reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(template__fills_and_encodes),
        cmocka_unit_test(template__refuses_what_has_no_value),
        cmocka_unit_test(template__fills_bodies),
        cmocka_unit_test(page__goes_through_windows_to_tomorrow),
        cmocka_unit_test(template__lets_no_value_lead_elsewhere),
        cmocka_unit_test(records__are_found_where_they_are_declared),
        cmocka_unit_test(records__refuse_another_shape),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
