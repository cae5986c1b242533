/* Tree and tables, walked together. */
#include "config/config_internal.h"

#include "base/dict.h"
#include "base/suggest.h"

#define NAMES_MAX 32 /* keys of the largest table */

_Static_assert(offsetof(struct config_app, place) == offsetof(struct config_named, place) &&
                   offsetof(struct config_integration, place) ==
                       offsetof(struct config_named, place) &&
                   offsetof(struct config_flow, place) == offsetof(struct config_named, place) &&
                   offsetof(struct config_mapping, place) == offsetof(struct config_named, place) &&
                   offsetof(struct config_trust, place) == offsetof(struct config_named, place) &&
                   offsetof(struct config_person, place) == offsetof(struct config_named, place),
               "named things begin alike");

static const struct key *find_key(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->keys[i].name, name) == 0) {
            return &table->keys[i];
        }
    }
    return NULL;
}

/* An unknown key is repeated only when it is near a known one: it might be a secret. */
static void complain_unknown(struct reader *r, const struct table *table,
                             const struct yaml_node *key)
{
    AUTO(buffer_done) struct buffer known = {0};
    const char *names[NAMES_MAX], *near;
    size_t count = 0;

    buffer_init(&known, 500);
    for (size_t i = 0; i < table->count && count < NAMES_MAX; i++) {
        if (!(table->keys[i].flags & KEY_HIDDEN)) {
            buffer_addf(&known, "%s%s", count ? ", " : "", table->keys[i].name);
            names[count++] = table->keys[i].name;
        }
    }
    near = suggest_name(key->text, names, count);
    if (near) {
        config_complain(r->complaints, key->place, near, "%s has no key \"%s\"", table->what,
                        key->text);
        return;
    }
    config_complain(r->complaints, key->place, NULL, "%s has no such key; it has %s", table->what,
                    known.size ? known.at : "none");
}

static bool want_map(struct reader *r, const char *what, const struct yaml_node *node)
{
    if (node->kind == YAML_MAP) {
        return true;
    }
    if (!yaml_is_null(node)) {
        config_complain(r->complaints, node->place, NULL, "%s is a map of keys and values, not %s",
                        what, node->kind == YAML_LIST ? "a list" : "a text");
    }
    return false;
}

/* A value that is of the wrong shape was complained of; that it has no keys needs no words. */
static void complain_missing(struct reader *r, const struct table *table,
                             const struct yaml_node *map)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct key *key = &table->keys[i];

        if (key->flags & KEY_REQUIRED && !yaml_get(map, key->name)) {
            config_complain(r->complaints, yaml_place(map), NULL, "%s needs \"%s\": %s",
                            table->what, key->name, key->about);
        }
    }
}

void table_read(struct reader *r, const struct table *table, const struct yaml_node *map,
                void *base)
{
    if (!want_map(r, table->what, map) && !yaml_is_null(map)) {
        return;
    }
    for (const struct yaml_node *value = map->first; value; value = value->next) {
        const struct key *key = find_key(table, value->key->text);

        if (!key) {
            complain_unknown(r, table, value->key);
            continue;
        }
        key->read(r, key, value, (char *)base + key->offset);
    }
    complain_missing(r, table, map);
    if (table->check) {
        table->check(r, map, base);
    }
}

void value_map(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    table_read(r, key->inside, value, at);
}

/* ---- named lists ---- */

static bool check_name(struct reader *r, const struct key *key, const struct yaml_node *name)
{
    if (key->flags & KEY_LOOSE ? name_is_loose(name->text) : name_is_sound(name->text)) {
        return true;
    }
    config_complain(r->complaints, name->place, NULL,
                    key->flags & KEY_LOOSE
                        ? "a name here is 1 to 200 letters, digits, '-', '_' and '.'"
                        : "a name is a small letter, then small letters, digits and '-', at most "
                          "63 in all");
    return false;
}

static bool check_taken(struct reader *r, const struct dict *taken, const struct yaml_node *name)
{
    const struct config_named *first = dict_get(taken, text_of(name->text));

    if (!first) {
        return true;
    }
    config_complain(r->complaints, name->place, NULL, "this name is taken: it is also at %s:%u",
                    first->place.file, first->place.line);
    return false;
}

void value_named(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    struct config_named_list list = {NULL, 0};
    struct dict *taken;

    if (!want_map(r, key->name, value) || value->count == 0) {
        return;
    }
    list.at = arena_alloc(r->arena, value->count, key->size);
    taken = dict_new();
    for (const struct yaml_node *item = value->first; item; item = item->next) {
        char *element = (char *)list.at + list.count * key->size;
        struct config_named named = {.place = item->key->place};

        if (!check_name(r, key, item->key) || !check_taken(r, taken, item->key)) {
            continue;
        }
        named.name = arena_copy(r->arena, item->key->text);
        memcpy(element, &named, sizeof named);
        dict_set(taken, text_of(named.name), element);
        list.count++;
        key->element->read(r, key->element, item, element + key->element->offset);
    }
    dict_free(taken);
    memcpy(at, &list, sizeof list);
}
