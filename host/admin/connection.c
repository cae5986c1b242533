/* One client: lines in, lines out, at most one request at a time. */
#include <errno.h>
#include <poll.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/socket.h>

#include "admin/admin_internal.h"
#include "base/memory.h"

#define USER_ENTRY_MAX 16384
#define AHEAD_MAX      65536 /* bytes a client may write before the answer it waits for */

struct writing {
    uv_write_t request;
    struct connection *connection;
    char *bytes;
};

/* ---- the end ---- */

static void on_closed(uv_handle_t *handle)
{
    struct connection *connection = handle->data;

    if (--connection->handles == 0) {
        admin_let_go(connection->admin);
        buffer_done(&connection->line);
        memory_free(connection->user);
        memory_free(connection);
    }
}

void connection_close(struct connection *connection)
{
    struct admin *admin = connection->admin;

    if (connection->closing) {
        return;
    }
    connection->closing = true;
    if (connection->reply) {
        connection->reply->connection = NULL;
        connection->reply = NULL;
    }
    *connection->at = connection->next;
    if (connection->next) {
        connection->next->at = connection->at;
    }
    admin->connection_count--;
    admin->big = admin->big == connection ? NULL : admin->big;
    uv_close((uv_handle_t *)&connection->pipe, on_closed);
    uv_close((uv_handle_t *)&connection->idle, on_closed);
}

static void on_idle(uv_timer_t *timer)
{
    connection_close(timer->data);
}

/* Nobody is idle while we are the one to speak. */
static void wait_for_client(struct connection *connection)
{
    if (connection->reply) {
        uv_timer_stop(&connection->idle);
    } else {
        uv_timer_start(&connection->idle, on_idle, connection->admin->idle_ms, 0);
    }
}

/* ---- out ---- */

static void on_written(uv_write_t *request, int status)
{
    struct writing *writing = request->data;
    struct connection *connection = writing->connection;

    memory_free(writing->bytes);
    memory_free(writing);
    connection->writes--;
    if (connection->closing) {
        return;
    }
    if (status < 0 || (connection->ending && connection->writes == 0)) {
        connection_close(connection);
        return;
    }
    wait_for_client(connection);
}

void connection_say(struct connection *connection, const char *name, json_t *value)
{
    AUTO_JSON json_t *line = json_object();
    struct writing *writing;
    uv_buf_t bytes;
    size_t size;

    json_object_set_new(line, name, value);
    if (connection->closing) {
        return;
    }
    writing = memory_new(1, sizeof *writing);
    writing->connection = connection;
    writing->bytes = json_write_text(line);
    writing->request.data = writing;
    size = strlen(writing->bytes);
    writing->bytes[size] = '\n'; /* in the place of the terminator */
    bytes = uv_buf_init(writing->bytes, (unsigned)(size + 1));
    connection->writes++;
    if (uv_write(&writing->request, (uv_stream_t *)&connection->pipe, &bytes, 1, on_written) != 0) {
        connection->writes--;
        memory_free(writing->bytes);
        memory_free(writing);
        connection_close(connection);
    }
}

static void end_when_written(struct connection *connection)
{
    connection->ending = true;
    uv_read_stop((uv_stream_t *)&connection->pipe);
    if (connection->writes == 0) {
        connection_close(connection);
    }
}

void connection_refuse(struct connection *connection, const struct error *err)
{
    connection_say(connection, "error", error_json(err));
    if (!connection->closing) {
        end_when_written(connection);
    }
}

/* ---- requests ---- */

static bool read_request(struct text line, json_t **ret, struct error *err)
{
    json_t *request = NULL, *what;

    if (!json_read(line, JSON_DEPTH_MAX, &request, err)) {
        return error_at(err, "request");
    }
    what = json_object_get(request, "do");
    if (!json_is_string(what) || json_is_number_text(what)) {
        json_decref(request);
        return error_set(err, ERROR_REJECTED, "request",
                         "A request is a JSON object with a text \"do\" in one line.");
    }
    *ret = request;
    return true;
}

static void handle(struct connection *connection, struct text line)
{
    struct admin_service *service = &connection->admin->service;
    AUTO_JSON json_t *request = NULL;
    struct error err = {0};

    if (text_trim(line).size == 0) {
        return;
    }
    if (!read_request(line, &request, &err)) {
        connection_refuse(connection, &err);
        return;
    }
    connection->reply = reply_new(connection);
    uv_timer_stop(&connection->idle);
    service->handle(service->self, connection->user, request, connection->reply);
}

/* Take the first whole line out of what has come; false: there is none. ret: owned. */
static bool next_line(struct connection *connection, char **ret, size_t *ret_size)
{
    struct buffer *in = &connection->line, rest;
    char *end = in->size > connection->searched
                    ? memchr(in->at + connection->searched, '\n', in->size - connection->searched)
                    : NULL;

    if (!end) {
        connection->searched = in->size;
        return false;
    }
    *ret_size = (size_t)(end - in->at);
    buffer_init(&rest, in->max);
    buffer_add(&rest, end + 1, in->size - *ret_size - 1);
    *ret = buffer_take(in);
    *in = rest;
    connection->searched = 0;
    if (in->size <= ADMIN_REQUEST_MAX && connection->admin->big == connection) {
        connection->admin->big = NULL;
    }
    return true;
}

static bool is_done(const struct connection *connection)
{
    return connection->closing || connection->ending;
}

void connection_work(struct connection *connection)
{
    char *line;
    size_t size;

    if (connection->working) {
        return; /* answered before `handle` returned: the loop below goes on */
    }
    connection->working = true;
    while (!is_done(connection) && !connection->reply && next_line(connection, &line, &size)) {
        handle(connection, (struct text){line, size});
        memory_free(line);
    }
    connection->working = false;
    if (is_done(connection)) {
        return;
    }
    wait_for_client(connection);
    if (connection->input_ended && !connection->reply) {
        end_when_written(connection);
    }
}

/* ---- in ---- */

static void on_room(uv_handle_t *handle, size_t suggested, uv_buf_t *ret)
{
    static char room[65536]; /* one loop, and each read is taken over before the next */

    (void)handle;
    (void)suggested;
    *ret = uv_buf_init(room, sizeof room);
}

/* Long lines cost memory, so only one client at a time may have one. */
static bool take_bytes(struct connection *connection, const char *at, size_t size,
                       struct error *err)
{
    struct admin *admin = connection->admin;

    buffer_add(&connection->line, at, size);
    if (connection->line.overflow) {
        return error_set(err, ERROR_REJECTED, "too-long",
                         "A request may have at most %u bytes in its line.", ADMIN_BIG_REQUEST_MAX);
    }
    if (connection->reply && connection->line.size > AHEAD_MAX) {
        return error_set(err, ERROR_REJECTED, "too-long",
                         "Wait for the answer before you ask for more.");
    }
    if (connection->line.size <= ADMIN_REQUEST_MAX) {
        return true;
    }
    if (admin->big && admin->big != connection) {
        return error_set(err, ERROR_TRANSIENT, "too-long",
                         "A request may have at most %u bytes while another long one is being "
                         "read; try again.",
                         ADMIN_REQUEST_MAX);
    }
    admin->big = connection;
    return true;
}

/* A client may close its writing half and wait (`nc -N` does); one that left altogether is gone. */
static bool has_left(struct connection *connection)
{
    struct pollfd poll_fd = {.events = POLLOUT};
    uv_os_fd_t fd;

    if (uv_fileno((uv_handle_t *)&connection->pipe, &fd) != 0) {
        return true;
    }
    poll_fd.fd = fd;
    return poll(&poll_fd, 1, 0) < 0 || (poll_fd.revents & (POLLHUP | POLLERR)) != 0;
}

static void take_end(struct connection *connection)
{
    connection->input_ended = true;
    if (connection->line.size) {
        buffer_add_char(&connection->line, '\n');
    }
    connection_work(connection);
}

static void on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *bytes)
{
    struct connection *connection = stream->data;
    struct error err = {0};

    if (size == UV_EOF && !has_left(connection)) {
        take_end(connection);
        return;
    }
    if (size < 0) {
        connection_close(connection);
        return;
    }
    if (!take_bytes(connection, bytes->base, (size_t)size, &err)) {
        connection_refuse(connection, &err);
        return;
    }
    connection_work(connection);
}

/* ---- the beginning ---- */

static char *peer_user(uv_pipe_t *pipe)
{
    AUTO_FREE char *room = memory_new(USER_ENTRY_MAX, 1);
    struct ucred peer = {0};
    socklen_t size = sizeof peer;
    struct passwd entry, *found = NULL;
    char number[32];
    uv_os_fd_t fd;

    if (uv_fileno((uv_handle_t *)pipe, &fd) != 0 ||
        getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        return memory_copy_text("unknown");
    }
    if (getpwuid_r(peer.uid, &entry, room, USER_ENTRY_MAX, &found) == 0 && found) {
        return memory_copy_text(found->pw_name);
    }
    snprintf(number, sizeof number, "uid %u", (unsigned)peer.uid);
    return memory_copy_text(number);
}

static struct connection *connection_new(struct admin *admin)
{
    struct connection *connection = memory_new(1, sizeof *connection);

    connection->admin = admin;
    admin->holders++;
    admin->connection_count++;
    connection->next = admin->first;
    connection->at = &admin->first;
    if (admin->first) {
        admin->first->at = &connection->next;
    }
    admin->first = connection;
    buffer_init(&connection->line, ADMIN_BIG_REQUEST_MAX);
    uv_pipe_init(admin->loop, &connection->pipe, 0);
    uv_timer_init(admin->loop, &connection->idle);
    connection->pipe.data = connection->idle.data = connection;
    connection->handles = 2;
    return connection;
}

void connection_accept(struct admin *admin)
{
    struct connection *connection = connection_new(admin);
    struct error err = {0};

    if (uv_accept((uv_stream_t *)&admin->listening, (uv_stream_t *)&connection->pipe) != 0) {
        connection_close(connection);
        return;
    }
    wait_for_client(connection);
    if (admin->connection_count > ADMIN_CONNECTIONS_MAX) {
        error_set(&err, ERROR_TRANSIENT, "busy", "%d others talk to the daemon; try again.",
                  ADMIN_CONNECTIONS_MAX);
        connection_refuse(connection, &err);
        return;
    }
    connection->user = peer_user(&connection->pipe);
    if (uv_read_start((uv_stream_t *)&connection->pipe, on_room, on_read) != 0) {
        connection_close(connection);
    }
}
