/* Readers of lists of texts: each item is read as one value, and complained of as one. */
#include "config/config_internal.h"

#include "base/suggest.h"

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
    read_list(r, value, path_read, at);
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
