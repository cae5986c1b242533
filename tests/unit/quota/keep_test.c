/* What survives a restart. */
#include "bench.h"

struct kept {
    char state[1100];
    unsigned count;
};

static void on_save(void *owner, const char *lane, struct text state)
{
    struct kept *kept = owner;

    assert_true(lane[0] == 'a');
    assert_true(state.size < 1024);
    for (size_t i = 0; i < state.size; i++) {
        assert_in_range(state.at[i], ' ', '~');
    }
    snprintf(kept->state, sizeof kept->state, "%.*s", TEXT_ARGS(state));
    kept->count++;
}

static void restore(struct bench *b, const struct kept *kept)
{
    struct error err;

    bench_restart(b);
    xero_lane(b, "a");
    assert_true(quota_restore(b->quota, "a", text_of(kept->state), &err));
}

static void day_parked__is_still_parked_after_a_restart(void **state)
{
    struct quota_hints hints = refused(QUOTA_DAY, 71468);
    struct kept kept = {.count = 0};
    struct bench b;
    int64_t wake;

    (void)state;
    bench_init(&b);
    xero_lane(&b, "a");
    hints.left_day = 0;
    assert_true(once(&b, "a", QUOTA_DOCUMENT, &hints));
    wake = status(&b, "a").wake_ms;
    assert_int_equal(wake, wall(&b) + 71468000);
    assert_int_equal(status(&b, "a").state, QUOTA_PARKED);
    assert_int_equal(status(&b, "a").left_day, 0);
    assert_int_equal(quota_forecast_ms(b.quota, "a", 1), wake);
    quota_save(b.quota, on_save, &kept);
    clock_advance(b.clock, 3600000);
    restore(&b, &kept);
    assert_int_equal(status(&b, "a").state, QUOTA_PARKED);
    assert_int_equal(status(&b, "a").wake_ms, wake);
    assert_int_equal(status(&b, "a").last_problem, QUOTA_DAY);
    assert_int_equal(status(&b, "a").last_problem_ms, wake - 71468000);
    clock_set_wall(b.clock, wall(&b) + 30 * DAY_MS); /* the same boot: the wall does not matter */
    restore(&b, &kept);
    assert_int_equal(status(&b, "a").wake_ms, wall(&b) + 71468000 - 3600000);
    memcpy(kept.state + 2, "another-cloc", 12); /* another boot: only the wall is known */
    clock_set_wall(b.clock, wake - 1000);
    restore(&b, &kept);
    assert_int_equal(status(&b, "a").wake_ms, wake);
    clock_set_wall(b.clock, wake - 100 * DAY_MS); /* it ran backwards: no longer than it was */
    restore(&b, &kept);
    assert_int_equal(status(&b, "a").wake_ms, wall(&b) + 71468000);
    clock_set_wall(b.clock, wake + 1);
    restore(&b, &kept);
    assert_int_equal(status(&b, "a").state, QUOTA_OPEN);
    bench_done(&b);
}

static void day__is_counted_over_a_restart(void **state)
{
    struct kept kept = {.count = 0};
    struct bench b;
    int made = 0;
    int64_t started;

    (void)state;
    bench_init(&b);
    xero_lane(&b, "a");
    started = wall(&b);
    for (int i = 0; i < 15; i++) { /* with a restart every minute */
        made += all(&b, "a", QUOTA_DOCUMENT);
        assert_int_equal(status(&b, "a").state, QUOTA_PACED);
        quota_save(b.quota, on_save, &kept);
        clock_advance(b.clock, i % 2 ? 200 : 61000);
        restore(&b, &kept);
    }
    assert_in_range(made, 420, 480); /* 8 minutes, not 15 */
    while (status(&b, "a").state != QUOTA_PARKED) {
        made += all(&b, "a", QUOTA_DOCUMENT);
        clock_advance(b.clock, 61000);
    }
    assert_in_range(made, 940, 950);
    assert_in_range(status(&b, "a").wake_ms - started, DAY_MS, DAY_MS + DAY_MS / 50);
    made = all(&b, "a", QUOTA_TOKEN);
    assert_in_range(made, 40, 50);
    kept.count = 0;
    quota_save(b.quota, on_save, &kept);
    assert_int_equal(kept.count, 1);
    quota_save(b.quota, on_save, &kept);
    assert_int_equal(kept.count, 1); /* not changed since */
    clock_advance(b.clock, DAY_MS + DAY_MS / 50);
    restore(&b, &kept);
    assert_int_equal(status(&b, "a").left_day, 950);
    bench_done(&b);
}

static void kept__stays_under_a_kilobyte(void **state)
{
    struct quota_limits limits = {
        0, {{1000000, 604800, 0}, {900000, 86400, 0}, {800000, 3600, 0}, {700000, 60, 0}}};
    struct kept kept = {.count = 0};
    uint64_t seed = 99;
    struct bench b;
    struct error err;

    (void)state;
    bench_init(&b);
    quota_set_lane(b.quota, "a", NULL, &limits);
    for (int i = 0; i < 3000; i++) {
        struct quota_hints hints = refused(QUOTA_FINE, -1);

        hints.left_window = 1000000 - 300 * i;
        once(&b, "a", QUOTA_DOCUMENT, &hints);
        clock_advance(b.clock, (int64_t)(next_random(&seed) % (i < 2000 ? 500000 : 200)));
    }
    quota_save(b.quota, on_save, &kept);
    assert_int_equal(kept.count, 1);
    bench_restart(&b);
    quota_set_lane(b.quota, "a", NULL, &limits);
    assert_true(quota_restore(b.quota, "a", text_of(kept.state), &err));
    bench_done(&b);
}

static void spoiled_state__is_refused_and_the_lane_is_new(void **state)
{
    static const char *const wrong[] = {
        "",
        "2 x 1 1 0 0 0 0",
        "1 x 1 1 0 0 0",
        "1 x 1 1 0 0 0 x",
        "1 x 1 -1 0 0 0 0",
        "1 x 1 1 0 9 0 0",
        "1 x 1 1 604800001 0 0 0",
        "1 x 1 1 0 0 0 0 60:1*1",
        "1 x 1 1 0 0 0 0 w60:1*1 w86400:1001*1",
        "1 x 1 1 0 0 0 0 w86400:1*",
        "1 x 1 1 0 0 0 0 w86400:1*99999999999999999999",
        "1 x 99999999999999999999 1 0 0 0 0",
    };
    struct bench b;
    struct error err;

    (void)state;
    bench_init(&b);
    xero_lane(&b, "a");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        all(&b, "a", QUOTA_DOCUMENT);
        assert_false(quota_restore(b.quota, "a", text_of(wrong[i]), &err));
        assert_int_equal(err.kind, ERROR_REJECTED);
        assert_string_equal(err.code, "quota-state");
        assert_int_equal(status(&b, "a").left_minute, 60);
    }
    assert_true(quota_restore(b.quota, "a", TEXT("1 x 1 1 0 0 0 0 w60:1*1 w77:5*5"), &err));
    assert_false(quota_restore(b.quota, "b", TEXT("1 x 1 1 0 0 0 0"), &err));
    bench_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_parked__is_still_parked_after_a_restart),
        cmocka_unit_test(day__is_counted_over_a_restart),
        cmocka_unit_test(kept__stays_under_a_kilobyte),
        cmocka_unit_test(spoiled_state__is_refused_and_the_lane_is_new),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
