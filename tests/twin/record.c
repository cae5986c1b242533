/* What happened: counts of calls, the capture of requests to Xero, the log. */
#include <inttypes.h>
#include <stdarg.h>

#include "twin.h"

#define LOG_MAX 5000

void record_call(struct twin *twin, const char *system, const char *method, const char *route)
{
    bool xero = strcmp(system, "xero") == 0;
    json_t *calls = xero ? twin->calls_xero : twin->calls_payhawk;
    char key[256];
    bool writes = strcmp(method, "GET") != 0 && !strstr(route, "/identity/");

    snprintf(key, sizeof key, "%s %s", method, route);
    json_object_set_new(calls, key, json_new_int(json_int(json_object_get(calls, key), 0) + 1));
    if (writes) {
        *(xero ? &twin->writes_xero : &twin->writes_payhawk) += 1;
    }
}

static const char *const captured_headers[] = {
    "Accept", "Content-Type",      "Content-Length",  "Idempotency-Key",
    "Host",   "If-Modified-Since", "xero-tenant-id",  "User-Agent",
    "Expect", "Transfer-Encoding", "Accept-Encoding",
};

/* JSON as it is, other text as text, bytes as size and hash. */
static json_t *captured_body(const struct request *q)
{
    const char *type = request_header(q, "Content-Type");
    char hash[CRYPTO_SHA256_HEX];
    json_t *body = NULL;

    if (q->body.size == 0) {
        return json_null();
    }
    if (type && strstr(type, "json") && json_read(q->body, JSON_DEPTH_MAX, &body, NULL)) {
        return body;
    }
    if (strstr(q->path, "/identity/")) {
        return json_string("(secret)");
    }
    body = json_object();
    json_object_set_new(body, "size", json_new_int((int64_t)q->body.size));
    json_object_set_new(body, "sha256", json_string(crypto_sha256_hex(q->body, hash)));
    return body;
}

void record_request(struct twin *twin, const struct request *q, const struct reply *r)
{
    AUTO_JSON json_t *line = json_object();
    json_t *headers = json_object();
    AUTO_FREE char *text = NULL;

    if (!twin->capture || !text_starts(text_of(q->path), "/xero/")) {
        json_decref(headers);
        return;
    }
    for (size_t i = 0; i < sizeof captured_headers / sizeof *captured_headers; i++) {
        const char *value = request_header(q, captured_headers[i]);
        if (value) {
            json_object_set_new(headers, captured_headers[i], json_string(value));
        }
    }
    json_object_set_new(line, "at_ms", json_new_int(twin_now(twin)));
    json_object_set_new(line, "method", json_string(q->method));
    json_object_set_new(line, "path", json_string(q->path));
    json_object_set_new(line, "uri", json_string(q->uri));
    json_object_set_new(line, "headers", headers);
    json_object_set_new(line, "body", captured_body(q));
    json_object_set_new(line, "status", json_new_int(r->status));
    json_object_set_new(line, "fault", r->fault ? json_string(r->fault) : json_null());
    text = json_write_text(line);
    fprintf(twin->capture, "%s\n", text);
    fflush(twin->capture);
}

void record_event(struct twin *twin, const char *what, const char *format, ...)
{
    json_t *entry = json_object();
    char text[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    json_object_set_new(entry, "at_ms", json_new_int(twin_now(twin)));
    json_object_set_new(entry, "what", json_string(what));
    json_object_set_new(entry, "text", json_string(text));
    if (json_array_size(twin->log) >= LOG_MAX) {
        json_array_remove(twin->log, 0);
    }
    json_array_append_new(twin->log, entry);
    twin->refused += strcmp(what, "refused") == 0;
}
