/* Readers of names: of things, secrets, servers and rules. */
#include "config/config_internal.h"

#define NAME_BYTES_MAX     63
#define LOOSE_BYTES_MAX    200
#define URL_BYTES_MAX      2000
#define FEATURES_BYTES_MAX 4096

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool name_is_sound(const char *name)
{
    size_t size = strlen(name);

    for (size_t i = 0; i < size; i++) {
        if (!is_small(name[i]) && (i == 0 || (!is_digit(name[i]) && name[i] != '-'))) {
            return false;
        }
    }
    return size >= 1 && size <= NAME_BYTES_MAX;
}

bool name_is_loose(const char *name)
{
    size_t size = strlen(name);

    for (size_t i = 0; i < size; i++) {
        if (!is_small(name[i]) && !is_capital(name[i]) && !is_digit(name[i]) &&
            (i == 0 || !strchr("-_.", name[i]))) {
            return false;
        }
    }
    return size >= 1 && size <= LOOSE_BYTES_MAX;
}

/* Copy the text when it fulfils `is`; complain when it does not. */
static void read_when(struct reader *r, const struct yaml_node *value, bool (*is)(const char *),
                      const char *want, void *at)
{
    const char *text = scalar_text(r, value, want);

    if (text && !is(text)) {
        complain_wanted(r, value, want);
    } else if (text) {
        *(const char **)at = arena_copy(r->arena, text);
    }
}

void value_name(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    (void)key;
    read_when(r, value, name_is_sound, "a name: a small letter, then small letters, digits and '-'",
              at);
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f');
}

static bool is_uuid(const char *text)
{
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex((char)(text[i] | 0x20))) {
            return false;
        }
    }
    return text[36] == '\0';
}

void value_uuid(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    (void)key;
    read_when(r, value, is_uuid, "an id like 0f3a1c2e-0000-4000-8000-000000000000", at);
}

const char *sha256_of(const char *text)
{
    size_t size = 0;

    if (strncmp(text, "sha256:", 7) != 0) {
        return NULL;
    }
    while (is_hex(text[7 + size])) {
        size++;
    }
    return size == 64 && text[7 + size] == '\0' ? text + 7 : NULL;
}

static bool is_sha256(const char *text)
{
    return sha256_of(text) != NULL;
}

void value_sha256(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    const char *text = NULL;

    (void)key;
    read_when(r, value, is_sha256, HASH_WANTED, &text);
    if (text) {
        *(const char **)at = sha256_of(text);
    }
}

/* ---- where secrets are ---- */

static bool is_variable(const char *text)
{
    size_t size = strlen(text);

    for (size_t i = 0; i < size; i++) {
        if (!is_small(text[i]) && !is_capital(text[i]) && text[i] != '_' &&
            (i == 0 || !is_digit(text[i]))) {
            return false;
        }
    }
    return size >= 1 && size <= LOOSE_BYTES_MAX;
}

void value_variable(struct reader *r, const struct key *key, const struct yaml_node *value,
                    void *at)
{
    (void)key;
    read_when(r, value, is_variable, "the name of an environment variable, like XERO_SECRET", at);
}

void value_credential(struct reader *r, const struct key *key, const struct yaml_node *value,
                      void *at)
{
    (void)key;
    read_when(r, value, name_is_loose, "the name of a systemd credential, like xero.secret", at);
}

/* ---- servers ---- */

static bool host_is_loopback(struct text host)
{
    return text_is(host, "localhost") || text_is(host, "127.0.0.1") || text_is(host, "[::1]");
}

static bool host_is_known_form(struct text host)
{
    for (size_t i = 0; i < host.size; i++) {
        char c = (char)(host.at[i] | 0x20);
        if (!is_small(c) && !is_digit(host.at[i]) && host.at[i] != '.' && host.at[i] != '-') {
            return false;
        }
    }
    return host.size >= 1 && host.size <= 253;
}

/* scheme://host[:port][/path], without user, query and blanks. */
static bool is_url(const char *url)
{
    struct text rest = text_of(url), host, port;
    bool https = text_starts(rest, "https://");
    uint16_t number;

    if ((!https && !text_starts(rest, "http://")) || rest.size > URL_BYTES_MAX) {
        return false;
    }
    for (size_t i = 0; i < rest.size; i++) {
        if ((unsigned char)url[i] <= ' ' || (unsigned char)url[i] >= 0x7f ||
            strchr("@?#\\\"<>", url[i])) {
            return false;
        }
    }
    rest.at += https ? 8 : 7;
    rest.size -= https ? 8 : 7;
    port = text_split(&rest, '/');
    if (text_starts(port, "[::1]")) {
        host = (struct text){port.at, 5};
        port.at += 5;
        port.size -= 5;
        if (port.size && port.at[0] != ':') {
            return false;
        }
    } else {
        host = (struct text){port.at, strcspn(port.at, ":/")};
        port.at += host.size;
        port.size -= host.size;
    }
    if (port.size && !port_read((struct text){port.at + 1, port.size - 1}, &number)) {
        return false;
    }
    return host_is_loopback(host) || (https && host_is_known_form(host));
}

void value_url(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    const char *url = NULL;
    char *cut;

    (void)key;
    read_when(r, value, is_url,
              "a URL like https://api.example.com (http only to this machine itself)", &url);
    if (url) {
        cut = arena_copy(r->arena, url);
        for (size_t size = strlen(cut); size && cut[size - 1] == '/'; size--) {
            cut[size - 1] = '\0'; /* paths are put behind it */
        }
        *(const char **)at = cut;
    }
}

/* ---- approval ---- */

static bool is_amount(struct text rule)
{
    struct decimal amount;
    struct error err;

    return decimal_parse(text_trim(rule), &amount, &err) && decimal_sign(amount) >= 0;
}

static bool is_feature_list(struct text names)
{
    char name[LOOSE_BYTES_MAX + 1];

    while (names.size) {
        struct text one = text_trim(text_split(&names, ','));
        if (one.size == 0 || one.size > LOOSE_BYTES_MAX) {
            return false;
        }
        memcpy(name, one.at, one.size);
        name[one.size] = '\0';
        if (!name_is_loose(name)) {
            return false;
        }
    }
    return true;
}

static bool is_approval(const char *text)
{
    struct text rule = text_trim(text_of(text));

    if (rule.size == 0) {
        return false;
    }
    if (text_starts(rule, "amount over ")) {
        rule.at += 12;
        rule.size -= 12;
        return is_amount(rule);
    }
    return is_feature_list(rule);
}

static const char *read_feature(struct reader *r, const struct yaml_node *item)
{
    static const char want[] = "the name of a feature";
    const char *name = scalar_text(r, item, want);

    if (name && !name_is_loose(name)) {
        complain_wanted(r, item, want);
        return NULL;
    }
    return name;
}

/* [a, b] says the same as "a, b"; NULL after a complaint. */
static const char *read_features(struct reader *r, const struct yaml_node *list)
{
    AUTO(buffer_done) struct buffer all;

    buffer_init(&all, FEATURES_BYTES_MAX);
    for (const struct yaml_node *item = list->first; item; item = item->next) {
        const char *name = read_feature(r, item);

        if (!name) {
            return NULL;
        }
        buffer_addf(&all, "%s%s", all.size ? ", " : "", name);
    }
    return all.at && !all.overflow ? arena_copy(r->arena, all.at) : "";
}

void value_approval(struct reader *r, const struct key *key, const struct yaml_node *value,
                    void *at)
{
    static const char want[] =
        "a rule: none, all, \"amount over 5000.00\", or names of features like \"a, b\"";
    const char *rule =
        value->kind == YAML_LIST ? read_features(r, value) : scalar_text(r, value, want);

    (void)key;
    if (rule && !is_approval(rule)) {
        complain_wanted(r, value, want);
    } else if (rule) {
        *(const char **)at = arena_copy(r->arena, rule);
    }
}
