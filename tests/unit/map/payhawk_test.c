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

static const struct map_activity *only(struct fixture *f, const char *name)
{
    const struct declaration *d = map_declaration(f->program);
    bool *on = arena_alloc(f->arena, d->flow_count + 1, sizeof *on);

    for (size_t i = 0; i < d->flow_count; i++) {
        on[i] = strcmp(d->flows[i].name, name) == 0;
    }
    return map_activity(f->program, on, f->arena);
}

static bool maps(const struct fixture *f, const struct map_activity *activity, const char *mapping)
{
    return map_mapping_is_active(activity, map_mapping_find(f->program, mapping));
}

static bool reads(const struct fixture *f, const struct map_activity *activity, const char *list)
{
    return map_list_is_active(f->program, activity, map_list_find(f->program, list));
}

static void expenses__leave_out_what_only_others_need(void **state)
{
    const struct map_activity *activity;
    struct fixture f;

    (void)state;
    fixture_compile(&f, ferry_connector_entry());
    activity = only(&f, "expenses");
    assert_true(maps(&f, activity, "bill"));
    assert_false(maps(&f, activity, "statement_line"));
    assert_false(maps(&f, activity, "account_code"));
    assert_true(reads(&f, activity, "statement_lines"));
    assert_true(reads(&f, activity, "payments"));
    assert_true(reads(&f, NULL, "deposits"));
    assert_false(reads(&f, activity, "deposits"));
    assert_false(reads(&f, activity, "suppliers"));
    fixture_done(&f);
}

static void feed__takes_along_what_is_made_on_demand(void **state)
{
    const struct map_activity *activity;
    struct fixture f;

    (void)state;
    fixture_compile(&f, ferry_connector_entry());
    activity = only(&f, "feed");
    assert_true(maps(&f, activity, "statement_line"));
    assert_true(maps(&f, activity, "bank_account"));
    assert_true(maps(&f, activity, "payhawk"));
    assert_false(maps(&f, activity, "bill"));
    assert_false(maps(&f, activity, "supplier"));
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payhawk__passes_the_check),
        cmocka_unit_test(expenses__leave_out_what_only_others_need),
        cmocka_unit_test(feed__takes_along_what_is_made_on_demand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
