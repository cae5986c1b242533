/* Settings of grants, keys, client secrets, and the sealed form. */
#include "unit/login/person.h"

static void key__is_a_header(void **state)
{
    struct fixture *f = *state;
    struct login_grant none = {.name = "none", .kind = LOGIN_NONE};
    struct login_grant header = {
        .name = "header", .kind = LOGIN_HEADER, .header = "X-Api-Key", .key = "key-1"};
    struct login_grant bearer = {.name = "bearer", .kind = LOGIN_BEARER, .key = "key-2"};
    struct login_grant basic = {.name = "basic", .kind = LOGIN_BASIC, .user = "u", .password = "p"};
    struct told told;
    struct login_status status;

    add_grant(f->login, &none);
    add_grant(f->login, &header);
    add_grant(f->login, &bearer);
    add_grant(f->login, &basic);
    told = ask_of(f, f->login, "none", 0);
    assert_string_equal(told.header, "(none)");
    told = ask_of(f, f->login, "header", 0);
    assert_string_equal(told.header, "X-Api-Key");
    assert_string_equal(told.value, "key-1");
    assert_string_equal(told.id, "header#0");
    assert_int_equal(told.expires_ms, 0);
    told = ask_of(f, f->login, "bearer", 0);
    assert_string_equal(told.header, "Authorization");
    assert_string_equal(told.value, "Bearer key-2");
    told = ask_of(f, f->login, "basic", 0);
    assert_string_equal(told.value, "Basic dTpw");
    assert_true(login_grant_status(f->login, "basic", &status));
    assert_true(status.known && status.connected);
    assert_int_equal(f->store.loads, 0);
}

static void add__replaces_settings(void **state)
{
    struct fixture *f = *state;
    struct login_grant bearer = {.name = "bearer", .kind = LOGIN_BEARER, .key = "key-1"};

    add_grant(f->login, &bearer);
    bearer.key = "key-2";
    add_grant(f->login, &bearer);
    assert_string_equal(ask_of(f, f->login, "bearer", 0).value, "Bearer key-2");
    assert_string_equal(ask_of(f, f->login, "bearer/anne", 0).value, "Bearer key-2");
    assert_error(&(struct told){.err = ask_of(f, f->login, "bearers", 0).err}, ERROR_CONFIG,
                 "grant");
}

static void refuse(struct fixture *f, struct login_grant grant)
{
    f->err = (struct error){0};
    assert_false(login_add(f->login, &grant, &f->err));
    assert_int_equal(f->err.kind, ERROR_CONFIG);
    assert_string_equal(f->err.code, "grant");
    assert_null(strstr(f->err.text, SECRET));
}

static void add__refuses_what_could_not_be_a_header(void **state)
{
    struct fixture *f = *state;
    struct login_grant oauth = xero_grant(f);

    refuse(f, (struct login_grant){.name = "", .kind = LOGIN_NONE});
    refuse(f, (struct login_grant){.name = "a b", .kind = LOGIN_NONE});
    refuse(f, (struct login_grant){.name = "a", .kind = LOGIN_BEARER});
    refuse(f, (struct login_grant){.name = "a", .kind = LOGIN_BEARER, .key = SECRET "\r\nX: y"});
    refuse(f, (struct login_grant){.name = "a", .kind = LOGIN_HEADER, .key = SECRET});
    refuse(f, (struct login_grant){.name = "a", .kind = LOGIN_HEADER, .header = "X Y", .key = "k"});
    refuse(f, (struct login_grant){.name = "a", .kind = LOGIN_BASIC, .user = "u:v"});
    oauth.token_url = "http://identity.example.com/token";
    refuse(f, oauth);
    oauth = xero_grant(f);
    oauth.client_id = NULL;
    refuse(f, oauth);
    oauth = xero_grant(f);
    oauth.kind = LOGIN_CUSTOM;
    oauth.client_secret = NULL;
    refuse(f, oauth);
}

static void xero__addresses_are_filled_in(void **state)
{
    struct fixture *f = *state;
    struct login_grant grant = {.name = "x", .kind = LOGIN_OAUTH2, .client_id = "c"};

    login_grant_xero(&grant);
    assert_string_equal(grant.token_url, "https://identity.xero.com/connect/token");
    assert_string_equal(grant.connections_url, "https://api.xero.com/connections");
    add_grant(f->login, &grant);
}

/* ---- who we say we are ---- */

static void client__custom_sends_its_secret_as_basic(void **state)
{
    struct fixture *f = *state;
    struct login_grant grant = xero_grant(f);
    struct told told;

    grant.name = "custom";
    grant.kind = LOGIN_CUSTOM;
    grant.client_id = "id";
    grant.client_secret = "a:b";
    add_grant(f->login, &grant);
    told = ask_of(f, f->login, "custom", 0);
    assert_error(&told, ERROR_NONE, "");
    assert_int_equal(told.generation, 1);
    assert_non_null(strstr(f->peer.requests[0].head, "Authorization: Basic aWQ6YSUzQWI=\r\n"));
    assert_string_equal(f->peer.requests[0].body,
                        "grant_type=client_credentials&scope=offline_access%20accounting.invoices");
    move_clock_s(f, 3600);
    assert_int_equal(ask_of(f, f->login, "custom", 0).generation, 2);
    assert_int_equal(ask_of(f, f->other, "custom", 0).err.kind, ERROR_CONFIG);
    assert_int_equal(store_at(&f->store, "custom")->generation, 2);
}

static void client__secret_in_the_body_when_told(void **state)
{
    struct fixture *f = *state;
    struct login_grant grant = xero_grant(f);

    grant.name = "custom";
    grant.kind = LOGIN_CUSTOM;
    grant.scopes = NULL;
    grant.secret_in_body = true;
    add_grant(f->login, &grant);
    assert_int_equal(ask_of(f, f->login, "custom", 0).generation, 1);
    assert_null(strstr(f->peer.requests[0].head, "Authorization"));
    assert_string_equal(f->peer.requests[0].body,
                        "grant_type=client_credentials&client_id=client-1&client_secret=" SECRET);
}

static void client__public_one_names_itself_in_the_body(void **state)
{
    struct fixture *f = *state;
    struct login_grant grant = xero_grant(f);

    grant.client_secret = NULL;
    add_grant(f->login, &grant);
    connect_person(f);
    assert_null(strstr(f->peer.requests[0].head, "Authorization"));
    assert_non_null(strstr(f->peer.requests[0].body, "&client_id=client-1"));
    move_clock_s(f, 3600);
    assert_int_equal(ask(f).generation, 2);
    assert_string_equal(f->peer.requests[2].body,
                        "grant_type=refresh_token&refresh_token=r1&client_id=client-1");
}

/* ---- sealed ---- */

static struct text sealed_of(struct fixture *f)
{
    struct kept *kept = store_at(&f->store, "xero/main");

    return (struct text){kept->sealed, kept->size};
}

static void sealed__shows_its_generation_and_nothing_else(void **state)
{
    struct fixture *f = *state;
    struct text sealed;

    connect_person(f);
    sealed = sealed_of(f);
    assert_int_equal(login_sealed_generation(sealed), 1);
    assert_int_equal(login_sealed_generation(TEXT_NONE), 0);
    assert_int_equal(login_sealed_generation(TEXT("something foreign")), 0);
    assert_null(memmem(sealed.at, sealed.size, "refresh", 7));
    assert_null(memmem(sealed.at, sealed.size, "h1.", 3));
}

static void sealed__belongs_to_its_grant(void **state)
{
    struct fixture *f = *state;
    struct told told;

    connect_person(f);
    store_put(&f->store, "xero/main/eve", sealed_of(f));
    told = ask_of(f, f->login, "xero/main/eve", 0);
    assert_error(&told, ERROR_AUTH, "consent-needed");
}

static void sealed__generation_cannot_be_changed(void **state)
{
    struct fixture *f = *state;
    struct told told;

    connect_person(f);
    store_at(&f->store, "xero/main")->sealed[11] = 9;
    assert_int_equal(login_sealed_generation(sealed_of(f)), 9);
    told = ask_of(f, f->other, "xero/main", 0);
    assert_error(&told, ERROR_AUTH, "consent-needed");
}

static void reseal__is_the_same_under_another_key(void **state)
{
    struct fixture *f = *state;
    struct login_grant grant = xero_grant(f);
    struct crypto_key old = f->settings.key;
    AUTO(buffer_done) struct buffer out;

    connect_person(f);
    f->settings.key.bytes[5] ^= 1;
    f->settings.key.id[5] ^= 1;
    buffer_init(&out, LOGIN_SEALED_MAX);
    assert_false(login_reseal("other", sealed_of(f), &old, &f->settings.key, &out, &f->err));
    assert_string_equal(f->err.code, "seal");
    assert_true(login_reseal("xero/main", sealed_of(f), &old, &f->settings.key, &out, &f->err));
    store_put(&f->store, "xero/main", buffer_text(&out));
    login_free(f->other);
    f->other = login_new(&f->settings);
    add_grant(f->other, &grant);
    assert_int_equal(ask_of(f, f->other, "xero/main", 0).generation, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(key__is_a_header),
        TEST(add__replaces_settings),
        TEST(add__refuses_what_could_not_be_a_header),
        TEST(xero__addresses_are_filled_in),
        TEST(client__custom_sends_its_secret_as_basic),
        TEST(client__secret_in_the_body_when_told),
        TEST(client__public_one_names_itself_in_the_body),
        TEST(sealed__shows_its_generation_and_nothing_else),
        TEST(sealed__belongs_to_its_grant),
        TEST(sealed__generation_cannot_be_changed),
        TEST(reseal__is_the_same_under_another_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
