/* Start and stop. */
#include <signal.h>
#include <unistd.h>

#include "admin/admin_internal.h"
#include "base/memory.h"

void admin_let_go(struct admin *admin)
{
    if (--admin->holders == 0) {
        memory_free(admin->socket_path);
        memory_free(admin);
    }
}

static void on_listening_closed(uv_handle_t *handle)
{
    admin_let_go(handle->data);
}

static void on_knock(uv_stream_t *listening, int status)
{
    if (status == 0) {
        connection_accept(listening->data);
    }
}

static bool start_listening(struct admin *admin, struct error *err)
{
    int fd, status;

    if (!socket_bind(admin->socket_path, &fd, err)) {
        return false;
    }
    status = uv_pipe_open(&admin->listening, fd);
    if (status != 0) {
        close(fd);
    } else {
        status = uv_listen((uv_stream_t *)&admin->listening, ADMIN_CONNECTIONS_MAX, on_knock);
    }
    if (lstat(admin->socket_path, &admin->socket_file) != 0 || status != 0) {
        unlink(admin->socket_path);
        return error_set(err, ERROR_CONFIG, "socket", "%s: the socket cannot be listened on: %s.",
                         admin->socket_path, status ? uv_strerror(status) : "it is gone");
    }
    return true;
}

struct admin *admin_start(uv_loop_t *loop, const struct admin_settings *settings,
                          const struct admin_service *service, struct error *err)
{
    struct admin *admin = memory_new(1, sizeof *admin);

    /* libuv writes with write(2); a client that went away must not end the daemon */
    signal(SIGPIPE, SIG_IGN);
    admin->loop = loop;
    admin->service = *service;
    admin->idle_ms = settings->idle_timeout_ms ? settings->idle_timeout_ms : ADMIN_IDLE_MS;
    admin->socket_path = memory_copy_text(settings->socket_path);
    uv_pipe_init(loop, &admin->listening, 0);
    admin->listening.data = admin;
    admin->holders = 1;
    if ((settings->metrics_listen && !metrics_start(admin, settings->metrics_listen, err)) ||
        !start_listening(admin, err)) {
        admin_stop(admin);
        return NULL;
    }
    return admin;
}

static void remove_socket(const struct admin *admin)
{
    struct stat there;

    if (admin->socket_file.st_ino != 0 && lstat(admin->socket_path, &there) == 0 &&
        there.st_ino == admin->socket_file.st_ino && there.st_dev == admin->socket_file.st_dev) {
        unlink(admin->socket_path);
    }
}

/* A client that waits is told, as far as that goes without waiting for it. */
static void say_goodbye(struct connection *connection)
{
    static const char goodbye[] =
        "{\"error\":{\"code\":\"stopped\",\"kind\":\"cancelled\",\"text\":\"The daemon was stopped "
        "before it had an answer; what was begun goes on when it runs again.\"}}\n";
    uv_buf_t bytes = uv_buf_init((char *)(uintptr_t)goodbye, sizeof goodbye - 1);

    if (connection->reply) {
        (void)uv_try_write((uv_stream_t *)&connection->pipe, &bytes, 1);
    }
    connection_close(connection);
}

void admin_stop(struct admin *admin)
{
    if (!admin) {
        return;
    }
    remove_socket(admin);
    while (admin->first) {
        say_goodbye(admin->first);
    }
    metrics_stop(admin->metrics);
    admin->metrics = NULL;
    uv_close((uv_handle_t *)&admin->listening, on_listening_closed);
}

unsigned admin_metrics_port(const struct admin *admin)
{
    return metrics_port(admin->metrics);
}
