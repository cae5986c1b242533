/*
 * Addresses: what a connector declares, what the config says, and what comes in as a link. Whoever
 * lets an address pass must mean the host that libcurl would call.
 */
#include "fuzz.h"

#include <curl/curl.h>

#include "connectors/connectors.h"
#include "http/http.h"

/* What libcurl would call; owned. */
struct called {
    char *scheme, *host;
};

static void called_done(struct called *called)
{
    curl_free(called->scheme);
    curl_free(called->host);
}

static bool called_of(const char *url, struct called *ret)
{
    CURLU *parsed = curl_url();
    bool ok = curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK &&
              curl_url_get(parsed, CURLUPART_SCHEME, &ret->scheme, 0) == CURLUE_OK &&
              curl_url_get(parsed, CURLUPART_HOST, &ret->host, 0) == CURLUE_OK;

    curl_url_cleanup(parsed);
    return ok;
}

static bool is_here(const char *host)
{
    return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0 ||
           strcasecmp(host, "localhost") == 0;
}

static bool is_declared(const struct connector_hosts *hosts, const char *host,
                        enum connector_host_role role)
{
    for (size_t i = 0; i < hosts->count; i++) {
        const char *name = hosts->at[i].name;
        const char *below = name[0] == '*' ? name + 1 : NULL;
        size_t size = strlen(host), tail = below ? strlen(below) : 0;

        if (hosts->at[i].role >= role &&
            (strcasecmp(name, host) == 0 ||
             (below && size > tail && strcasecmp(host + size - tail, below) == 0))) {
            return true;
        }
    }
    return false;
}

static void check_role(const struct connector_hosts *hosts, const char *base, const char *url)
{
    enum connector_host_role role = connector_url_role(hosts, base, url);
    AUTO(called_done) struct called called = {0};
    AUTO(called_done) struct called of_base = {0};
    bool is_base;

    if (role == CONNECTOR_HOST_NONE) {
        return;
    }
    MUST(called_of(url, &called), "libcurl cannot read %s, which may be called", url);
    is_base = called_of(base, &of_base) && strcasecmp(of_base.host, called.host) == 0;
    MUST(is_base || is_declared(hosts, called.host, role), "%s is called for %s", called.host, url);
    MUST(strcmp(called.scheme, "https") == 0 || (is_base && is_here(called.host)),
         "%s without https", url);
}

static void check_allowed(const char *url, const char *pattern)
{
    const char *allow[] = {pattern, NULL};
    AUTO(called_done) struct called called = {0};
    struct text rest = text_of(pattern);
    struct error err = {0};

    if (!http_check_url(url, allow, &err)) {
        MUST(err.kind == ERROR_CONFIG || err.kind == ERROR_BUG, "%s", err.code);
        MUST(text_is_utf8(text_of(err.text)), "words that are cut");
        return;
    }
    MUST(called_of(url, &called), "libcurl cannot read %s, which may be called", url);
    if (text_starts(rest, "*.")) {
        struct text name = text_split(&rest, ':');
        size_t size = strlen(called.host), tail = name.size - 1; /* without "*" */

        MUST(size > tail && strncasecmp(called.host + size - tail, name.at + 1, tail) == 0,
             "%s is not below %s", called.host, pattern);
    } else {
        MUST(strncasecmp(called.host, pattern, strlen(called.host)) == 0, "%s is not %s",
             called.host, pattern);
    }
    MUST(strcmp(called.scheme, "https") == 0 || is_here(called.host), "%s without https", url);
}

static void check_link(const char *base, const char *link)
{
    AUTO_FREE char *whole = NULL;
    AUTO_FREE char *again = NULL;
    AUTO(called_done) struct called called = {0};
    struct error err = {0};

    if (!http_resolve(base, link, &whole, &err)) {
        fuzz_check_error(&err);
        return;
    }
    MUST(fuzz_is_printable(text_of(whole)), "a link of two lines");
    MUST(called_of(whole, &called), "libcurl cannot read %s", whole);
    MUST(strcmp(called.scheme, "https") == 0 || strcmp(called.scheme, "http") == 0, "%s", whole);
    MUST(!strchr(whole, '#'), "a fragment: %s", whole);
    MUST(http_resolve(base, whole, &again, &err) && strcmp(whole, again) == 0, "%s and %s", whole,
         again ? again : err.text);
}

/* Four lines: hosts as declared, a base address, an address or link, a host of the config. */
static void fuzz_one(struct text input)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    AUTO_FREE char *declared = fuzz_line(&input);
    AUTO_FREE char *base = fuzz_line(&input);
    AUTO_FREE char *url = fuzz_line(&input);
    AUTO_FREE char *pattern = fuzz_line(&input);
    struct connector_hosts hosts;
    struct error err = {0};

    if (text_is_utf8(text_of(declared)) && connector_hosts(declared, arena, &hosts, &err)) {
        check_role(&hosts, base, url);
        check_role(&hosts, "", url);
        (void)connector_base_url(&hosts, base, arena);
    }
    check_allowed(url, pattern);
    check_link(base, url);
    check_link("https://api.example.com/a/b?c", url);
    arena_free(arena);
}
