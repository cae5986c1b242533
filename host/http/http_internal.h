/* What the files of http/ share. */
#ifndef FERRY_HTTP_INTERNAL_H
#define FERRY_HTTP_INTERNAL_H

#include <curl/curl.h>

#include "http/http.h"

#define HTTP_HEADERS_MOST_BYTES ((size_t)64 << 10)
#define HTTP_SECRETS_MOST       4

struct http {
    uv_loop_t *loop;
    struct clock *clock;
    char *user_agent, *ca_file;
    uint32_t connect_timeout_ms;
    CURLM *multi;
    uv_timer_t *timer; /* libcurl's */
    uv_timer_t *watch; /* looks at a shared clock, which nobody wakes us for */
    uv_idle_t *deliver;
    struct http_exchange *running;
    struct http_exchange *ended, **ended_last;
    unsigned count;
    bool closing;
};

struct http_exchange {
    struct http *http;
    struct http_op *op;
    http_done_fn *done;
    void *owner;
    struct http_exchange *next; /* in `running` or `ended` */

    CURL *easy;
    CURLU *url;
    struct curl_slist *headers; /* with the token: wiped */
    char *host;                 /* for the texts of errors */
    bool is_head;
    int body_fd; /* -1: none */
    int64_t body_left;
    int sink_fd; /* -1: none */
    char *sink_path;
    uint32_t timeout_ms;
    int64_t began_boot_ms;
    size_t reply_max_bytes, header_bytes;
    struct buffer body;
    char *secrets[HTTP_SECRETS_MOST]; /* wiped */
    size_t secret_count;
    bool running;
    bool begun; /* the connection stands, so from here on a byte may have left */
    bool headers_ended;
    struct error err; /* ours, when we are the one who stopped it; later the final one */
    char why[CURL_ERROR_SIZE];
    struct http_reply reply;
};

/* ---- request.c: everything that can be wrong before anything is sent ---- */

MUST_CHECK bool request_check(const struct http_request *request, struct error *err);
/* "Name: value" lines for libcurl, without those it would add by itself. */
struct curl_slist *request_headers(const struct http_request *request);
bool request_has_body(const struct http_request *request);

/* ---- exchange.c ---- */

struct http_exchange *exchange_new(struct http *http, const struct http_request *request);
/* Open the files, set up libcurl's handle. */
MUST_CHECK bool exchange_prepare(struct http_exchange *exchange, const struct http_request *request,
                                 struct error *err);
void exchange_free(struct http_exchange *exchange);

/* ---- mask.c ---- */

void exchange_note_secret(struct http_exchange *exchange, const struct http_request *request);
void exchange_forget_secrets(struct http_exchange *exchange);
/* Out of the body as it came. */
void exchange_strike_out(struct http_exchange *exchange);

/* ---- outcome.c ---- */

/* Fill `reply` and `err` from what libcurl says; settles the sink. */
void exchange_conclude(struct http_exchange *exchange, CURLcode code);

/* ---- address.c ---- */

/* Check as http_check_url; ret: the parsed address (curl_url_cleanup), host: owned. */
MUST_CHECK bool address_parse(const char *url, const char *const *allow_hosts, CURLU **ret,
                              char **ret_host, struct error *err);

/* ---- loop.c: libcurl's sockets and timer on libuv ---- */

void loop_open(struct http *http);
void loop_close(struct http *http);
/* The clock has moved, or something has been added. */
void loop_watch(struct http *http);

/* ---- http.c ---- */

/* It is over: conclude it and hand it out in the next round of the loop. */
void exchange_end(struct http_exchange *exchange, CURLcode code);

#endif
