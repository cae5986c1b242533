/* Where a token may go. */
#include "zoo.h"

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(1u << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void hosts__are_parsed_with_their_roles(void **state)
{
    struct connector_hosts hosts;

    (void)state;
    assert_true(connector_hosts("api a.example.com, b.example.com; files *.example.net", arena,
                                &hosts, NULL));
    assert_int_equal(hosts.count, 3);
    assert_int_equal(hosts.at[1].role, CONNECTOR_HOST_API);
    assert_string_equal(hosts.at[1].name, "b.example.com");
    assert_int_equal(hosts.at[2].role, CONNECTOR_HOST_FILES);
    assert_string_equal(connector_base_url(&hosts, "", arena), "https://a.example.com");
    assert_string_equal(connector_base_url(&hosts, "http://localhost:1/", arena),
                        "http://localhost:1");
}

static void hosts__refuse_what_could_be_anything(void **state)
{
    static const char *const wrong[] = {
        "",
        "files *.example.com",
        "api *.example.com",
        "api com",
        "api example.com:8080",
        "api https://example.com",
        "api Example.com",
        "api exa mple.com",
        "api -a.example.com",
        "api a..example.com",
        "files *",
        "api a.example.com; files *.com",
        "api a.example.com; files a.*.com",
        "token a.example.com",
    };
    struct connector_hosts hosts;
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (connector_hosts(wrong[i], arena, &hosts, &err)) {
            fail_msg("\"%s\" was taken", wrong[i]);
        }
        assert_string_equal(err.code, "hosts");
    }
}

static const struct {
    const char *url;
    enum connector_host_role role;
} urls[] = {
    {"https://api.example.com/v1", CONNECTOR_HOST_API},
    {"https://API.example.com", CONNECTOR_HOST_API},
    {"https://cdn.example.net/x", CONNECTOR_HOST_FILES},
    {"https://a.b.example.net/x", CONNECTOR_HOST_FILES},
    {"https://example.net/x", CONNECTOR_HOST_NONE},
    {"https://evilexample.net/", CONNECTOR_HOST_NONE},
    {"http://api.example.com/v1", CONNECTOR_HOST_NONE},
    {"https://api.example.com:8443/", CONNECTOR_HOST_NONE},
    {"https://api.example.com@evil.net/", CONNECTOR_HOST_NONE},
    {"https://evil.net\\@api.example.com/", CONNECTOR_HOST_NONE},
    {"https://evil.net/https://api.example.com/", CONNECTOR_HOST_NONE},
    {"https://evil.net?api.example.com", CONNECTOR_HOST_NONE},
    {"https://api.example.com.evil.net/", CONNECTOR_HOST_NONE},
    {"https://api.example.com%2eevil.net/", CONNECTOR_HOST_NONE},
    {"https:/api.example.com/", CONNECTOR_HOST_NONE},
    {"//api.example.com/", CONNECTOR_HOST_NONE},
    {"ftp://api.example.com/", CONNECTOR_HOST_NONE},
    {"https://api.example.com/a b", CONNECTOR_HOST_NONE},
    {"https://api.example.com:/", CONNECTOR_HOST_NONE},
    {"https:///", CONNECTOR_HOST_NONE},
    {"", CONNECTOR_HOST_NONE},
};

static void url_role__gives_the_token_to_declared_api_hosts_only(void **state)
{
    struct connector_hosts hosts;

    (void)state;
    assert_true(connector_hosts("api api.example.com; files *.example.net", arena, &hosts, NULL));
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        if (connector_url_role(&hosts, "", urls[i].url) != urls[i].role) {
            fail_msg("%s", urls[i].url);
        }
    }
}

static void url_role__follows_a_base_url_of_the_operator(void **state)
{
    struct connector_hosts hosts;

    (void)state;
    assert_true(connector_hosts("api api.example.com", arena, &hosts, NULL));
    assert_int_equal(connector_url_role(&hosts, "http://127.0.0.1:8081", "http://127.0.0.1:8081/x"),
                     CONNECTOR_HOST_API);
    assert_int_equal(connector_url_role(&hosts, "http://[::1]:8081/", "http://[::1]:8081/x"),
                     CONNECTOR_HOST_API);
    assert_int_equal(connector_url_role(&hosts, "http://127.0.0.1:8081", "http://127.0.0.1:8082/x"),
                     CONNECTOR_HOST_NONE);
    assert_int_equal(connector_url_role(&hosts, "http://twin.local", "http://twin.local/x"),
                     CONNECTOR_HOST_NONE); /* not loopback: https only */
    assert_int_equal(
        connector_url_role(&hosts, "https://eu.example.org:444", "https://eu.example.org:444/x"),
        CONNECTOR_HOST_API);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts__are_parsed_with_their_roles),
        cmocka_unit_test(hosts__refuse_what_could_be_anything),
        cmocka_unit_test(url_role__gives_the_token_to_declared_api_hosts_only),
        cmocka_unit_test(url_role__follows_a_base_url_of_the_operator),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
