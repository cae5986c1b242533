#include <sys/stat.h>

#include "unit/http/http_fixture.h"

static bool answer_well(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_reply(fd, 200, "Content-Type: text/plain; charset=utf-8\r\nX-Told: one\r\nX-Told: two\r\n",
               "hello");
    return true;
}

static void send__brings_the_whole_reply(void **state)
{
    struct told told = {0};

    ask(*state, answer_well, &told);
    assert_int_equal(told.err.kind, ERROR_NONE);
    assert_int_equal(told.outcome, HTTP_REPLIED);
    assert_true(told.complete && told.length_known);
    assert_int_equal(told.status, 200);
    assert_string_equal(told.type, "text/plain; charset=utf-8");
    assert_string_equal(told.header, "one");
    assert_string_equal(told.body, "hello");
    assert_int_equal(told.body_size, 5);
}

static void send__sends_what_it_was_given_and_nothing_else(void **state)
{
    static const char *const headers[] = {"Authorization", "Bearer s3cret", "X-Empty", "", NULL};
    struct fixture *f = *state;
    struct told told = {0};
    char url[80], expected[80];
    struct http_request request;

    setenv("http_proxy", "http://127.0.0.1:1", 1);
    peer_start(&f->peer, answer_well, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/a/../b%%20c?x=1&y=%%2F", f->peer.port);
    request = request_to("PUT", url);
    request.headers = headers;
    request.body = TEXT("some body");
    run_one(f, &request, &told);
    unsetenv("http_proxy");
    assert_int_equal(told.status, 200);
    snprintf(expected, sizeof expected, "Host: 127.0.0.1:%u\r\n", f->peer.port);
    assert_non_null(strstr(f->peer.requests[0].head, expected));
    assert_true(
        text_starts(text_of(f->peer.requests[0].head), "PUT /a/../b%20c?x=1&y=%2F HTTP/1.1\r\n"));
    assert_non_null(strstr(f->peer.requests[0].head, "Authorization: Bearer s3cret\r\n"));
    assert_non_null(strstr(f->peer.requests[0].head, "X-Empty:\r\n"));
    assert_non_null(strstr(f->peer.requests[0].head, "User-Agent: ferry/" FERRY_VERSION "\r\n"));
    assert_null(strstr(f->peer.requests[0].head, "Content-Type"));
    assert_null(strstr(f->peer.requests[0].head, "Expect"));
    assert_string_equal(f->peer.requests[0].body, "some body");
}

static void send__a_post_without_body_says_so(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};
    char url[64];
    struct http_request request;

    peer_start(&f->peer, answer_well, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    request = request_to("POST", url);
    run_one(f, &request, &told);
    assert_non_null(strstr(f->peer.requests[0].head, "Content-Length: 0\r\n"));
}

/* The token as it came, as JSON writes it, as an address does, and a part of it. */
static bool answer_echo(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_reply(fd, 400, "",
               "{\"a\":\"Bearer ey/J+s3cret=\",\"b\":\"ey\\/J+s3cret=\","
               "\"c\":\"x?t=ey%2fJ%2Bs3cret%3D&\",\"d\":\"ey/J+s3\"}");
    return true;
}

static void send__strikes_the_token_out_of_what_comes_back(void **state)
{
    static const char *const headers[] = {"Authorization", "Bearer ey/J+s3cret=", NULL};
    struct fixture *f = *state;
    struct told told = {0};
    char url[64];
    struct http_request request;

    peer_start(&f->peer, answer_echo, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    request = request_to("GET", url);
    request.headers = headers;
    request.secret_header = "authorization";
    run_one(f, &request, &told);
    assert_string_equal(told.body, "{\"a\":\"Bearer ************\",\"b\":\"*************\","
                                   "\"c\":\"x?t=******************&\",\"d\":\"ey/J+s3\"}");
}

static bool answer_echo_basic(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_reply(fd, 401, "",
               "no access for my-user-name with pass-word-1 (bXktdXNlci1uYW1lOnBhc3Mtd29yZC0x)");
    return true;
}

static void send__strikes_out_both_halves_of_basic(void **state)
{
    static const char *const headers[] = {"Authorization", "Basic bXktdXNlci1uYW1lOnBhc3Mtd29yZC0x",
                                          NULL};
    struct fixture *f = *state;
    struct told told = {0};
    char url[64];
    struct http_request request;

    peer_start(&f->peer, answer_echo_basic, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    request = request_to("GET", url);
    request.headers = headers;
    request.secret_header = "Authorization";
    run_one(f, &request, &told);
    assert_string_equal(
        told.body,
        "no access for ************ with *********** (********************************)");
}

static bool answer_redirect(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_reply(fd, 302, "Location: /elsewhere\r\nSet-Cookie: a=b\r\n", "");
    return true;
}

static void send__follows_no_redirect(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};

    ask(f, answer_redirect, &told);
    assert_int_equal(told.err.kind, ERROR_NONE);
    assert_int_equal(told.status, 302);
    assert_int_equal(f->peer.count, 1);
}

static void send__uses_a_connection_again(void **state)
{
    struct fixture *f = *state;
    struct told first = {0}, second = {0};
    char url[64];
    struct http_request request;

    ask(f, answer_well, &first);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    request = request_to("GET", url);
    run_one(f, &request, &second);
    assert_int_equal(second.status, 200);
    assert_int_equal(f->peer.connections, 1);
}

/* ---- files ---- */

static void send__body_comes_from_a_file(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};
    FILE *file = fopen(f->file, "w");
    char url[64];
    struct http_request request;

    assert_non_null(file);
    for (int i = 0; i < 100000; i++) {
        fprintf(file, "line %06d\n", i);
    }
    fclose(file);
    peer_start(&f->peer, answer_well, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    request = request_to("POST", url);
    request.body_path = f->file;
    run_one(f, &request, &told);
    assert_int_equal(told.status, 200);
    assert_int_equal(f->peer.requests[0].body_size, 1200000);
    assert_int_equal(memcmp(f->peer.requests[0].body + 1199988, "line 099999\n", 12), 0);
}

static void send__a_file_that_cannot_be_read_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};
    char url[64];
    struct http_request request;

    peer_start(&f->peer, answer_well, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    request = request_to("POST", url);
    request.body_path = f->file;
    run_one(f, &request, &told);
    assert_int_equal(told.err.kind, ERROR_CONFIG);
    assert_string_equal(told.err.code, "file");
    assert_int_equal(told.outcome, HTTP_NOT_SENT);
    assert_int_equal(f->peer.connections, 0);
}

static void ask_into_sink(struct fixture *f, peer_answer_fn *answer, struct told *told)
{
    char url[64];
    struct http_request request;

    peer_start(&f->peer, answer, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    request = request_to("GET", url);
    request.sink_path = f->sink;
    run_one(f, &request, told);
}

static void sink__takes_a_body_and_is_private(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};
    struct stat s;
    FILE *old = fopen(f->sink, "w");

    assert_non_null(old);
    fputs("longer than what comes", old);
    fclose(old);
    assert_int_equal(chmod(f->sink, 0644), 0);
    ask_into_sink(f, answer_well, &told);
    assert_int_equal(told.err.kind, ERROR_NONE);
    assert_int_equal(told.body_size, 5);
    assert_string_equal(told.body, "");
    assert_null(strstr(f->peer.requests[0].head, "Accept-Encoding"));
    assert_int_equal(stat(f->sink, &s), 0);
    assert_int_equal(s.st_size, 5);
    assert_int_equal(s.st_mode & 0777, 0600);
}

static bool answer_cut(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
    return false;
}

static void sink__is_removed_when_the_reply_was_cut(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};

    ask_into_sink(f, answer_cut, &told);
    assert_string_equal(told.err.code, "truncated");
    assert_int_equal(access(f->sink, F_OK), -1);
}

static bool answer_404(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_reply(fd, 404, "", "not there");
    return true;
}

static void sink__takes_no_error_page(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};

    ask_into_sink(f, answer_404, &told);
    assert_int_equal(told.status, 404);
    assert_string_equal(told.body, "not there");
    assert_int_equal(access(f->sink, F_OK), -1);
}

/* ---- what is refused ---- */

static void refuse(struct fixture *f, const struct http_request *request, enum error_kind kind,
                   const char *code)
{
    struct told told = {0};

    run_one(f, request, &told);
    assert_int_equal(told.err.kind, kind);
    assert_string_equal(told.err.code, code);
    assert_int_equal(told.outcome, HTTP_NOT_SENT);
}

static void send__refuses_what_is_malformed(void **state)
{
    static const char *const host[] = {"Host", "x", NULL};
    static const char *const split[] = {"X-A", "one\r\nX-B: two", NULL};
    static const char *const name[] = {"X A", "one", NULL};
    struct fixture *f = *state;
    struct http_request good = request_to("GET", "http://127.0.0.1:1/"), request;
    const char *const *bad[] = {host, split, name};

    for (size_t i = 0; i < 3; i++) {
        request = good;
        request.headers = bad[i];
        refuse(f, &request, ERROR_BUG, "request");
    }
    request = good;
    request.method = "get";
    refuse(f, &request, ERROR_BUG, "request");
    request = good;
    request.timeout_ms = 0;
    refuse(f, &request, ERROR_BUG, "request");
    request = good;
    request.reply_max_bytes = 0;
    refuse(f, &request, ERROR_BUG, "request");
    request = good;
    request.url = "/relative";
    refuse(f, &request, ERROR_BUG, "request");
    request = good;
    request.url = "http://example.com/";
    refuse(f, &request, ERROR_CONFIG, "not-https");
    request = good;
    request.allow_hosts = NULL;
    refuse(f, &request, ERROR_CONFIG, "host-not-allowed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(send__brings_the_whole_reply),
        TEST(send__sends_what_it_was_given_and_nothing_else),
        TEST(send__strikes_the_token_out_of_what_comes_back),
        TEST(send__strikes_out_both_halves_of_basic),
        TEST(send__a_post_without_body_says_so),
        TEST(send__follows_no_redirect),
        TEST(send__uses_a_connection_again),
        TEST(send__body_comes_from_a_file),
        TEST(send__a_file_that_cannot_be_read_leaves_nothing),
        TEST(sink__takes_a_body_and_is_private),
        TEST(sink__is_removed_when_the_reply_was_cut),
        TEST(sink__takes_no_error_page),
        TEST(send__refuses_what_is_malformed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
