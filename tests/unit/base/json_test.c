#include "unit.h"

static json_t *read_json(const char *t)
{
    json_t *j = NULL;
    struct error err;

    if (!json_read(text_of(t), JSON_DEPTH_MAX, &j, &err)) {
        fail_msg("%s: %s", t, err.text);
    }
    return j;
}

static void json__keeps_every_digit(void **state)
{
    static const char *const same[] = {
        "{\"a\":70.10}",
        "[0.1,0.2,9999999999.99,1e3,-0.0]",
        "12345678901234567890123.450",
        "{\"a\":{\"b\":[1,\"1\",true,false,null]}}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        json_t *j = read_json(same[i]);
        AUTO_FREE char *out = json_write_text(j);

        assert_string_equal(out, same[i]);
        json_decref(j);
    }
}

static void json__writes_names_in_order(void **state)
{
    json_t *j = read_json(" { \"b\" : 1 , \"a\" : [ ] , \"B\" : \"\\u0041\\n\\u001f\" } ");
    AUTO_FREE char *out = json_write_text(j);

    (void)state;
    assert_string_equal(out, "{\"B\":\"A\\n\\u001f\",\"a\":[],\"b\":1}");
    json_decref(j);
}

static void json__cannot_be_told_that_a_text_is_a_number(void **state)
{
    json_t *j = read_json("[\"\\u00011\", \"x\\\\u00011\", 1]");

    (void)state;
    assert_false(json_is_number_text(json_array_get(j, 0)));
    assert_false(json_is_number_text(json_array_get(j, 1)));
    assert_true(json_is_number_text(json_array_get(j, 2)));
    json_decref(j);
}

static void json__takes_escapes_for_what_they_mean(void **state)
{
    json_t *j =
        read_json("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u0041\\u00e9\\u20AC\\ud83d\\uDe00\", "
                  "\"a\\u0000b\\u0001\", {\"\\u0000\\u0042\": {\"\\n\": \"\\u0043 \\u0044\"}}]");

    (void)state;
    assert_string_equal(json_string_value(json_array_get(j, 0)), "\"\\/\b\f\n\r\t");
    assert_string_equal(json_string_value(json_array_get(j, 1)), "A\u00e9\u20ac\U0001f600");
    assert_string_equal(json_string_value(json_array_get(j, 2)), "a\ufffd"
                                                                 "b\ufffd");
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(json_array_get(j, 3), "\ufffdB"), "\n")),
        "C D");
    json_decref(j);
}

static void json__refuses_with_line_and_column(void **state)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        {"{\n \"a\": 01}", "line 2 column 7"},
        {"[1.]", "line 1 column 2"},
        {"{1:2}", "line 1 column 2: a name"},
        {"{\"a\":1, \n2:3}", "line 2 column 1: a name"},
        {"{\"a\" 1}", "line 1 column 6: a colon"},
        {"{\"a\":1 \"b\":2}", "line 1 column 8: a comma or }"},
        {"[1 2]", "line 1 column 4: a comma or ]"},
        {"[1,]", "line 1 column 4"},
        {"{\"a\":1,}", "line 1 column 8: a name"},
        {"[-]", "number"},
        {"[1e]", "number"},
        {"-", "number"},
        {"[+1]", "invalid"},
        {"{\"a\":1,\"a\":2}", "duplicate"},
        {"{\"a\":1,\"\\u0061\":2}", "duplicate"},
        {"[\"abc", "does not end"},
        {"[\"abc\\", "no such escape"},
        {"[\"\\q\"]", "no such escape"},
        {"[\"\\u12g4\"]", "four hexadecimal"},
        {"[\"\\u12", "four hexadecimal"},
        {"[\"\\ud800\"]", "half a character"},
        {"[\"\\ud800\\u0041\"]", "half a character"},
        {"[\"\\udc00\\ud800\"]", "half a character"},
        {"[\"a\nb\"]", "line 1 column 4: a control character"},
        {"[NaN]", "invalid"},
        {"[nul]", "invalid"},
        {"[1,2", "line 1 column 5"},
        {"", "line 1 column 1: it ends"},
        {"{} x", "line 1 column 4: something follows"},
        {"[\"\xff\"]", "UTF-8"},
        {"{\"\xff\":1}", "UTF-8"},
    };
    struct error err;
    json_t *j = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(json_read(text_of(bad[i].text), JSON_DEPTH_MAX, &j, &err));
        assert_string_equal(err.code, "json");
        if (!strcasestr(err.text, bad[i].says)) {
            fail_msg("\"%s\" gave \"%s\"", bad[i].text, err.text);
        }
    }
}

static void json__refuses_depth(void **state)
{
    char deep[2100];
    struct error err;
    json_t *j = NULL;

    (void)state;
    memset(deep, '[', 1000);
    memset(deep + 1000, ']', 1000);
    deep[2000] = '\0';
    assert_false(json_read(text_of(deep), JSON_DEPTH_MAX, &j, &err));
    assert_non_null(strstr(err.text, "deep"));
}

static void json__refuses_no_text(void **state)
{
    struct error err;
    json_t *j = NULL;

    (void)state;
    assert_false(json_read(TEXT_NONE, JSON_DEPTH_MAX, &j, &err));
    assert_non_null(strstr(err.text, "line 1 column 1: it ends"));
}

static void json__skips_a_byte_order_mark(void **state)
{
    json_t *j = read_json("\xef\xbb\xbf{\"a\":1}");

    (void)state;
    assert_int_equal(json_int(json_path(j, "a"), 0), 1);
    json_decref(j);
}

static void json__walks_paths(void **state)
{
    json_t *j = read_json("{\"a\":{\"b\":\"x\",\"n\":null}}");

    (void)state;
    assert_string_equal(json_path_text(j, "a.b"), "x");
    assert_string_equal(json_path_text(j, "a.c"), "");
    assert_null(json_path(j, "a.n"));
    json_path_set(j, "a.d.e", json_new_number(TEXT("1.50")));
    json_path_set(j, "z", json_new_int(7));
    {
        AUTO_FREE char *out = json_write_text(j);

        assert_string_equal(out, "{\"a\":{\"b\":\"x\",\"d\":{\"e\":1.50},\"n\":null},\"z\":7}");
    }
    json_decref(j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json__keeps_every_digit),
        cmocka_unit_test(json__writes_names_in_order),
        cmocka_unit_test(json__cannot_be_told_that_a_text_is_a_number),
        cmocka_unit_test(json__takes_escapes_for_what_they_mean),
        cmocka_unit_test(json__refuses_with_line_and_column),
        cmocka_unit_test(json__refuses_depth),
        cmocka_unit_test(json__refuses_no_text),
        cmocka_unit_test(json__skips_a_byte_order_mark),
        cmocka_unit_test(json__walks_paths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
