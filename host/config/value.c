/* Readers of plain values: text, numbers, paths, addresses, lists of texts. */
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

/* The complete path of a node, or NULL after a complaint. */
static const char *read_path(struct reader *r, const struct yaml_node *value)
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
    const char *path = read_path(r, value);

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

/* ---- lists of texts ---- */

/* Reads one item into a const char *. */
typedef const char *item_fn(struct reader *r, const struct yaml_node *item);

/* One text alone is a list of one. */
static void read_list(struct reader *r, const struct yaml_node *value, item_fn *read, void *at)
{
    struct config_texts texts = {NULL, 0, true};
    const struct yaml_node *item = value->kind == YAML_LIST ? value->first : value;
    size_t most = value->kind == YAML_LIST ? value->count : 1;
    const char **items;

    if (value->kind == YAML_MAP || yaml_is_null(value)) {
        config_complain(r->complaints, value->place, NULL, "write a list here, like [a, b]");
        return;
    }
    items = arena_alloc(r->arena, most, sizeof *items);
    for (; texts.count < most && item; item = value->kind == YAML_LIST ? item->next : NULL) {
        const char *text = read(r, item);
        if (text) {
            items[texts.count++] = text;
        }
    }
    texts.at = items;
    memcpy(at, &texts, sizeof texts);
}

void value_paths(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    (void)key;
    read_list(r, value, read_path, at);
}

/* Labels of small letters, digits and '-', at least two, perhaps behind "*."; as in connectors/. */
static bool host_is_sound(const char *host)
{
    size_t labels = 0, size = 0;
    const char *at = strncmp(host, "*.", 2) == 0 ? host + 2 : host;

    if (strlen(host) > 253) {
        return false;
    }
    for (;; at++) {
        char c = *at;
        if (c == '.' || c == '\0') {
            if (size == 0 || size > 63 || at[-1] == '-') {
                return false;
            }
            labels++;
            size = 0;
            if (c == '\0') {
                return labels >= 2;
            }
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && size > 0)) {
            size++;
        } else {
            return false;
        }
    }
}

static const char *read_host(struct reader *r, const struct yaml_node *item)
{
    static const char want[] = "a host in small letters, like api.example.com or *.example.com";
    const char *host = scalar_text(r, item, want);

    if (!host) {
        return NULL;
    }
    if (strcmp(host, "localhost") != 0 && !host_is_sound(host)) {
        complain_wanted(r, item, want);
        return NULL;
    }
    return arena_copy(r->arena, host);
}

void value_hosts(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    (void)key;
    read_list(r, value, read_host, at);
}

static const char *read_write(struct reader *r, const struct yaml_node *item)
{
    static const char want[] = "the name of a list, like xero.Invoices";
    const char *name = scalar_text(r, item, want);

    if (!name) {
        return NULL;
    }
    if (!name_is_loose(name)) {
        complain_wanted(r, item, want);
        return NULL;
    }
    return arena_copy(r->arena, name);
}

void value_writes(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    (void)key;
    read_list(r, value, read_write, at);
}

static const char *read_hash(struct reader *r, const struct yaml_node *item)
{
    const char *text = scalar_text(r, item, HASH_WANTED);

    if (text && !sha256_of(text)) {
        complain_wanted(r, item, HASH_WANTED);
        return NULL;
    }
    return text ? arena_copy(r->arena, sha256_of(text)) : NULL;
}

void value_hashes(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    (void)key;
    read_list(r, value, read_hash, at);
}

static const char *read_may(struct reader *r, const struct yaml_node *item)
{
    static const char want[] = "read, operate, approve or approve:FEATURE";
    static const char *const words[] = {"read", "operate", "approve"};
    const char *text = scalar_text(r, item, want);
    struct text rest = text_of(text), word = text_split(&rest, ':');
    char typed[32] = "";

    if (!text) {
        return NULL;
    }
    if (text_is(word, "approve") && rest.at && name_is_loose(rest.at)) {
        return arena_copy(r->arena, text);
    }
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (strcmp(text, words[i]) == 0) {
            return words[i];
        }
    }
    if (word.size < sizeof typed) {
        memcpy(typed, word.at, word.size);
    }
    config_complain(r->complaints, item->place, suggest_name(typed, words, COUNT_OF(words)),
                    "what a person may do is %s", want);
    return NULL;
}

void value_may(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    (void)key;
    read_list(r, value, read_may, at);
}
