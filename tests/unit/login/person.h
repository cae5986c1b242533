/* A person who connects: opens the address, agrees, comes back to the listener. */
#ifndef FERRY_TESTS_PERSON_H
#define FERRY_TESTS_PERSON_H

#include "unit/login/login_fixture.h"

struct connected {
    int times;
    struct error err;
    char grant[96], user[64], event[64], scopes[128], tenant[64], name[64];
    size_t connections;
};

static inline void on_connected(void *owner, const struct login_connected *result,
                                const struct error *err)
{
    struct connected *told = owner;

    told->times++;
    told->err = *err;
    assert_int_equal(result == NULL, err->kind != ERROR_NONE);
    if (!result) {
        return;
    }
    snprintf(told->grant, sizeof told->grant, "%s", result->grant);
    snprintf(told->user, sizeof told->user, "%s", result->user);
    snprintf(told->event, sizeof told->event, "%s", result->auth_event);
    snprintf(told->scopes, sizeof told->scopes, "%s", result->scopes);
    told->connections = result->connection_count;
    if (result->connection_count) {
        snprintf(told->tenant, sizeof told->tenant, "%s", result->connections[0].tenant_id);
        snprintf(told->name, sizeof told->name, "%s", result->connections[0].tenant_name);
    }
}

struct visited {
    bool over;
    int status;
};

static inline void on_visited(void *owner, const struct http_reply *reply, const struct error *err)
{
    struct visited *visited = owner;

    (void)err;
    visited->over = true;
    visited->status = reply->status;
}

/* Open an address, as the browser would; the page's status, 0 without one. */
static inline int visit(struct fixture *f, const char *url)
{
    static const char *const hosts[] = {"localhost", NULL};
    struct visited visited = {0};
    struct http_op op;

    http_send(f->http, &op,
              &(struct http_request){.method = "GET",
                                     .url = url,
                                     .allow_hosts = hosts,
                                     .timeout_ms = 5000,
                                     .reply_max_bytes = 65536},
              on_visited, &visited);
    while (!visited.over) {
        uv_run(&f->loop, UV_RUN_ONCE);
    }
    return visited.status;
}

/* The value of a name in the address a person opens; still encoded. */
static inline void url_value(const char *url, const char *name, char *out, size_t size)
{
    char key[48];
    const char *at;

    snprintf(key, sizeof key, "%s=", name);
    at = strstr(url, key);
    assert_non_null(at);
    at += strlen(key);
    snprintf(out, size, "%.*s", (int)strcspn(at, "&"), at);
}

static inline void callback_url(const char *url, const char *rest, char *out, size_t size)
{
    char redirect[128], state[96];
    const char *port;

    url_value(url, "redirect_uri", redirect, sizeof redirect);
    url_value(url, "state", state, sizeof state);
    port = strstr(redirect, "localhost%3A");
    assert_non_null(port);
    snprintf(out, size, "http://localhost:%ld/callback?state=%s&%s", strtol(port + 12, NULL, 10),
             state, rest);
}

/* Connect "xero/main" the way a person does. */
static inline void connect_person(struct fixture *f)
{
    struct connected told = {0};
    struct login_connect connect = {.grant = "xero/main", .done = on_connected, .owner = &told};
    const char *url = NULL;
    char callback[512];

    if (!login_connect_begin(f->login, &connect, &url, &f->err)) {
        fail_msg("%s", f->err.text);
    }
    callback_url(url, "code=code-1", callback, sizeof callback);
    assert_int_equal(visit(f, callback), 200);
    while (told.times == 0) {
        uv_run(&f->loop, UV_RUN_ONCE);
    }
    if (told.err.kind != ERROR_NONE) {
        fail_msg("%s: %s", told.err.code, told.err.text);
    }
}

#endif
