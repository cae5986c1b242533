/* Requests and answers, and the socket they go through. */
#include "admin_fixture.h"

static void ask__goes_there_and_back(void **state)
{
    struct fixture *f = *state;
    AUTO_JSON json_t *request = request_of("{\"do\":\"echo\",\"amount\":70.10,\"steps\":3}");
    AUTO_JSON json_t *answer = NULL;
    AUTO_FREE char *text = NULL;
    int steps = 0;

    assert_true(start(f, NULL, 0));
    assert_true(admin_ask(f->path, request, count, &steps, &answer, &f->err));
    text = json_write_text(answer);
    assert_string_equal(text, "{\"heard\":{\"amount\":70.10,\"do\":\"echo\",\"steps\":3}}");
    assert_int_equal(steps, 3);
    assert_string_equal(f->user, getpwuid(getuid())->pw_name);
}

static void socket__is_for_user_and_group_only(void **state)
{
    struct fixture *f = *state;
    struct stat there;
    mode_t mask = umask(0);

    assert_true(start(f, NULL, 0));
    umask(mask);
    assert_int_equal(stat(f->path, &there), 0);
    assert_int_equal(there.st_mode & 0777, 0660);
    stop(f);
    assert_int_not_equal(stat(f->path, &there), 0);
}

static void errors__keep_kind_and_code(void **state)
{
    struct fixture *f = *state;
    AUTO_JSON json_t *request = request_of("{\"do\":\"fail\"}");
    json_t *answer = NULL;

    assert_true(start(f, NULL, 0));
    assert_false(admin_ask(f->path, request, NULL, NULL, &answer, &f->err));
    assert_null(answer);
    assert_int_equal(f->err.kind, ERROR_AUTH);
    assert_string_equal(f->err.code, "login");
    assert_string_equal(f->err.text, "Log in to \"Xero\" again.");
}

static void ask__says_when_nobody_listens(void **state)
{
    struct fixture *f = *state;
    AUTO_JSON json_t *request = request_of("{\"do\":\"echo\"}");
    json_t *answer = NULL;

    assert_false(admin_ask(f->path, request, NULL, NULL, &answer, &f->err));
    assert_int_equal(f->err.kind, ERROR_TRANSIENT);
    assert_string_equal(f->err.code, "no-daemon");
}

static void answers__may_come_later(void **state)
{
    struct fixture *f = *state;
    char room[256];
    int first, second;

    assert_true(start(f, NULL, 200));
    first = knock(f);
    say(first, "{\"do\":\"later\"}\n{\"do\":\"echo\"}\n");
    second = knock(f);
    usleep(400000); /* who waits for an answer is not idle, so only `second` is closed */
    assert_string_equal(hear(second, 1, room, sizeof room), "");
    close(second);
    second = knock(f);
    say(second, "{\"do\":\"now\"}\n");
    assert_string_equal(hear(first, 2, room, sizeof room),
                        "{\"answer\":{}}\n{\"answer\":{\"heard\":{\"do\":\"echo\"}}}\n");
    assert_string_equal(hear(second, 1, room, sizeof room),
                        "{\"answer\":{\"heard\":{\"do\":\"now\"}}}\n");
    close(first);
    close(second);
}

static void big_plan__gets_through(void **state)
{
    struct fixture *f = *state;
    AUTO_JSON json_t *request = request_of("{\"do\":\"echo\"}");
    AUTO_JSON json_t *answer = NULL;
    char *letters = memory_new((3u << 20) + 1, 1);

    memset(letters, 'p', 3u << 20);
    json_object_set_new(request, "plan", json_new_text(text_of(letters)));
    assert_true(start(f, NULL, 0));
    assert_true(admin_ask(f->path, request, NULL, NULL, &answer, &f->err));
    assert_true(json_equal(json_path(answer, "heard"), request));
    memory_free(letters);
}

static void stale_socket__is_replaced(void **state)
{
    struct fixture *f = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(address.sun_path, sizeof address.sun_path, "%s", f->path);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
    assert_true(start(f, NULL, 0));
    close(knock(f));
}

static void live_socket__is_left_alone(void **state)
{
    struct fixture *f = *state;
    const struct admin_service service = {f, handle, NULL};
    const struct admin_settings settings = {f->path, NULL, 0};
    uv_loop_t loop;

    assert_true(start(f, NULL, 0));
    uv_loop_init(&loop);
    assert_null(admin_start(&loop, &settings, &service, &f->err));
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
    assert_string_equal(f->err.code, "in-use");
    close(knock(f));
}

static void other_files__stay(void **state)
{
    struct fixture *f = *state;
    FILE *file = fopen(f->path, "w");

    assert_non_null(file);
    fclose(file);
    assert_false(start(f, NULL, 0));
    assert_string_equal(f->err.code, "socket");
    assert_int_equal(access(f->path, F_OK), 0);
}

static void stopping__tells_who_waits(void **state)
{
    struct fixture *f = *state;
    char room[512];
    int fd;

    assert_true(start(f, NULL, 0));
    fd = knock(f);
    say(fd, "{\"do\":\"later\"}\n");
    for (int tries = 0; tries < 200 && !f->kept; tries++) {
        usleep(10000);
    }
    stop(f);
    assert_non_null(strstr(hear(fd, -1, room, sizeof room), "\"code\":\"stopped\""));
    admin_reply_done(f->kept, json_object()); /* nobody hears it, nothing breaks */
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ask__goes_there_and_back),   TEST(socket__is_for_user_and_group_only),
        TEST(errors__keep_kind_and_code), TEST(ask__says_when_nobody_listens),
        TEST(answers__may_come_later),    TEST(big_plan__gets_through),
        TEST(stale_socket__is_replaced),  TEST(live_socket__is_left_alone),
        TEST(other_files__stay),          TEST(stopping__tells_who_waits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
