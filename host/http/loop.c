#include "base/memory.h"
#include "http/http_internal.h"

#define LOOK_AGAIN_MS 5

/* One socket libcurl wants watched. */
struct watched {
    uv_poll_t poll;
    struct http *http;
    curl_socket_t socket;
};

static void free_handle(uv_handle_t *handle)
{
    memory_free(handle);
}

static void free_watched(uv_handle_t *handle)
{
    memory_free(handle->data);
}

/* What libcurl has finished. An exchange that ends leaves the multi handle, so ask anew. */
static void take_finished(struct http *http)
{
    CURLMsg *message;
    int rest;

    while ((message = curl_multi_info_read(http->multi, &rest))) {
        struct http_exchange *exchange = NULL;
        CURLcode code = message->data.result;

        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&exchange);
        exchange_end(exchange, code);
    }
}

static void act(struct http *http, curl_socket_t socket, int events)
{
    int running;

    curl_multi_socket_action(http->multi, socket, events, &running);
    take_finished(http);
}

static void on_poll(uv_poll_t *poll, int status, int events)
{
    struct watched *watched = poll->data;
    int flags = 0;

    flags |= status < 0 ? CURL_CSELECT_ERR : 0;
    flags |= events & UV_READABLE ? CURL_CSELECT_IN : 0;
    flags |= events & UV_WRITABLE ? CURL_CSELECT_OUT : 0;
    act(watched->http, watched->socket, flags); /* may close `watched` */
}

static void on_timer(uv_timer_t *timer)
{
    act(timer->data, CURL_SOCKET_TIMEOUT, 0);
}

static int set_timer(CURLM *multi, long timeout_ms, void *self)
{
    struct http *http = self;

    (void)multi;
    if (timeout_ms < 0) {
        uv_timer_stop(http->timer);
    } else {
        /* never 0: libcurl may ask for that often, and others want their turn */
        uv_timer_start(http->timer, on_timer, timeout_ms > 0 ? (uint64_t)timeout_ms : 1, 0);
    }
    return 0;
}

static struct watched *watched_new(struct http *http, curl_socket_t socket)
{
    struct watched *watched = memory_new(1, sizeof *watched);

    watched->http = http;
    watched->socket = socket;
    watched->poll.data = watched;
    if (uv_poll_init_socket(http->loop, &watched->poll, socket) != 0) {
        memory_free(watched);
        return NULL;
    }
    curl_multi_assign(http->multi, socket, watched);
    return watched;
}

static int set_socket(CURL *easy, curl_socket_t socket, int what, void *self, void *assigned)
{
    struct http *http = self;
    struct watched *watched = assigned;
    int events = 0;

    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        if (watched) {
            curl_multi_assign(http->multi, socket, NULL);
            uv_close((uv_handle_t *)&watched->poll, free_watched);
        }
        return 0;
    }
    if (!watched && !(watched = watched_new(http, socket))) {
        return -1;
    }
    events |= what & CURL_POLL_IN ? UV_READABLE : 0;
    events |= what & CURL_POLL_OUT ? UV_WRITABLE : 0;
    uv_poll_start(&watched->poll, events, on_poll);
    return 0;
}

/* ---- a shared clock ---- */

static void end_late_ones(struct http *http)
{
    int64_t now = clock_boot_ms(http->clock);
    struct http_exchange *next;

    for (struct http_exchange *e = http->running; e; e = next) {
        next = e->next;
        if (now - e->began_boot_ms >= (int64_t)e->timeout_ms) {
            exchange_end(e, CURLE_OPERATION_TIMEDOUT);
        }
    }
}

static void on_watch(uv_timer_t *timer)
{
    end_late_ones(timer->data);
}

void loop_watch(struct http *http)
{
    if (!http->running) {
        uv_timer_stop(http->watch);
    } else if (clock_is_shared(http->clock) && !uv_is_active((uv_handle_t *)http->watch)) {
        uv_timer_start(http->watch, on_watch, LOOK_AGAIN_MS, LOOK_AGAIN_MS);
    }
}

/* ---- */

void loop_open(struct http *http)
{
    http->timer = memory_new(1, sizeof *http->timer);
    http->watch = memory_new(1, sizeof *http->watch);
    http->deliver = memory_new(1, sizeof *http->deliver);
    uv_timer_init(http->loop, http->timer);
    uv_timer_init(http->loop, http->watch);
    uv_idle_init(http->loop, http->deliver);
    http->timer->data = http;
    http->watch->data = http;
    http->deliver->data = http;
    http->multi = curl_multi_init();
    curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, set_socket);
    curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
    curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
}

void loop_close(struct http *http)
{
    curl_multi_cleanup(http->multi);
    uv_close((uv_handle_t *)http->timer, free_handle);
    uv_close((uv_handle_t *)http->watch, free_handle);
    uv_close((uv_handle_t *)http->deliver, free_handle);
}
