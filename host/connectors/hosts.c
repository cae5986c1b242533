/* Where a connector may send requests, and with what. */
#include <stdio.h>

#include "base/memory.h"
#include "connectors/connectors_internal.h"

#define NAME_MAX_BYTES 253

/* ---- what is declared ---- */

/* Labels of letters, digits and '-', at least two of them; "*." in front when `star`. */
bool host_name_is_sound(struct text name, bool star)
{
    size_t labels = 0, size = 0;
    bool has_letter = false; /* in the last label */

    if (text_starts(name, "*.")) {
        if (!star) {
            return false;
        }
        name.at += 2;
        name.size -= 2;
    }
    for (size_t i = 0; i <= name.size; i++) {
        char c = i < name.size ? name.at[i] : '.';
        if (c == '.') {
            if (size == 0 || size > 63 || name.at[i - 1] == '-') {
                return false;
            }
            labels++;
            size = 0;
            has_letter = has_letter && i == name.size;
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && size > 0)) {
            size++;
            has_letter = has_letter || (c >= 'a' && c <= 'z');
        } else {
            return false;
        }
    }
    /* an address of digits is a machine that nobody can recognise, often this one */
    return labels >= 2 && name.size <= NAME_MAX_BYTES && has_letter;
}

static bool refuse(struct text what, struct error *err)
{
    return error_set(err, ERROR_REJECTED, "hosts",
                     "\"%.*s\" is not how hosts are declared; write \"api api.example.com; files "
                     "*.example.com\" in small letters.",
                     what.size > 100 ? 100 : (int)what.size, what.at ? what.at : "");
}

static bool add_names(struct text names, enum connector_host_role role, struct arena *arena,
                      struct connector_hosts *hosts, struct error *err)
{
    struct connector_host *at = NULL;

    while (names.size > 0) {
        struct text name = text_trim(text_split(&names, ','));
        if (hosts->count == HOSTS_MAX || !host_name_is_sound(name, role == CONNECTOR_HOST_FILES)) {
            return refuse(name, err);
        }
        at = arena_alloc(arena, hosts->count + 1, sizeof *at);
        if (hosts->count > 0) {
            memcpy(at, hosts->at, hosts->count * sizeof *at);
        }
        at[hosts->count] = (struct connector_host){role, arena_copy_text(arena, name)};
        hosts->at = at;
        hosts->count++;
    }
    return true;
}

bool connector_hosts(const char *declared, struct arena *arena, struct connector_hosts *ret,
                     struct error *err)
{
    struct text rest = text_trim(text_of(declared));
    struct connector_hosts hosts = {NULL, 0};
    bool api = false;

    while (rest.size > 0) {
        struct text names = text_trim(text_split(&rest, ';'));
        struct text word = text_split(&names, ' ');
        enum connector_host_role role = text_is(word, "api")     ? CONNECTOR_HOST_API
                                        : text_is(word, "files") ? CONNECTOR_HOST_FILES
                                                                 : CONNECTOR_HOST_NONE;
        if (role == CONNECTOR_HOST_NONE || text_trim(names).size == 0) {
            return refuse(word, err);
        }
        if (!add_names(names, role, arena, &hosts, err)) {
            return false;
        }
        api = api || role == CONNECTOR_HOST_API;
    }
    if (!api) {
        return error_set(err, ERROR_REJECTED, "hosts",
                         "No api host is declared; write \"api api.example.com\".");
    }
    *ret = hosts;
    return true;
}

const char *connector_base_url(const struct connector_hosts *hosts, const char *base_url,
                               struct arena *arena)
{
    struct text given = text_of(base_url);

    if (given.size > 0) {
        given.size -= given.at[given.size - 1] == '/';
        return arena_copy_text(arena, given);
    }
    for (size_t i = 0; i < hosts->count; i++) {
        if (hosts->at[i].role == CONNECTOR_HOST_API) {
            return arena_printf(arena, "https://%s", hosts->at[i].name);
        }
    }
    return "";
}

/* ---- what a URL is ---- */

struct origin {
    bool secure;
    char host[NAME_MAX_BYTES + 1]; /* small letters */
    struct text port;              /* digits, or nothing */
};

static bool is_loopback(const char *host)
{
    return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0 ||
           strcmp(host, "localhost") == 0;
}

static bool lower_host(struct text host, char *out)
{
    if (host.size == 0 || host.size > NAME_MAX_BYTES) {
        return false;
    }
    for (size_t i = 0; i < host.size; i++) {
        char c = host.at[i];
        c = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
        if (!fine && !text_is(host, "[::1]")) {
            return false;
        }
        out[i] = c;
    }
    out[host.size] = '\0';
    return true;
}

/*
 * Strict on purpose, so that no other reader of the URL (curl) can see another host in it: no
 * user part, no backslash, no blanks, no percent signs or non-ASCII in the authority.
 */
static bool read_origin(const char *url, struct origin *ret)
{
    struct text rest = text_of(url);

    if (!url) {
        return false;
    }
    for (size_t i = 0; i < rest.size; i++) {
        if ((unsigned char)rest.at[i] <= ' ' || rest.at[i] == '\\' || rest.at[i] == 0x7f) {
            return false;
        }
    }
    ret->secure = text_starts(rest, "https://");
    if (!ret->secure && !text_starts(rest, "http://")) {
        return false;
    }
    rest.at += ret->secure ? 8 : 7;
    rest.size -= ret->secure ? 8 : 7;
    rest.size = strcspn(rest.at, "/?#");
    size_t host_size = text_starts(rest, "[::1]") ? 5 : strcspn(rest.at, ":/?#");
    struct text host = {rest.at, host_size};
    struct text after = {rest.at + host_size, rest.size - host_size};
    if (after.size > 0 && (after.at[0] != ':' || after.size < 2 || after.size > 6 ||
                           strspn(after.at + 1, "0123456789") < after.size - 1)) {
        return false;
    }
    ret->port = after.size > 0 ? (struct text){after.at + 1, after.size - 1} : TEXT_NONE;
    return lower_host(host, ret->host);
}

static bool matches(const char *pattern, const char *host)
{
    size_t host_size = strlen(host), tail;

    if (pattern[0] != '*') {
        return strcmp(pattern, host) == 0;
    }
    tail = strlen(pattern) - 1; /* ".example.com" */
    return host_size > tail && strcmp(host + host_size - tail, pattern + 1) == 0;
}

enum connector_host_role connector_url_role(const struct connector_hosts *hosts,
                                            const char *base_url, const char *url)
{
    enum connector_host_role role = CONNECTOR_HOST_NONE;
    struct origin origin, base;
    bool has_base = base_url && base_url[0] && read_origin(base_url, &base);

    if (!read_origin(url, &origin)) {
        return CONNECTOR_HOST_NONE;
    }
    if (has_base && origin.secure == base.secure && strcmp(origin.host, base.host) == 0 &&
        text_equal(origin.port, base.port) && (origin.secure || is_loopback(origin.host))) {
        return CONNECTOR_HOST_API;
    }
    if (!origin.secure || origin.port.size > 0) {
        return CONNECTOR_HOST_NONE;
    }
    for (size_t i = 0; i < hosts->count; i++) {
        if (matches(hosts->at[i].name, origin.host) && hosts->at[i].role > role) {
            role = hosts->at[i].role;
        }
    }
    return role;
}
