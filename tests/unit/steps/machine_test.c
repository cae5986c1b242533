/* The driver without calls: steps, their order, errors, and being stopped anywhere. */
#include "unit/steps/journey.h"

static int setup(void **state)
{
    int failed = house_setup(state);
    struct fixture *f = *state;
    struct journey *j = memory_new(1, sizeof *j);

    j->f = f;
    j->arena = arena_new(1 << 20);
    machine_init(&j->machine, &f->house, "journey", steps, j);
    f->more = j;
    return failed;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    struct journey *j = f->more;

    arena_free(j->arena);
    memory_free(j);
    return house_teardown(state);
}

static struct journey *journey_of(void **state)
{
    return ((struct fixture *)*state)->more;
}

static void steps__follow_one_another_and_end_once(void **state)
{
    struct journey *j = journey_of(state);
    struct ended ended;

    assert_false(machine_is_running(&j->machine));
    begin(&j->machine, NULL, &ended);
    wait_for(j->f, &ended);
    assert_int_equal(ended.err.kind, ERROR_NONE);
    assert_string_equal(j->trail, "nWwRrSsMIim");
    assert_int_equal(passed_ms(j->f), 2LL * DAY_MS);
    assert_false(machine_is_running(&j->machine));
    /* the same machine again, from the middle */
    j->trail[0] = 0;
    begin(&j->machine, "sleep", &ended);
    wait_for(j->f, &ended);
    assert_string_equal(j->trail, "SsMIim");
    begin(&j->machine, "silent", &ended);
    wait_for(j->f, &ended);
    assert_int_equal(ended.err.kind, ERROR_NONE);
}

static void pure_steps__take_no_stack(void **state)
{
    struct journey *j = journey_of(state);
    struct ended ended;

    j->left = 300000;
    begin(&j->machine, "again", &ended);
    wait_for(j->f, &ended);
    assert_int_equal(j->left, -1);
}

static void errors__come_to_got_and_are_passed_on(void **state)
{
    static const char *const firsts[] = {"jump-write", "jump-read", "inner"};
    struct journey *j = journey_of(state);
    struct ended ended;

    error_set(&j->work_err, ERROR_TRANSIENT, "disk-full", "told to fail");
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        j->pass_on = true;
        j->next = "nothing"; /* not reached */
        begin(&j->machine, firsts[i], &ended);
        wait_for(j->f, &ended);
        assert_error(&ended.err, ERROR_TRANSIENT, "disk-full");
        j->pass_on = false;
        j->next = NULL;
        begin(&j->machine, firsts[i], &ended);
        wait_for(j->f, &ended);
        assert_int_equal(ended.err.kind, ERROR_NONE);
    }
    assert_null(strchr(j->trail, 'n'));
}

static void unknown_steps__are_bugs(void **state)
{
    struct journey *j = journey_of(state);
    struct ended ended;

    j->next = "nowhere";
    begin(&j->machine, "jump", &ended);
    wait_for(j->f, &ended);
    assert_error(&ended.err, ERROR_BUG, "step");
    assert_non_null(strstr(ended.err.text, "nowhere"));
    begin(&j->machine, "nowhere", &ended);
    wait_for(j->f, &ended);
    assert_error(&ended.err, ERROR_BUG, "step");
    assert_string_equal(j->trail, "j");
}

/* ---- being stopped ---- */

static void a_machine_stopped_before_its_first_step__does_nothing(void **state)
{
    struct journey *j = journey_of(state);
    struct ended ended;

    begin(&j->machine, NULL, &ended);
    machine_cancel(&j->machine);
    machine_cancel(&j->machine);
    wait_for(j->f, &ended);
    assert_error(&ended.err, ERROR_CANCELLED, "cancelled");
    assert_string_equal(j->trail, "");
    machine_cancel(&j->machine); /* over: harmless */
    assert_int_equal(ended.times, 1);
}

static void run_until_waiting(struct journey *j, const struct machine *machine, enum ask_kind kind)
{
    while (!machine->waiting || machine->ask.kind != kind) {
        go_round(j->f);
    }
}

static void work_on_the_store__is_waited_for(void **state)
{
    static const struct {
        const char *first;
        enum ask_kind kind;
    } places[] = {{"gate-write", ASK_WRITE}, {"gate-read", ASK_READ}};
    struct journey *j = journey_of(state);
    struct ended ended;

    j->next = "nothing"; /* not reached */
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        begin(&j->machine, places[i].first, &ended);
        run_until_waiting(j, &j->machine, places[i].kind);
        machine_cancel(&j->machine);
        assert_int_equal(ended.times, 0);
        open_gate(j->f);
        wait_for(j->f, &ended);
        assert_error(&ended.err, ERROR_CANCELLED, "cancelled");
    }
    assert_string_equal(j->trail, "jj"); /* `got` was told how it ended */
}

static void sleep__is_given_up_and_no_time_passes(void **state)
{
    struct journey *j = journey_of(state);
    struct ended ended;

    hold_time(j->f);
    begin(&j->machine, "sleep", &ended);
    run_until_waiting(j, &j->machine, ASK_SLEEP);
    machine_cancel(&j->machine);
    wait_for(j->f, &ended);
    assert_error(&ended.err, ERROR_CANCELLED, "cancelled");
    assert_int_equal(passed_ms(j->f), 0);
    begin(&j->machine, "inner", &ended);
    run_until_waiting(j, &j->inner, ASK_SLEEP);
    machine_cancel(&j->machine);
    wait_for(j->f, &ended);
    assert_error(&ended.err, ERROR_CANCELLED, "cancelled");
    assert_false(machine_is_running(&j->inner));
    assert_int_equal(passed_ms(j->f), 0);
    assert_string_equal(j->trail, "SsMIim");
    open_gate(j->f);
}

static void a_machine_may_stop_itself(void **state)
{
    struct journey *j = journey_of(state);
    struct ended ended;

    begin(&j->machine, "stop-in-ask", &ended);
    wait_for(j->f, &ended);
    assert_error(&ended.err, ERROR_CANCELLED, "cancelled");
    assert_string_equal(j->trail, "c"); /* what it asked for was not begun */
    begin(&j->machine, "stop-in-got", &ended);
    wait_for(j->f, &ended);
    assert_error(&ended.err, ERROR_CANCELLED, "cancelled");
    assert_string_equal(j->trail, "c");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(steps__follow_one_another_and_end_once),
        TEST(pure_steps__take_no_stack),
        TEST(errors__come_to_got_and_are_passed_on),
        TEST(unknown_steps__are_bugs),
        TEST(a_machine_stopped_before_its_first_step__does_nothing),
        TEST(work_on_the_store__is_waited_for),
        TEST(sleep__is_given_up_and_no_time_passes),
        TEST(a_machine_may_stop_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
