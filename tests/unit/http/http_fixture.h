/* A loop, a clock, http, and a peer to talk to. */
#ifndef FERRY_TESTS_HTTP_FIXTURE_H
#define FERRY_TESTS_HTTP_FIXTURE_H

#include "http/http.h"
#include "unit/http/peer.h"

/* What `done` was told, kept. */
struct told {
    int times;
    struct error err;
    enum http_outcome outcome;
    bool complete, length_known;
    int status;
    int64_t body_size, took_ms;
    char type[64], header[256], body[4096];
    int64_t retry_after_s;
    const struct clock *clock;
};

struct fixture {
    char folder[40], clock_path[64], file[64], sink[64];
    uv_loop_t loop;
    struct clock *clock;
    struct http *http;
    struct peer peer;
    struct error err;
};

static inline void on_reply(void *owner, const struct http_reply *reply, const struct error *err)
{
    struct told *told = owner;
    const char *header = http_header(reply, "x-told");

    told->times++;
    told->err = *err;
    told->outcome = reply->outcome;
    told->complete = reply->complete;
    told->length_known = reply->length_known;
    told->status = reply->status;
    told->body_size = reply->body_size;
    told->took_ms = reply->took_ms;
    snprintf(told->type, sizeof told->type, "%s", reply->content_type);
    snprintf(told->header, sizeof told->header, "%s", header ? header : "(absent)");
    snprintf(told->body, sizeof told->body, "%.*s", TEXT_ARGS(reply->body));
    told->retry_after_s = told->clock ? http_retry_after_s(reply, told->clock) : -2;
}

static inline void assert_trouble(const struct told *told, enum error_kind kind, const char *code,
                                  enum http_outcome outcome)
{
    if (told->err.kind != kind || strcmp(told->err.code, code) != 0) {
        fail_msg("%s %s: %s", error_kind_name(told->err.kind), told->err.code, told->err.text);
    }
    assert_int_equal(told->outcome, outcome);
    assert_int_equal(told->complete, outcome == HTTP_REPLIED);
    assert_null(strstr(told->err.text, "s3cret"));
}

static const char *const here_only[] = {"127.0.0.1", NULL};

static inline struct http_request request_to(const char *method, const char *url)
{
    return (struct http_request){.method = method,
                                 .url = url,
                                 .allow_hosts = here_only,
                                 .timeout_ms = 5000,
                                 .reply_max_bytes = 1 << 20};
}

static inline void run_one(struct fixture *f, const struct http_request *request, struct told *told)
{
    struct http_op op;

    told->clock = f->clock;
    http_send(f->http, &op, request, on_reply, told);
    assert_int_equal(told->times, 0);
    assert_int_equal(http_in_flight(f->http), 1);
    while (told->times == 0) {
        uv_run(&f->loop, UV_RUN_ONCE);
    }
    assert_int_equal(told->times, 1);
    assert_int_equal(http_in_flight(f->http), 0);
    assert_null(op.exchange);
}

/* Ask the peer, who answers with `answer`, for "/". */
static inline void ask(struct fixture *f, peer_answer_fn *answer, struct told *told)
{
    char url[64];
    struct http_request request;

    peer_start(&f->peer, answer, f);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", f->peer.port);
    request = request_to("GET", url);
    run_one(f, &request, told);
}

static inline int fixture_setup(void **state)
{
    struct fixture *f = memory_new(1, sizeof *f);

    snprintf(f->folder, sizeof f->folder, "/tmp/ferry-http-XXXXXX");
    if (!mkdtemp(f->folder)) {
        return -1;
    }
    snprintf(f->clock_path, sizeof f->clock_path, "%s/clock", f->folder);
    snprintf(f->file, sizeof f->file, "%s/file", f->folder);
    snprintf(f->sink, sizeof f->sink, "%s/sink", f->folder);
    uv_loop_init(&f->loop);
    *state = f;
    if (!clock_open_shared(f->clock_path, 1793000000000, &f->clock, &f->err)) {
        return -1;
    }
    f->http = http_new(&f->loop, f->clock, NULL);
    return 0;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *f = *state;

    http_free(f->http);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    if (uv_loop_close(&f->loop) != 0) {
        return -1; /* a handle was forgotten */
    }
    if (f->peer.answer) {
        peer_stop(&f->peer);
    }
    clock_close(f->clock);
    unlink(f->clock_path);
    unlink(f->file);
    unlink(f->sink);
    rmdir(f->folder);
    memory_free(f);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

#endif
