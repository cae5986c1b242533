/* A real socket, a loop in a thread of its own, and a service that does as the request says. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "admin/admin.h"
#include "unit.h"

struct fixture {
    char folder[40], path[64];
    uv_loop_t loop;
    uv_async_t stop;
    pthread_t thread;
    struct admin *admin;
    struct admin_reply *kept; /* of "later" */
    unsigned port;
    int gone; /* requests whose client left */
    char user[64];
    struct error err;
};

/* ---- the service ---- */

static json_t *echo_of(const json_t *request)
{
    json_t *answer = json_object();

    json_object_set(answer, "heard", (json_t *)(uintptr_t)request);
    return answer;
}

static void handle(void *self, const char *user, const json_t *request, struct admin_reply *reply)
{
    struct fixture *f = self;
    const char *what = json_path_text(request, "do");
    struct error err;

    snprintf(f->user, sizeof f->user, "%s", user);
    if (strcmp(what, "fail") == 0) {
        error_set(&err, ERROR_AUTH, "login", "Log in to \"Xero\" again.");
        admin_reply_error(reply, &err);
    } else if (strcmp(what, "later") == 0) {
        f->kept = reply;
    } else if (strcmp(what, "now") == 0) {
        admin_reply_done(f->kept, json_object());
        admin_reply_done(reply, echo_of(request));
    } else if (strcmp(what, "gone?") == 0) {
        json_t *answer = json_object();

        json_object_set_new(answer, "gone", json_boolean(admin_reply_is_unwanted(f->kept)));
        admin_reply_done(reply, answer);
    } else {
        for (int64_t i = 0; i < json_int(json_object_get(request, "steps"), 0); i++) {
            json_t *progress = json_object();

            json_object_set_new(progress, "done", json_new_int(i));
            admin_reply_progress(reply, progress);
        }
        admin_reply_done(reply, echo_of(request));
    }
}

static void metrics(void *self, struct buffer *out)
{
    (void)self;
    buffer_add_cstr(out, "ferry_documents{state=\"held\"} 3\n");
}

/* ---- the loop ---- */

static void on_stop(uv_async_t *async)
{
    struct fixture *f = async->data;

    admin_stop(f->admin);
    uv_close((uv_handle_t *)&f->stop, NULL);
}

static void *run_loop(void *self)
{
    uv_run(&((struct fixture *)self)->loop, UV_RUN_DEFAULT);
    return NULL;
}

static bool start(struct fixture *f, const char *listen, uint32_t idle_ms)
{
    const struct admin_service service = {f, handle, metrics};
    const struct admin_settings settings = {f->path, listen, idle_ms};

    f->admin = admin_start(&f->loop, &settings, &service, &f->err);
    if (!f->admin) {
        uv_run(&f->loop, UV_RUN_DEFAULT);
        return false;
    }
    f->port = admin_metrics_port(f->admin);
    uv_async_init(&f->loop, &f->stop, on_stop);
    f->stop.data = f;
    assert_int_equal(pthread_create(&f->thread, NULL, run_loop, f), 0);
    return true;
}

static void stop(struct fixture *f)
{
    if (f->admin) {
        uv_async_send(&f->stop);
        pthread_join(f->thread, NULL);
        f->admin = NULL;
    }
}

static int setup(void **state)
{
    struct fixture *f = memory_new(1, sizeof *f);

    snprintf(f->folder, sizeof f->folder, "/tmp/ferry-admin-XXXXXX");
    if (!mkdtemp(f->folder)) {
        return -1;
    }
    snprintf(f->path, sizeof f->path, "%s/socket", f->folder);
    uv_loop_init(&f->loop);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    int status;

    stop(f);
    status = uv_loop_close(&f->loop);
    unlink(f->path);
    status |= rmdir(f->folder);
    memory_free(f);
    return status;
}

/* ---- a client without manners ---- */

static int knock(const struct fixture *f)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval patience = {10, 0};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(address.sun_path, sizeof address.sun_path, "%s", f->path);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void say(int fd, const char *text)
{
    size_t size = strlen(text);

    while (size > 0) {
        ssize_t n = send(fd, text, size, MSG_NOSIGNAL);

        if (n <= 0) {
            return;
        }
        text += n;
        size -= (size_t)n;
    }
}

/* Everything until the other side closes (or `lines` lines). */
static const char *hear(int fd, int lines, char *room, size_t size)
{
    size_t have = 0;

    while (lines != 0 && have + 1 < size && recv(fd, room + have, 1, 0) == 1) {
        lines -= room[have++] == '\n';
    }
    room[have] = '\0';
    return room;
}

static json_t *request_of(const char *text)
{
    struct error err;
    json_t *request = NULL;

    if (!json_read(text_of(text), 8, &request, &err)) {
        fail_msg("%s", err.text);
    }
    return request;
}

static void count(void *owner, const json_t *progress)
{
    assert_int_equal(json_int(json_object_get(progress, "done"), -1), *(int *)owner);
    ++*(int *)owner;
}

/* ---- tests ---- */

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

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ask__goes_there_and_back),          TEST(socket__is_for_user_and_group_only),
        TEST(errors__keep_kind_and_code),        TEST(ask__says_when_nobody_listens),
        TEST(answers__may_come_later),           TEST(client_gone__leaves_the_reply_valid),
        TEST(half_closed__is_still_answered),    TEST(garbage__is_answered_and_closed),
        TEST(long_lines__are_for_one_at_a_time), TEST(big_plan__gets_through),
        TEST(connections__have_a_limit),         TEST(stale_socket__is_replaced),
        TEST(live_socket__is_left_alone),        TEST(other_files__stay),
        TEST(stopping__tells_who_waits),         TEST(metrics__are_got),
        TEST(metrics__are_for_this_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
