/* No refusal, and nearly as fast as may be, against a model of the other end. */
#include "world.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS    INT64_C(86400000)
#define NO_LIMIT  (365 * DAY_MS)

static int64_t most_of(int64_t fastest_ms)
{
    return fastest_ms + fastest_ms / 50;
}

struct way {
    int64_t phase_ms, shortest_ms, longest_ms;
};
static const struct way ways[] = {
    {-1, 50, 300},   {0, 50, 300},     {17321, 200, 900},   {-1, 200, 900},
    {-1, 900, 4000}, {59999, 5, 2500}, {31000, 1000, 1000}, {-1, 1, 1},
};
#define WAYS (sizeof ways / sizeof *ways)

static void minute__is_used_up_and_never_exceeded(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS * 3; i++) {
        const struct way *way = &ways[i % WAYS];
        struct quota_limits limits = {5, {{60, 60, 0}}};
        struct world w;
        struct far *far;
        int64_t took;

        world_init(&w);
        w.seed += i * 7919;
        w.shortest_ms = way->shortest_ms;
        w.longest_ms = way->longest_ms;
        far = world_far(&w, 1801);
        far->minute = counter_of(60, 60, way->phase_ms);
        far->at_once = 5;
        quota_set_lane(w.quota, far->name, NULL, &limits);
        took = world_run(&w, NO_LIMIT);
        assert_int_equal(w.refused, 0);
        assert_int_equal(far->ended, 1801);
        assert_in_range(took, 29 * MINUTE_MS, most_of(30 * MINUTE_MS));
        world_done(&w);
    }
}

static void day__is_used_up_and_never_exceeded(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        const struct way *way = &ways[i];
        struct quota_limits limits = quota_limits_xero(i % 2 ? 5000 : 1000);
        uint32_t a_day = limits.windows[1].calls - limits.windows[1].reserve;
        struct world w;
        struct far *far;
        int64_t took;

        world_init(&w);
        w.seed += i * 104729;
        w.shortest_ms = way->shortest_ms;
        w.longest_ms = way->longest_ms;
        far = world_far(&w, 4 * a_day + 1);
        far->minute = counter_of(60, 60, way->phase_ms);
        far->day = counter_of(limits.windows[1].calls, 86400, way->phase_ms);
        far->at_once = 5;
        quota_set_lane(w.quota, far->name, NULL, &limits);
        took = world_run(&w, NO_LIMIT);
        assert_int_equal(w.refused, 0);
        assert_int_equal(far->ended, 4 * a_day + 1);
        assert_in_range(took, 4 * DAY_MS - MINUTE_MS, most_of(4 * DAY_MS));
        world_done(&w);
    }
}

static void app__is_used_up_by_many_lanes_and_never_exceeded(void **state)
{
    (void)state;
    for (int rolling = 0; rolling < 2; rolling++) {
        struct quota_limits app = {0, {{600, 60, 0}}}, lane = {5, {{60, 60, 0}}};
        struct world w;
        int64_t took;

        world_init(&w);
        w.app = counter_of(600, 60, rolling ? -1 : 1234);
        quota_set_pool(w.quota, "app", &app);
        for (int i = 0; i < 40; i++) {
            struct far *far = world_far(&w, 150);

            far->minute = counter_of(60, 60, rolling ? -1 : 777 * i);
            far->at_once = 5;
            quota_set_lane(w.quota, far->name, "app", &lane);
        }
        took = world_run(&w, NO_LIMIT);
        assert_int_equal(w.refused, 0);
        assert_in_range(took, 0, most_of(9 * MINUTE_MS + 3000));
        for (int i = 0; i < 40; i++) { /* all lanes end in the last turns: nobody was preferred */
            assert_int_equal(w.far[i].ended, 150);
            assert_true(w.far[i].last_granted_ms > w.far[0].last_granted_ms - 2000);
        }
        world_done(&w);
    }
}

static void many_calls_in_one_window__are_not_kept_one_by_one_and_not_exceeded(void **state)
{
    struct quota_limits limits = {50, {{2000, 60, 0}, {40000, 3600, 0}}};
    struct world w;
    struct far *far;
    int64_t took;

    (void)state;
    world_init(&w);
    far = world_far(&w, 60001);
    far->minute = counter_of(2000, 60, -1);
    far->day = counter_of(40000, 3600, -1);
    quota_set_lane(w.quota, far->name, NULL, &limits);
    took = world_run(&w, NO_LIMIT);
    assert_int_equal(w.refused, 0);
    assert_in_range(took, 0, most_of(3600000 + 10 * MINUTE_MS));
    world_done(&w);
}

/* Somebody else uses the same organisation: some refusals, but each is believed, and it ends. */
static void others__are_seen_in_the_headers(void **state)
{
    (void)state;
    for (int says = 0; says < 3; says++) {
        struct quota_limits limits = {5, {{60, 60, 0}}};
        struct world w;
        struct far *far;
        int64_t took;

        world_init(&w);
        w.says_which = says == 0 ? QUOTA_LIMITED : QUOTA_MINUTE;
        w.says_when = says == 2;
        far = world_far(&w, 601);
        far->minute = counter_of(40, 60, -1); /* as if the others took 20 of 60, always */
        quota_set_lane(w.quota, far->name, NULL, &limits);
        took = world_run(&w, 60 * MINUTE_MS);
        assert_int_equal(far->ended, 601); /* those refused among them */
        assert_in_range(w.refused, 0, 80);
        assert_in_range(took, 10 * MINUTE_MS, 25 * MINUTE_MS);
        world_done(&w);
    }
}

static void a_small_lane__does_not_wait_for_a_large_one(void **state)
{
    struct quota_limits app = {0, {{100, 1, 0}}}, lane = {5, {{0}}};
    struct world w;
    struct far *large, *small;
    int64_t started;

    (void)state;
    world_init(&w);
    w.shortest_ms = w.longest_ms = 20;
    quota_set_pool(w.quota, "app", &app);
    large = world_far(&w, 100000);
    small = world_far(&w, 0);
    quota_set_lane(w.quota, large->name, "app", &lane);
    quota_set_lane(w.quota, small->name, "app", &lane);
    started = clock_boot_ms(w.clock);
    assert_int_equal(world_run(&w, 60000), INT64_MAX); /* the large one is far from its end */
    assert_in_range(large->ended, 4000, 6100);
    small->to_ask = 100;
    world_run(&w, 60000);
    assert_int_equal(small->ended, 100);
    /* two rounds of the window, not the 900 s the large one still takes */
    assert_in_range(small->last_granted_ms - started - MINUTE_MS, 0, 3500);
    world_done(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minute__is_used_up_and_never_exceeded),
        cmocka_unit_test(day__is_used_up_and_never_exceeded),
        cmocka_unit_test(app__is_used_up_by_many_lanes_and_never_exceeded),
        cmocka_unit_test(many_calls_in_one_window__are_not_kept_one_by_one_and_not_exceeded),
        cmocka_unit_test(others__are_seen_in_the_headers),
        cmocka_unit_test(a_small_lane__does_not_wait_for_a_large_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
