/* Timeouts by either clock, cancelling, Retry-After. */
#include "unit/http/http_fixture.h"

/* ---- time ---- */

static bool answer_slowly(struct peer *peer, int fd, int index)
{
    (void)index;
    for (int i = 0; i < 100 && !peer->self; i++) {
        usleep(10000);
    }
    usleep(400000);
    peer_reply(fd, 200, "", "late");
    return false;
}

static void timeout__by_the_real_clock(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};
    char url[64];
    struct http_request request;

    peer_start(&f->peer, answer_slowly, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/?key=s3cret", f->peer.port);
    request = request_to("GET", url);
    request.timeout_ms = 100;
    run_one(f, &request, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "timeout", HTTP_UNKNOWN);
    assert_int_equal(told.took_ms, 0); /* the test's clock stands still */
}

static bool move_clock(struct peer *peer, int fd, int index)
{
    struct fixture *f = peer->self;

    (void)index;
    clock_advance(f->clock, 60000);
    usleep(400000);
    peer_reply(fd, 200, "", "late");
    return false;
}

static void timeout__by_the_shared_clock(void **state)
{
    struct told told = {0};

    ask(*state, move_clock, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "timeout", HTTP_UNKNOWN);
    assert_int_equal(told.took_ms, 60000);
}

/* ---- cancelling ---- */

static void cancel__still_ends_in_done(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};
    struct http_op op;
    char url[64];
    struct http_request request;

    peer_start(&f->peer, answer_slowly, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    request = request_to("POST", url);
    http_send(f->http, &op, &request, on_reply, &told);
    while (f->peer.count == 0) {
        uv_run(&f->loop, UV_RUN_NOWAIT);
    }
    http_cancel(f->http, &op);
    http_cancel(f->http, &op);
    assert_int_equal(told.times, 0);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    assert_int_equal(told.times, 1);
    assert_trouble(&told, ERROR_CANCELLED, "cancelled", HTTP_UNKNOWN);
}

static void cancel__before_anything_left(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};
    struct http_op op;
    struct http_request request = request_to("POST", "http://127.0.0.1:1/");

    http_send(f->http, &op, &request, on_reply, &told);
    http_cancel(f->http, &op);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    assert_int_equal(told.times, 1);
    assert_trouble(&told, ERROR_CANCELLED, "cancelled", HTTP_NOT_SENT);
}

static void free__ends_what_is_in_flight(void **state)
{
    struct fixture *f = *state;
    struct told told[3] = {0};
    struct http_op op[3];
    char url[64];
    struct http_request request;

    peer_start(&f->peer, answer_slowly, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    request = request_to("POST", url);
    for (int i = 0; i < 3; i++) {
        http_send(f->http, &op[i], &request, on_reply, &told[i]);
    }
    assert_int_equal(http_in_flight(f->http), 3);
    while (f->peer.count < 3) {
        uv_run(&f->loop, UV_RUN_NOWAIT);
    }
    http_free(f->http);
    f->http = NULL;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(told[i].times, 1);
        assert_int_equal(told[i].err.kind, ERROR_CANCELLED);
    }
}

/* ---- Retry-After ---- */

static bool retry_after(struct peer *peer, int fd, int index)
{
    static const char *const values[] = {"Retry-After: 26\r\n",
                                         "Retry-After: Mon, 26 Oct 2026 07:34:00 GMT\r\n",
                                         "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
                                         "Retry-After: soon\r\n",
                                         "",
                                         "Retry-After: -5\r\n"};

    (void)peer;
    peer_reply(fd, 429, values[index], "");
    return true;
}

static void retry_after__seconds_or_a_date(void **state)
{
    static const int64_t expected[] = {26, 240, 0, -1, -1, -1};
    struct fixture *f = *state;
    char url[64];

    clock_set_wall(f->clock,
                   1793000000000 - 1793000000000 % 86400000 + (7 * 60 + 30) * INT64_C(60000));
    peer_start(&f->peer, retry_after, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct http_request request = request_to("GET", url);
        struct told told = {0};

        run_one(f, &request, &told);
        assert_int_equal(told.status, 429);
        assert_int_equal(told.retry_after_s, expected[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(timeout__by_the_real_clock),   TEST(timeout__by_the_shared_clock),
        TEST(cancel__still_ends_in_done),   TEST(cancel__before_anything_left),
        TEST(free__ends_what_is_in_flight), TEST(retry_after__seconds_or_a_date),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
