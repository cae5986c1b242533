/*
 * Replies as they come over the wire, through libcurl: from a peer on loopback that says anything
 * and hangs up. What is handed out as a whole reply is whole, and its headers are harmless.
 */
#include "http/http_internal.h"

#include "fuzz.h"
#include "steps/errand.h"

#include <unistd.h>

/* ---- the peer: reads a request, says what it was told to, hangs up ---- */

static uv_loop_t loop;
static uv_tcp_t listener;
static unsigned port;
static struct text to_say;
static bool closes_by_reset;

struct visit {
    uv_tcp_t tcp;
    uv_write_t write;
    uv_shutdown_t shutdown;
    char bytes[4096];
    bool answered;
};

static void on_closed(uv_handle_t *handle)
{
    memory_free(handle->data);
}

static void hang_up(struct visit *visit)
{
    if (!uv_is_closing((uv_handle_t *)&visit->tcp)) {
        if (closes_by_reset) {
            (void)!uv_tcp_close_reset(&visit->tcp, on_closed);
        } else {
            uv_close((uv_handle_t *)&visit->tcp, on_closed);
        }
    }
}

static void on_written(uv_write_t *write, int status)
{
    (void)status;
    hang_up(write->data);
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
    uv_buf_t out = uv_buf_init((char *)(uintptr_t)to_say.at, (unsigned)to_say.size);

    (void)buf;
    if (size < 0) {
        hang_up(visit);
    } else if (size > 0 && !visit->answered) {
        visit->answered = true;
        visit->write.data = visit;
        if (uv_write(&visit->write, stream, &out, 1, on_written) != 0) {
            hang_up(visit);
        }
    }
}

static void on_visit(uv_stream_t *server, int status)
{
    struct visit *visit = memory_new(1, sizeof *visit);

    MUST(status == 0 && uv_tcp_init(&loop, &visit->tcp) == 0, "no peer");
    visit->tcp.data = visit;
    MUST(uv_accept(server, (uv_stream_t *)&visit->tcp) == 0, "no peer");
    uv_read_start((uv_stream_t *)&visit->tcp, on_alloc, on_read);
}

static void open_peer(void)
{
    struct sockaddr_in address;
    int size = sizeof address;

    uv_ip4_addr("127.0.0.1", 0, &address);
    MUST(uv_tcp_init(&loop, &listener) == 0, "no listener");
    MUST(uv_tcp_bind(&listener, (struct sockaddr *)&address, 0) == 0, "no listener");
    MUST(uv_listen((uv_stream_t *)&listener, 64, on_visit) == 0, "no listener");
    uv_tcp_getsockname(&listener, (struct sockaddr *)&address, &size);
    port = ntohs(address.sin_port);
}

/* ---- what is handed out ---- */

#define SECRET "kX9sEcReTtOkEn/7"

static struct http *http;
static struct clock *now_clock;
static bool is_head;

static void check_header(const struct http_reply *reply, const char *name)
{
    const char *value = http_header(reply, name);

    for (const char *c = value; c && *c; c++) {
        MUST((unsigned char)*c >= 0x20 || *c == '\t', "a header with control characters");
    }
}

/* Several lengths in one reply: libcurl goes by the last. */
static bool is_said_once(const struct http_reply *reply, const char *name)
{
    struct curl_header *header = NULL;

    return curl_easy_header(reply->exchange->easy, name, 0, CURLH_HEADER, -1, &header) ==
               CURLHE_OK &&
           header->amount == 1;
}

static void check_whole(const struct http_reply *reply)
{
    const char *length = http_header(reply, "Content-Length");
    const char *coding = http_header(reply, "Content-Encoding");
    const char *transfer = http_header(reply, "Transfer-Encoding");

    MUST(reply->status >= 200 && reply->status <= 999, "the status %d", reply->status);
    MUST(reply->content_type, "no type");
    if (length && is_said_once(reply, "Content-Length") && !coding && !transfer && !is_head &&
        reply->status != 204 && reply->status != 304 &&
        strspn(length, "0123456789") == strlen(length)) {
        MUST(reply->body_size == strtoll(length, NULL, 10), "%lld of %s bytes are whole",
             (long long)reply->body_size, length);
    }
}

static void check_hints(const struct http_reply *reply)
{
    struct quota_hints hints = errand_hints(reply, now_clock);

    MUST(hints.left_window >= -1 && hints.left_minute >= -1 && hints.left_day >= -1 &&
             hints.left_app_minute >= -1 && hints.retry_after_s >= -1,
         "less than nothing is left");
    MUST(hints.problem == QUOTA_FINE || reply->status == 429, "refused by a %d", reply->status);
}

static void on_reply(void *owner, const struct http_reply *reply, const struct error *err)
{
    static const char *const names[] = {"Content-Type", "Location", "Retry-After", "X-A", "Link"};

    ++*(int *)owner;
    MUST(reply->complete == (reply->outcome == HTTP_REPLIED), "complete");
    MUST(reply->complete == (err->kind == ERROR_NONE), "%s", err->text);
    MUST((size_t)reply->body_size == reply->body.size && reply->body.size <= 1 << 16, "the body");
    MUST(!memmem(reply->body.at ? reply->body.at : "", reply->body.size, SECRET, sizeof SECRET - 1),
         "the token is repeated: %.*s", TEXT_ARGS(reply->body));
    MUST(!strstr(err->text, SECRET), "the token is in an error: %s", err->text);
    MUST(!reply->body.at || reply->body.at[reply->body.size] == '\0', "not terminated");
    if (reply->complete) {
        check_whole(reply);
    } else {
        fuzz_check_error(err);
        MUST(fuzz_is_printable(text_of(err->text)), "%s", err->text);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_header(reply, names[i]);
    }
    check_hints(reply);
}

static void open_all(void)
{
    char path[] = "/dev/shm/ferry-fuzz-XXXXXX";
    struct error err = {0};
    int fd = mkstemp(path);

    MUST(fd >= 0 && close(fd) == 0, "no file");
    MUST(clock_open_shared(path, INT64_C(1790000000000), &now_clock, &err), "%s", err.text);
    unlink(path);
    uv_loop_init(&loop);
    http = http_new(&loop, now_clock, NULL);
    open_peer();
}

/* One byte of ways, then what the peer says. */
static void fuzz_one(struct text input)
{
    static const char *const allow[] = {"127.0.0.1", NULL};
    static const char *const headers[] = {"Authorization", "Bearer " SECRET, NULL};
    uint8_t ways = fuzz_byte(&input);
    AUTO(buffer_done) struct buffer said = {0};
    struct http_op op;
    char url[64];
    int ended = 0;

    if (!http) {
        open_all();
    }
    buffer_init(&said, 1 << 20);
    buffer_add_cstr(&said, ways & 1 ? "HTTP/1.1 200 OK\r\n" : "");
    buffer_add_text(&said, input);
    to_say = said.size ? buffer_text(&said) : TEXT("");
    closes_by_reset = ways & 2;
    is_head = ways & 4;
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", port);
    http_send(http, &op,
              &(struct http_request){.method = is_head ? "HEAD" : "GET",
                                     .url = url,
                                     .allow_hosts = allow,
                                     .headers = headers,
                                     .secret_header = "Authorization",
                                     .timeout_ms = 2000,
                                     .reply_max_bytes = 1 << 16},
              on_reply, &ended);
    while (!ended) {
        uv_run(&loop, UV_RUN_ONCE);
    }
    MUST(ended == 1 && http_in_flight(http) == 0, "ended %d times", ended);
}
