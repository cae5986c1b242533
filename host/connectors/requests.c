/*
 * Requests and headers as a connector may declare them. Values are filled in later and encoded
 * whole; so what could lead somewhere else is only what the declaration itself says.
 */
#include <strings.h>

#include "base/memory.h"
#include "connectors/connectors_internal.h"

static bool wrong(const struct declared_list *list, const char *field, const char *what,
                  const char *instead, struct error *err)
{
    return error_set(err, ERROR_REJECTED, "request", "list %s: %s is \"%.120s\"; %s.", list->name,
                     field, what, instead);
}

/* ---- paths ---- */

static bool is_plain(struct text t, const char *but)
{
    for (size_t i = 0; i < t.size; i++) {
        if (t.at[i] <= ' ' || (unsigned char)t.at[i] >= 0x7f || strchr(but, t.at[i])) {
            return false;
        }
    }
    return true;
}

static bool climbs(struct text path)
{
    while (path.at) {
        struct text segment = text_split(&path, '/');

        if (text_is(segment, ".") || text_is(segment, "..")) {
            return true;
        }
    }
    return false;
}

/* "/path?query": of one host, downwards only. */
static bool path_is_sound(struct text t)
{
    struct text query = t, path = text_split(&query, '?');

    return path.size > 0 && path.at[0] == '/' && (path.size < 2 || path.at[1] != '/') &&
           is_plain(path, "\\%#\"<>|^`") && !climbs(path) && is_plain(query, "#\\");
}

/* "{option.folder}/…": below a folder that the operator chose. */
static bool file_is_sound(struct text t)
{
    const char *end = t.size ? memchr(t.at, '}', t.size) : NULL;
    size_t size = end ? (size_t)(end + 1 - t.at) : 0;
    struct text rest = {t.at + size, t.size - size};

    return text_starts(t, "{option.") && size > 9 && rest.size > 1 && rest.at[0] == '/' &&
           !climbs(rest) && is_plain(t, "\\%#\"<>|^`");
}

/* ---- one list ---- */

/* `more`: what may stand behind the path, "" for nothing. */
static const struct request_field {
    const char *name;
    size_t offset;
    const char *methods, *more;
} request_fields[] = {
    {"read.get", offsetof(struct declared_list, read.get), "GET POST FILE", ""},
    {"read.gone_at", offsetof(struct declared_list, read.gone_at), "GET POST", "a path"},
    {"write.create", offsetof(struct declared_list, write.create), "POST PUT PATCH", ""},
    {"write.update", offsetof(struct declared_list, write.update), "POST PUT PATCH", ""},
    {"write.remove", offsetof(struct declared_list, write.remove), "DELETE POST PUT PATCH",
     "fields"},
};

static bool is_among(struct text word, const char *words)
{
    struct text rest = text_of(words);

    while (rest.at) {
        if (text_equal(text_split(&rest, ' '), word)) {
            return true;
        }
    }
    return false;
}

static const char *text_in(const struct declared_list *list, size_t offset)
{
    const char *text;

    memcpy(&text, (const char *)list + offset, sizeof text);
    return text;
}

static bool check_request(const struct declared_list *list, const struct request_field *field,
                          struct error *err)
{
    const char *whole = text_in(list, field->offset);
    struct text rest = text_of(whole), method = text_split(&rest, ' ');
    struct text path = field->more[0] ? text_split(&rest, ' ') : rest;

    if (!whole[0]) {
        return true;
    }
    if (!is_among(method, field->methods)) {
        return error_set(err, ERROR_REJECTED, "request",
                         "list %s: %s is \"%.120s\"; it begins with one of %s.", list->name,
                         field->name, whole, field->methods);
    }
    if (text_is(method, "FILE")) {
        return file_is_sound(path) || wrong(list, field->name, whole,
                                            "files are read from a folder that the operator gives: "
                                            "FILE {option.folder}/*.csv",
                                            err);
    }
    return path_is_sound(path) ||
           wrong(list, field->name, whole,
                 "behind the method stands a path that begins with one '/', without '..', '%', '#' "
                 "or blanks; the host is declared in hosts",
                 err);
}

/* ---- headers ---- */

static bool is_token(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        char c = t.at[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            c != '-' && c != '_') {
            return false;
        }
    }
    return t.size > 0;
}

/* The host's own, and what would end one request and begin another. */
static bool is_taken(struct text name)
{
    static const char *const taken[] = {
        "Authorization", "Proxy-Authorization", "Cookie",  "Host",    "Content-Length",
        "Content-Type",  "Transfer-Encoding",   "Upgrade", "Expect",  "Connection",
        "Keep-Alive",    "Proxy-Connection",    "TE",      "Trailer", "Idempotency-Key",
    };

    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (name.size == strlen(taken[i]) && strncasecmp(name.at, taken[i], name.size) == 0) {
            return true;
        }
    }
    return false;
}

/* "header X-Key" in any of the ways to log in: the token's own header. */
static bool is_of_login(const struct declaration *d, struct text name)
{
    struct text rest = text_of(d->login);

    while (rest.size > 0) {
        struct text word = text_trim(text_split(&rest, ' '));

        if (word.size == name.size && strncasecmp(word.at, name.at, name.size) == 0) {
            return true;
        }
    }
    return false;
}

static bool check_header(const struct declaration *d, const char *where, struct text header,
                         struct error *err)
{
    struct text value = header, name = text_split(&value, ':');

    if (!is_token(name) || text_trim(value).size == 0 || memchr(value.at, '\n', value.size)) {
        return error_set(err, ERROR_REJECTED, "header",
                         "%s: \"%.*s\" is no header; write \"Name: value\".", where,
                         header.size > 100 ? 100 : (int)header.size, header.at);
    }
    if (is_taken(name) || is_of_login(d, name)) {
        return error_set(err, ERROR_REJECTED, "header",
                         "%s: the header %.*s is Ferry's own; the token goes where login says.",
                         where, TEXT_ARGS(name));
    }
    return true;
}

static bool is_header(const char *since)
{
    return strstr(since, ": ") && !strchr(since, '=');
}

static bool check_queries(const struct declaration *d, const struct declared_list *list,
                          struct error *err)
{
    const struct {
        const char *name, *query;
    } queries[] = {
        {"read.page", list->read.page},
        {"read.ids", list->read.ids},
        {"read.since", is_header(list->read.since) ? "" : list->read.since},
    };
    char where[120];

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        if (!is_plain(text_of(queries[i].query), "#\\")) {
            return wrong(list, queries[i].name, queries[i].query,
                         "a query has no blanks and no '#'", err);
        }
    }
    snprintf(where, sizeof where, "list %s: read.since", list->name);
    return !is_header(list->read.since) || check_header(d, where, text_of(list->read.since), err);
}

static bool check_headers(const struct declaration *d, struct error *err)
{
    struct text rest = text_of(d->headers);

    while (rest.size > 0) {
        struct text header = text_trim(text_split(&rest, ';'));

        if (header.size > 0 && !check_header(d, "headers", header, err)) {
            return false;
        }
    }
    return true;
}

bool requests_check(const struct declaration *d, struct error *err)
{
    for (size_t i = 0; i < d->list_count; i++) {
        for (size_t k = 0; k < sizeof request_fields / sizeof *request_fields; k++) {
            if (!check_request(&d->lists[i], &request_fields[k], err)) {
                return false;
            }
        }
        if (!check_queries(d, &d->lists[i], err)) {
            return false;
        }
    }
    return check_headers(d, err);
}
