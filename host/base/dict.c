#include "base/dict.h"

#include <stdint.h>

#include "base/hash.h"
#include "base/memory.h"

/* Open addressing over an array of entries kept in order of insertion. */
struct entry {
    char *key; /* NULL: removed */
    size_t size;
    uint64_t hash;
    void *value;
};

struct dict {
    struct entry *entries;
    size_t used, capacity, count;
    size_t *slots; /* index + 1, 0 free */
    size_t slot_count;
};

struct dict *dict_new(void)
{
    return memory_new(1, sizeof(struct dict));
}

void dict_free(struct dict *dict)
{
    if (!dict) {
        return;
    }
    for (size_t i = 0; i < dict->used; i++) {
        memory_free(dict->entries[i].key);
    }
    memory_free(dict->entries);
    memory_free(dict->slots);
    memory_free(dict);
}

static void place(struct dict *dict, size_t index)
{
    size_t slot = dict->entries[index].hash % dict->slot_count;

    while (dict->slots[slot]) {
        slot = (slot + 1) % dict->slot_count;
    }
    dict->slots[slot] = index + 1;
}

static void drop_removed(struct dict *dict)
{
    size_t kept = 0;

    for (size_t i = 0; i < dict->used; i++) {
        if (dict->entries[i].key) {
            dict->entries[kept++] = dict->entries[i];
        }
    }
    dict->used = kept;
}

static void rebuild(struct dict *dict)
{
    drop_removed(dict);
    dict->slot_count = (dict->count + 8) * 3;
    memory_free(dict->slots);
    dict->slots = memory_new(dict->slot_count, sizeof *dict->slots);
    for (size_t i = 0; i < dict->used; i++) {
        place(dict, i);
    }
}

static struct entry *find(const struct dict *dict, struct text key)
{
    uint64_t hash = hash_text(HASH_START, key);
    size_t slot;

    if (dict->slot_count == 0) {
        return NULL;
    }
    for (slot = hash % dict->slot_count; dict->slots[slot]; slot = (slot + 1) % dict->slot_count) {
        struct entry *entry = &dict->entries[dict->slots[slot] - 1];

        if (entry->key && entry->hash == hash && entry->size == key.size &&
            memcmp(entry->key, key.at, key.size) == 0) {
            return entry;
        }
    }
    return NULL;
}

void dict_set(struct dict *dict, struct text key, void *value)
{
    struct entry *entry = find(dict, key);

    if (entry) {
        entry->value = value;
        return;
    }
    if ((dict->used + 1) * 2 > dict->slot_count) {
        rebuild(dict);
    }
    memory_grow(&dict->entries, &dict->capacity, dict->used, sizeof *dict->entries);
    entry = &dict->entries[dict->used];
    *entry =
        (struct entry){memory_new(key.size + 1, 1), key.size, hash_text(HASH_START, key), value};
    if (key.size) {
        memcpy(entry->key, key.at, key.size);
    }
    dict->count++;
    place(dict, dict->used++);
}

void *dict_get(const struct dict *dict, struct text key)
{
    const struct entry *entry = find(dict, key);

    return entry ? entry->value : NULL;
}

bool dict_remove(struct dict *dict, struct text key)
{
    struct entry *entry = find(dict, key);

    if (!entry) {
        return false;
    }
    memory_free(entry->key);
    entry->key = NULL; /* the slot stays taken, so that probing goes on past it */
    dict->count--;
    return true;
}

size_t dict_count(const struct dict *dict)
{
    return dict->count;
}

bool dict_next(const struct dict *dict, size_t *cursor, struct text *key, void **value)
{
    while (*cursor < dict->used) {
        const struct entry *entry = &dict->entries[(*cursor)++];

        if (entry->key) {
            *key = (struct text){entry->key, entry->size};
            *value = entry->value;
            return true;
        }
    }
    return false;
}
