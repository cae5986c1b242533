/* A real socket, a loop in a thread of its own, and a service that does as the request says. */
#ifndef FERRY_TESTS_ADMIN_FIXTURE_H
#define FERRY_TESTS_ADMIN_FIXTURE_H

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
    struct admin_reply *_Atomic kept; /* of "later" */
    unsigned port;
    int gone; /* requests whose client left */
    char user[64];
    struct error err;
};

/* ---- the service ---- */

static inline json_t *echo_of(const json_t *request)
{
    json_t *answer = json_object();

    json_object_set(answer, "heard", (json_t *)(uintptr_t)request);
    return answer;
}

static inline void handle(void *self, const char *user, const json_t *request,
                          struct admin_reply *reply)
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

static inline void metrics(void *self, struct buffer *out)
{
    (void)self;
    buffer_add_cstr(out, "ferry_documents{state=\"held\"} 3\n");
}

/* ---- the loop ---- */

static inline void on_stop(uv_async_t *async)
{
    struct fixture *f = async->data;

    admin_stop(f->admin);
    uv_close((uv_handle_t *)&f->stop, NULL);
}

static inline void *run_loop(void *self)
{
    uv_run(&((struct fixture *)self)->loop, UV_RUN_DEFAULT);
    return NULL;
}

static inline bool start(struct fixture *f, const char *listen, uint32_t idle_ms)
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

static inline void stop(struct fixture *f)
{
    if (f->admin) {
        uv_async_send(&f->stop);
        pthread_join(f->thread, NULL);
        f->admin = NULL;
    }
}

static inline int setup(void **state)
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

static inline int teardown(void **state)
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

static inline int knock(const struct fixture *f)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval patience = {10, 0};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(address.sun_path, sizeof address.sun_path, "%s", f->path);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static inline void say(int fd, const char *text)
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
static inline const char *hear(int fd, int lines, char *room, size_t size)
{
    size_t have = 0;

    while (lines != 0 && have + 1 < size && recv(fd, room + have, 1, 0) == 1) {
        lines -= room[have++] == '\n';
    }
    room[have] = '\0';
    return room;
}

static inline json_t *request_of(const char *text)
{
    struct error err;
    json_t *request = NULL;

    if (!json_read(text_of(text), 8, &request, &err)) {
        fail_msg("%s", err.text);
    }
    return request;
}

static inline void count(void *owner, const json_t *progress)
{
    assert_int_equal(json_int(json_object_get(progress, "done"), -1), *(int *)owner);
    ++*(int *)owner;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
