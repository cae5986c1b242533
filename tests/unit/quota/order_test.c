/* Who goes first, and what happens to those who do not want to go any more. */
#include "bench.h"

static const struct quota_limits one = {1, {{0}}};
static const struct quota_limits none = {0, {{0}}};

static void end_each(struct bench *b, struct call *calls, size_t count)
{
    for (size_t granted = 0; granted < count;) {
        granted = 0;
        quota_tick(b->quota);
        for (size_t i = 0; i < count; i++) {
            granted += calls[i].granted;
            if (calls[i].granted) {
                quota_finish(b->quota, &calls[i].ticket, NULL);
            }
        }
    }
}

static void lane__grants_by_class_then_age(void **state)
{
    static const enum quota_class classes[] = {QUOTA_BACKFILL, QUOTA_ATTACHMENT, QUOTA_DOCUMENT,
                                               QUOTA_DOCUMENT, QUOTA_PROBE,      QUOTA_TOKEN};
    struct bench b;
    struct call calls[6];

    (void)state;
    bench_init(&b);
    quota_set_lane(b.quota, "a", NULL, &one);
    for (int i = 0; i < 6; i++) {
        ask(&b, &calls[i], "a", classes[i], (char)('0' + i));
    }
    assert_string_equal(b.order, ""); /* nothing inside quota_ask */
    assert_int_equal(quota_next_due_ms(b.quota), clock_boot_ms(b.clock));
    end_each(&b, calls, 6);
    assert_string_equal(b.order, "542310");
    assert_int_equal(quota_next_due_ms(b.quota), INT64_MAX);
    bench_done(&b);
}

static void pool__takes_lanes_in_turn_and_the_urgent_first(void **state)
{
    struct bench b;
    struct call a[4], c[2], d[3];

    (void)state;
    bench_init(&b);
    quota_set_pool(b.quota, "app", &one);
    quota_set_lane(b.quota, "a", "app", &none);
    quota_set_lane(b.quota, "c", "app", &none);
    quota_set_lane(b.quota, "d", "app", &none);
    for (int i = 0; i < 4; i++) {
        ask(&b, &a[i], "a", QUOTA_DOCUMENT, 'a');
    }
    for (int i = 0; i < 2; i++) {
        ask(&b, &c[i], "c", QUOTA_BACKFILL, 'c');
    }
    ask(&b, &d[0], "d", QUOTA_DOCUMENT, 'd');
    ask(&b, &d[1], "d", QUOTA_PROBE, 'p');
    ask(&b, &d[2], "d", QUOTA_TOKEN, 't');
    for (int i = 0; i < 9; i++) {
        quota_tick(b.quota);
        for (int k = 0; k < 4; k++) {
            quota_finish(b.quota, a[k].granted ? &a[k].ticket : &(struct quota_ticket){0}, NULL);
        }
        for (int k = 0; k < 2; k++) {
            quota_finish(b.quota, c[k].granted ? &c[k].ticket : &(struct quota_ticket){0}, NULL);
        }
        for (int k = 0; k < 3; k++) {
            quota_finish(b.quota, d[k].granted ? &d[k].ticket : &(struct quota_ticket){0}, NULL);
        }
    }
    assert_string_equal(b.order, "tpacdacaa");
    bench_done(&b);
}

static void cancel__gives_back_what_was_not_sent(void **state)
{
    struct quota_limits limits = {2, {{2, 60, 0}}};
    struct bench b;
    struct call first, second, third;

    (void)state;
    bench_init(&b);
    quota_set_lane(b.quota, "a", NULL, &limits);
    ask(&b, &first, "a", QUOTA_DOCUMENT, '1');
    ask(&b, &second, "a", QUOTA_DOCUMENT, '2');
    ask(&b, &third, "a", QUOTA_DOCUMENT, '3');
    quota_tick(b.quota);
    assert_string_equal(b.order, "12");
    b.wakes = 0;
    quota_cancel(b.quota, &first.ticket);
    assert_int_equal(b.wakes, 1);
    quota_tick(b.quota);
    assert_string_equal(b.order, "123");
    clock_advance(b.clock, 30000); /* counted meanwhile; still it was never sent */
    assert_int_equal(status(&b, "a").left_minute, 0);
    quota_cancel(b.quota, &second.ticket);
    quota_cancel(b.quota, &second.ticket); /* harmless */
    assert_int_equal(status(&b, "a").left_minute, 1);
    assert_int_equal(status(&b, "a").in_flight, 1);
    ask(&b, &first, "a", QUOTA_DOCUMENT, '4');
    ask(&b, &second, "a", QUOTA_DOCUMENT, '5');
    quota_cancel(b.quota, &first.ticket); /* while it waits */
    quota_tick(b.quota);
    assert_string_equal(b.order, "1235");
    assert_int_equal(status(&b, "a").waiting, 0);
    bench_done(&b);
}

static void reserve__is_for_tokens_and_probes(void **state)
{
    struct quota_limits limits = {0, {{10, 60, 3}}};
    struct bench b;

    (void)state;
    bench_init(&b);
    quota_set_lane(b.quota, "a", NULL, &limits);
    assert_int_equal(status(&b, "a").left_minute, 7);
    assert_int_equal(all(&b, "a", QUOTA_ATTACHMENT), 7);
    assert_int_equal(all(&b, "a", QUOTA_DOCUMENT), 0);
    assert_int_equal(status(&b, "a").state, QUOTA_PACED);
    assert_true(once(&b, "a", QUOTA_PROBE, NULL));
    assert_int_equal(all(&b, "a", QUOTA_TOKEN), 2);
    assert_int_equal(all(&b, "a", QUOTA_PROBE), 0);
    limits.windows[0].reserve = 10; /* more than there is: one remains for documents */
    quota_set_lane(b.quota, "b", NULL, &limits);
    assert_int_equal(all(&b, "b", QUOTA_DOCUMENT), 1);
    bench_done(&b);
}

static void many_waiting__cost_little(void **state)
{
    enum { MANY = 100000 };
    struct quota_limits limits = {5, {{60, 60, 0}}};
    struct call *calls = memory_new(MANY, sizeof *calls);
    struct bench b;
    struct call small;

    (void)state;
    bench_init(&b);
    quota_set_pool(b.quota, "app", &one);
    quota_set_lane(b.quota, "large", "app", &limits);
    quota_set_lane(b.quota, "small", "app", &limits);
    for (int i = 0; i < MANY; i++) {
        ask(&b, &calls[i], "large", QUOTA_DOCUMENT, 'L');
    }
    ask(&b, &small, "small", QUOTA_DOCUMENT, 's');
    quota_tick(b.quota);
    quota_finish(b.quota, &calls[0].ticket, NULL);
    quota_tick(b.quota);
    assert_string_equal(b.order, "Ls");
    for (int i = 1; i < MANY; i++) {
        quota_cancel(b.quota, &calls[i].ticket);
    }
    assert_int_equal(status(&b, "large").waiting, 0);
    bench_done(&b);
    memory_free(calls);
}

struct chain {
    struct quota_ticket ticket;
    struct quota *quota;
    int left;
};

static void on_chain(void *owner)
{
    struct chain *chain = owner;
    struct error err;

    quota_tick(chain->quota); /* not twice */
    quota_finish(chain->quota, &chain->ticket, NULL);
    if (--chain->left) {
        assert_true(quota_ask(chain->quota, &chain->ticket, &err));
    }
}

static void grant__may_finish_and_ask_again(void **state)
{
    struct chain chain = {.left = 2500};
    struct bench b;
    struct error err;
    int ticks = 0;

    (void)state;
    bench_init(&b);
    quota_set_lane(b.quota, "a", NULL, &one);
    chain.quota = b.quota;
    chain.ticket =
        (struct quota_ticket){.lane = "a", .class = QUOTA_DOCUMENT, .on_grant = on_chain};
    chain.ticket.owner = &chain;
    assert_true(quota_ask(b.quota, &chain.ticket, &err));
    assert_false(quota_ask(b.quota, &chain.ticket, &err));
    assert_string_equal(err.code, "ticket");
    for (; quota_next_due_ms(b.quota) <= clock_boot_ms(b.clock); ticks++) {
        quota_tick(b.quota);
    }
    assert_int_equal(chain.left, 0);
    assert_int_equal(ticks, 3); /* the loop lives meanwhile */
    chain.ticket.lane = "nowhere";
    assert_false(quota_ask(b.quota, &chain.ticket, &err));
    assert_int_equal(err.kind, ERROR_BUG);
    assert_string_equal(err.code, "lane");
    bench_done(&b);
}

static void wake__comes_when_something_is_due_sooner(void **state)
{
    struct quota_limits limits = {1, {{2, 60, 0}}};
    struct bench b;
    struct call first, second, third;

    (void)state;
    bench_init(&b);
    quota_set_lane(b.quota, "a", NULL, &limits);
    ask(&b, &first, "a", QUOTA_DOCUMENT, '1');
    assert_int_equal(b.wakes, 1);
    ask(&b, &second, "a", QUOTA_DOCUMENT, '2');
    ask(&b, &third, "a", QUOTA_DOCUMENT, '3');
    assert_int_equal(b.wakes, 1); /* no sooner than the first */
    quota_tick(b.quota);
    assert_int_equal(quota_next_due_ms(b.quota), INT64_MAX); /* a call must end */
    clock_advance(b.clock, 200);
    quota_finish(b.quota, &first.ticket, NULL);
    assert_int_equal(b.wakes, 2);
    quota_tick(b.quota);
    quota_finish(b.quota, &second.ticket, NULL);
    assert_int_equal(quota_next_due_ms(b.quota), clock_boot_ms(b.clock) + 60001);
    b.wakes = 0;
    limits.windows[0].calls = 3;
    quota_set_lane(b.quota, "a", NULL, &limits); /* what was counted stays counted */
    assert_int_equal(b.wakes, 1);
    quota_tick(b.quota);
    assert_true(third.granted);
    assert_int_equal(status(&b, "a").left_minute, 0);
    bench_done(&b);
}

static void lane__keeps_its_calls_when_it_moves_to_another_pool(void **state)
{
    struct bench b;
    struct call first, second, third;

    (void)state;
    bench_init(&b);
    quota_set_pool(b.quota, "p", &one);
    quota_set_pool(b.quota, "q", &one);
    quota_set_lane(b.quota, "a", "p", &none);
    quota_set_lane(b.quota, "b", "p", &none);
    ask(&b, &first, "a", QUOTA_DOCUMENT, '1');
    quota_tick(b.quota);
    ask(&b, &second, "a", QUOTA_DOCUMENT, '2');
    ask(&b, &third, "b", QUOTA_DOCUMENT, '3');
    quota_tick(b.quota);
    assert_string_equal(b.order, "1");
    quota_set_lane(b.quota, "a", "q", &none);
    quota_tick(b.quota);
    assert_string_equal(b.order, "13"); /* p is free, q is not */
    quota_finish(b.quota, &first.ticket, NULL);
    quota_tick(b.quota);
    assert_string_equal(b.order, "132");
    bench_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lane__grants_by_class_then_age),
        cmocka_unit_test(pool__takes_lanes_in_turn_and_the_urgent_first),
        cmocka_unit_test(cancel__gives_back_what_was_not_sent),
        cmocka_unit_test(reserve__is_for_tokens_and_probes),
        cmocka_unit_test(many_waiting__cost_little),
        cmocka_unit_test(grant__may_finish_and_ask_again),
        cmocka_unit_test(wake__comes_when_something_is_due_sooner),
        cmocka_unit_test(lane__keeps_its_calls_when_it_moves_to_another_pool),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
