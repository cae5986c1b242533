#include "unit/login/person.h"

/* Begin, be called back with `rest`, hear the end. */
static struct connected go(struct fixture *f, struct login_connect *connect, const char *rest)
{
    struct connected told = {0};
    const char *url = NULL;
    char callback[512];

    connect->done = on_connected;
    connect->owner = &told;
    if (!login_connect_begin(f->login, connect, &url, &f->err)) {
        fail_msg("%s", f->err.text);
    }
    if (*url) {
        callback_url(url, rest, callback, sizeof callback);
        assert_int_equal(visit(f, callback), 200);
    }
    while (told.times == 0) {
        uv_run(&f->loop, UV_RUN_ONCE);
    }
    uv_run(&f->loop, UV_RUN_NOWAIT);
    assert_int_equal(told.times, 1);
    assert_int_equal(login_busy(f->login), 0);
    return told;
}

static void connect__keeps_tokens_and_lists_what_was_ticked(void **state)
{
    struct fixture *f = *state;
    struct login_connect connect = {.grant = "xero/main"};
    struct connected told = go(f, &connect, "code=code%2D1&scope=x");
    struct login_status status;

    assert_int_equal(told.err.kind, ERROR_NONE);
    assert_string_equal(told.grant, "xero/main");
    assert_string_equal(told.user, "user-1");
    assert_string_equal(told.event, "event-1");
    assert_string_equal(told.scopes, "accounting.invoices offline_access");
    assert_int_equal(told.connections, 1);
    assert_string_equal(told.tenant, "t1");
    assert_string_equal(told.name, "Demo");
    assert_int_equal(store_at(&f->store, "xero/main")->generation, 1);
    assert_non_null(strstr(f->peer.requests[0].body, "grant_type=authorization_code&code=code-1&"));
    assert_non_null(strstr(f->peer.requests[0].head, "Authorization: Basic "));
    assert_null(strstr(f->peer.requests[0].body, "client_id"));
    assert_non_null(strstr(f->peer.requests[1].head, "GET /connections?authEventId=event-1 "));
    assert_non_null(strstr(f->peer.requests[1].head, "Authorization: Bearer h1."));
    assert_true(login_grant_status(f->login, "xero/main", &status));
    assert_true(status.known && status.connected && !status.consent_needed);
    assert_int_equal(status.refresh_ends_ms - status.refreshed_ms, 60LL * 86400000);
    assert_int_equal(ask(f).generation, 1);
    assert_int_equal(f->peer.count, 2);
}

static void connect__sends_the_verifier_of_its_challenge(void **state)
{
    struct fixture *f = *state;
    struct connected told = {0};
    struct login_connect connect = {.grant = "xero/main", .done = on_connected, .owner = &told};
    char callback[512], challenge[64], verifier[96];
    const char *url = NULL, *at;
    uint8_t hash[CRYPTO_SHA256_BYTES];
    AUTO(buffer_done) struct buffer b;

    assert_true(login_connect_begin(f->login, &connect, &url, &f->err));
    assert_non_null(strstr(url, "response_type=code&client_id=client-1&"));
    assert_non_null(strstr(url, "scope=offline_access%20accounting.invoices&"));
    assert_non_null(strstr(url, "code_challenge_method=S256"));
    assert_null(strstr(url, SECRET));
    url_value(url, "code_challenge", challenge, sizeof challenge);
    callback_url(url, "code=c", callback, sizeof callback);
    visit(f, callback);
    while (told.times == 0) {
        uv_run(&f->loop, UV_RUN_ONCE);
    }
    at = strstr(f->peer.requests[0].body, "code_verifier=");
    assert_non_null(at);
    snprintf(verifier, sizeof verifier, "%.*s", (int)strcspn(at + 14, "&"), at + 14);
    crypto_sha256(text_of(verifier), hash);
    buffer_init(&b, 100);
    crypto_base64url((struct text){(const char *)hash, sizeof hash}, &b);
    assert_string_equal(b.at, challenge);
}

static void connect__takes_only_its_own_state(void **state)
{
    struct fixture *f = *state;
    struct connected told = {0};
    struct login_connect connect = {.grant = "xero/main", .done = on_connected, .owner = &told};
    char callback[512], wrong[512];
    const char *url = NULL;

    assert_true(login_connect_begin(f->login, &connect, &url, &f->err));
    callback_url(url, "code=c", callback, sizeof callback);
    snprintf(wrong, sizeof wrong, "%.*s/callback?state=abc&code=evil",
             (int)(strstr(callback, "/callback") - callback), callback);
    assert_int_equal(visit(f, wrong), 404);
    snprintf(wrong, sizeof wrong, "%.*s/favicon.ico",
             (int)(strstr(callback, "/callback") - callback), callback);
    assert_int_equal(visit(f, wrong), 404);
    assert_int_equal(told.times, 0);
    assert_int_equal(f->peer.count, 0);
    assert_int_equal(visit(f, callback), 200);
    while (told.times == 0) {
        uv_run(&f->loop, UV_RUN_ONCE);
    }
    assert_int_equal(told.err.kind, ERROR_NONE);
    assert_int_equal(visit(f, callback), 0); /* nobody listens any more */
}

static void connect__person_refuses(void **state)
{
    struct fixture *f = *state;
    struct login_connect connect = {.grant = "xero/main"};
    struct connected told = go(f, &connect, "error=access_denied");

    assert_int_equal(told.err.kind, ERROR_AUTH);
    assert_string_equal(told.err.code, "consent-refused");
    told = go(f, &connect, "error=unauthorized_client&error_description=Invalid+scope");
    assert_int_equal(told.err.kind, ERROR_AUTH);
    assert_string_equal(told.err.code, "consent-scope");
    assert_int_equal(f->peer.count, 0);
}

static void connect__code_is_not_accepted(void **state)
{
    struct fixture *f = *state;
    struct login_connect connect = {.grant = "xero/main"};
    struct connected told;

    f->server.moods[0] = INVALID_GRANT;
    told = go(f, &connect, "code=old");
    assert_int_equal(told.err.kind, ERROR_AUTH);
    assert_string_equal(told.err.code, "consent-needed");
    assert_int_equal(f->store.saves, 0);
}

static void connect__each_person_has_a_grant(void **state)
{
    struct fixture *f = *state;
    struct login_connect connect = {.grant = "xero/main", .per_user = true};
    struct connected told = go(f, &connect, "code=c");

    assert_int_equal(told.err.kind, ERROR_NONE);
    assert_string_equal(told.grant, "xero/main/user-1");
    assert_int_equal(store_at(&f->store, "xero/main/user-1")->generation, 1);
    assert_int_equal(store_at(&f->store, "xero/main")->generation, 0);
    assert_string_equal(ask_of(f, f->login, "xero/main/user-1", 0).id, "xero/main/user-1#1");
    assert_int_equal(ask(f).err.kind, ERROR_AUTH);
}

static void connect__again_wins_over_what_is_kept(void **state)
{
    struct fixture *f = *state;
    struct told told;

    connect_person(f);
    f->server.accepts_from = 99;
    move_clock_s(f, 86400);
    told = ask(f);
    assert_error(&told, ERROR_AUTH, "consent-needed");
    f->server.accepts_from = 0;
    connect_person(f);
    told = ask(f);
    assert_int_equal(told.err.kind, ERROR_NONE);
    assert_int_equal(told.generation, 2);
}

static void connect__is_not_over_before_the_tokens_are_kept(void **state)
{
    struct fixture *f = *state;
    struct login_connect connect = {.grant = "xero/main"};
    struct connected told;

    f->store.fail_saves = 1;
    told = go(f, &connect, "code=c");
    assert_int_equal(told.err.kind, ERROR_TRANSIENT);
    assert_string_equal(told.err.code, "token-not-kept");
    assert_int_equal(f->peer.count, 1);
}

static void connect__port_is_taken(void **state)
{
    struct fixture *f = *state;
    struct login_grant grant = xero_grant(f);
    struct login_connect connect = {.grant = "taken", .done = on_connected};
    const char *url = NULL;

    grant.name = "taken";
    grant.listen_port = (uint16_t)f->peer.port;
    add_grant(f->login, &grant);
    assert_false(login_connect_begin(f->login, &connect, &url, &f->err));
    assert_int_equal(f->err.kind, ERROR_CONFIG);
    assert_string_equal(f->err.code, "port");
    assert_int_equal(login_busy(f->login), 0);
    connect.grant = "nobody";
    assert_false(login_connect_begin(f->login, &connect, &url, &f->err));
    assert_string_equal(f->err.code, "grant");
}

static void connect__custom_needs_no_person(void **state)
{
    struct fixture *f = *state;
    struct login_grant grant = xero_grant(f);
    struct login_connect connect = {.grant = "custom"};
    struct connected told;

    grant.name = "custom";
    grant.kind = LOGIN_CUSTOM;
    add_grant(f->login, &grant);
    told = go(f, &connect, "");
    assert_int_equal(told.err.kind, ERROR_NONE);
    assert_int_equal(told.connections, 1);
    assert_non_null(strstr(f->peer.requests[0].body, "grant_type=client_credentials&scope="));
    assert_int_equal(store_at(&f->store, "custom")->generation, 1);
}

static void connect__is_cancelled(void **state)
{
    struct fixture *f = *state;
    struct connected told[3] = {0};
    struct login_connect connect[3];
    char callback[512];
    const char *url[3];

    f->server.moods[0] = SLOW;
    for (int i = 0; i < 3; i++) {
        connect[i] =
            (struct login_connect){.grant = "xero/main", .done = on_connected, .owner = &told[i]};
        assert_true(login_connect_begin(f->login, &connect[i], &url[i], &f->err));
    }
    callback_url(url[1], "code=c", callback, sizeof callback);
    assert_int_equal(visit(f, callback), 200);
    login_connect_cancel(f->login, &connect[0]);
    login_connect_cancel(f->login, &connect[1]);
    assert_int_equal(told[0].times + told[1].times, 0);
    while (told[0].times + told[1].times < 2) {
        uv_run(&f->loop, UV_RUN_ONCE);
    }
    login_free(f->login);
    f->login = NULL;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(told[i].times, 1);
        assert_int_equal(told[i].err.kind, ERROR_CANCELLED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(connect__keeps_tokens_and_lists_what_was_ticked),
        TEST(connect__sends_the_verifier_of_its_challenge),
        TEST(connect__takes_only_its_own_state),
        TEST(connect__person_refuses),
        TEST(connect__code_is_not_accepted),
        TEST(connect__each_person_has_a_grant),
        TEST(connect__again_wins_over_what_is_kept),
        TEST(connect__is_not_over_before_the_tokens_are_kept),
        TEST(connect__port_is_taken),
        TEST(connect__custom_needs_no_person),
        TEST(connect__is_cancelled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
