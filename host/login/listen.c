/*
 * The local listener of a consent: http://localhost:PORT, on IPv4 and IPv6, because a browser may
 * take either. It reads the first line of a request, shows one page and closes.
 */
#include <errno.h>
#include <stdio.h>

#include "login/login_internal.h"

#define REQUEST_MOST     16384
#define CONNECTIONS_MOST 32
#define PORT_TRIES       8

struct connection {
    uv_tcp_t tcp;
    uv_write_t writing;
    struct listener *listener;
    struct connection *next;
    struct buffer head;
    char *page;
    bool answering;
};

struct listener {
    uv_tcp_t servers[2];
    bool open[2];
    uint16_t port;
    listen_fn *on_get;
    void *owner;
    struct connection *connections; /* youngest first */
    unsigned count;
    unsigned handles; /* not yet closed: memory stays */
    bool closing;
};

static void release(struct listener *listener)
{
    if (--listener->handles == 0 && listener->closing) {
        memory_free(listener);
    }
}

/* ---- a connection ---- */

static void on_connection_closed(uv_handle_t *handle)
{
    struct connection *connection = handle->data;
    struct listener *listener = connection->listener;

    secret_buffer_done(&connection->head);
    memory_free(connection->page);
    memory_free(connection);
    release(listener);
}

static void connection_close(struct connection *connection)
{
    struct connection **at = &connection->listener->connections;

    if (uv_is_closing((uv_handle_t *)&connection->tcp)) {
        return;
    }
    while (*at != connection) {
        at = &(*at)->next;
    }
    *at = connection->next;
    connection->listener->count--;
    uv_close((uv_handle_t *)&connection->tcp, on_connection_closed);
}

static void on_written(uv_write_t *writing, int status)
{
    (void)status;
    connection_close(writing->data);
}

static const char *words_of(int status)
{
    return status == 200 ? "Ferry has received the answer. You can close this page and go back to "
                           "the terminal."
                         : "This is not what Ferry is waiting for. Open the address that Ferry has "
                           "shown.";
}

static void show_page(struct connection *connection, int status)
{
    struct buffer page;
    uv_buf_t bytes;

    buffer_init(&page, REQUEST_MOST);
    buffer_addf(&page,
                "HTTP/1.1 %d %s\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
                "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
                "Content-Security-Policy: default-src 'none'\r\n\r\n"
                "<!doctype html><title>Ferry</title><p>%s</p>\n",
                status, status == 200 ? "OK" : "No", words_of(status));
    bytes = uv_buf_init(NULL, (unsigned)page.size);
    connection->page = buffer_take(&page);
    bytes.base = connection->page;
    connection->writing.data = connection;
    if (uv_write(&connection->writing, (uv_stream_t *)&connection->tcp, &bytes, 1, on_written) !=
        0) {
        connection_close(connection);
    }
}

/* "GET target HTTP/1.1"; false: something else. */
static bool read_target(struct text head, struct text *ret)
{
    struct text line = text_split(&head, '\r'), method = text_split(&line, ' ');

    *ret = text_split(&line, ' ');
    return text_is(method, "GET") && ret->size > 0 && ret->at[0] == '/' &&
           text_starts(line, "HTTP/1.");
}

static void answer(struct connection *connection)
{
    struct listener *listener = connection->listener;
    struct text target;
    int status = 400;

    uv_read_stop((uv_stream_t *)&connection->tcp);
    connection->answering = true; /* outlives the listener, which may be closed in on_get */
    if (!listener->closing && read_target(buffer_text(&connection->head), &target)) {
        status = listener->on_get(listener->owner, target);
    }
    show_page(connection, status);
}

static void give_memory(uv_handle_t *handle, size_t size, uv_buf_t *ret)
{
    static char block[4096]; /* one loop, one thread: emptied before the next is asked for */

    (void)handle;
    (void)size;
    *ret = uv_buf_init(block, sizeof block);
}

static void on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *bytes)
{
    struct connection *connection = stream->data;

    if (size < 0) {
        connection_close(connection);
        return;
    }
    buffer_add(&connection->head, bytes->base, (size_t)size);
    memory_wipe(bytes->base, (size_t)size); /* may hold the code */
    if (connection->head.overflow) {
        connection_close(connection);
    } else if (size > 0 && strstr(connection->head.at, "\r\n\r\n")) {
        answer(connection);
    }
}

/* Browsers open connections they do not use, so the oldest idle one makes room. */
static void make_room(struct listener *listener)
{
    struct connection *oldest = listener->connections;

    while (oldest && oldest->next) {
        oldest = oldest->next;
    }
    if (listener->count > CONNECTIONS_MOST) {
        connection_close(oldest);
    }
}

static void on_connection(uv_stream_t *server, int status)
{
    struct listener *listener = server->data;
    struct connection *connection;

    if (status < 0 || listener->closing) {
        return;
    }
    connection = memory_new(1, sizeof *connection);
    connection->listener = listener;
    connection->tcp.data = connection;
    buffer_init(&connection->head, REQUEST_MOST);
    uv_tcp_init(server->loop, &connection->tcp);
    connection->next = listener->connections;
    listener->connections = connection;
    listener->count++;
    listener->handles++;
    if (uv_accept(server, (uv_stream_t *)&connection->tcp) != 0 ||
        uv_read_start((uv_stream_t *)&connection->tcp, give_memory, on_read) != 0) {
        connection_close(connection);
    }
    make_room(listener);
}

/* ---- the two servers ---- */

static void on_server_closed(uv_handle_t *handle)
{
    release(handle->data);
}

static void server_close(struct listener *listener, int which)
{
    if (listener->open[which]) {
        listener->open[which] = false;
        uv_close((uv_handle_t *)&listener->servers[which], on_server_closed);
    }
}

static uint16_t port_of(const uv_tcp_t *server)
{
    struct sockaddr_storage address = {0};
    struct sockaddr_in v4;
    int size = sizeof address;

    if (uv_tcp_getsockname(server, (struct sockaddr *)&address, &size) != 0) {
        return 0;
    }
    memcpy(&v4, &address, sizeof v4); /* the port is at one place in both families */
    return ntohs(v4.sin_port);
}

static int server_bind(uv_loop_t *loop, struct listener *listener, int which)
{
    uv_tcp_t *server = &listener->servers[which];
    struct sockaddr_storage address = {0};
    int failed;

    if (which == 0) {
        uv_ip4_addr("127.0.0.1", listener->port, (struct sockaddr_in *)&address);
    } else {
        uv_ip6_addr("::1", listener->port, (struct sockaddr_in6 *)&address);
    }
    uv_tcp_init(loop, server);
    server->data = listener;
    listener->handles++;
    listener->open[which] = true;
    failed = uv_tcp_bind(server, (struct sockaddr *)&address, which == 1 ? UV_TCP_IPV6ONLY : 0);
    if (failed == 0) {
        failed = uv_listen((uv_stream_t *)server, CONNECTIONS_MOST, on_connection);
    }
    if (failed == 0) {
        listener->port = port_of(server);
    }
    return failed;
}

/* A family this machine does not have is no failure; one of both must be there. */
static int bind_both(uv_loop_t *loop, struct listener *listener)
{
    int failed[2];

    for (int which = 0; which < 2; which++) {
        failed[which] = server_bind(loop, listener, which);
        if (failed[which] == UV_EAFNOSUPPORT || failed[which] == UV_EADDRNOTAVAIL ||
            failed[which] == UV_EINVAL) {
            server_close(listener, which);
            failed[which] = 0;
        }
    }
    if (failed[0] || failed[1]) {
        return failed[0] ? failed[0] : failed[1];
    }
    return listener->open[0] || listener->open[1] ? 0 : UV_EADDRNOTAVAIL;
}

bool listener_open(uv_loop_t *loop, uint16_t port, listen_fn *on_get, void *owner,
                   struct listener **ret, struct error *err)
{
    int failed = 0;

    for (int i = 0; i < (port ? 1 : PORT_TRIES); i++) {
        struct listener *listener = memory_new(1, sizeof *listener);

        listener->port = port;
        listener->on_get = on_get;
        listener->owner = owner;
        failed = bind_both(loop, listener);
        if (failed == 0) {
            *ret = listener;
            return true;
        }
        listener_close(listener);
    }
    return error_set(err, ERROR_CONFIG, "port",
                     "Ferry cannot listen on http://localhost:%u for the answer: %s",
                     (unsigned)port, uv_strerror(failed));
}

uint16_t listener_port(const struct listener *listener)
{
    return listener->port;
}

void listener_close(struct listener *listener)
{
    struct connection *next;

    if (!listener || listener->closing) {
        return;
    }
    listener->closing = true;
    listener->handles++; /* of this call */
    for (struct connection *c = listener->connections; c; c = next) {
        next = c->next;
        if (!c->answering) {
            connection_close(c);
        }
    }
    server_close(listener, 0);
    server_close(listener, 1);
    release(listener);
}
