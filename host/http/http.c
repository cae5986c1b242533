#include <pthread.h>

#include "base/memory.h"
#include "http/http_internal.h"

#define CONNECT_TIMEOUT_MS 10000

static void global_init(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

struct http *http_new(uv_loop_t *loop, struct clock *clock, const struct http_settings *settings)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct http *http = memory_new(1, sizeof *http);
    const char *agent =
        settings && settings->user_agent ? settings->user_agent : "ferry/" FERRY_VERSION;

    pthread_once(&once, global_init);
    http->loop = loop;
    http->clock = clock;
    http->user_agent = memory_copy_text(agent);
    http->ca_file = settings ? memory_copy_text(settings->ca_file) : NULL;
    http->connect_timeout_ms = settings && settings->connect_timeout_ms
                                   ? settings->connect_timeout_ms
                                   : CONNECT_TIMEOUT_MS;
    http->ended_last = &http->ended;
    loop_open(http);
    return http;
}

/* ---- the end of an exchange ---- */

static void remove_running(struct http_exchange *exchange)
{
    struct http_exchange **at = &exchange->http->running;

    while (*at && *at != exchange) {
        at = &(*at)->next;
    }
    if (*at) {
        *at = exchange->next;
    }
    exchange->running = false;
    curl_multi_remove_handle(exchange->http->multi, exchange->easy);
}

static void deliver_one(struct http_exchange *exchange)
{
    exchange->op->exchange = NULL;
    exchange->http->count--;
    exchange->done(exchange->owner, &exchange->reply, &exchange->err);
    exchange_free(exchange);
}

/* Only those that are there now: an owner who tries again at once must not hold up the loop. */
static void deliver(struct http *http)
{
    struct http_exchange *list = http->ended;

    http->ended = NULL;
    http->ended_last = &http->ended;
    while (list) {
        struct http_exchange *exchange = list;

        list = list->next;
        deliver_one(exchange);
    }
}

static void on_deliver(uv_idle_t *idle)
{
    struct http *http = idle->data;

    uv_idle_stop(idle);
    deliver(http);
}

void exchange_end(struct http_exchange *exchange, CURLcode code)
{
    struct http *http = exchange->http;

    if (exchange->running) {
        remove_running(exchange);
    }
    exchange_conclude(exchange, code);
    exchange->next = NULL;
    *http->ended_last = exchange;
    http->ended_last = &exchange->next;
    uv_idle_start(http->deliver, on_deliver);
    loop_watch(http);
}

static void cancel(struct http_exchange *exchange)
{
    (void)error_set(&exchange->err, ERROR_CANCELLED, "cancelled", "the request to %s was cancelled",
                    exchange->host ? exchange->host : "?");
    exchange_end(exchange, CURLE_ABORTED_BY_CALLBACK);
}

void http_free(struct http *http)
{
    if (!http) {
        return;
    }
    http->closing = true;
    while (http->running || http->ended) {
        while (http->running) {
            cancel(http->running);
        }
        deliver(http);
    }
    loop_close(http);
    memory_free(http->user_agent);
    memory_free(http->ca_file);
    memory_free(http);
}

unsigned http_in_flight(const struct http *http)
{
    return http->count;
}

/* ---- sending ---- */

void http_send(struct http *http, struct http_op *op, const struct http_request *request,
               http_done_fn *done, void *owner)
{
    struct http_exchange *exchange = exchange_new(http, request);

    exchange->op = op;
    exchange->done = done;
    exchange->owner = owner;
    op->exchange = exchange;
    http->count++;
    if (http->closing) {
        cancel(exchange);
        return;
    }
    if (!exchange_prepare(exchange, request, &exchange->err)) {
        exchange_end(exchange, CURLE_ABORTED_BY_CALLBACK);
        return;
    }
    exchange->next = http->running;
    http->running = exchange;
    exchange->running = true;
    curl_multi_add_handle(http->multi, exchange->easy);
    loop_watch(http);
}

void http_cancel(struct http *http, struct http_op *op)
{
    (void)http;
    if (op->exchange && op->exchange->running) {
        cancel(op->exchange);
    }
}
