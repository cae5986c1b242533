/* Finding connectors by their notes, and what is new between two declarations. */
#include "zoo.h"

#include <sys/stat.h>
#include <unistd.h>

#define ARENA_MAX (4u << 20)

static void find__goes_by_the_note_not_the_file_name(void **state)
{
    char folder[512];
    const char *folders[] = {"/nowhere", folder};
    struct error err;
    char *path = NULL;

    (void)state;
    snprintf(folder, sizeof folder, "%s/bad", zoo_build());
    assert_true(connector_find(folders, 2, "huge-count", &path, &err));
    assert_non_null(strstr(path, "/huge_count.so"));
    memory_free(path);
}

static void find__suggests_and_says_why_a_file_was_refused(void **state)
{
    char folder[512];
    const char *folders[] = {folder};
    struct error err;
    char *path = NULL;

    (void)state;
    snprintf(folder, sizeof folder, "%s/bad", zoo_build());
    assert_false(connector_find(folders, 1, "huge-cuont", &path, &err));
    assert_string_equal(err.code, "connector-missing");
    assert_non_null(strstr(err.text, "huge-count"));
    assert_false(connector_find(folders, 1, "constructor", &path, &err));
    assert_string_equal(err.code, "elf-constructor");
}

static void find__refuses_two_files_with_one_id(void **state)
{
    char folder[512];
    const char *folders[] = {folder, folder};
    struct error err;
    char *path = NULL;

    (void)state;
    snprintf(folder, sizeof folder, "%s/bad", zoo_build());
    assert_false(connector_find(folders, 2, "newer", &path, &err));
    assert_string_equal(err.code, "connector-twice");
}

/* ---- reading and comparing ---- */

#define HEAD "{\"id\":\"a\",\"version\":\"1\",\"hosts\":\"api a.example.com\""

static const struct declaration *read_one(struct arena *arena, const char *json)
{
    const struct declaration *declaration = NULL;
    struct error err;

    if (!declaration_read(text_of(json), arena, &declaration, &err)) {
        fail_msg("%s", err.text);
    }
    return declaration;
}

static void declaration__is_read_as_hostile_input(void **state)
{
    static const struct {
        const char *json, *word;
    } cases[] = {
        {"", "JSON"},
        {"[]", "object"},
        {HEAD, "JSON"},
        {"{\"id\":\"a\"}", "version"},
        {"{\"id\":\"../a\",\"version\":\"1\"}", "id"},
        {HEAD ",\"more\":1}", "name"},
        {HEAD ",\"about\":1}", "about is not a text"},
        {HEAD ",\"about\":\"\\u001b[2J\"}", "about has control"},
        {HEAD ",\"lists\":{}}", "lists is not a list"},
        {HEAD ",\"lists\":[{\"name\":\"a\",\"read\":{\"overlap_s\":-1}}]}",
         "lists[0].read.overlap_s"},
        {HEAD ",\"lists\":[{\"write\":{\"batch\":4294967296}}]}", "lists[0].write.batch"},
        {HEAD ",\"lists\":[{\"write\":{\"batch\":\"4\"}}]}", "lists[0].write.batch"},
        {HEAD ",\"answers\":[{\"verdict\":\"maybe\"}]}", "answers[0].verdict"},
        {HEAD ",\"about\":\"a\",\"about\":\"b\"}", "JSON"},
        {HEAD ",\"flows\":[{\"mappings\":[{\"match\":[1]}]}]}", "flows[0].mappings[0].match[0]"},
    };
    struct arena *arena = arena_new(ARENA_MAX);
    const struct declaration *declaration = NULL;
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(declaration_read(text_of(cases[i].json), arena, &declaration, &err));
        assert_string_equal(err.code, "description");
        if (!strstr(err.text, cases[i].word)) {
            fail_msg("%s: %s", cases[i].json, err.text);
        }
    }
    assert_null(declaration);
    arena_free(arena);
}

static void declaration__of_too_many_rows_or_levels_is_refused(void **state)
{
    struct arena *arena = arena_new(64u << 20);
    AUTO(buffer_done) struct buffer json;
    const struct declaration *declaration = NULL;
    struct error err;

    (void)state;
    buffer_init(&json, CONNECTOR_DESCRIPTION_MAX);
    buffer_addf(&json, "%s,\"events\":[{}", HEAD);
    for (int i = 0; i < 65536; i++) {
        buffer_add_cstr(&json, ",{}");
    }
    buffer_add_cstr(&json, "]}");
    assert_false(declaration_read(buffer_text(&json), arena, &declaration, &err));
    assert_non_null(strstr(err.text, "65536 rows"));

    buffer_clear(&json);
    buffer_addf(&json, "%s,\"flows\":[{\"mappings\":[", HEAD);
    for (int i = 0; i < 40; i++) {
        buffer_add_cstr(&json, "{\"parts\":[");
    }
    for (int i = 0; i < 40; i++) {
        buffer_add_cstr(&json, "]}");
    }
    buffer_add_cstr(&json, "]}]}");
    assert_false(declaration_read(buffer_text(&json), arena, &declaration, &err));
    arena_free(arena);
}

#define MAPPING(name, to, fields, more)                                                            \
    "{\"name\":\"" name "\",\"to\":\"" to "\",\"fields\":[" fields "]" more "}"
#define FIELD(name)    "{\"name\":\"" name "\",\"value\":\"1\"}"
#define FLOW(mappings) ",\"flows\":[{\"name\":\"f\",\"mappings\":[" mappings "]}]}"

static void changes__name_new_hosts_writes_and_lost_mappings(void **state)
{
    struct arena *arena = arena_new(ARENA_MAX);
    struct connector_changes changes;
    const struct declaration *before =
        read_one(arena, HEAD FLOW(MAPPING("bill", "xero.Invoices", FIELD("Date"), "") "," MAPPING(
                            "old", "xero.Contacts", FIELD("Name"), "")));
    const struct declaration *now = read_one(
        arena,
        "{\"id\":\"a\",\"version\":\"2\",\"hosts\":\"api a.example.com; files *.example.net\"" FLOW(
            MAPPING("bill", "xero.Invoices", FIELD("Date") "," FIELD("DueDate"),
                    ",\"gone\":\"'remove'\",\"parts\":[" MAPPING("line", "LineItems",
                                                                 FIELD("Quantity"), "") "]")));

    (void)state;
    connector_changes(before, now, arena, &changes);
    assert_int_equal(changes.count, 5);
    assert_string_equal(changes.at[0].text, "files *.example.net");
    assert_string_equal(changes.at[1].text, "xero.Invoices (remove)");
    assert_string_equal(changes.at[2].text, "xero.Invoices.DueDate");
    assert_string_equal(changes.at[3].text, "xero.Invoices.LineItems.Quantity");
    assert_int_equal(changes.at[4].kind, CONNECTOR_REKEYED);
    assert_string_equal(changes.at[4].text, "f/old");
    arena_free(arena);
}

static void changes__of_a_first_version_are_everything_and_a_rename_is_none(void **state)
{
    struct arena *arena = arena_new(ARENA_MAX);
    struct connector_changes changes;
    const struct declaration *before =
        read_one(arena, HEAD FLOW(MAPPING("bill", "xero.Invoices", FIELD("Date"), "")));
    const struct declaration *renamed = read_one(
        arena, HEAD FLOW(MAPPING("invoice", "xero.Invoices", FIELD("Date"), ",\"was\":\"bill\"")));

    (void)state;
    connector_changes(NULL, before, arena, &changes);
    assert_int_equal(changes.count, 2);
    assert_string_equal(changes.at[0].text, "api a.example.com");
    connector_changes(before, renamed, arena, &changes);
    assert_int_equal(changes.count, 0);
    arena_free(arena);
}

static const struct declaration *one_mapping(struct arena *arena, const char *record,
                                             const char *from)
{
    return read_one(arena, arena_printf(arena,
                                        HEAD ",\"lists\":[{\"name\":\"orders\",\"record\":\"%s\"}],"
                                             "\"flows\":[{\"name\":\"f\",\"mappings\":[{\"name\":"
                                             "\"bill\",\"to\":\"x\",%s}]}]}",
                                        record, from));
}

/* The same name over other keys: what was written would be written again under new ones. */
static void changes__name_mappings_whose_keys_are_made_of_something_else(void **state)
{
    static const struct {
        const char *before, *now;
        bool rekeyed;
    } cases[] = {
        {"\"from\":\"orders\"", "\"from\":\"orders\"", false},
        {"\"from\":\"orders\"", "\"from\":\"orders.lines\"", true},
        {"\"from\":\"group(orders, a: a)\"", "\"from\":\"group(orders, a: a, b: b)\"", true},
        {"\"from\":\"group(orders, a: a)\"", "\"from\":\"group(orders, a: a)\"", false},
    };
    static const char *const lists[] = {"*id: text, n: decimal", "*id: text, *n: text"};
    struct arena *arena = arena_new(ARENA_MAX);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases * 2; i++) {
        bool other_keys = i % 2;
        const struct declaration *before = one_mapping(arena, lists[0], cases[i / 2].before);
        const struct declaration *now = one_mapping(arena, lists[other_keys], cases[i / 2].now);
        struct connector_changes changes;

        connector_changes(before, now, arena, &changes);
        assert_int_equal(changes.count, cases[i / 2].rekeyed || other_keys);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(find__goes_by_the_note_not_the_file_name),
        cmocka_unit_test(find__suggests_and_says_why_a_file_was_refused),
        cmocka_unit_test(find__refuses_two_files_with_one_id),
        cmocka_unit_test(declaration__is_read_as_hostile_input),
        cmocka_unit_test(declaration__of_too_many_rows_or_levels_is_refused),
        cmocka_unit_test(changes__name_new_hosts_writes_and_lost_mappings),
        cmocka_unit_test(changes__name_mappings_whose_keys_are_made_of_something_else),
        cmocka_unit_test(changes__of_a_first_version_are_everything_and_a_rename_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
