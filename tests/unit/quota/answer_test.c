/* What answers teach. */
#include "bench.h"

static void hints__correct_downwards_only(void **state)
{
    struct quota_hints hints = QUOTA_HINTS_NONE;
    struct bench b;

    (void)state;
    bench_init(&b);
    xero_lane(&b, "a");
    hints.left_minute = 59; /* as we count */
    hints.left_day = 999;
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
    assert_int_equal(status(&b, "a").left_minute, 59);
    assert_int_equal(status(&b, "a").left_day, 949);
    hints.left_minute = 30; /* somebody else made 28 */
    hints.left_day = 344;
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
    assert_int_equal(status(&b, "a").left_minute, 30);
    assert_int_equal(status(&b, "a").left_day, 294);
    hints.left_minute = 1000; /* never upwards */
    hints.left_day = 5000;
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
    assert_int_equal(status(&b, "a").left_minute, 29);
    assert_int_equal(status(&b, "a").left_day, 293);
    clock_advance(b.clock, 60001);
    assert_int_equal(status(&b, "a").left_minute, 60);
    hints = QUOTA_HINTS_NONE;
    hints.left_window = 10; /* the first window */
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
    assert_int_equal(status(&b, "a").left_minute, 10);
    assert_int_equal(all(&b, "a", QUOTA_DOCUMENT), 10);
    bench_done(&b);
}

static void hints__that_our_own_calls_explain_change_nothing(void **state)
{
    struct quota_limits limits = {0, {{60, 60, 0}}};
    struct quota_hints hints = QUOTA_HINTS_NONE;
    struct call calls[6];
    struct bench b;

    (void)state;
    bench_init(&b);
    quota_set_lane(b.quota, "a", NULL, &limits);
    for (int i = 0; i < 6; i++) {
        ask(&b, &calls[i], "a", QUOTA_DOCUMENT, 'x');
    }
    quota_tick(b.quota);
    clock_advance(b.clock, 100);
    hints.left_minute = 54; /* the answer to the first was written when all six were there */
    quota_finish(b.quota, &calls[0].ticket, &hints);
    assert_int_equal(status(&b, "a").left_minute, 54);
    for (int i = 1; i < 6; i++) {
        quota_finish(b.quota, &calls[i].ticket, NULL);
    }
    clock_advance(b.clock, 59990);
    ask(&b, &calls[0], "a", QUOTA_DOCUMENT, 'y');
    quota_tick(b.quota);
    clock_advance(b.clock, 500); /* the six went out of the window while it was on its way */
    hints.left_minute = 53;      /* they were still in it there */
    quota_finish(b.quota, &calls[0].ticket, &hints);
    assert_int_equal(status(&b, "a").left_minute, 59);
    bench_done(&b);
}

static void app_hint__corrects_the_pool(void **state)
{
    struct quota_limits app = {0, {{100, 60, 0}}}, none = {0, {{0}}};
    struct quota_hints hints = QUOTA_HINTS_NONE;
    struct bench b;

    (void)state;
    bench_init(&b);
    quota_set_pool(b.quota, "app", &app);
    quota_set_lane(b.quota, "a", "app", &none);
    quota_set_lane(b.quota, "b", "app", &none);
    hints.left_app_minute = 3;
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
    assert_int_equal(all(&b, "b", QUOTA_DOCUMENT), 3);
    clock_advance(b.clock, 60001);
    hints = refused(QUOTA_APP, -1);
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
    assert_int_equal(status(&b, "b").state, QUOTA_PACED);
    assert_int_equal(status(&b, "b").wake_ms, wall(&b) + 60000);
    bench_done(&b);
}

static void refusal__blocks_for_as_long_as_it_says(void **state)
{
    struct quota_hints hints = refused(QUOTA_MINUTE, 26);
    struct call calls[3];
    struct bench b;

    (void)state;
    bench_init(&b);
    xero_lane(&b, "a");
    hints.left_minute = 0;
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
    assert_int_equal(status(&b, "a").state, QUOTA_PACED);
    assert_int_equal(status(&b, "a").wake_ms, wall(&b) + 26000);
    assert_int_equal(status(&b, "a").left_minute, 0);
    assert_int_equal(status(&b, "a").last_problem, QUOTA_MINUTE);
    assert_int_equal(status(&b, "a").last_problem_ms, wall(&b));
    for (int i = 0; i < 3; i++) {
        ask(&b, &calls[i], "a", i ? QUOTA_DOCUMENT : QUOTA_TOKEN, 'x');
    }
    assert_int_equal(quota_next_due_ms(b.quota), clock_boot_ms(b.clock) + 26000);
    clock_advance(b.clock, 25999);
    quota_tick(b.quota);
    assert_string_equal(b.order, ".");
    clock_advance(b.clock, 1);
    quota_tick(b.quota);
    assert_string_equal(b.order, ".x"); /* one goes ahead and looks */
    assert_int_equal(quota_next_due_ms(b.quota), INT64_MAX);
    hints = QUOTA_HINTS_NONE;
    quota_finish(b.quota, &calls[0].ticket, &hints);
    quota_tick(b.quota);
    assert_string_equal(b.order, ".xxx");
    bench_done(&b);
}

static void retry_after__is_kept_without_a_refusal(void **state)
{
    struct quota_hints hints = refused(QUOTA_FINE, 10);
    struct bench b;

    (void)state;
    bench_init(&b);
    xero_lane(&b, "a");
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints)); /* 503 */
    assert_int_equal(status(&b, "a").wake_ms, wall(&b) + 10000);
    assert_int_equal(status(&b, "a").last_problem, QUOTA_FINE);
    hints.retry_after_s = INT64_MAX;
    clock_advance(b.clock, 10000);
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
    assert_int_equal(status(&b, "a").wake_ms, wall(&b) + 604800000LL);
    bench_done(&b);
}

static void refusals_in_a_row__wait_longer(void **state)
{
    struct quota_hints hints = refused(QUOTA_CONCURRENT, -1);
    struct bench b;

    (void)state;
    bench_init(&b);
    xero_lane(&b, "a");
    for (int i = 0; i < 9; i++) {
        int64_t wait = 1000LL << (i < 6 ? i : 6);

        assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
        assert_int_equal(status(&b, "a").wake_ms, wall(&b) + wait);
        clock_advance(b.clock, wait);
    }
    hints = QUOTA_HINTS_NONE;
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
    assert_int_equal(status(&b, "a").state, QUOTA_OPEN);
    clock_advance(b.clock, 1);
    hints = refused(QUOTA_LIMITED, 0);
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
    assert_int_equal(status(&b, "a").wake_ms, wall(&b) + 1000);
    bench_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hints__correct_downwards_only),
        cmocka_unit_test(hints__that_our_own_calls_explain_change_nothing),
        cmocka_unit_test(app_hint__corrects_the_pool),
        cmocka_unit_test(refusal__blocks_for_as_long_as_it_says),
        cmocka_unit_test(retry_after__is_kept_without_a_refusal),
        cmocka_unit_test(refusals_in_a_row__wait_longer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
