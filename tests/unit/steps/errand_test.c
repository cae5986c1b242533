/* Calls: what is tried again and what is not, under which token, and what leaves when. */
#include "unit/steps/trip.h"

static struct trip *trip_of(void **state)
{
    return ((struct fixture *)*state)->more;
}

static void assert_answered(const struct trip *trip, int status, int calls)
{
    assert_int_equal(trip->ended.err.kind, ERROR_NONE);
    assert_int_equal(trip->seen.status, status);
    assert_true(trip->seen.complete && trip->seen.left);
    assert_int_equal(calls_of(trip), calls);
    assert_string_equal(trip->body, "said");
    assert_lane_is_free(trip);
}

static void as_write(struct trip *trip)
{
    trip->call.method = "PUT";
    trip->call.once = true;
    trip->call.body = TEXT("{\"a\":1}");
    trip->call.content_type = "application/json";
    trip->call.stamp = trip_stamp;
}

/* ---- once more, or not ---- */

static void reading__is_tried_again(void **state)
{
    struct trip *trip = trip_of(state);

    say(trip, 503, NULL);
    say(trip, RESET, NULL);
    say(trip, 500, NULL);
    say(trip, 200, NULL);
    travel(trip);
    assert_answered(trip, 200, 4);
    assert_int_equal(passed_ms(trip->f), 500 + 1000 + 2000); /* none of it real */
}

static void reading__is_given_up_in_the_end(void **state)
{
    struct trip *trip = trip_of(state);

    say(trip, 503, NULL);
    travel(trip);
    assert_answered(trip, 503, CALL_TRIES_MOST);
}

static void refusals__are_not_tried_again(void **state)
{
    static const int statuses[] = {400, 403, 404, 304, 401};
    struct trip *trip = trip_of(state);

    trip->script_size = 1;
    for (int i = 0; i < 5; i++) {
        trip->script[0].status = statuses[i];
        trip->gots = 0;
        travel(trip);
        assert_int_equal(trip->ended.err.kind, ERROR_NONE);
        assert_int_equal(trip->seen.status, statuses[i]);
        assert_int_equal(calls_of(trip), i + 1);
    }
    assert_int_equal(passed_ms(trip->f), 0);
}

static void travel_again(struct trip *trip)
{
    trip->gots = 0;
    travel(trip);
}

static void limit_lane(struct trip *trip)
{
    struct quota_limits limits = {1, {{60, 60, 0}, {1000, 86400, 0}}};

    quota_set_lane(trip->f->house.quota, "lane", NULL, &limits);
}

static void hints__that_are_nonsense_are_not_believed(void **state)
{
    struct trip *trip = trip_of(state);

    /* 2^64 and 2^64 + 1: in 64 bits nothing would be left, or one */
    say(trip, 200, "X-MinLimit-Remaining: 18446744073709551616\r\n");
    say(trip, 200, "X-DayLimit-Remaining: 18446744073709551616\r\nX-MinLimit-Remaining: -1\r\n");
    say(trip, 200, NULL);
    limit_lane(trip);
    for (int i = 1; i <= 3; i++) {
        travel_again(trip);
        assert_answered(trip, 200, i);
    }
    assert_int_equal(passed_ms(trip->f), 0);
}

static void hints__say_what_is_left(void **state)
{
    struct trip *trip = trip_of(state);

    say(trip, 200, "X-MinLimit-Remaining: 0\r\n");
    say(trip, 200, NULL);
    limit_lane(trip);
    travel_again(trip);
    travel_again(trip);
    assert_answered(trip, 200, 2);
    assert_true(passed_ms(trip->f) >= 59000);
}

static void retry_after__is_waited_for(void **state)
{
    struct trip *trip = trip_of(state);

    say(trip, 429, "Retry-After: 71468\r\nX-Rate-Limit-Problem: day\r\n");
    say(trip, 200, NULL);
    as_write(trip); /* a write too: it did not run */
    travel(trip);
    assert_answered(trip, 200, 2);
    assert_true(passed_ms(trip->f) >= 71468000);
    assert_int_equal(trip->stamps, 2);
}

static void a_write__is_not_repeated_after_a_reset(void **state)
{
    struct trip *trip = trip_of(state);

    say(trip, RESET, NULL);
    as_write(trip);
    travel(trip);
    assert_int_equal(trip->ended.err.kind, ERROR_TRANSIENT);
    assert_int_equal(calls_of(trip), 1);
    assert_int_equal(trip->stamps, 1);
    assert_true(trip->seen.left);
    assert_false(trip->seen.complete);
    assert_lane_is_free(trip);
}

static void a_write__is_not_repeated_after_a_crash(void **state)
{
    struct trip *trip = trip_of(state);

    say(trip, 500, NULL);
    as_write(trip);
    travel(trip);
    assert_answered(trip, 500, 1);
}

/* The port refuses at first: not a byte has left. */
static void a_write_that_did_not_leave__is_repeated(void **state)
{
    struct trip *trip = trip_of(state);

    say(trip, 200, NULL);
    as_write(trip);
    trip->listen_at_second_stamp = true;
    travel(trip);
    assert_answered(trip, 200, 1);
    assert_int_equal(trip->stamps, 2);
}

static void a_write_that_never_leaves__says_so(void **state)
{
    struct trip *trip = trip_of(state);

    as_write(trip);
    travel(trip);
    assert_error(&trip->ended.err, ERROR_TRANSIENT, "network");
    assert_false(trip->seen.left);
    assert_int_equal(trip->seen.status, 0);
    assert_int_equal(trip->stamps, CALL_TRIES_MOST);
    assert_lane_is_free(trip);
}

/* ---- tokens ---- */

static void a_refused_token__is_replaced_once(void **state)
{
    struct trip *trip = trip_of(state);

    trip->side.grant = "app";
    say(trip, 401, NULL);
    say(trip, 200, NULL);
    as_write(trip);
    travel(trip);
    assert_answered(trip, 200, 2);
    assert_int_equal(trip->tokens, 2);
    assert_string_equal(header_of(trip, 1, "Authorization"), "Bearer t1");
    assert_string_equal(header_of(trip, 3, "Authorization"), "Bearer t2");
    assert_int_equal(trip->stamps, 2);
    assert_true(strncmp(trip->stamped_under[0], "app#", 4) == 0);
    assert_string_not_equal(trip->stamped_under[0], trip->stamped_under[1]);
    /* the new one is used from now on; a second refusal is passed on */
    trip->script[1].status = 401;
    trip->gots = 0;
    travel(trip);
    assert_answered(trip, 401, 4);
    assert_int_equal(trip->tokens, 3);
    assert_string_equal(header_of(trip, 4, "Authorization"), "Bearer t2");
}

static void a_key__is_sent_but_never_replaced(void **state)
{
    struct trip *trip = trip_of(state);

    say(trip, 401, NULL);
    travel(trip);
    assert_answered(trip, 401, 1);
    assert_string_equal(header_of(trip, 0, "X-Key"), KEY);
}

static void what_cannot_be_asked_for__ends_in_an_error(void **state)
{
    static const char *const elsewhere[] = {"api.example.com", NULL};
    struct trip *trip = trip_of(state);

    say(trip, 200, NULL);
    as_write(trip);
    trip->side.grant = "nobody";
    travel(trip);
    assert_error(&trip->ended.err, ERROR_CONFIG, "grant");
    assert_int_equal(trip->stamps, 0);
    trip->side.grant = "key";
    trip->side.hosts = elsewhere;
    trip->gots = 0;
    travel(trip);
    assert_error(&trip->ended.err, ERROR_CONFIG, "host-not-allowed");
    assert_int_equal(trip->stamps, 1); /* not tried again */
    assert_lane_is_free(trip);
    trip->side.lane = "no such lane";
    trip->gots = 0;
    travel(trip);
    assert_error(&trip->ended.err, ERROR_BUG, "lane");
    assert_int_equal(calls_of(trip), 0);
    assert_false(trip->seen.left);
}

/* ---- stamps ---- */

static void a_stamp__is_durable_before_anything_leaves(void **state)
{
    struct trip *trip = trip_of(state);

    say(trip, 200, NULL);
    as_write(trip);
    travel(trip);
    assert_answered(trip, 200, 1);
    assert_int_equal(trip->stamps, 1);
    assert_int_equal(trip->calls_before_stamp, 0);
    assert_string_equal(trip->peer.requests[0].body, "{\"a\":1}");
    assert_string_equal(header_of(trip, 0, "Content-Type"), "application/json");
}

static void without_its_stamp__nothing_leaves(void **state)
{
    struct trip *trip = trip_of(state);

    say(trip, 200, NULL);
    as_write(trip);
    error_set(&trip->stamp_err, ERROR_TRANSIENT, "disk-full", "told to fail");
    travel(trip);
    assert_error(&trip->ended.err, ERROR_TRANSIENT, "disk-full");
    assert_int_equal(trip->peer.connections, 0);
    assert_int_equal(trip->stamps, 1);
    assert_false(trip->seen.left);
    assert_lane_is_free(trip);
}

/* ---- headers ---- */

static void calls__carry_what_their_side_says(void **state)
{
    static const char *const own[] = {"If-Modified-Since", "2026-06-01T00:00:00Z", NULL};
    struct trip *trip = trip_of(state);

    say(trip, 200, NULL);
    trip->call.headers = own;
    travel(trip);
    assert_answered(trip, 200, 1);
    assert_true(strncmp(trip->peer.requests[0].head, "GET /thing?page=1 ", 18) == 0);
    assert_string_equal(header_of(trip, 0, "X-Key"), KEY);
    assert_string_equal(header_of(trip, 0, "Xero-Tenant-Id"), TENANT);
    assert_string_equal(header_of(trip, 0, "Accept"), "application/json");
    assert_string_equal(header_of(trip, 0, "If-Modified-Since"), "2026-06-01T00:00:00Z");
}

static void bare_calls__carry_no_token_and_no_tenant(void **state)
{
    static const char *const nobody[] = {NULL};
    struct trip *trip = trip_of(state);
    char url[96];

    snprintf(url, sizeof url, "%s/file.pdf?sig=1", trip->base_url);
    say(trip, 503, NULL);
    say(trip, 401, NULL);
    trip->call.bare = true;
    trip->call.url = url;
    trip->call.path = NULL;
    trip->side.lane = "no such lane";
    trip->side.grant = "nobody";
    trip->side.hosts = nobody;
    trip->files[0] = "127.0.0.1";
    travel(trip);
    assert_answered(trip, 401, 2);
    for (int i = 0; i < 2; i++) {
        assert_true(strncmp(trip->peer.requests[i].head, "GET /file.pdf?sig=1 ", 20) == 0);
        assert_string_equal(header_of(trip, i, "X-Key"), "");
        assert_string_equal(header_of(trip, i, "Authorization"), "");
        assert_string_equal(header_of(trip, i, "Xero-Tenant-Id"), "");
    }
    /* the same host is closed to what carries the token */
    trip->call.bare = false;
    trip->side.lane = "lane";
    trip->side.grant = "key";
    trip->gots = 0;
    travel(trip);
    assert_error(&trip->ended.err, ERROR_CONFIG, "host-not-allowed");
    assert_int_equal(calls_of(trip), 2);
}

#define DEAF(name) cmocka_unit_test_setup_teardown(name, trip_setup, trip_teardown)
#define TEST(name) cmocka_unit_test_setup_teardown(name, trip_setup_listening, trip_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reading__is_tried_again),
        TEST(reading__is_given_up_in_the_end),
        TEST(refusals__are_not_tried_again),
        TEST(retry_after__is_waited_for),
        TEST(hints__that_are_nonsense_are_not_believed),
        TEST(hints__say_what_is_left),
        TEST(a_write__is_not_repeated_after_a_reset),
        TEST(a_write__is_not_repeated_after_a_crash),
        DEAF(a_write_that_did_not_leave__is_repeated),
        DEAF(a_write_that_never_leaves__says_so),
        TEST(a_refused_token__is_replaced_once),
        TEST(a_key__is_sent_but_never_replaced),
        TEST(what_cannot_be_asked_for__ends_in_an_error),
        TEST(a_stamp__is_durable_before_anything_leaves),
        TEST(without_its_stamp__nothing_leaves),
        TEST(calls__carry_what_their_side_says),
        TEST(bare_calls__carry_no_token_and_no_tenant),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
