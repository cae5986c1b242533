/*
 * ferry-twin: a stand-in for Xero and Payhawk on loopback, for the plays and the benchmarks. It
 * is as strict as the real ones, and stricter: what our host should never send is refused.
 *
 * Everything below runs under one lock; only sleeping and sending happen without it.
 */
#ifndef FERRY_TWIN_TWIN_H
#define FERRY_TWIN_TWIN_H

#include <pthread.h>
#include <stdio.h>

#include "base/base.h"
#include "crypto/crypto.h"
#include "shelf.h"

#define PATH_PARTS_MAX    6
#define REPLY_HEADERS_MAX 12
#define ORGANISATIONS_MAX 8
#define ZERO_GUID         "00000000-0000-0000-0000-000000000000"
#define MINUTE_MS         INT64_C(60000)
#define DAY_MS            INT64_C(86400000)

struct MHD_Connection;
struct organisation;

/* ---- one request and its reply ---- */

struct fault {
    char act[32]; /* "" none */
    int64_t number;
};

struct request {
    struct MHD_Connection *connection;
    const char *method;
    const char *path; /* unescaped, without the query */
    const char *uri;  /* as it came: what idempotency and the capture look at */
    struct text body;
    const char *parts[PATH_PARTS_MAX]; /* what stood for the {names} of the route */
    char *part_bytes;
    struct fault fault;
    struct organisation *org; /* after the gate */
    const char *scopes;       /* of its token */
};

/* NULL when absent. */
const char *request_header(const struct request *q, const char *name);
const char *request_query(const struct request *q, const char *name);
bool request_flag(const struct request *q, const char *name);
int64_t request_number(const struct request *q, const char *name, int64_t otherwise);

enum reply_end {
    REPLY_WHOLE,
    REPLY_DROPPED,  /* the connection ends with no byte of reply */
    REPLY_RESET,    /* the same with a TCP reset */
    REPLY_TRUNCATED /* half of the body, then the connection ends */
};

struct reply {
    int status;
    const char *type; /* NULL: no Content-Type */
    struct buffer body;
    struct {
        char name[40], value[256];
    } headers[REPLY_HEADERS_MAX];
    size_t header_count;
    enum reply_end end;
    int64_t delay_ms, trickle_ms;
    const char *fault; /* what was done to it, for the capture */
};

void reply_header(struct reply *r, const char *name, const char *format, ...) PRINTF_LIKE(3, 4);
void reply_text(struct reply *r, int status, const char *type, const char *text);
/* Takes `body`. */
void reply_json(struct reply *r, int status, json_t *body);

/* ---- Xero's organisation ---- */

/* Calls in a window; fixed windows count from `start_ms`, rolling ones keep the last times. */
struct window {
    int64_t span_ms, start_ms;
    int64_t *times; /* of the last `limit` calls, a ring */
    size_t limit, count, next;
};

struct organisation {
    char *tenant_id, *tenant_name, *connection_id;
    bool connected;
    struct shelf shelves[SHELVES];
    struct window minute, day;
    unsigned in_flight;
    json_t *rates; /* currency → rate against the base currency */
};

struct access {
    char token[1024];
    char refresh[64];
    char scopes[1024];
    char user[CRYPTO_UUID_TEXT], event[CRYPTO_UUID_TEXT];
    int64_t issued_ms, used_ms; /* used_ms: when its refresh token was used; 0: not yet */
    bool revoked;
};

struct code {
    char code[64], redirect[512], challenge[64], scopes[1024];
    int64_t issued_ms;
    bool used;
};

struct stored_answer {
    char request_hash[CRYPTO_SHA256_HEX];
    int64_t first_ms;
    int status;
    char *type, *body;
};

struct switches {
    bool forget_keys_on_refresh, drop_url_marker, drop_payment_reference, ignore_reference_filter;
    bool tenant_swapped, rolling_windows, disconnected;
    int64_t token_delay_ms, latency_ms, payhawk_per_second;
    int64_t limit_minute, limit_day, limit_concurrent, limit_app_minute; /* 0: unlimited */
};

struct xero {
    struct organisation organisations[ORGANISATIONS_MAX];
    size_t organisation_count;
    char *client_id, *client_secret;
    struct access **accesses;
    size_t access_count, access_capacity;
    struct code codes[16];
    size_t code_next;
    struct dict *answers; /* Idempotency-Key → struct stored_answer */
    struct window app_minute;
};

struct payhawk {
    json_t *data; /* the seed file, as it is now */
    struct window second;
};

struct rule; /* faults.c */

struct twin {
    pthread_mutex_t lock;
    struct clock *clock;
    const char *seeds;
    FILE *capture;
    struct xero xero;
    struct payhawk payhawk;
    struct switches switches;
    struct rule *rules;
    json_t *calls_xero, *calls_payhawk;
    int64_t writes_xero, writes_payhawk, refused;
    json_t *log;
};

int64_t twin_now(const struct twin *twin);
MUST_CHECK bool twin_load(struct twin *twin, struct error *err);
void twin_unload(struct twin *twin);
/* Runs in a thread of the connection; takes the lock itself. */
void twin_answer(struct twin *twin, struct request *q, struct reply *r);

/* http.c: false when the port cannot be had. */
struct server;
MUST_CHECK bool server_start(struct twin *twin, uint16_t port, struct server **ret,
                             struct error *err);
uint16_t server_port(const struct server *server);
void server_stop(struct server *server);

/* ---- what happened (record.c) ---- */

void record_call(struct twin *twin, const char *system, const char *method, const char *route);
void record_request(struct twin *twin, const struct request *q, const struct reply *r);
void record_event(struct twin *twin, const char *what, const char *format, ...) PRINTF_LIKE(3, 4);

/* ---- faults and limits ---- */

struct fault faults_pick(struct twin *twin, const struct request *q);
json_t *faults_list(const struct twin *twin);
MUST_CHECK bool faults_add(struct twin *twin, const json_t *rules, struct error *err);
void faults_clear(struct twin *twin);
/* Before the request runs; true: it does not run, the reply is ready. */
bool faults_before(struct twin *twin, struct fault fault, struct reply *r);
void faults_after(struct twin *twin, struct fault fault, struct reply *r);

void window_done(struct window *w);
/* False when the window is full; *retry_ms then says for how long. limit 0: no limit. */
bool window_room(struct window *w, int64_t limit, int64_t now_ms, bool rolling, int64_t *retry_ms);
void window_count(struct window *w, int64_t now_ms, bool rolling);
int64_t window_left(const struct window *w, int64_t limit, int64_t now_ms, bool rolling);

#endif
