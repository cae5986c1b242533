/* A window against one that remembers everything. */
#include "quota/window.h"
#include "unit.h"

#define PUSHES 4000

struct plain {
    int64_t at[PUSHES];
    uint32_t calls[PUSHES];
    size_t count;
};

static uint32_t plain_used(const struct plain *plain, int64_t now, int64_t length_ms)
{
    uint32_t used = 0;

    for (size_t i = 0; i < plain->count; i++) {
        used += plain->at[i] + length_ms >= now ? plain->calls[i] : 0;
    }
    return used;
}

static void check(struct quota_window limit, int64_t start, int64_t step_most, uint64_t seed)
{
    struct plain *plain = memory_new(1, sizeof *plain);
    struct window w = {.limit = limit};
    int64_t now = start, length = window_ms(&w), slack = length / 250 + 1;
    size_t marks_most = limit.calls <= 500 ? SIZE_MAX : 1100;

    for (size_t i = 0; i < PUSHES; i++) {
        uint32_t used, calls = 1 + next_random(&seed) % 3;

        now += (int64_t)(next_random(&seed) % (uint64_t)(step_most + 1));
        window_count(&w, now, calls);
        plain->at[plain->count] = now;
        plain->calls[plain->count++] = calls;
        if (i % 16) {
            continue;
        }
        used = window_used(&w, now);
        if (used == 0) {
            fail_msg("what was counted just now is forgotten");
        }
        assert_true(used >= plain_used(plain, now, length));
        assert_true(used <= plain_used(plain, now - slack, length));
        calls = 1 + (uint32_t)(next_random(&seed) % used);
        assert_true(window_used(&w, window_gone_ms(&w, now, calls)) <= used - calls);
        assert_true(window_used(&w, window_gone_ms(&w, now, calls) - 1) > used - calls);
        assert_true(window_used(&w, now - window_memory_ms(&w) / 2) >=
                    plain_used(plain, now - window_memory_ms(&w) / 2, length));
        assert_true(w.end - w.first <= marks_most);
    }
    assert_true(window_used(&w, now + length + slack + 1) == 0);
    window_done(&w);
    memory_free(plain);
}

static void window__never_counts_too_few_and_hardly_too_many(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 6; seed++) {
        check((struct quota_window){60, 60, 0}, 1000000, 3000, seed);
        check((struct quota_window){10000, 60, 0}, 5, 50, seed);
        check((struct quota_window){15, 1, 0}, 1000000, 200, seed);
        check((struct quota_window){1000, 86400, 50}, -90000000, 200000, seed);
        check((struct quota_window){1000000, 604800, 0}, 77, 1000000, seed);
        check((struct quota_window){100, 604800, 0}, 77, 30000000, seed); /* over several bases */
    }
}

static void window__takes_back_what_was_not_sent(void **state)
{
    struct window w = {.limit = {60, 60, 0}};

    (void)state;
    window_count(&w, 1000, 2);
    window_count(&w, 2000, 1);
    window_uncount(&w, 1000);
    assert_int_equal(window_used(&w, 3000), 2);
    assert_int_equal(window_used(&w, 61000), 2); /* 60 s after 1000 it still counts */
    assert_int_equal(window_used(&w, 61001), 1);
    window_uncount(&w, 2000);
    window_uncount(&w, 2000);
    window_uncount(&w, 9000);
    assert_int_equal(window_used(&w, 3000), 1);
    window_done(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(window__never_counts_too_few_and_hardly_too_many),
        cmocka_unit_test(window__takes_back_what_was_not_sent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
