#include "http/http.h"
#include "unit.h"

static void check(const char *url, const char *pattern, const char *code)
{
    const char *const hosts[] = {"other.example.org", pattern, NULL};
    struct error err = {0};
    bool ok = http_check_url(url, hosts, &err);

    if (strcmp(ok ? "" : err.code, code) != 0) {
        fail_msg("%s with %s: \"%s\" instead of \"%s\"", url, pattern, err.code, code);
    }
}

static void check_url__allows_what_was_named(void **state)
{
    (void)state;
    check("https://api.example.com/a?b=c", "api.example.com", "");
    check("https://API.Example.com:443/", "api.example.com", "");
    check("https://api.example.com:8443/", "api.example.com:8443", "");
    check("https://a.b.example.com/", "*.example.com", "");
    check("http://127.0.0.1:8080/", "127.0.0.1", "");
    check("http://localhost:8080/", "localhost", "");
    check("http://[::1]:8080/", "[::1]", "");
    check("https://[::1]/", "[::1]", "");
    check("http://127.0.0.1:8080/", "127.0.0.1:8080", "");
}

static void check_url__refuses_the_rest(void **state)
{
    (void)state;
    check("https://api.example.com:8443/", "api.example.com", "host-not-allowed");
    check("https://api.example.com/", "api.example.com:8443", "host-not-allowed");
    check("https://api.example.com/", "api.example.com:abc", "host-not-allowed");
    check("https://example.com/", "*.example.com", "host-not-allowed");
    check("https://badexample.com/", "*.example.com", "host-not-allowed");
    check("https://api.example.com.evil.org/", "api.example.com", "host-not-allowed");
    check("https://api.example.com./", "api.example.com", "host-not-allowed");
    check("https://2130706433/", "api.example.com", "host-not-allowed");
    check("http://127.0.0.2:8080/", "127.0.0.1", "not-https");
    check("http://127.0.0.1:81/", "127.0.0.1:80", "host-not-allowed");
    check("http://api.example.com/", "api.example.com", "not-https");
    check("http://api.example.com:443/", "api.example.com", "not-https");
    check("ftp://api.example.com/", "api.example.com", "not-https");
    check("https://127.0.0.1/", "*.0.0.1", "");
}

static void check_url__refuses_what_is_no_plain_address(void **state)
{
    static const char *const urls[] = {"",
                                       "/path",
                                       "api.example.com/path",
                                       "//api.example.com/",
                                       "https://",
                                       "https://user@api.example.com/",
                                       "https://user:pass@api.example.com/",
                                       "https://api.example.com@evil.org/",
                                       "https://api.example.com/#part",
                                       "https://api.example.com/a b",
                                       "https://api.example.com/a\nb",
                                       "https://api.example.com:99999/",
                                       "https://api.example.com:0/",

                                       "https://ex\xc3\xa4mple.com/"};

    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        check(urls[i], "api.example.com", "request");
    }
}

static void resolve(const char *base, const char *reference, const char *expected)
{
    AUTO_FREE char *link = NULL;
    struct error err = {0};

    if (!http_resolve(base, reference, &link, &err)) {
        assert_string_equal(err.code, "link");
        if (*expected) {
            fail_msg("%s from %s: refused", reference, base);
        }
        return;
    }
    assert_string_equal(link, expected);
}

static void resolve__as_seen_from_a_page(void **state)
{
    const char *base = "https://api.example.com/v1/items?page=1";

    (void)state;
    resolve(base, "https://files.example.com/x?y=z", "https://files.example.com/x?y=z");
    resolve(base, "/v2/items", "https://api.example.com/v2/items");
    resolve(base, "items/2", "https://api.example.com/v1/items/2");
    resolve(base, "?page=2", "https://api.example.com/v1/items?page=2");
    resolve(base, "//cdn.example.com/a", "https://cdn.example.com/a");
    resolve(base, "/a#part", "https://api.example.com/a");
    resolve(base, "http://api.example.com/", "http://api.example.com/");
    resolve(base, "http://8/", "http://0.0.0.8/");
    resolve(base, "http:/%38", ""); /* the same in two steps */
    resolve(base, "ftp://api.example.com/", "");
    resolve(base, "file:///etc/passwd", "");
    resolve(base, "https://user@api.example.com/", "");
    resolve(base, "javascript:alert(1)", "");
    resolve("nonsense", "/a", "");
}

static void encode__leaves_only_what_is_safe(void **state)
{
    AUTO(buffer_done) struct buffer b;

    (void)state;
    buffer_init(&b, 1000);
    http_encode(TEXT("aZ09-._~ /?&=+%\xc3\xa4\0"), &b);
    assert_string_equal(b.at, "aZ09-._~%20%2F%3F%26%3D%2B%25%C3%A4%00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_url__allows_what_was_named),
        cmocka_unit_test(check_url__refuses_the_rest),
        cmocka_unit_test(check_url__refuses_what_is_no_plain_address),
        cmocka_unit_test(resolve__as_seen_from_a_page),
        cmocka_unit_test(encode__leaves_only_what_is_safe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
