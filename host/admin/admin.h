/*
 * admin/: how people and programs on this machine talk to a running Ferry. A Unix socket that
 * takes requests, and a page of numbers for Prometheus. Knows nothing of what is asked: that is
 * the service's, a few functions the engine gives.
 *
 * On the socket every line is one JSON object. A client writes
 *   {"do":"status","name":"acme-payhawk"}
 * and reads none, one or many lines of progress, then exactly one answer or error:
 *   {"progress":{"phase":"intake","list":"expenses","done":200}}
 *   {"answer":{…}}   or   {"error":{"kind":"config","code":"in-use","text":"…"}}
 * It may then write the next request. Numbers keep their digits both ways (base/json.h).
 */
#ifndef FERRY_ADMIN_ADMIN_H
#define FERRY_ADMIN_ADMIN_H

#include <uv.h>

#include "base/base.h"

#define ADMIN_REQUEST_MAX     (1u << 20) /* bytes of one request; only one client may exceed it… */
#define ADMIN_BIG_REQUEST_MAX (66u << 20) /* …at a time, up to here: a plan that is applied */
#define ADMIN_CONNECTIONS_MAX 32
#define ADMIN_IDLE_MS         60000

/* ---- the daemon's side; loop thread only ---- */

struct admin;
struct admin_reply;

struct admin_service {
    void *self;
    /*
     * One request. Must end in exactly one of admin_reply_done and admin_reply_error, at once or
     * later from the loop.
     * user     the peer's user name as the kernel knows it, "uid 1000" when it has none; borrowed
     * request  an object with a text "do"; borrowed, json_incref to keep
     * reply    valid until it is ended, also when the client went away
     */
    void (*handle)(void *self, const char *user, const json_t *request, struct admin_reply *reply);
    /* Add the numbers in Prometheus' text format; NULL: none. */
    void (*metrics)(void *self, struct buffer *out);
};

struct admin_settings {
    const char *socket_path;    /* made with mode 0660 */
    const char *metrics_listen; /* "127.0.0.1:9180", "[::1]:9180"; loopback only; NULL: none */
    uint32_t idle_timeout_ms;   /* a client that neither asks nor waits; 0: ADMIN_IDLE_MS */
};

/*
 * Listen. A socket file that nobody listens on is replaced; one that answers is not.
 * Ignores SIGPIPE for the whole process.
 *
 * errors   CONFIG "in-use" another process answers there; "socket" it cannot be made;
 *          "metrics-listen" not a loopback address, or taken
 * returns  NULL after an error; the loop must then run once more, as after admin_stop
 */
struct admin *admin_start(uv_loop_t *loop, const struct admin_settings *settings,
                          const struct admin_service *service, struct error *err);
/* Tells clients that wait, closes everything and removes the socket; NULL ok. Replies that are not
 * ended stay valid. The loop must run until its handles are closed. */
void admin_stop(struct admin *admin);
/* The port of the metrics (of use when 0 was asked for); 0 when there are none. */
unsigned admin_metrics_port(const struct admin *admin);

/* takes `progress`; dropped when the client does not read fast enough. */
void admin_reply_progress(struct admin_reply *reply, json_t *progress);
/* takes `answer`; ends the reply. */
void admin_reply_done(struct admin_reply *reply, json_t *answer);
/* Ends the reply. */
void admin_reply_error(struct admin_reply *reply, const struct error *err);
/* Nobody waits for it any more: what only this client wanted may stop. */
bool admin_reply_is_unwanted(const struct admin_reply *reply);

/* ---- the client's side; blocks, any thread ---- */

typedef void admin_progress_fn(void *owner, const json_t *progress);

/*
 * Send one request to the daemon at socket_path and wait for its answer.
 *
 * progress     NULL ok
 * ret_answer   owned
 * errors       TRANSIENT "no-daemon" nobody listens there; "daemon-gone" it ended before it
 *              answered; CONFIG "socket-access" this user may not; REJECTED "answer" what came is
 *              no answer; and every error the daemon answered with
 */
MUST_CHECK bool admin_ask(const char *socket_path, const json_t *request,
                          admin_progress_fn *progress, void *owner, json_t **ret_answer,
                          struct error *err);

#endif
