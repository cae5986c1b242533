/* The page of numbers. */
#include "admin_fixture.h"

static const char *get(const struct fixture *f, const char *head, char *room, size_t size)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)f->port),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    say(fd, head);
    say(fd, " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    hear(fd, -1, room, size);
    close(fd);
    return room;
}

static void metrics__are_got(void **state)
{
    struct fixture *f = *state;
    char room[2048];

    assert_true(start(f, "127.0.0.1:0", 0));
    assert_int_not_equal(f->port, 0);
    get(f, "GET /metrics", room, sizeof room);
    assert_int_equal(strncmp(room, "HTTP/1.1 200", 12), 0);
    assert_non_null(strstr(room, "\r\n\r\nferry_documents{state=\"held\"} 3\n"));
    assert_non_null(strstr(room, "text/plain; version=0.0.4"));
    assert_int_equal(strncmp(get(f, "GET /", room, sizeof room), "HTTP/1.1 404", 12), 0);
    assert_int_equal(strncmp(get(f, "POST /metrics", room, sizeof room), "HTTP/1.1 405", 12), 0);
}

static void metrics__are_for_this_machine(void **state)
{
    static const char *const elsewhere[] = {"0.0.0.0:9180", "192.0.2.1:9180", "[::]:9180",
                                            ":9180",        "127.0.0.1",      "127.0.0.1:99999",
                                            "127.0.0.1:x"};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        assert_false(start(f, elsewhere[i], 0));
        assert_string_equal(f->err.code, "metrics-listen");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(metrics__are_got),
        TEST(metrics__are_for_this_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
