/* What goes wrong on the way, and what is then known of the request. */
#include "unit/http/http_fixture.h"

/* ---- nobody there ---- */

static void network__nobody_listens(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};
    struct http_request request = request_to("POST", "http://127.0.0.1:1/?key=s3cret");

    run_one(f, &request, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "network", HTTP_NOT_SENT);
    assert_non_null(strstr(told.err.text, "127.0.0.1"));
}

static void network__name_is_unknown(void **state)
{
    static const char *const hosts[] = {"*.invalid", NULL};
    struct fixture *f = *state;
    struct told told = {0};
    struct http_request request = request_to("GET", "https://nowhere.invalid/");

    request.allow_hosts = hosts;
    run_one(f, &request, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "network", HTTP_NOT_SENT);
}

/* ---- the reply ends too early ---- */

static bool close_at_once(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)fd;
    (void)index;
    return false;
}

static void network__closed_without_a_reply_is_unknown(void **state)
{
    struct fixture *f = *state;
    struct told told = {0};

    ask(f, close_at_once, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "network", HTTP_UNKNOWN);
    assert_int_equal(f->peer.count, 1);
}

static bool reset_at_once(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_reset(fd);
    return false;
}

static void network__reset_is_unknown(void **state)
{
    struct told told = {0};

    ask(*state, reset_at_once, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "network", HTTP_UNKNOWN);
    assert_int_equal(told.status, 0);
}

static bool cut_body(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/1.1 201 Created\r\nContent-Length: 100\r\nX-Told: yes\r\n\r\nonly this");
    return false;
}

static void truncated__shows_what_came(void **state)
{
    struct told told = {0};

    ask(*state, cut_body, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "truncated", HTTP_UNKNOWN);
    assert_int_equal(told.status, 201);
    assert_string_equal(told.header, "yes");
    assert_string_equal(told.body, "only this");
}

static bool cut_chunks(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nonly\r\n");
    return false;
}

static void truncated__chunks_without_the_last_one(void **state)
{
    struct told told = {0};

    ask(*state, cut_chunks, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "truncated", HTTP_UNKNOWN);
    assert_true(told.length_known);
}

static bool reset_in_body(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly");
    usleep(50000);
    peer_reset(fd);
    return false;
}

static void truncated__by_a_reset(void **state)
{
    struct told told = {0};

    ask(*state, reset_in_body, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "truncated", HTTP_UNKNOWN);
}

static bool cut_headers(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/1.1 200 OK\r\nContent-Le");
    return false;
}

static void truncated__in_the_headers(void **state)
{
    struct told told = {0};

    ask(*state, cut_headers, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "truncated", HTTP_UNKNOWN);
}

static bool only_continue(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/1.1 100 Continue\r\n\r\n");
    return false;
}

static void truncated__after_100_continue(void **state)
{
    struct told told = {0};

    ask(*state, only_continue, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "truncated", HTTP_UNKNOWN);
}

static bool no_status(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/2 9114 Fine\r\nContent-Length: 0\r\n\r\n");
    return false;
}

static void network__a_status_of_four_digits_is_none(void **state)
{
    struct told told = {0};

    ask(*state, no_status, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "network", HTTP_UNKNOWN);
}

static bool without_length(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/1.1 200 OK\r\n\r\nwho knows");
    return false;
}

static void reply__without_length_is_complete_but_says_so(void **state)
{
    struct told told = {0};

    ask(*state, without_length, &told);
    assert_trouble(&told, ERROR_NONE, "", HTTP_REPLIED);
    assert_false(told.length_known);
    assert_string_equal(told.body, "who knows");
}

static bool no_content(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nX-Told: yes\r\n\r\n");
    return true;
}

static void reply__after_100_continue(void **state)
{
    struct told told = {0};

    ask(*state, no_content, &told);
    assert_trouble(&told, ERROR_NONE, "", HTTP_REPLIED);
    assert_int_equal(told.status, 204);
    assert_true(told.length_known);
    assert_string_equal(told.header, "yes");
}

static bool odd_headers(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/1.1 200 OK\r\nX-Told: a\x01\x62\r\nContent-Type: a\x1b[2Jb\r\n"
                 "Content-Length: 0\r\n\r\n");
    return true;
}

static void header__with_control_characters_is_none(void **state)
{
    struct told told = {0};

    ask(*state, odd_headers, &told);
    assert_trouble(&told, ERROR_NONE, "", HTTP_REPLIED);
    assert_string_equal(told.header, "(absent)");
    assert_string_equal(told.type, "");
}

static bool not_http(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "SSH-2.0-something\r\n");
    return false;
}

static void network__nonsense_is_no_reply(void **state)
{
    struct told told = {0};

    ask(*state, not_http, &told);
    assert_trouble(&told, ERROR_TRANSIENT, "network", HTTP_UNKNOWN);
}

/* ---- never twice ---- */

static bool close_the_second(struct peer *peer, int fd, int index)
{
    (void)peer;
    if (index > 0) {
        return false;
    }
    peer_reply(fd, 200, "", "first");
    return true;
}

static void send__never_sends_twice_by_itself(void **state)
{
    struct fixture *f = *state;
    struct told first = {0}, second = {0};
    char url[64];
    struct http_request request;

    ask(f, close_the_second, &first);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    request = request_to("POST", url);
    run_one(f, &request, &second);
    assert_int_equal(f->peer.count, 2);
    assert_trouble(&second, ERROR_TRANSIENT, "network", HTTP_UNKNOWN);
}

/* ---- too much ---- */

static bool large_body(struct peer *peer, int fd, int index)
{
    char block[4096];

    (void)peer;
    (void)index;
    memset(block, 'x', sizeof block);
    peer_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 40960000\r\n\r\n");
    for (int i = 0; i < 10000; i++) {
        peer_write(fd, block, sizeof block);
    }
    return false;
}

static void too_big__body(void **state)
{
    struct told told = {0};

    ask(*state, large_body, &told);
    assert_trouble(&told, ERROR_REJECTED, "too-big", HTTP_UNKNOWN);
    assert_int_equal(told.status, 200);
}

static bool many_headers(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 5000; i++) {
        peer_say(fd, "X-Filler: 0123456789012345678901234567890123456789\r\n");
    }
    peer_say(fd, "Content-Length: 0\r\n\r\n");
    return true;
}

static void too_big__headers(void **state)
{
    struct told told = {0};

    ask(*state, many_headers, &told);
    assert_trouble(&told, ERROR_REJECTED, "too-big", HTTP_UNKNOWN);
}

static bool long_header(struct peer *peer, int fd, int index)
{
    (void)peer;
    (void)index;
    peer_say(fd, "HTTP/1.1 200 OK\r\nX-Filler: ");
    for (int i = 0; i < 50000; i++) {
        peer_say(fd, "0123456789");
    }
    peer_say(fd, "\r\n\r\n");
    return false;
}

static void too_big__one_header_that_does_not_end(void **state)
{
    struct told told = {0};

    ask(*state, long_header, &told);
    assert_trouble(&told, ERROR_REJECTED, "too-big", HTTP_UNKNOWN);
}

/* 8 MB of zeros, packed: `head -c 8388608 /dev/zero | gzip -9` is small. */
static bool packed_body(struct peer *peer, int fd, int index)
{
    char command[] = "head -c 8388608 /dev/zero | gzip -9", *packed = memory_new(65536, 1);
    FILE *pipe = popen(command, "r");
    size_t size = fread(packed, 1, 65536, pipe);
    char head[128];

    (void)peer;
    (void)index;
    pclose(pipe);
    snprintf(head, sizeof head,
             "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n", size);
    peer_say(fd, head);
    peer_write(fd, packed, size);
    memory_free(packed);
    return true;
}

static void too_big__counts_what_was_unpacked(void **state)
{
    struct told told = {0};

    ask(*state, packed_body, &told);
    assert_trouble(&told, ERROR_REJECTED, "too-big", HTTP_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(network__nobody_listens),
        TEST(network__name_is_unknown),
        TEST(network__closed_without_a_reply_is_unknown),
        TEST(network__reset_is_unknown),
        TEST(network__nonsense_is_no_reply),
        TEST(truncated__shows_what_came),
        TEST(truncated__chunks_without_the_last_one),
        TEST(truncated__by_a_reset),
        TEST(truncated__in_the_headers),
        TEST(truncated__after_100_continue),
        TEST(network__a_status_of_four_digits_is_none),
        TEST(reply__without_length_is_complete_but_says_so),
        TEST(reply__after_100_continue),
        TEST(header__with_control_characters_is_none),
        TEST(send__never_sends_twice_by_itself),
        TEST(too_big__body),
        TEST(too_big__headers),
        TEST(too_big__one_header_that_does_not_end),
        TEST(too_big__counts_what_was_unpacked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
