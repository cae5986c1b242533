/*
 * GET /metrics for Prometheus, through libmicrohttpd without threads of its own: its epoll
 * descriptor in a uv_poll, its time-out in a uv_timer.
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "admin/admin_internal.h"
#include "base/memory.h"

#define METRICS_MAX         ((size_t)16 << 20)
#define METRICS_CONNECTIONS 16u
#define METRICS_TIMEOUT_S   10u
#define PORT_MAX            65535

struct metrics {
    struct admin *admin;
    struct MHD_Daemon *daemon;
    uv_poll_t poll;
    uv_timer_t timer;
    unsigned handles; /* not yet closed */
};

/* ---- where ---- */

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static bool parse_port(struct text digits, uint16_t *ret)
{
    unsigned port = 0;

    for (size_t i = 0; i < digits.size; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9' || port > PORT_MAX) {
            return false;
        }
        port = port * 10 + (unsigned)(digits.at[i] - '0');
    }
    *ret = (uint16_t)port;
    return digits.size > 0 && port <= PORT_MAX;
}

static bool parse_host(struct text host, uint16_t port, union address *ret)
{
    char name[INET6_ADDRSTRLEN + 2];

    if (host.size == 0 || host.size >= sizeof name) {
        return false;
    }
    if (text_is(host, "localhost")) {
        host = TEXT("127.0.0.1");
    }
    memcpy(name, host.at, host.size);
    name[host.size] = '\0';
    if (text_is(host, "[::1]")) {
        ret->v6 = (struct sockaddr_in6){
            .sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
        return true;
    }
    ret->v4 = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port)};
    return inet_pton(AF_INET, name, &ret->v4.sin_addr) == 1 &&
           ntohl(ret->v4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

static bool parse_listen(const char *listen, union address *ret, struct error *err)
{
    const char *colon = strrchr(listen, ':');
    uint16_t port = 0;

    if (colon && parse_port(text_of(colon + 1), &port) &&
        parse_host((struct text){listen, (size_t)(colon - listen)}, port, ret)) {
        return true;
    }
    return error_set(err, ERROR_CONFIG, "metrics-listen",
                     "\"%s\" is not an address of this machine itself; write 127.0.0.1:9180 or "
                     "[::1]:9180, and put a proxy in front to be seen from elsewhere.",
                     listen);
}

/* ---- what ---- */

static struct MHD_Response *page_of_numbers(const struct admin_service *service)
{
    struct buffer out;
    struct MHD_Response *response;
    size_t size;

    buffer_init(&out, METRICS_MAX);
    if (service->metrics) {
        service->metrics(service->self, &out);
    }
    size = out.size;
    response =
        MHD_create_response_from_buffer_with_free_callback(size, buffer_take(&out), memory_free);
    MHD_add_response_header(response, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    return response;
}

static struct MHD_Response *sentence(const char *text)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        strlen(text), (char *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);

    MHD_add_response_header(response, "Content-Type", "text/plain; charset=utf-8");
    return response;
}

/* The library's own list of parameters, most of which a page of numbers does not need. */
#define HANDLER_PARAMETERS                                                                         \
    void *self, struct MHD_Connection *connection, const char *url, const char *method,            \
        const char *version, const char *body, size_t *body_size, void **seen

static enum MHD_Result on_request(HANDLER_PARAMETERS) /* NOLINT(readability-function-size) */
{
    struct metrics *metrics = self;
    struct MHD_Response *response;
    enum MHD_Result result;
    unsigned status = MHD_HTTP_OK;

    (void)version;
    (void)body;
    (void)body_size;
    (void)seen;
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
        status = MHD_HTTP_METHOD_NOT_ALLOWED;
        response = sentence("Only GET.\n");
        MHD_add_response_header(response, "Allow", "GET, HEAD");
    } else if (strcmp(url, "/metrics") != 0) {
        status = MHD_HTTP_NOT_FOUND;
        response = sentence("There is only /metrics here.\n");
    } else {
        response = page_of_numbers(&metrics->admin->service);
    }
    result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

/* ---- when ---- */

static void run(struct metrics *metrics);

static void on_timer(uv_timer_t *timer)
{
    run(timer->data);
}

static void on_poll(uv_poll_t *poll, int status, int events)
{
    (void)status;
    (void)events;
    run(poll->data);
}

static void run(struct metrics *metrics)
{
    MHD_UNSIGNED_LONG_LONG wait_ms;

    MHD_run(metrics->daemon);
    if (MHD_get_timeout(metrics->daemon, &wait_ms) == MHD_YES) {
        /* never 0: others on the loop want their turn */
        uv_timer_start(&metrics->timer, on_timer, wait_ms ? wait_ms : 1, 0);
    } else {
        uv_timer_stop(&metrics->timer);
    }
}

static void quiet(void *self, const char *format, va_list args)
{
    (void)self;
    (void)format;
    (void)args;
}

static struct MHD_Daemon *open_daemon(struct metrics *metrics, const union address *address)
{
    unsigned flags = MHD_USE_EPOLL | MHD_USE_ERROR_LOG;

    flags |= address->any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0u;
    return MHD_start_daemon(flags, 0, NULL, NULL, on_request, metrics, MHD_OPTION_EXTERNAL_LOGGER,
                            quiet, NULL, MHD_OPTION_SOCK_ADDR, &address->any,
                            MHD_OPTION_CONNECTION_LIMIT, METRICS_CONNECTIONS,
                            MHD_OPTION_CONNECTION_TIMEOUT, METRICS_TIMEOUT_S, MHD_OPTION_END);
}

bool metrics_start(struct admin *admin, const char *listen, struct error *err)
{
    union address address = {0};
    struct metrics *metrics;
    const union MHD_DaemonInfo *info;

    if (!parse_listen(listen, &address, err)) {
        return false;
    }
    metrics = memory_new(1, sizeof *metrics);
    metrics->admin = admin;
    metrics->daemon = open_daemon(metrics, &address);
    info = metrics->daemon ? MHD_get_daemon_info(metrics->daemon, MHD_DAEMON_INFO_EPOLL_FD) : NULL;
    if (!info || uv_poll_init(admin->loop, &metrics->poll, info->epoll_fd) != 0) {
        if (metrics->daemon) {
            MHD_stop_daemon(metrics->daemon);
        }
        memory_free(metrics);
        return error_set(err, ERROR_CONFIG, "metrics-listen",
                         "%s: cannot be listened on; another program may have it.", listen);
    }
    uv_timer_init(admin->loop, &metrics->timer);
    metrics->poll.data = metrics->timer.data = metrics;
    metrics->handles = 2;
    admin->holders++;
    admin->metrics = metrics;
    uv_poll_start(&metrics->poll, UV_READABLE, on_poll);
    return true;
}

static void on_closed(uv_handle_t *handle)
{
    struct metrics *metrics = handle->data;

    if (--metrics->handles == 0) {
        admin_let_go(metrics->admin);
        memory_free(metrics);
    }
}

void metrics_stop(struct metrics *metrics)
{
    if (!metrics) {
        return;
    }
    uv_close((uv_handle_t *)&metrics->timer, on_closed);
    uv_close((uv_handle_t *)&metrics->poll, on_closed);
    MHD_stop_daemon(metrics->daemon); /* after the poll let go of its descriptor */
}

unsigned metrics_port(const struct metrics *metrics)
{
    const union MHD_DaemonInfo *info =
        metrics ? MHD_get_daemon_info(metrics->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;

    return info ? info->port : 0;
}
