#include "fixture.h"

const struct ferry_connector *ferry_connector_entry(void); /* of plugins/payhawk */

/* What its mappings make of expenses, plugins/payhawk/fixtures say. */
static void payhawk__passes_the_check(void **state)
{
    struct fixture f;

    (void)state;
    fixture_compile(&f, ferry_connector_entry());
    fixture_print_complaints(&f);
    assert_int_equal(f.complaints.count, 0);
    fixture_done(&f);
}

/* ---- some of its flows ---- */

static struct program *choose(struct fixture *f, const char *const *names, size_t count)
{
    struct declaration *part = arena_alloc(f->arena, 1, sizeof *part);
    struct program *program = NULL;
    struct error err;

    if (!map_choose_flows(f->program, names, count, f->arena, part, &err)) {
        fail_msg("%s: %s", err.code, err.text);
    }
    if (!map_compile(part, f->xero, NULL, f->arena, &program, &f->complaints)) {
        fixture_print_complaints(f);
        fail_msg("the part does not compile");
    }
    return program;
}

static bool reads(const struct program *program, const char *list)
{
    return map_list_is_read(program, map_list_find(program, list));
}

static void choose__leaves_out_what_only_others_need(void **state)
{
    static const char *const names[] = {"expenses"};
    struct fixture f;
    struct program *part;

    (void)state;
    fixture_compile(&f, ferry_connector_entry());
    part = choose(&f, names, 1);
    assert_non_null(map_mapping_find(part, "bill"));
    assert_null(map_mapping_find(part, "statement_line"));
    assert_null(map_mapping_find(part, "account_code"));
    assert_true(reads(part, "statement_lines"));
    assert_true(reads(f.program, "deposits"));
    assert_false(reads(part, "deposits"));
    assert_false(reads(part, "suppliers"));
    map_free(part);
    fixture_done(&f);
}

static void choose__takes_along_what_is_made_on_demand(void **state)
{
    static const char *const names[] = {"feed", "deposits"};
    struct fixture f;
    struct program *part;

    (void)state;
    fixture_compile(&f, ferry_connector_entry());
    part = choose(&f, names, 2);
    assert_non_null(map_mapping_find(part, "statement_line"));
    assert_non_null(map_mapping_find(part, "bank_account"));
    assert_non_null(map_mapping_find(part, "payhawk"));
    assert_null(map_mapping_find(part, "bill"));
    assert_null(map_mapping_find(part, "supplier"));
    map_free(part);
    fixture_done(&f);
}

static void choose__refuses_a_flow_that_needs_another(void **state)
{
    static const char *const names[] = {"report_back"};
    struct declaration part;
    struct fixture f;
    struct error err;

    (void)state;
    fixture_compile(&f, ferry_connector_entry());
    assert_false(map_choose_flows(f.program, names, 1, f.arena, &part, &err));
    assert_string_equal(err.code, "flow-needed");
    assert_non_null(strstr(err.text, "the flow expenses"));
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payhawk__passes_the_check),
        cmocka_unit_test(choose__leaves_out_what_only_others_need),
        cmocka_unit_test(choose__takes_along_what_is_made_on_demand),
        cmocka_unit_test(choose__refuses_a_flow_that_needs_another),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
