/*
 * http/: one request, one reply (libcurl's multi interface on libuv). Knows no vendor, follows no
 * redirect, never retries: what is asked for leaves at most once. No proxy from the environment,
 * no .netrc, no cookies; https only, except to this machine. Loop thread only.
 *
 *   static void on_reply(void *owner, const struct http_reply *reply, const struct error *err);
 *   http_send(http, &op, &request, on_reply, owner);
 *
 * `done` runs exactly once, never before http_send returns; cancelling still ends in `done`; the
 * op stays put until then. The reply dies when `done` returns.
 */
#ifndef FERRY_HTTP_HTTP_H
#define FERRY_HTTP_HTTP_H

#include <uv.h>

#include "base/base.h"

#define HTTP_TIMEOUT_MOST_MS 600000

struct http;
struct http_exchange;

struct http_settings {
    const char *user_agent;      /* NULL: "ferry/<version>" */
    const char *ca_file;         /* PEM; NULL: the system's */
    uint32_t connect_timeout_ms; /* 0: 10,000 */
};

/* clock: borrowed; a shared clock's time counts towards timeout_ms as well as the real one. */
struct http *http_new(uv_loop_t *loop, struct clock *clock, const struct http_settings *settings);
/* What is in flight ends in `done` with CANCELLED before this returns; the loop must run once more.
 * Not from inside `done`. NULL ok. */
void http_free(struct http *http);
/* Requests whose `done` has not run; a shared clock must not be advanced while there are any. */
unsigned http_in_flight(const struct http *http);

struct http_request {
    const char *method;         /* "GET"; capital letters */
    const char *url;            /* absolute; no user, no password, no fragment */
    const char *const *headers; /* name, value, …, NULL; NULL: none. Not Host, Content-Length, … */
    const char *secret_header; /* its value is struck out ('*') where the reply's body repeats it,
                                * but not in a sink_path; NULL: none of them is secret */
    struct text body;          /* borrowed until `done` */
    const char *body_path;     /* instead of body: a file, read while it is sent */
    const char *sink_path;     /* the body of a 2xx goes to this new or emptied file (0600), which
                                * is removed again unless the reply is complete; not synced */
    const char *const *allow_hosts; /* see http_check_url; NULL: none, so nothing is sent */
    uint32_t timeout_ms;            /* whole exchange, 1..HTTP_TIMEOUT_MOST_MS */
    size_t reply_max_bytes;         /* of the body, decoded; required */
};

/* What is known of the request when there is no complete reply. */
enum http_outcome {
    HTTP_NOT_SENT, /* no byte of it left this machine: it did not run */
    HTTP_UNKNOWN,  /* it may have run */
    HTTP_REPLIED,  /* the reply is complete */
};

struct http_reply {
    enum http_outcome outcome;
    bool complete;            /* outcome is HTTP_REPLIED */
    bool length_known;        /* false: ended by the connection's end, so a cut cannot be seen */
    int status;               /* 0: no status line came */
    const char *content_type; /* "" when absent or harmful */
    struct text body;         /* terminated; what came so far when not complete */
    int64_t body_size;        /* also of what went to sink_path */
    int64_t took_ms;          /* by the boot clock */
    struct http_exchange *exchange; /* for http_header */
};
/* The first header of this name, case does not matter; NULL when absent, or when its value has
 * control characters. Borrowed. */
const char *http_header(const struct http_reply *reply, const char *name);

/*
 * err->kind is ERROR_NONE for every complete reply, whatever its status (3xx too). Otherwise
 *   TRANSIENT  "network" could not resolve, connect, send or receive; "certificate"; "timeout";
 *              "truncated" the reply ended too early
 *   REJECTED   "too-big" body over reply_max_bytes, or headers over 64 KB
 *   CONFIG     "host-not-allowed", "not-https"; "file" body_path or sink_path cannot be used
 *   CANCELLED  "cancelled"
 *   BUG        "request" the request itself is malformed
 * `reply` is never NULL; look at reply->outcome. Texts name the host, never headers or queries.
 */
typedef void http_done_fn(void *owner, const struct http_reply *reply, const struct error *err);

/* Owned by the caller, who need not fill it. */
struct http_op {
    struct http_exchange *exchange;
};

/* Copies all but `body`. */
void http_send(struct http *http, struct http_op *op, const struct http_request *request,
               http_done_fn *done, void *owner);
/* `done` follows soon, with CANCELLED, or with the reply when that was already there. */
void http_cancel(struct http *http, struct http_op *op);

/* ---- addresses ---- */

/*
 * May this URL be called? Patterns: "api.example.com" (port 443), "api.example.com:8443",
 * "*.example.com" (any name below it), "127.0.0.1", "localhost", "[::1]" (any port, http too).
 * CONFIG "host-not-allowed" or "not-https"; BUG "request" for what is no absolute URL.
 */
MUST_CHECK bool http_check_url(const char *url, const char *const *allow_hosts, struct error *err);
/* `reference` (a Location, a next-page link) as seen from `base`; owned. REJECTED "link". */
MUST_CHECK bool http_resolve(const char *base, const char *reference, char **ret,
                             struct error *err);
/* Add `t` percent-encoded for a query or form value: all but letters, digits and "-._~". */
void http_encode(struct text t, struct buffer *out);
/* Retry-After: seconds, or a date of RFC 9110; -1 when there is none that can be read. */
int64_t http_retry_after_s(const struct http_reply *reply, const struct clock *clock);

#endif
