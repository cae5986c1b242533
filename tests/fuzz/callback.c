/*
 * The listener that a browser comes back to after consent: any program of this machine may send it
 * any bytes. It answers once or hangs up, and what it hands on is one word of one line.
 */
#include "login/login_internal.h"

#include "fuzz.h"

static uv_loop_t loop;
static struct listener *listener;
static unsigned handed_on;

struct visit {
    uv_tcp_t tcp;
    uv_connect_t connect;
    uv_write_t write;
    uv_shutdown_t shutdown;
    struct text say;
    struct buffer heard;
    char bytes[4096];
    bool closed;
};

static int on_get(void *owner, struct text target)
{
    AUTO_FREE char *code = NULL;
    struct text query = target;

    (void)owner;
    handed_on++;
    MUST(target.size > 0 && target.at[0] == '/', "no path");
    MUST(!memchr(target.at, ' ', target.size) && !memchr(target.at, '\r', target.size),
         "more than a word: %.*s", TEXT_ARGS(target));
    (void)text_split(&query, '?');
    code = query.at ? query_value(query, "code") : NULL;
    MUST(!code || fuzz_is_printable(text_of(code)), "a code with control characters");
    return code ? 200 : 404;
}

static void on_closed(uv_handle_t *handle)
{
    ((struct visit *)handle->data)->closed = true;
}

static void on_alloc(uv_handle_t *handle, size_t size, uv_buf_t *buf)
{
    struct visit *visit = handle->data;

    (void)size;
    *buf = uv_buf_init(visit->bytes, sizeof visit->bytes);
}

static void on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *buf)
{
    struct visit *visit = stream->data;

    if (size > 0) {
        buffer_add(&visit->heard, buf->base, (size_t)size);
    } else if (size < 0 && !uv_is_closing((uv_handle_t *)stream)) {
        uv_close((uv_handle_t *)stream, on_closed);
    }
}

static void on_shutdown(uv_shutdown_t *shutdown, int status)
{
    (void)shutdown, (void)status;
}

static void on_written(uv_write_t *write, int status)
{
    struct visit *visit = write->data;

    (void)status;
    (void)uv_shutdown(&visit->shutdown, (uv_stream_t *)&visit->tcp, on_shutdown);
}

static void on_connected(uv_connect_t *connect, int status)
{
    struct visit *visit = connect->data;
    uv_buf_t bytes = uv_buf_init((char *)(uintptr_t)visit->say.at, (unsigned)visit->say.size);

    MUST(status == 0, "nobody listens: %s", uv_strerror(status));
    visit->write.data = visit;
    (void)uv_read_start((uv_stream_t *)&visit->tcp, on_alloc, on_read);
    (void)uv_write(&visit->write, (uv_stream_t *)&visit->tcp, &bytes, 1, on_written);
}

static void visit_once(struct visit *visit)
{
    struct sockaddr_in address;

    uv_ip4_addr("127.0.0.1", listener_port(listener), &address);
    visit->tcp.data = visit;
    visit->connect.data = visit;
    buffer_init(&visit->heard, 1 << 16);
    MUST(uv_tcp_init(&loop, &visit->tcp) == 0, "no socket");
    MUST(uv_tcp_connect(&visit->connect, &visit->tcp, (struct sockaddr *)&address, on_connected) ==
             0,
         "no connection");
    while (!visit->closed) {
        uv_run(&loop, UV_RUN_ONCE);
    }
    uv_run(&loop, UV_RUN_NOWAIT);
}

/* What is said to the listener, all at once. */
static void fuzz_one(struct text input)
{
    struct visit visit = {.say = input.size ? input : TEXT("")};
    struct error err = {0};

    if (!listener) {
        uv_loop_init(&loop);
        MUST(listener_open(&loop, 0, on_get, NULL, &listener, &err), "%s", err.text);
    }
    handed_on = 0;
    visit_once(&visit);
    MUST(handed_on <= 1, "handed on %u times", handed_on);
    MUST(visit.heard.size == 0 || text_starts(buffer_text(&visit.heard), "HTTP/1.1 "),
         "no page: %s", visit.heard.at);
    MUST(handed_on == 0 || visit.heard.size > 0, "handed on, but not answered");
    buffer_done(&visit.heard);
}
