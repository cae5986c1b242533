#include <ctype.h>
#include <strings.h>

#include "base/memory.h"
#include "http/http_internal.h"

#define HTTPS_PORT 443u

struct address {
    char *scheme, *host; /* libcurl's memory */
    unsigned port;
};

static void address_done(struct address *address)
{
    curl_free(address->scheme);
    curl_free(address->host);
}

static bool is_this_machine(const char *host)
{
    return strcasecmp(host, "localhost") == 0 || strcmp(host, "127.0.0.1") == 0 ||
           strcmp(host, "[::1]") == 0;
}

/* ---- patterns ---- */

static unsigned read_port(struct text digits)
{
    unsigned port = 0;

    for (size_t i = 0; i < digits.size; i++) {
        if (!isdigit((unsigned char)digits.at[i]) || port > 65535) {
            return 0;
        }
        port = port * 10 + (unsigned)(digits.at[i] - '0');
    }
    return port <= 65535 ? port : 0;
}

/* Cut ":port" from the end of a pattern; -1: it has none, 0: one that fits nothing. */
static int cut_port(struct text *pattern)
{
    for (size_t i = pattern->size; i > 0 && pattern->at[i - 1] != ']'; i--) {
        if (pattern->at[i - 1] == ':') {
            int port = (int)read_port((struct text){pattern->at + i, pattern->size - i});
            pattern->size = i - 1;
            return port;
        }
    }
    return -1;
}

static bool is_same_name(struct text a, const char *b)
{
    return strlen(b) == a.size && strncasecmp(a.at, b, a.size) == 0;
}

/* "*.example.com": `below` is ".example.com"; at least one letter must stand before it. */
static bool is_below(struct text below, const char *host)
{
    size_t size = strlen(host);

    return below.size > 1 && size > below.size && host[0] != '.' &&
           is_same_name(below, host + size - below.size);
}

static bool is_matched(const struct address *address, const char *pattern)
{
    struct text name = text_of(pattern);
    int port = cut_port(&name);
    bool same = text_starts(name, "*.")
                    ? is_below((struct text){name.at + 1, name.size - 1}, address->host)
                    : is_same_name(name, address->host);

    if (port < 0 && is_this_machine(address->host)) {
        return same;
    }
    return same && address->port == (port < 0 ? HTTPS_PORT : (unsigned)port);
}

/* ---- checking ---- */

static bool is_printable(const char *url)
{
    for (const char *c = url; *c; c++) {
        if (*c <= 0x20 || *c >= 0x7f) {
            return false;
        }
    }
    return true;
}

static bool has_part(CURLU *url, CURLUPart part)
{
    char *value = NULL;
    bool has = curl_url_get(url, part, &value, 0) == CURLUE_OK;

    curl_free(value);
    return has;
}

static bool has_forbidden_parts(CURLU *url)
{
    return has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD) ||
           has_part(url, CURLUPART_FRAGMENT);
}

static bool read_address(CURLU *url, struct address *ret)
{
    char *port = NULL;
    bool ok = curl_url_get(url, CURLUPART_SCHEME, &ret->scheme, 0) == CURLUE_OK &&
              curl_url_get(url, CURLUPART_HOST, &ret->host, 0) == CURLUE_OK;

    if (ok && curl_url_get(url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK) {
        ret->port = read_port(text_of(port));
    }
    curl_free(port);
    return ok && ret->port > 0 && *ret->host && is_printable(ret->host);
}

static bool check_address(const struct address *address, const char *const *allow_hosts,
                          struct error *err)
{
    if (strcmp(address->scheme, "https") != 0 &&
        !(strcmp(address->scheme, "http") == 0 && is_this_machine(address->host))) {
        return error_set(err, ERROR_CONFIG, "not-https", "%s would be called without https",
                         address->host);
    }
    for (; allow_hosts && *allow_hosts; allow_hosts++) {
        if (is_matched(address, *allow_hosts)) {
            return true;
        }
    }
    return error_set(err, ERROR_CONFIG, "host-not-allowed",
                     "%s:%u is not among the hosts that may be called here", address->host,
                     address->port);
}

bool address_parse(const char *url, const char *const *allow_hosts, CURLU **ret, char **ret_host,
                   struct error *err)
{
    AUTO(address_done) struct address address = {0};
    CURLU *parsed = curl_url();

    if (!url || !is_printable(url) ||
        curl_url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS) !=
            CURLUE_OK ||
        has_forbidden_parts(parsed) || !read_address(parsed, &address)) {
        curl_url_cleanup(parsed);
        return error_set(err, ERROR_BUG, "request",
                         "an address is not absolute, or has a user, a password or a fragment");
    }
    if (!check_address(&address, allow_hosts, err)) {
        curl_url_cleanup(parsed);
        return false;
    }
    *ret = parsed;
    *ret_host = memory_copy_text(address.host);
    return true;
}

bool http_check_url(const char *url, const char *const *allow_hosts, struct error *err)
{
    AUTO_FREE char *host = NULL;
    CURLU *parsed = NULL;
    bool ok = address_parse(url, allow_hosts, &parsed, &host, err);

    curl_url_cleanup(parsed);
    return ok;
}

/* ---- links ---- */

static bool is_web(CURLU *url)
{
    char *scheme = NULL;
    bool is = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
              (strcmp(scheme, "https") == 0 || strcmp(scheme, "http") == 0);

    curl_free(scheme);
    return is;
}

/*
 * Whether it means the same when it is read again, as it is before it is called. "%38" is the host
 * "8" first, and 0.0.0.8 then; nobody who means well writes a host like this.
 */
static bool is_settled(const char *whole)
{
    CURLU *url = curl_url();
    char *again = NULL;
    bool is = curl_url_set(url, CURLUPART_URL, whole, 0) == CURLUE_OK &&
              curl_url_get(url, CURLUPART_URL, &again, 0) == CURLUE_OK && strcmp(whole, again) == 0;

    curl_free(again);
    curl_url_cleanup(url);
    return is;
}

bool http_resolve(const char *base, const char *reference, char **ret, struct error *err)
{
    CURLU *url = curl_url();
    char *whole = NULL;
    bool ok = reference && curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK &&
              curl_url_set(url, CURLUPART_URL, reference, 0) == CURLUE_OK;

    if (ok) {
        curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0);
        ok = is_web(url) && !has_forbidden_parts(url) &&
             curl_url_get(url, CURLUPART_URL, &whole, 0) == CURLUE_OK && is_printable(whole) &&
             is_settled(whole);
    }
    if (ok) {
        *ret = memory_copy_text(whole);
    }
    curl_free(whole);
    curl_url_cleanup(url);
    return ok ? true
              : error_set(err, ERROR_REJECTED, "link",
                          "a link that was received cannot be followed");
}

void http_encode(struct text t, struct buffer *out)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.at[i];

        if ((c < 0x80 && isalnum(c)) || (c && strchr("-._~", c))) {
            buffer_add_char(out, (char)c);
        } else {
            buffer_add_char(out, '%');
            buffer_add_char(out, hex[c >> 4]);
            buffer_add_char(out, hex[c & 15]);
        }
    }
}
