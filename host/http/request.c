#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "base/memory.h"
#include "http/http_internal.h"

/* libcurl's own business, or the connection's. */
static const char *const not_yours[] = {
    "Accept-Encoding",
    "Connection",
    "Content-Length",
    "Cookie",
    "Expect",
    "Host",
    "HTTP2-Settings",
    "Keep-Alive",
    "Proxy-Authorization",
    "Proxy-Connection",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
};

static bool is_in(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(name, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_token(const char *name)
{
    for (const char *c = name; *c; c++) {
        if (!isalnum((unsigned char)*c) && !strchr("!#$%&'*+-.^_`|~", *c)) {
            return false;
        }
    }
    return *name != '\0';
}

static bool is_value(const char *value)
{
    for (const char *c = value; *c; c++) {
        if (((unsigned char)*c < 0x20 && *c != '\t') || *c == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool is_method(const char *method)
{
    return method && *method && strspn(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(method) &&
           strlen(method) <= 16 && strcmp(method, "CONNECT") != 0;
}

/* A header's value is never in the text: it may be a token. */
static bool check_headers(const char *const *headers, struct error *err)
{
    for (; headers && headers[0]; headers += 2) {
        if (!headers[1] || !is_token(headers[0]) || !is_value(headers[1])) {
            return error_set(err, ERROR_BUG, "request",
                             "a header of the request has a name or a value that cannot be sent");
        }
        if (is_in(headers[0], not_yours, sizeof not_yours / sizeof *not_yours)) {
            return error_set(err, ERROR_BUG, "request", "the header %s is not the caller's to set",
                             headers[0]);
        }
    }
    return true;
}

bool request_check(const struct http_request *request, struct error *err)
{
    if (!is_method(request->method)) {
        return error_set(err, ERROR_BUG, "request", "the method must be capital letters");
    }
    if (request->timeout_ms == 0 || request->timeout_ms > HTTP_TIMEOUT_MOST_MS) {
        return error_set(err, ERROR_BUG, "request", "timeout_ms must be 1..%d, and is %u",
                         HTTP_TIMEOUT_MOST_MS, (unsigned)request->timeout_ms);
    }
    if (request->reply_max_bytes == 0) {
        return error_set(err, ERROR_BUG, "request", "reply_max_bytes must be given");
    }
    if (request->body_path && request->body.size > 0) {
        return error_set(err, ERROR_BUG, "request", "a request has body or body_path, not both");
    }
    if (request_has_body(request) && strcmp(request->method, "HEAD") == 0) {
        return error_set(err, ERROR_BUG, "request", "a HEAD request has no body");
    }
    return check_headers(request->headers, err);
}

bool request_has_body(const struct http_request *request)
{
    static const char *const always[] = {"POST", "PUT", "PATCH"};

    return request->body_path || request->body.size > 0 ||
           is_in(request->method, always, sizeof always / sizeof *always);
}

/* libcurl writes "Name;" as a header with an empty value; "Name:" would drop it. */
static struct curl_slist *add(struct curl_slist *list, const char *name, const char *value)
{
    size_t size = strlen(name) + strlen(value) + 3;
    AUTO_FREE char *line = memory_new(size, 1);

    snprintf(line, size, "%s%s%s", name, *value ? ": " : ";", value);
    list = curl_slist_append(list, line);
    memory_wipe(line, size);
    return list;
}

struct curl_slist *request_headers(const struct http_request *request)
{
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");
    bool typed = false;

    for (const char *const *h = request->headers; h && h[0]; h += 2) {
        typed = typed || strcasecmp(h[0], "Content-Type") == 0;
        list = add(list, h[0], h[1]);
    }
    return typed ? list : curl_slist_append(list, "Content-Type:");
}
