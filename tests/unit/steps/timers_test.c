#include <stdlib.h>
#include <unistd.h>

#include "steps/steps.h"
#include "unit.h"

struct waiter {
    struct clock *clock;
    int64_t fired_at;
    int order, *next;
};

static void on_fire(void *owner)
{
    struct waiter *waiter = owner;

    waiter->fired_at = clock_boot_ms(waiter->clock);
    waiter->order = ++*waiter->next;
}

static unsigned busy_count(void *self)
{
    return *(unsigned *)self;
}

static void timers__fire_in_order_and_take_no_time_on_a_shared_clock(void **state)
{
    char path[] = "/tmp/ferry-timers-XXXXXX";
    unsigned busy = 0;
    struct timers *timers;
    struct clock *clock;
    struct error err;
    uv_loop_t loop;
    int next = 0;

    (void)state;
    close(mkstemp(path));
    assert_true(clock_open_shared(path, 0, &clock, &err));
    uv_loop_init(&loop);
    timers = timers_new(&loop, clock, busy_count, &busy);
    {
        int64_t now = clock_boot_ms(clock);
        struct waiter late = {.clock = clock, .next = &next}, soon = late, tie = late, never = late;

        timer_start(timers, now + 71468000, on_fire, &late); /* a day's limit: no real waiting */
        timer_start(timers, now + 600000, on_fire, &soon);
        timer_start(timers, now + 600000, on_fire, &tie);
        timer_stop(timers, timer_start(timers, now + 5, on_fire, &never));
        uv_run(&loop, UV_RUN_DEFAULT);
        assert_int_equal(soon.fired_at, now + 600000);
        assert_int_equal(late.fired_at, now + 71468000);
        assert_int_equal(soon.order, 1);
        assert_int_equal(tie.order, 2);
        assert_int_equal(late.order, 3);
        assert_int_equal(never.order, 0);
    }
    timers_free(timers);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    clock_close(clock);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timers__fire_in_order_and_take_no_time_on_a_shared_clock),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
