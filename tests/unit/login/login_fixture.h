/* login with its token server and its store, and a second host with the same store. */
#ifndef FERRY_TESTS_LOGIN_FIXTURE_H
#define FERRY_TESTS_LOGIN_FIXTURE_H

#include "unit/login/memory_store.h"
#include "unit/login/token_server.h"

struct fixture {
    char folder[40], clock_path[64], url[3][96];
    uv_loop_t loop;
    struct clock *clock;
    struct http *http;
    struct peer peer;
    struct token_server server;
    struct memory_store store;
    struct login *login, *other; /* `other`: a second host with the same store */
    struct login_settings settings;
    struct error err;
};

/* ---- asking ---- */

struct told {
    int times;
    struct error err;
    char header[64], value[1024], id[96];
    int64_t generation, expires_ms, kept_generation;
    struct fixture *f;
};

static inline void on_token(void *owner, const struct login_token *token, const struct error *err)
{
    struct told *told = owner;

    told->times++;
    told->err = *err;
    assert_int_equal(token == NULL, err->kind != ERROR_NONE);
    assert_null(strstr(err->text, SECRET));
    if (token) {
        snprintf(told->header, sizeof told->header, "%s", token->header ? token->header : "(none)");
        snprintf(told->value, sizeof told->value, "%s", token->value ? token->value : "(none)");
        snprintf(told->id, sizeof told->id, "%s", token->id);
        told->generation = token->generation;
        told->expires_ms = token->expires_ms;
        told->kept_generation = store_at(&told->f->store, "xero/main")->generation;
    }
}

static inline struct told ask_of(struct fixture *f, struct login *login, const char *grant,
                                 int64_t refused)
{
    struct told told = {.f = f};
    struct login_ask ask = {
        .grant = grant, .refused_generation = refused, .done = on_token, .owner = &told};

    login_token(login, &ask);
    assert_int_equal(told.times, 0);
    while (told.times == 0) {
        uv_run(&f->loop, UV_RUN_ONCE);
    }
    assert_int_equal(told.times, 1);
    return told;
}

static inline struct told ask(struct fixture *f)
{
    return ask_of(f, f->login, "xero/main", 0);
}

static inline void assert_error(const struct told *told, enum error_kind kind, const char *code)
{
    if (told->err.kind != kind || strcmp(told->err.code, code) != 0) {
        fail_msg("%s %s: %s", error_kind_name(told->err.kind), told->err.code, told->err.text);
    }
}

/* ---- set up ---- */

static inline struct login_grant xero_grant(struct fixture *f)
{
    return (struct login_grant){
        .name = "xero/main",
        .kind = LOGIN_OAUTH2,
        .client_id = "client-1",
        .client_secret = SECRET,
        .authorize_url = f->url[0],
        .token_url = f->url[1],
        .connections_url = f->url[2],
        .scopes = "offline_access accounting.invoices",
    };
}

static inline void add_grant(struct login *login, const struct login_grant *grant)
{
    struct error err = {0};

    if (!login_add(login, grant, &err)) {
        fail_msg("%s", err.text);
    }
}

static inline void move_clock_s(struct fixture *f, int64_t s)
{
    clock_advance(f->clock, s * 1000);
}

static inline int fixture_setup(void **state)
{
    static const char *const paths[] = {"authorize", "token", "connections"};
    struct fixture *f = memory_new(1, sizeof *f);
    struct login_grant grant;

    snprintf(f->folder, sizeof f->folder, "/tmp/ferry-login-XXXXXX");
    if (!mkdtemp(f->folder)) {
        return -1;
    }
    snprintf(f->clock_path, sizeof f->clock_path, "%s/clock", f->folder);
    uv_loop_init(&f->loop);
    *state = f;
    f->server = (struct token_server){.claims = CLAIMS, .lives_s = 1800};
    f->store.loop = &f->loop;
    peer_start(&f->peer, serve, &f->server);
    for (int i = 0; i < 3; i++) {
        snprintf(f->url[i], sizeof f->url[i], "http://127.0.0.1:%u/%s", f->peer.port, paths[i]);
    }
    if (!clock_open_shared(f->clock_path, 1793000000000, &f->clock, &f->err)) {
        return -1;
    }
    f->http = http_new(&f->loop, f->clock, NULL);
    f->settings = (struct login_settings){
        .loop = &f->loop,
        .clock = f->clock,
        .http = f->http,
        .store = {&f->store, store_load, store_save},
    };
    crypto_random(f->settings.key.bytes, sizeof f->settings.key.bytes);
    f->login = login_new(&f->settings);
    f->other = login_new(&f->settings);
    grant = xero_grant(f);
    add_grant(f->login, &grant);
    add_grant(f->other, &grant);
    return 0;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *f = *state;

    login_free(f->login);
    login_free(f->other);
    http_free(f->http);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    if (uv_loop_close(&f->loop) != 0) {
        return -1; /* a handle was forgotten */
    }
    peer_stop(&f->peer);
    clock_close(f->clock);
    for (size_t i = 0; i < f->store.count; i++) {
        memory_free(f->store.kept[i].sealed);
    }
    unlink(f->clock_path);
    rmdir(f->folder);
    memory_free(f);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

#endif
