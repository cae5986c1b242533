/* A call stopped in every place where it can wait: it always ends in `done`, once. */
#include "unit/steps/trip.h"

static struct trip *trip_of(void **state)
{
    return ((struct fixture *)*state)->more;
}

static void assert_stopped(struct trip *trip, int calls)
{
    wait_for(trip->f, &trip->ended);
    assert_error(&trip->ended.err, ERROR_CANCELLED, "cancelled");
    assert_int_equal(trip->gots, 1);
    assert_int_equal(calls_of(trip), calls);
    assert_false(machine_is_running(&trip->machine));
    assert_null(trip->machine.errand);
}

struct place {
    struct quota_ticket ticket;
    bool granted;
};

static void on_place(void *owner)
{
    ((struct place *)owner)->granted = true;
}

static void in_the_queue__it_ends_at_once(void **state)
{
    struct trip *trip = trip_of(state);
    struct quota *quota = trip->f->house.quota;
    struct place place = {.ticket = {.lane = "lane", .on_grant = on_place}};

    place.ticket.owner = &place;
    assert_true(quota_ask(quota, &place.ticket, &trip->f->err)); /* the lane takes one at once */
    while (!place.granted) {
        go_round(trip->f);
    }
    say(trip, 200, NULL);
    travel_to(trip, ERRAND_QUOTA, 0);
    machine_cancel(&trip->machine);
    assert_stopped(trip, 0);
    quota_finish(quota, &place.ticket, NULL);
    assert_lane_is_free(trip);
}

static void waiting_for_a_token__it_ends_soon(void **state)
{
    struct trip *trip = trip_of(state);

    trip->side.grant = "app";
    trip->slow_tokens = true;
    trip->call.stamp = trip_stamp;
    say(trip, 200, NULL);
    travel_to(trip, ERRAND_TOKEN, 0);
    machine_cancel(&trip->machine);
    assert_stopped(trip, 0);
    assert_int_equal(trip->stamps, 0);
    assert_lane_is_free(trip);
    open_gate(trip->f); /* the refresh goes on without it */
    trip->slow_tokens = false;
    open_gate(trip->f);
}

static bool stamp_at_gate(struct db *db, void *self, struct error *err)
{
    struct trip *trip = self;

    return work_at_gate(db, trip->f, err) && trip_stamp(db, self, err);
}

static void while_it_is_stamped__nothing_leaves(void **state)
{
    struct trip *trip = trip_of(state);

    trip->call.once = true;
    trip->call.stamp = stamp_at_gate;
    say(trip, 200, NULL);
    travel_to(trip, ERRAND_STAMP, 0);
    machine_cancel(&trip->machine);
    assert_int_equal(trip->ended.times, 0);
    open_gate(trip->f);
    assert_stopped(trip, 0);
    assert_int_equal(trip->stamps, 1);
    assert_false(trip->seen.left);
    assert_lane_is_free(trip);
}

static void in_a_pause__it_ends_at_once(void **state)
{
    struct trip *trip = trip_of(state);

    hold_time(trip->f);
    say(trip, 503, NULL);
    travel_to(trip, ERRAND_PAUSE, 1);
    machine_cancel(&trip->machine);
    assert_stopped(trip, 1);
    assert_int_equal(passed_ms(trip->f), 0);
    assert_lane_is_free(trip);
    open_gate(trip->f);
}

static void reading__is_given_up(void **state)
{
    struct trip *trip = trip_of(state);

    say(trip, SILENT, NULL);
    travel_to(trip, ERRAND_HTTP, 1);
    machine_cancel(&trip->machine);
    assert_stopped(trip, 1);
    assert_lane_is_free(trip);
}

/* What it came to is not thrown away: `got` still learns it. */
static void a_write_that_left__is_waited_for(void **state)
{
    struct trip *trip = trip_of(state);

    trip->call.once = true;
    say(trip, AT_GATE, NULL);
    say(trip, 201, NULL);
    travel_to(trip, ERRAND_HTTP, 1);
    machine_cancel(&trip->machine);
    for (int i = 0; i < 20; i++) {
        go_round(trip->f);
    }
    assert_int_equal(trip->ended.times, 0);
    open_gate(trip->f);
    assert_stopped(trip, 1);
    assert_int_equal(trip->seen.status, 201);
    assert_true(trip->seen.complete);
    assert_lane_is_free(trip);
}

/* Neither a new token nor a limit nor a reset makes a stopped write go again. */
static void a_stopped_write__never_goes_again(void **state)
{
    static const int statuses[] = {401, 429, 503};
    struct trip *trip = trip_of(state);

    trip->side.grant = "app";
    trip->call.once = true;
    trip->script_size = 2;
    for (int i = 0; i < 3; i++) {
        trip->script[0].status = AT_GATE;
        trip->script[1].status = statuses[i];
        __atomic_store_n(&trip->calls, 0, __ATOMIC_SEQ_CST);
        trip->gots = 0;
        travel_to(trip, ERRAND_HTTP, 1);
        machine_cancel(&trip->machine);
        open_gate(trip->f);
        assert_stopped(trip, 1);
        assert_int_equal(trip->seen.status, statuses[i]);
    }
    assert_int_equal(trip->tokens, 1);
}

/* ---- `done` may take everything with it ---- */

struct lonely {
    struct machine machine;
    struct trip *trip;
    struct ended *ended;
};

static void ask_lonely(void *self, struct ask *ask)
{
    struct lonely *lonely = self;

    ask_call(lonely->trip, ask);
}

static const char *got_lonely(void *self, const struct answer *answer)
{
    struct lonely *lonely = self;

    return answer->err.kind ? machine_fail(&lonely->machine, &answer->err) : NULL;
}

static void done_and_free(void *owner, const struct error *err)
{
    struct lonely *lonely = owner;

    on_done(lonely->ended, err);
    memory_free(lonely);
}

static void travel_lonely(struct trip *trip, struct ended *ended, bool stop)
{
    static const struct step steps[] = {{"call", ask_lonely, got_lonely}, {0}};
    struct lonely *lonely = memory_new(1, sizeof *lonely);

    *ended = (struct ended){0};
    *lonely = (struct lonely){.trip = trip, .ended = ended};
    machine_init(&lonely->machine, &trip->f->house, "lonely", steps, lonely);
    machine_start(&lonely->machine, NULL, done_and_free, lonely);
    while (stop && (!lonely->machine.errand || lonely->machine.errand->phase != ERRAND_PAUSE)) {
        go_round(trip->f);
    }
    if (stop) {
        machine_cancel(&lonely->machine);
    }
    wait_for(trip->f, ended);
}

static void the_machine__may_be_freed_when_it_is_done(void **state)
{
    struct trip *trip = trip_of(state);
    struct ended ended;

    say(trip, 200, NULL);
    travel_lonely(trip, &ended, false);
    assert_int_equal(ended.err.kind, ERROR_NONE);
    trip->side.lane = "no such lane"; /* ends while it is being begun */
    travel_lonely(trip, &ended, false);
    assert_error(&ended.err, ERROR_BUG, "lane");
    trip->side.lane = "lane";
    trip->script[0].status = 503;
    hold_time(trip->f);
    travel_lonely(trip, &ended, true);
    assert_error(&ended.err, ERROR_CANCELLED, "cancelled");
    open_gate(trip->f);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, trip_setup_listening, trip_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(in_the_queue__it_ends_at_once),
        TEST(waiting_for_a_token__it_ends_soon),
        TEST(while_it_is_stamped__nothing_leaves),
        TEST(in_a_pause__it_ends_at_once),
        TEST(reading__is_given_up),
        TEST(a_write_that_left__is_waited_for),
        TEST(a_stopped_write__never_goes_again),
        TEST(the_machine__may_be_freed_when_it_is_done),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
