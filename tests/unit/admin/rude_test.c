/* Clients without manners. */
#include "admin_fixture.h"

static void client_gone__leaves_the_reply_valid(void **state)
{
    struct fixture *f = *state;
    char room[256] = "";
    int first, second;

    assert_true(start(f, NULL, 0));
    first = knock(f);
    say(first, "{\"do\":\"later\"}\n");
    second = knock(f);
    for (int tries = 0; tries < 200 && !f->kept; tries++) {
        usleep(10000);
    }
    say(second, "{\"do\":\"gone?\"}\n");
    assert_string_equal(hear(second, 1, room, sizeof room), "{\"answer\":{\"gone\":false}}\n");
    close(first);
    for (int tries = 0; tries < 200 && !strstr(room, "true"); tries++) {
        say(second, "{\"do\":\"gone?\"}\n");
        hear(second, 1, room, sizeof room);
    }
    assert_string_equal(room, "{\"answer\":{\"gone\":true}}\n");
    say(second, "{\"do\":\"now\"}\n");
    assert_non_null(strstr(hear(second, 1, room, sizeof room), "now"));
    close(second);
}

static void half_closed__is_still_answered(void **state)
{
    struct fixture *f = *state;
    char room[256];
    int fd;

    assert_true(start(f, NULL, 0));
    fd = knock(f);
    say(fd, "{\"do\":\"echo\"}"); /* without an end of line too */
    shutdown(fd, SHUT_WR);
    assert_string_equal(hear(fd, -1, room, sizeof room),
                        "{\"answer\":{\"heard\":{\"do\":\"echo\"}}}\n");
    close(fd);
}

static void garbage__is_answered_and_closed(void **state)
{
    static const char *const garbage[] = {"GET / HTTP/1.1\n",   "[]\n",         "{\"do\":7}\n",
                                          "{\"name\":\"x\"}\n", "\xff\xfe{}\n", "{\n"};
    struct fixture *f = *state;
    char room[1024];

    assert_true(start(f, NULL, 0));
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++) {
        int fd = knock(f);

        say(fd, garbage[i]);
        hear(fd, -1, room, sizeof room);
        if (strncmp(room, "{\"error\":{\"code\":\"", 18) != 0) {
            fail_msg("%zu: %s", i, room);
        }
        close(fd);
    }
}

static void fill(int fd, size_t size)
{
    char *letters = memory_new(size + 1, 1);

    memset(letters, 'a', size);
    say(fd, letters);
    memory_free(letters);
}

static void long_lines__are_for_one_at_a_time(void **state)
{
    struct fixture *f = *state;
    char room[1024];
    int first, second;

    assert_true(start(f, NULL, 0));
    first = knock(f);
    fill(first, ADMIN_REQUEST_MAX + 4096);
    second = knock(f);
    fill(second, ADMIN_REQUEST_MAX + 4096);
    assert_non_null(strstr(hear(second, -1, room, sizeof room), "\"code\":\"too-long\""));
    close(second);
    fill(first, ADMIN_BIG_REQUEST_MAX);
    assert_non_null(strstr(hear(first, -1, room, sizeof room), "\"code\":\"too-long\""));
    close(first);
}

static void connections__have_a_limit(void **state)
{
    struct fixture *f = *state;
    int fds[ADMIN_CONNECTIONS_MAX + 1];
    char room[256];

    assert_true(start(f, NULL, 0));
    for (int i = 0; i < ADMIN_CONNECTIONS_MAX; i++) {
        fds[i] = knock(f);
        say(fds[i], "{\"do\":\"echo\"}\n");
        assert_non_null(strstr(hear(fds[i], 1, room, sizeof room), "heard"));
    }
    fds[ADMIN_CONNECTIONS_MAX] = knock(f);
    assert_non_null(
        strstr(hear(fds[ADMIN_CONNECTIONS_MAX], -1, room, sizeof room), "\"code\":\"busy\""));
    for (int i = 0; i <= ADMIN_CONNECTIONS_MAX; i++) {
        close(fds[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(client_gone__leaves_the_reply_valid), TEST(half_closed__is_still_answered),
        TEST(garbage__is_answered_and_closed),     TEST(long_lines__are_for_one_at_a_time),
        TEST(connections__have_a_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
