/* What the files of admin/ share. */
#ifndef FERRY_ADMIN_ADMIN_INTERNAL_H
#define FERRY_ADMIN_ADMIN_INTERNAL_H

#include <sys/stat.h>
#include <sys/un.h>

#include "admin/admin.h"

struct metrics;
struct connection;

struct admin {
    uv_loop_t *loop;
    struct admin_service service;
    uint32_t idle_ms;
    uv_pipe_t listening;
    char *socket_path;
    struct stat socket_file; /* so that only our own is removed */
    struct connection *first;
    size_t connection_count;
    struct connection *big; /* who may send a line longer than ADMIN_REQUEST_MAX */
    struct metrics *metrics;
    unsigned holders; /* handles of the loop that still need this struct */
};

/* The last one frees it. */
void admin_let_go(struct admin *admin);

/* ---- listen.c ---- */

/* CONFIG "socket": the path is too long for a socket. */
MUST_CHECK bool socket_address(const char *path, struct sockaddr_un *ret, struct error *err);
/* ret: a bound socket, not yet listening. */
MUST_CHECK bool socket_bind(const char *path, int *ret, struct error *err);

/* ---- connection.c ---- */

struct connection {
    struct admin *admin;
    struct connection *next, **at;
    uv_pipe_t pipe;
    uv_timer_t idle;
    unsigned handles; /* not yet closed */
    unsigned writes;  /* not yet finished */
    char *user;
    struct buffer line;
    size_t searched;           /* bytes of `line` known to hold no end of line */
    struct admin_reply *reply; /* of the request that is being worked on; NULL: none */
    bool working;              /* in connection_work */
    bool input_ended;
    bool ending; /* closes when everything is written */
    bool closing;
};

/* The client that just knocked. */
void connection_accept(struct admin *admin);
/* One line {"name":value}; takes value. */
void connection_say(struct connection *connection, const char *name, json_t *value);
/* Say what is wrong, and close. */
void connection_refuse(struct connection *connection, const struct error *err);
/* Take the next requests that have come; called when one was answered. */
void connection_work(struct connection *connection);
void connection_close(struct connection *connection);

/* ---- reply.c ---- */

struct admin_reply {
    struct connection *connection; /* NULL: the client went away */
};

struct admin_reply *reply_new(struct connection *connection);
json_t *error_json(const struct error *err); /* owned */

/* ---- metrics.c ---- */

/* Holds `admin` until it is closed. */
MUST_CHECK bool metrics_start(struct admin *admin, const char *listen, struct error *err);
void metrics_stop(struct metrics *metrics);
unsigned metrics_port(const struct metrics *metrics);

#endif
