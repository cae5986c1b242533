/* The wire: libmicrohttpd with a thread per connection, one request made whole, one reply sent. */
#include <microhttpd.h>

#include <arpa/inet.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "twin.h"

#define BODY_MAX     ((size_t)32 << 20)
#define TRICKLE_STEP 16

struct server {
    struct MHD_Daemon *daemon;
    uint16_t port;
};

/* One exchange: lives from the request line to the end of the reply. */
struct exchange {
    char *uri;
    struct buffer body;
    struct reply reply;
    bool started, answered;
};

static void sleep_ms(int64_t ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000};

    if (ms > 0) {
        nanosleep(&t, NULL);
    }
}

const char *request_header(const struct request *q, const char *name)
{
    return MHD_lookup_connection_value(q->connection, MHD_HEADER_KIND, name);
}

const char *request_query(const struct request *q, const char *name)
{
    return MHD_lookup_connection_value(q->connection, MHD_GET_ARGUMENT_KIND, name);
}

bool request_flag(const struct request *q, const char *name)
{
    const char *value = request_query(q, name);

    return value && (strcmp(value, "true") == 0 || strcmp(value, "True") == 0);
}

int64_t request_number(const struct request *q, const char *name, int64_t otherwise)
{
    const char *value = request_query(q, name);
    char *end = NULL;
    long long n = value ? strtoll(value, &end, 10) : 0;

    return value && *value && *end == '\0' ? n : otherwise;
}

void reply_header(struct reply *r, const char *name, const char *format, ...)
{
    va_list args;

    if (r->header_count == REPLY_HEADERS_MAX) {
        return;
    }
    snprintf(r->headers[r->header_count].name, sizeof r->headers->name, "%s", name);
    va_start(args, format);
    vsnprintf(r->headers[r->header_count].value, sizeof r->headers->value, format, args);
    va_end(args);
    r->header_count++;
}

void reply_text(struct reply *r, int status, const char *type, const char *text)
{
    r->status = status;
    r->type = type;
    buffer_clear(&r->body);
    buffer_add_cstr(&r->body, text);
}

void reply_json(struct reply *r, int status, json_t *body)
{
    r->status = status;
    r->type = "application/json; charset=utf-8";
    buffer_clear(&r->body);
    json_write(body, &r->body);
    json_decref(body);
}

/* ---- sending ---- */

/* A body that arrives slowly, or whose second half never comes. */
static ssize_t slow_body(void *cls, uint64_t at, char *out, size_t most)
{
    const struct reply *r = cls;
    size_t size = r->body.size - (size_t)at;

    if (r->end == REPLY_TRUNCATED) {
        size_t half = r->body.size / 2;
        if (at >= half) {
            return MHD_CONTENT_READER_END_WITH_ERROR;
        }
        size = half - (size_t)at;
    }
    if (r->trickle_ms > 0) {
        sleep_ms(r->trickle_ms);
        size = size < TRICKLE_STEP ? size : TRICKLE_STEP;
    }
    size = size < most ? size : most;
    memcpy(out, r->body.at + at, size);
    return (ssize_t)size;
}

static struct MHD_Response *make_response(struct reply *r)
{
    static char nothing[1];
    struct MHD_Response *response;

    if ((r->trickle_ms > 0 || r->end == REPLY_TRUNCATED) && r->body.size > 0) {
        response = MHD_create_response_from_callback(r->body.size, 4096, slow_body, r, NULL);
    } else {
        response = MHD_create_response_from_buffer(r->body.size, r->body.at ? r->body.at : nothing,
                                                   MHD_RESPMEM_MUST_COPY);
    }
    if (r->type) {
        MHD_add_response_header(response, "Content-Type", r->type);
    }
    for (size_t i = 0; i < r->header_count; i++) {
        MHD_add_response_header(response, r->headers[i].name, r->headers[i].value);
    }
    return response;
}

static void make_reset(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct linger linger = {.l_onoff = 1, .l_linger = 0};

    if (info) {
        setsockopt(info->connect_fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, struct reply *r)
{
    struct MHD_Response *response;
    enum MHD_Result result;

    sleep_ms(r->delay_ms);
    if (r->end == REPLY_RESET) {
        make_reset(connection);
    }
    if (r->end == REPLY_RESET || r->end == REPLY_DROPPED) {
        return MHD_NO;
    }
    response = make_response(r);
    result = MHD_queue_response(connection, (unsigned)r->status, response);
    MHD_destroy_response(response);
    return result;
}

/* ---- receiving ---- */

/* The library says what its handlers are given. */
#define HANDLER_PARAMETERS                                                                         \
    void *cls, struct MHD_Connection *connection, const char *url, const char *method,             \
        const char *version, const char *data, size_t *data_size, void **context

static enum MHD_Result handle(HANDLER_PARAMETERS)
{
    struct exchange *x = *context;
    struct request q = {.connection = connection, .method = method, .path = url};

    (void)version;
    if (!x->started) {
        x->started = true;
        return MHD_YES;
    }
    if (*data_size > 0) {
        buffer_add(&x->body, data, *data_size);
        *data_size = 0;
        return MHD_YES;
    }
    if (x->answered) {
        return MHD_NO;
    }
    x->answered = true;
    q.uri = x->uri;
    q.body = buffer_text(&x->body);
    buffer_init(&x->reply.body, SIZE_MAX / 2);
    if (x->body.overflow) {
        reply_text(&x->reply, 413, "text/plain", "too large");
    } else {
        twin_answer(cls, &q, &x->reply);
    }
    memory_free(q.part_bytes);
    return send_reply(connection, &x->reply);
}

static void *begin_exchange(void *cls, const char *uri, struct MHD_Connection *connection)
{
    struct exchange *x = memory_new(1, sizeof *x);

    (void)cls, (void)connection;
    x->uri = memory_copy_text(uri);
    buffer_init(&x->body, BODY_MAX);
    return x;
}

static void end_exchange(void *cls, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode why)
{
    struct exchange *x = *context;

    (void)cls, (void)connection, (void)why;
    if (x) {
        buffer_done(&x->body);
        buffer_done(&x->reply.body);
        memory_free(x->uri);
        memory_free(x);
        *context = NULL;
    }
}

bool server_start(struct twin *twin, uint16_t port, struct server **ret, struct error *err)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct server *server = memory_new(1, sizeof *server);
    const union MHD_DaemonInfo *info;

    server->daemon = MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ITC, port, NULL,
        NULL, handle, twin, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_URI_LOG_CALLBACK,
        begin_exchange, NULL, MHD_OPTION_NOTIFY_COMPLETED, end_exchange, NULL,
        MHD_OPTION_CONNECTION_TIMEOUT, 120u, MHD_OPTION_END);
    if (!server->daemon) {
        memory_free(server);
        return error_set(err, ERROR_CONFIG, "port", "cannot listen on 127.0.0.1:%u", port);
    }
    info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info ? info->port : port;
    *ret = server;
    return true;
}

uint16_t server_port(const struct server *server)
{
    return server->port;
}

void server_stop(struct server *server)
{
    if (server) {
        MHD_stop_daemon(server->daemon);
        memory_free(server);
    }
}
