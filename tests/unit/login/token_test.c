/* Tokens of a connected grant: one refresh, durable before use, and what goes wrong. */
#include "unit/login/person.h"

/* Connected, and the access token has run out. Requests so far: 2. */
static void connect_and_wait(struct fixture *f)
{
    connect_person(f);
    move_clock_s(f, 3600);
    assert_int_equal(f->peer.count, 2);
}

static void token__is_used_until_a_minute_before_its_end(void **state)
{
    struct fixture *f = *state;
    struct told told;

    connect_person(f);
    move_clock_s(f, 1800 - LOGIN_EARLY_S - 1);
    told = ask(f);
    assert_int_equal(told.generation, 1);
    assert_string_equal(told.header, "Authorization");
    assert_string_equal(told.id, "xero/main#1");
    assert_int_equal(strncmp(told.value, "Bearer h1.", 10), 0);
    assert_int_equal(f->peer.count, 2);
    move_clock_s(f, 2);
    told = ask(f);
    assert_int_equal(told.generation, 2);
    assert_int_equal(strncmp(told.value, "Bearer h2.", 10), 0);
    assert_non_null(strstr(f->peer.requests[2].body, "grant_type=refresh_token&refresh_token=r1"));
    assert_int_equal(f->peer.count, 3);
}

static void token__many_ask_and_one_refresh_answers(void **state)
{
    struct fixture *f = *state;
    struct told told[20] = {0};
    struct login_ask asks[20];

    connect_and_wait(f);
    f->store.slow = true;
    for (int i = 0; i < 20; i++) {
        told[i].f = f;
        asks[i] = (struct login_ask){.grant = "xero/main", .done = on_token, .owner = &told[i]};
        login_token(f->login, &asks[i]);
    }
    uv_run(&f->loop, UV_RUN_DEFAULT);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(told[i].times, 1);
        assert_int_equal(told[i].generation, 2);
        assert_int_equal(told[i].kept_generation, 2); /* durable before it was given out */
    }
    assert_int_equal(f->peer.count, 3);
    assert_int_equal(login_busy(f->login), 0);
}

static void token__refused_is_answered_by_a_newer_one(void **state)
{
    struct fixture *f = *state;

    connect_person(f);
    assert_int_equal(ask_of(f, f->login, "xero/main", 1).generation, 2);
    assert_int_equal(ask_of(f, f->login, "xero/main", 1).generation, 2);
    assert_int_equal(f->peer.count, 3);
    assert_int_equal(ask_of(f, f->login, "xero/main", 7).generation, 8);
}

static void token__short_lived_one_is_given_out_once(void **state)
{
    struct fixture *f = *state;

    f->server.lives_s = 10;
    connect_person(f);
    assert_int_equal(ask(f).generation, 2);
    assert_int_equal(f->peer.count, 3);
}

static void refresh__lost_answer_is_asked_for_again(void **state)
{
    struct fixture *f = *state;
    struct told told;

    connect_and_wait(f);
    f->server.moods[2] = LOST;
    told = ask(f);
    assert_error(&told, ERROR_TRANSIENT, "network");
    told = ask(f);
    assert_int_equal(told.generation, 2);
    assert_non_null(strstr(f->peer.requests[3].body, "refresh_token=r1"));
    move_clock_s(f, 3600);
    assert_int_equal(ask(f).generation, 3);
    assert_non_null(strstr(f->peer.requests[4].body, "refresh_token=r3"));
}

static void refresh__what_cannot_be_kept_is_not_used(void **state)
{
    struct fixture *f = *state;
    struct told told;

    connect_and_wait(f);
    f->store.fail_saves = 1;
    told = ask(f);
    assert_error(&told, ERROR_TRANSIENT, "token-not-kept");
    assert_int_equal(store_at(&f->store, "xero/main")->generation, 1);
    assert_int_equal(f->peer.count, 3);
    told = ask(f);
    assert_int_equal(told.generation, 2);
    assert_int_equal(told.kept_generation, 2);
    assert_int_equal(f->peer.count, 3); /* the same token, kept now */
}

static void refresh__answers_that_are_none(void **state)
{
    static const struct {
        enum mood mood;
        enum error_kind kind;
        const char *code;
    } rows[] = {
        {STATUS_500, ERROR_TRANSIENT, "identity-server"},
        {STATUS_429, ERROR_TRANSIENT, "identity-server"},
        {NONSENSE, ERROR_TRANSIENT, "identity-server"},
        {STATUS_401, ERROR_CONFIG, "client"},
        {INVALID_CLIENT, ERROR_CONFIG, "client"},
        {INVALID_SCOPE, ERROR_CONFIG, "scope"},
    };
    struct fixture *f = *state;

    connect_and_wait(f);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct told told;

        f->server.moods[f->peer.count] = rows[i].mood;
        told = ask(f);
        assert_error(&told, rows[i].kind, rows[i].code);
    }
    assert_int_equal(ask(f).generation, 2);
}

static void refresh__by_a_server_that_is_away(void **state)
{
    struct fixture *f = *state;
    struct login_grant grant = xero_grant(f);
    struct told told;

    connect_and_wait(f);
    grant.token_url = "http://127.0.0.1:1/token";
    add_grant(f->login, &grant);
    told = ask(f);
    assert_error(&told, ERROR_TRANSIENT, "network");
}

/* ---- the end of a login ---- */

static void consent__is_needed_after_invalid_grant(void **state)
{
    struct fixture *f = *state;
    struct login_status status;
    struct told told;

    connect_and_wait(f);
    f->server.accepts_from = 99;
    told = ask(f);
    assert_error(&told, ERROR_AUTH, "consent-needed");
    assert_true(login_grant_status(f->login, "xero/main", &status));
    assert_true(status.consent_needed);
    assert_int_equal(f->peer.count, 3);
    told = ask(f);
    assert_error(&told, ERROR_AUTH, "consent-needed");
    assert_int_equal(f->peer.count, 3); /* nobody is asked in vain */
}

static void consent__is_needed_when_nothing_is_kept(void **state)
{
    struct fixture *f = *state;
    struct told told = ask(f);
    struct login_status status;

    assert_error(&told, ERROR_AUTH, "consent-needed");
    assert_true(login_grant_status(f->login, "xero/main", &status));
    assert_true(status.known && !status.connected && !status.consent_needed);
    assert_false(login_grant_status(f->login, "other", &status));
    assert_int_equal(f->peer.count, 0);
}

static void consent__given_elsewhere_is_found(void **state)
{
    struct fixture *f = *state;
    struct told told;
    struct login *login = f->login;

    connect_and_wait(f);
    assert_int_equal(ask_of(f, f->other, "xero/main", 0).generation, 2);
    move_clock_s(f, 3600);
    f->server.accepts_from = 99;
    told = ask_of(f, f->other, "xero/main", 0);
    assert_error(&told, ERROR_AUTH, "consent-needed");
    f->server.accepts_from = 0;
    connect_person(f);
    assert_int_equal(f->login == login, 1);
    told = ask_of(f, f->other, "xero/main", 0);
    assert_error(&told, ERROR_NONE, "");
    assert_int_equal(told.generation, 3);
}

/* The newest is refused, the one before it is in its grace. */
static void refresh__falls_back_on_the_token_before(void **state)
{
    struct fixture *f = *state;
    struct told told;

    connect_and_wait(f);
    assert_int_equal(ask(f).generation, 2); /* r2 instead of r1 */
    f->server.moods[f->peer.count] = INVALID_GRANT;
    told = ask_of(f, f->login, "xero/main", 2);
    assert_error(&told, ERROR_NONE, "");
    assert_int_equal(told.generation, 3);
    assert_non_null(strstr(f->peer.requests[4].body, "refresh_token=r1"));
    f->server.moods[f->peer.count] = INVALID_GRANT;
    move_clock_s(f, LOGIN_GRACE_S + 1);
    told = ask(f);
    assert_error(&told, ERROR_AUTH, "consent-needed");
    assert_int_equal(f->peer.count, 6);
}

/* ---- several hosts ---- */

static void hosts__one_uses_what_the_other_has_fetched(void **state)
{
    struct fixture *f = *state;

    connect_and_wait(f);
    assert_int_equal(ask_of(f, f->other, "xero/main", 0).generation, 2);
    assert_int_equal(ask(f).generation, 2);
    assert_int_equal(f->peer.count, 3);
}

/* Between our refresh and our saving another host has saved. */
static void overtake(struct memory_store *store)
{
    struct fixture *f = store->self;

    store->before_save = NULL;
    assert_int_equal(ask_of(f, f->other, "xero/main", 0).generation, 2);
}

static void hosts__the_one_that_is_too_late_takes_the_others(void **state)
{
    struct fixture *f = *state;
    struct told told;

    connect_and_wait(f);
    f->store.self = f;
    f->store.before_save = overtake;
    told = ask(f);
    assert_error(&told, ERROR_NONE, "");
    assert_int_equal(told.generation, 2);
    assert_int_equal(strncmp(told.value, "Bearer h3.", 10), 0); /* of `other`, asked second */
    assert_int_equal(f->peer.count, 4);
}

/* ---- the store ---- */

static void store__cannot_be_read(void **state)
{
    struct fixture *f = *state;
    struct told told;

    f->store.fail_loads = 1;
    told = ask(f);
    assert_error(&told, ERROR_TRANSIENT, "store-busy");
    connect_and_wait(f);
    assert_int_equal(ask(f).generation, 2);
}

static void store__holds_what_another_key_has_sealed(void **state)
{
    struct fixture *f = *state;
    struct login_grant grant = xero_grant(f);
    struct told told;

    connect_and_wait(f);
    login_free(f->other);
    f->settings.key.id[0] ^= 1;
    f->other = login_new(&f->settings);
    add_grant(f->other, &grant);
    told = ask_of(f, f->other, "xero/main", 0);
    assert_error(&told, ERROR_CONFIG, "other-key");
    store_put(&f->store, "xero/main", TEXT("damaged"));
    told = ask_of(f, f->other, "xero/main", 0);
    assert_error(&told, ERROR_AUTH, "consent-needed");
    assert_int_equal(f->peer.count, 2);
}

static void store__forgot_the_grant(void **state)
{
    struct fixture *f = *state;
    struct told told;

    connect_and_wait(f);
    store_at(&f->store, "xero/main")->size = 0;
    store_at(&f->store, "xero/main")->generation = 0;
    told = ask(f);
    assert_error(&told, ERROR_AUTH, "consent-needed");
}

/* ---- cancelling ---- */

static void cancel__leaves_the_refresh_to_go_on(void **state)
{
    struct fixture *f = *state;
    struct told told = {.f = f};
    struct login_ask one = {.grant = "xero/main", .done = on_token, .owner = &told};

    connect_and_wait(f);
    login_token(f->login, &one);
    login_cancel(f->login, &one);
    assert_int_equal(told.times, 0);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    assert_int_equal(told.times, 1);
    assert_error(&told, ERROR_CANCELLED, "cancelled");
    assert_int_equal(store_at(&f->store, "xero/main")->generation, 2);
    assert_int_equal(ask(f).generation, 2);
    assert_int_equal(f->peer.count, 3);
}

static void cancel__of_what_is_answered_already(void **state)
{
    struct fixture *f = *state;
    struct told told = {.f = f};
    struct login_ask one = {.grant = "xero/main", .done = on_token, .owner = &told};

    connect_person(f);
    login_token(f->login, &one);
    login_cancel(f->login, &one);
    login_cancel(f->login, &one);
    uv_run(&f->loop, UV_RUN_DEFAULT);
    assert_int_equal(told.times, 1);
    assert_error(&told, ERROR_CANCELLED, "cancelled");
}

/* At each moment: during the load, the refresh, the save. */
static void free__at_any_moment(void **state)
{
    struct fixture *f = *state;

    connect_and_wait(f);
    f->store.slow = true;
    for (int moment = 0; moment < 3; moment++) {
        struct told told = {.f = f};
        struct login_ask one = {.grant = "xero/main", .done = on_token, .owner = &told};
        struct login_grant grant = xero_grant(f);
        int count = f->peer.count, saves = f->store.saves;

        f->server.moods[count] = SLOW;
        login_token(f->other, &one);
        while ((moment == 1 && f->peer.count == count) ||
               (moment == 2 && f->store.saves == saves)) {
            uv_run(&f->loop, UV_RUN_ONCE);
        }
        login_free(f->other);
        assert_int_equal(told.times, 1);
        assert_error(&told, ERROR_CANCELLED, "cancelled");
        f->other = login_new(&f->settings);
        add_grant(f->other, &grant);
        uv_run(&f->loop, UV_RUN_DEFAULT);
        assert_int_equal(told.times, 1);
    }
    assert_int_equal(store_at(&f->store, "xero/main")->generation, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(token__is_used_until_a_minute_before_its_end),
        TEST(token__many_ask_and_one_refresh_answers),
        TEST(token__refused_is_answered_by_a_newer_one),
        TEST(token__short_lived_one_is_given_out_once),
        TEST(refresh__lost_answer_is_asked_for_again),
        TEST(refresh__what_cannot_be_kept_is_not_used),
        TEST(refresh__answers_that_are_none),
        TEST(refresh__by_a_server_that_is_away),
        TEST(refresh__falls_back_on_the_token_before),
        TEST(consent__is_needed_after_invalid_grant),
        TEST(consent__is_needed_when_nothing_is_kept),
        TEST(consent__given_elsewhere_is_found),
        TEST(hosts__one_uses_what_the_other_has_fetched),
        TEST(hosts__the_one_that_is_too_late_takes_the_others),
        TEST(store__cannot_be_read),
        TEST(store__holds_what_another_key_has_sealed),
        TEST(store__forgot_the_grant),
        TEST(cancel__leaves_the_refresh_to_go_on),
        TEST(cancel__of_what_is_answered_already),
        TEST(free__at_any_moment),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
