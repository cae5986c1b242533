/* The callbacks of a world in memory; part of fixture.h. */
#ifndef FERRY_TEST_MAP_FIXTURE_WORLD_H
#define FERRY_TEST_MAP_FIXTURE_WORLD_H

static const json_t *fixture_record(void *self, const char *list, const char *key)
{
    struct fixture *f = self;

    return json_object_get(json_object_get(f->lists, list), key);
}

static size_t fixture_search(void *self, const char *list, const char *index, const char *value,
                             const char *const **ret_keys)
{
    struct fixture *f = self;
    json_t *records = json_object_get(f->lists, list), *record;
    const char **keys = arena_alloc(f->arena, json_object_size(records) + 1, sizeof *keys);
    const char *key;
    size_t count = 0;

    json_object_foreach(records, key, record)
    {
        const struct map_index_entry *entries;
        size_t n = map_index_entries(f->program, map_list_find(f->program, list), record, f->arena,
                                     &entries);

        for (size_t i = 0; i < n; i++) {
            if (strcmp(entries[i].index, index) == 0 && strcmp(entries[i].value, value) == 0) {
                keys[count++] = key;
                break;
            }
        }
    }
    *ret_keys = keys;
    return count;
}

static size_t fixture_all(void *self, const char *list, const char *const **ret_keys)
{
    struct fixture *f = self;
    json_t *records = json_object_get(f->lists, list), *record;
    const char **keys = arena_alloc(f->arena, json_object_size(records) + 1, sizeof *keys);
    const char *key;
    size_t count = 0;

    json_object_foreach(records, key, record)
    {
        keys[count++] = key;
    }
    *ret_keys = keys;
    return count;
}

static size_t fixture_members(void *self, const char *mapping, const char *group_key,
                              const char *const **ret_keys, const char **ret_unreadable)
{
    struct fixture *f = self;
    const struct map_mapping *m = map_mapping_find(f->program, mapping);
    const char *const *all = NULL, *key;
    size_t count = fixture_all(f, map_list_declared(map_mapping_base(m))->name, &all), kept = 0;
    const char **keys = arena_alloc(f->arena, count + 1, sizeof *keys);
    struct error err;

    for (size_t i = 0; i < count; i++) {
        if (map_group_key(&f->in, m, all[i], &key, &err) && key && strcmp(key, group_key) == 0) {
            keys[kept++] = all[i];
        }
    }
    *ret_unreadable = NULL;
    *ret_keys = keys;
    return kept;
}

static void fixture_to_document(const json_t *from, struct map_document *ret)
{
    *ret = (struct map_document){
        .mapping = json_path_text(from, "mapping"),
        .key = json_path_text(from, "key"),
        .state = json_path_text(from, "state"),
        .id = json_path_text(from, "id"),
        .code = json_path_text(from, "code"),
        .why = json_path_text(from, "why"),
        .url = json_path_text(from, "url"),
        .root = json_path_text(from, "root"),
        .want = json_object_get(from, "want"),
    };
}

static bool fixture_document(void *self, const char *mapping, const char *key,
                             struct map_document *ret)
{
    struct fixture *f = self;
    json_t *document;
    size_t i;

    json_array_foreach(f->documents, i, document)
    {
        fixture_to_document(document, ret);
        if (strcmp(ret->mapping, mapping) == 0 && strcmp(ret->key, key) == 0) {
            return true;
        }
    }
    return false;
}

static inline bool fixture_is_written(void *self, const char *mapping, const char *key)
{
    struct map_document document;

    return fixture_document(self, mapping, key, &document) && document.id[0];
}

static size_t fixture_by_target(void *self, const char *mapping, const char *id,
                                const struct map_document **ret)
{
    struct fixture *f = self;
    struct map_document *all =
        arena_alloc(f->arena, json_array_size(f->documents) + 1, sizeof *all);
    size_t i, count = 0;
    json_t *document;

    json_array_foreach(f->documents, i, document)
    {
        fixture_to_document(document, &all[count]);
        count += strcmp(all[count].mapping, mapping) == 0 && strcmp(all[count].id, id) == 0;
    }
    *ret = all;
    return count;
}

static size_t fixture_of_record(void *self, const char *list, const char *key,
                                const struct map_document **ret)
{
    struct fixture *f = self;
    struct map_document *all =
        arena_alloc(f->arena, json_array_size(f->documents) + 1, sizeof *all);
    size_t i, count = 0;
    json_t *document;

    (void)list;
    json_array_foreach(f->documents, i, document)
    {
        fixture_to_document(document, &all[count]);
        count += strcmp(all[count].root, key) == 0;
    }
    *ret = all;
    return count;
}

#endif
