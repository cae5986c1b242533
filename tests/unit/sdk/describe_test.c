/* The rules of the ABI, seen from the side that reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ferry/describe.h"

static char out[4096];
static struct ferry_problem problem;

struct sink_state {
    size_t size, max;
};

static int add(void *self, const char *bytes, size_t size)
{
    struct sink_state *state = self;

    if (size > state->max - state->size) {
        return 0;
    }
    memcpy(out + state->size, bytes, size);
    state->size += size;
    out[state->size] = '\0';
    return 1;
}

static int describe(const struct ferry_connector *connector)
{
    struct sink_state state = {0, sizeof out - 1};
    struct ferry_sink sink = {&state, add};

    out[0] = '\0';
    memset(&problem, 0, sizeof problem);
    return ferry_describe(connector, &sink, &problem);
}

static struct ferry_connector minimal(void)
{
    return (struct ferry_connector){
        .size = sizeof(struct ferry_connector),
        .abi = (FERRY_ABI_MAJOR << 16) | FERRY_ABI_MINOR,
        .id = "a",
        .version = "1",
    };
}

static void describe__writes_sorted_names_and_leaves_out_what_was_not_said(void **state)
{
    struct ferry_connector connector = minimal();

    (void)state;
    connector.about = "say \"hi\"\\\n\001 é";
    assert_true(describe(&connector));
    assert_string_equal(out,
                        "{\"abi\":[0,1],\"about\":\"say \\\"hi\\\"\\\\\\n\\u0001 é\",\"id\":\"a\","
                        "\"version\":\"1\"}");
}

static void describe__walks_arrays_by_the_stride_of_their_author(void **state)
{
    /* An author whose rows have grown: the tail is zero, so an older reader goes on. */
    static struct {
        struct ferry_row row;
        const char *added;
    } rows[] = {{{"one", "1"}, NULL}, {{"two", "2"}, NULL}};
    struct ferry_connector connector = minimal();

    (void)state;
    connector.events = (struct ferry_rows){&rows[0].row, 2, sizeof rows[0]};
    assert_true(describe(&connector));
    assert_non_null(strstr(out, "{\"name\":\"one\",\"value\":\"1\"},{\"name\":\"two\""));
    rows[1].added = "new";
    assert_false(describe(&connector));
    assert_string_equal(problem.code, "too-new");
    assert_non_null(strstr(problem.sentence, "events[1]"));
    rows[1].added = NULL;
}

static void describe__reads_shorter_structs_as_if_they_ended_in_nothing(void **state)
{
    struct ferry_connector connector = minimal();
    struct ferry_read read = {.size = offsetof(struct ferry_read, body), .get = "GET /a"};
    struct ferry_list list = {.name = "a", .read = &read};
    /* Options of an author who knew no `about` yet. */
    static const struct {
        const char *name, *type, *value;
    } options[] = {{"x", "text", "'1'"}};

    (void)state;
    read.body = "never read";
    connector.lists = (struct ferry_lists){&list, 1, sizeof list};
    connector.options = (struct ferry_options){(const struct ferry_option *)(const void *)options,
                                               1, sizeof *options};
    assert_true(describe(&connector));
    assert_non_null(strstr(out, "\"read\":{\"get\":\"GET /a\"}"));
    assert_non_null(
        strstr(out, "\"options\":[{\"name\":\"x\",\"type\":\"text\",\"value\":\"'1'\"}]"));
}

static void refuse(const struct ferry_connector *connector, const char *code, const char *word)
{
    assert_false(describe(connector));
    if (strcmp(problem.code, code) != 0 || !strstr(problem.sentence, word)) {
        fail_msg("%s: %s", problem.code, problem.sentence);
    }
}

static void describe__refuses_with_a_code_and_the_place(void **state)
{
    static struct ferry_guard guards[] = {{FERRY_SKIP, "true", "a: b"}, {9, "true", "a: b"}};
    struct ferry_connector connector = minimal();
    struct ferry_read read = {.size = 2};
    struct ferry_list list = {.name = "a", .read = &read};

    (void)state;
    connector.answers = (struct ferry_guards){guards, 2, sizeof *guards};
    refuse(&connector, "verdict", "answers[1].verdict is 9");
    connector.answers = (struct ferry_guards){NULL, 2, sizeof *guards};
    refuse(&connector, "empty-array", "answers");
    connector.answers = (struct ferry_guards){guards, 2, 0};
    refuse(&connector, "stride", "answers");
    connector.answers = (struct ferry_guards){guards, UINT32_MAX, sizeof *guards};
    refuse(&connector, "too-many-rows", "answers");
    connector.answers = (struct ferry_guards){NULL, 0, 0};
    connector.lists = (struct ferry_lists){&list, 1, sizeof list};
    refuse(&connector, "size", "lists[0].read");
}

static void describe__refuses_other_abis_and_nameless_tables(void **state)
{
    struct ferry_connector connector = minimal();

    (void)state;
    connector.abi = (FERRY_ABI_MAJOR + 1) << 16;
    refuse(&connector, "abi", "ABI");
    connector = minimal();
    connector.version = NULL;
    refuse(&connector, "no-id", "version");
    connector = minimal();
    connector.size = 4;
    refuse(&connector, "size", "table");
    refuse(NULL, "size", "table");
}

static void describe__refuses_bad_and_endless_texts(void **state)
{
    static const char *const bad[] = {"\xff",     "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80",
                                      "\xe2\x82", "a\x80"};
    struct ferry_connector connector = minimal();
    char *longer = malloc(FERRY_TEXT_MAX + 2);

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        connector.name = bad[i];
        refuse(&connector, "not-utf8", "name");
    }
    memset(longer, 'a', FERRY_TEXT_MAX + 1);
    longer[FERRY_TEXT_MAX + 1] = '\0';
    connector.name = longer;
    refuse(&connector, "text-too-long", "name");
    free(longer);
}

static void describe__stops_when_the_sink_is_full(void **state)
{
    struct ferry_connector connector = minimal();
    struct sink_state sink_state = {0, 5};
    struct ferry_sink sink = {&sink_state, add};

    (void)state;
    assert_false(ferry_describe(&connector, &sink, &problem));
    assert_string_equal(problem.code, "sink");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(describe__writes_sorted_names_and_leaves_out_what_was_not_said),
        cmocka_unit_test(describe__walks_arrays_by_the_stride_of_their_author),
        cmocka_unit_test(describe__reads_shorter_structs_as_if_they_ended_in_nothing),
        cmocka_unit_test(describe__refuses_with_a_code_and_the_place),
        cmocka_unit_test(describe__refuses_other_abis_and_nameless_tables),
        cmocka_unit_test(describe__refuses_bad_and_endless_texts),
        cmocka_unit_test(describe__stops_when_the_sink_is_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
