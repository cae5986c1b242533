/* What people see; clocks that jump; size. */
#include <malloc.h>

#include "bench.h"

static void clock_jumps__change_nothing_but_what_is_shown(void **state)
{
    struct quota_limits limits = {0, {{60, 60, 0}}};
    struct bench b;

    (void)state;
    bench_init(&b);
    quota_set_lane(b.quota, "a", NULL, &limits);
    assert_int_equal(all(&b, "a", QUOTA_DOCUMENT), 60);
    clock_set_wall(b.clock, wall(&b) + 400 * DAY_MS);
    assert_int_equal(all(&b, "a", QUOTA_DOCUMENT), 0);
    assert_int_equal(status(&b, "a").wake_ms, wall(&b) + 60001);
    clock_set_wall(b.clock, 0);
    assert_int_equal(all(&b, "a", QUOTA_DOCUMENT), 0);
    assert_int_equal(status(&b, "a").wake_ms, 60001);
    for (int i = 0; i < 5; i++) { /* the machine slept for months */
        clock_advance(b.clock, 123 * DAY_MS);
        assert_int_equal(all(&b, "a", QUOTA_DOCUMENT), 60);
    }
    bench_done(&b);
}

static void forecast__adds_up_days_and_minutes(void **state)
{
    struct bench b;
    int64_t now;

    (void)state;
    bench_init(&b);
    xero_lane(&b, "a");
    now = wall(&b);
    assert_int_equal(quota_forecast_ms(b.quota, "b", 1), -1);
    assert_int_equal(quota_forecast_ms(b.quota, "a", 0), now);
    assert_int_equal(quota_forecast_ms(b.quota, "a", 60), now);
    assert_int_equal(quota_forecast_ms(b.quota, "a", 61), now + 60000);
    assert_int_equal(quota_forecast_ms(b.quota, "a", 950), now + 15 * MINUTE_MS);
    assert_int_equal(quota_forecast_ms(b.quota, "a", 951), now + DAY_MS);
    assert_int_equal(quota_forecast_ms(b.quota, "a", 2 * 950 + 61), now + 2 * DAY_MS + 60000);
    assert_int_equal(all(&b, "a", QUOTA_DOCUMENT), 60);
    assert_int_equal(quota_forecast_ms(b.quota, "a", 1), now + 60001);
    assert_in_range(quota_forecast_ms(b.quota, "a", 891) - now, DAY_MS, DAY_MS + DAY_MS / 250 + 1);
    bench_done(&b);
}

static void open_calls__count_from_their_lag_on(void **state)
{
    struct quota_limits limits = {0, {{1, 60, 0}}};
    struct bench b;
    struct call slow, next;
    int64_t start;

    (void)state;
    bench_init(&b);
    start = clock_boot_ms(b.clock);
    quota_set_lane(b.quota, "a", NULL, &limits);
    ask(&b, &slow, "a", QUOTA_DOCUMENT, '1');
    quota_tick(b.quota);
    ask(&b, &next, "a", QUOTA_DOCUMENT, '2'); /* the first is never answered */
    assert_int_equal(quota_next_due_ms(b.quota), start + QUOTA_LAG_MS + 60001);
    clock_advance(b.clock, 5000);
    assert_int_equal(quota_next_due_ms(b.quota), start + QUOTA_LAG_MS + 60001);
    clock_advance_to_boot(b.clock, start + QUOTA_LAG_MS + 60000);
    quota_tick(b.quota);
    assert_false(next.granted);
    clock_advance(b.clock, 1);
    quota_tick(b.quota);
    assert_true(next.granted);
    assert_int_equal(status(&b, "a").in_flight, 2);
    bench_done(&b);
}

size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t allocated(void)
{
    return __sanitizer_get_current_allocated_bytes ? __sanitizer_get_current_allocated_bytes()
                                                   : mallinfo2().uordblks;
}

static void idle_lanes__are_small(void **state)
{
    struct bench b;
    size_t before;

    (void)state;
    bench_init(&b);
    before = allocated();
    for (int i = 0; i < 1000; i++) {
        char name[16];

        snprintf(name, sizeof name, "lane%d", i);
        xero_lane(&b, name);
    }
    assert_true(allocated() - before < 1 << 20);
    for (int k = 0; k < 950; k++) { /* and after a day in which each made every call it may */
        clock_advance(b.clock, 86000);
        for (int i = 0; i < 1000; i++) {
            char name[16];

            snprintf(name, sizeof name, "lane%d", i);
            once(&b, name, QUOTA_DOCUMENT, NULL);
        }
    }
    assert_true(allocated() - before < 4 << 20);
    bench_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clock_jumps__change_nothing_but_what_is_shown),
        cmocka_unit_test(forecast__adds_up_days_and_minutes),
        cmocka_unit_test(open_calls__count_from_their_lag_on),
        cmocka_unit_test(idle_lanes__are_small),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
