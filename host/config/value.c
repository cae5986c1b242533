/* Readers of plain values: text, numbers, paths, addresses. */
#include "config/config_internal.h"

#include <arpa/inet.h>

#include "base/suggest.h"

#define TEXT_MAX       4096
#define EXPRESSION_MAX 16384

void complain_wanted(struct reader *r, const struct yaml_node *value, const char *want)
{
    config_complain(r->complaints, value->place, NULL, "this is not %s", want);
}

const char *scalar_text(struct reader *r, const struct yaml_node *value, const char *want)
{
    if (yaml_is_null(value)) {
        config_complain(r->complaints, value->place, NULL, "here is no value; write %s", want);
        return NULL;
    }
    if (value->kind != YAML_TEXT) {
        config_complain(r->complaints, value->place, NULL, "this is a %s; write %s",
                        value->kind == YAML_LIST ? "list" : "map", want);
        return NULL;
    }
    return value->text;
}

/* Same, copied to *at, at most `most` bytes. */
static void read_text(struct reader *r, const struct yaml_node *value, size_t most, void *at)
{
    const char *text = scalar_text(r, value, "a text");

    if (!text) {
        return;
    }
    if (text_trim(text_of(text)).size == 0) {
        config_complain(r->complaints, value->place, NULL, "this text is empty");
        return;
    }
    if (strlen(text) > most) {
        config_complain(r->complaints, value->place, NULL, "this text is over %zu bytes long",
                        most);
        return;
    }
    *(const char **)at = arena_copy(r->arena, text);
}

void value_text(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    (void)key;
    read_text(r, value, TEXT_MAX, at);
}

void value_expression(struct reader *r, const struct key *key, const struct yaml_node *value,
                      void *at)
{
    (void)key;
    read_text(r, value, EXPRESSION_MAX, at);
}

/* ---- numbers ---- */

bool digits_read(struct text digits, int64_t most, int64_t *ret)
{
    int64_t n = 0;

    if (digits.size == 0 || digits.size > 18) {
        return false;
    }
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9') {
            return false;
        }
        n = n * 10 + (digits.at[i] - '0');
    }
    if (n > most) {
        return false;
    }
    *ret = n;
    return true;
}

void value_number(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    const char *text = scalar_text(r, value, "a whole number");
    int64_t n = -1;

    if (!text) {
        return;
    }
    if (!digits_read(text_of(text), key->most, &n) || n < key->least) {
        config_complain(r->complaints, value->place, NULL,
                        "\"%s\" is a whole number from %lld to %lld", key->name,
                        (long long)key->least, (long long)key->most);
        return;
    }
    *(uint32_t *)at = (uint32_t)n;
}

bool port_read(struct text digits, uint16_t *ret)
{
    int64_t n = 0;

    if (!digits_read(digits, 65535, &n) || n == 0) {
        return false;
    }
    *ret = (uint16_t)n;
    return true;
}

void value_port(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    static const char want[] = "a port, from 1 to 65535";
    const char *text = scalar_text(r, value, want);

    (void)key;
    if (text && !port_read(text_of(text), at)) {
        complain_wanted(r, value, want);
    }
}

void value_bool(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    const char *text = scalar_text(r, value, "true or false");

    (void)key;
    if (!text) {
        return;
    }
    if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0) {
        config_complain(r->complaints, value->place, NULL, "write true or false here");
        return;
    }
    *(bool *)at = text[0] == 't';
}

/* ---- words ---- */

void value_kind(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    static const char *const kinds[] = {"user", "custom"}; /* enum config_app_kind */
    const char *text = scalar_text(r, value, "user or custom");

    (void)key;
    for (size_t i = 0; text && i < COUNT_OF(kinds); i++) {
        if (strcmp(text, kinds[i]) == 0) {
            *(enum config_app_kind *)at = (enum config_app_kind)i;
            return;
        }
    }
    if (text) {
        config_complain(r->complaints, value->place, suggest_name(text, kinds, COUNT_OF(kinds)),
                        "an app's kind is user or custom");
    }
}

/* ---- paths ---- */

const char *path_complete(struct reader *r, const char *path)
{
    return path[0] == '/' ? arena_copy(r->arena, path)
                          : arena_printf(r->arena, "%s/%s", r->folder, path);
}

const char *path_read(struct reader *r, const struct yaml_node *value)
{
    const char *path = NULL;

    read_text(r, value, TEXT_MAX, &path);
    if (path && strchr(path, '\n')) {
        complain_wanted(r, value, "a path: it has several lines");
        return NULL;
    }
    return path ? path_complete(r, path) : NULL;
}

void value_path(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    const char *path = path_read(r, value);

    (void)key;
    if (path) {
        *(const char **)at = path;
    }
}

void value_store(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    static const char want[] = "a store, like sqlite:/var/lib/ferry/ferry.db";
    struct text text = text_of(scalar_text(r, value, want));

    (void)key;
    if (!text.at) {
        return;
    }
    if (text_starts(text, "postgres:") || text_starts(text, "postgresql:")) {
        config_complain(r->complaints, value->place, NULL,
                        "PostgreSQL is not there yet; write sqlite:/var/lib/ferry/ferry.db");
        return;
    }
    if (!text_starts(text, "sqlite:") || text.size == 7 || text_ends(text, "/") ||
        strchr(text.at, '\n') || text.size > TEXT_MAX || text_starts(text, "sqlite://")) {
        complain_wanted(r, value, want);
        return;
    }
    *(const char **)at = path_complete(r, text.at + 7);
}

/* ---- an address to listen on ---- */

void value_listen(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    static const char want[] = "an IP address and a port, like 127.0.0.1:9180 or [::1]:9180";
    const char *text = scalar_text(r, value, want), *colon = text ? strrchr(text, ':') : NULL;
    struct config_address address = {NULL, 0};
    struct text host;
    unsigned char bytes[16];
    char terminated[64];
    bool v6;

    (void)key;
    if (!text) {
        return;
    }
    host = (struct text){text, colon ? (size_t)(colon - text) : 0};
    v6 = host.size > 2 && host.at[0] == '[' && host.at[host.size - 1] == ']';
    if (v6) {
        host.at++;
        host.size -= 2;
    }
    if (host.size == 0 || host.size >= sizeof terminated) {
        complain_wanted(r, value, want);
        return;
    }
    memcpy(terminated, host.at, host.size);
    terminated[host.size] = '\0';
    if (inet_pton(v6 ? AF_INET6 : AF_INET, terminated, bytes) != 1 ||
        !port_read(text_of(colon + 1), &address.port)) {
        complain_wanted(r, value, want);
        return;
    }
    address.host = arena_copy(r->arena, terminated);
    memcpy(at, &address, sizeof address);
}
