/*
 * Mutations that keep JSON JSON: texts are changed as expressions or exchanged, elements of lists
 * repeated, moved and left out, parts copied to where another part is. Now and then the bytes are
 * changed as libFuzzer likes.
 */
#ifndef FERRY_TESTS_FUZZ_MUTATE_JSON_H
#define FERRY_TESTS_FUZZ_MUTATE_JSON_H

#include "mutate_expression.h"

#define PLACES_MOST 4096

/* A place in a tree that can be given another value. */
struct json_place {
    json_t *in; /* an object or a list */
    const char *name;
    size_t index;
    json_t *value;
};

struct json_places {
    struct json_place at[PLACES_MOST];
    size_t count;
};

static void find_places(json_t *j, struct json_places *all)
{
    const char *name;
    json_t *value;
    size_t i;

    json_object_foreach(j, name, value)
    {
        if (all->count < PLACES_MOST) {
            all->at[all->count++] = (struct json_place){j, name, 0, value};
            find_places(value, all);
        }
    }
    json_array_foreach(j, i, value)
    {
        if (all->count < PLACES_MOST) {
            all->at[all->count++] = (struct json_place){j, NULL, i, value};
            find_places(value, all);
        }
    }
}

static const struct json_place *any_place(const struct json_places *all, uint64_t *random)
{
    return &all->at[next_random(random) % all->count];
}

static void put_at(const struct json_place *place, json_t *value)
{
    if (place->name) {
        json_object_set_new(place->in, place->name, value);
    } else {
        json_array_set_new(place->in, place->index, value);
    }
}

/* A place whose value is of the same kind, so that what is put together means something. */
static const struct json_place *similar_place(const struct json_places *all,
                                              const struct json_place *place, uint64_t *random)
{
    const struct json_place *other = any_place(all, random);

    for (int tries = 0; tries < 20; tries++) {
        if (json_typeof(other->value) == json_typeof(place->value) &&
            (!place->name || !other->name || strcmp(place->name, other->name) == 0)) {
            break;
        }
        other = any_place(all, random);
    }
    return other;
}

static void change_text(const struct json_place *place, uint64_t *random)
{
    AUTO(buffer_done) struct buffer out = {0};

    buffer_init(&out, 1 << 16);
    mutate_text(json_text(place->value), &out, random);
    if (!out.overflow && out.at && text_is_utf8(buffer_text(&out))) {
        put_at(place, json_new_text(buffer_text(&out)));
    }
}

static void change_list(const struct json_place *place, uint64_t *random)
{
    size_t size = json_array_size(place->value);
    size_t from = size ? next_random(random) % size : 0, to = size ? next_random(random) % size : 0;
    json_t *element = json_incref(json_array_get(place->value, from));

    if (!element) {
        return;
    }
    switch (next_random(random) % 3) {
    case 0:
        json_array_insert_new(place->value, to, json_deep_copy(element));
        break;
    case 1:
        json_array_remove(place->value, from);
        break;
    default:
        json_array_remove(place->value, from);
        json_array_insert(place->value, to, element);
        break;
    }
    json_decref(element);
}

static void change_once(json_t *j, uint64_t *random)
{
    static struct json_places all;
    const struct json_place *place;

    all.count = 0;
    find_places(j, &all);
    if (all.count == 0) {
        return;
    }
    place = any_place(&all, random);
    if (json_is_string(place->value) && next_random(random) % 2) {
        change_text(place, random);
    } else if (json_is_array(place->value) && next_random(random) % 2) {
        change_list(place, random);
    } else if (place->name && next_random(random) % 8 == 0) {
        json_object_del(place->in, place->name);
    } else {
        put_at(place, json_deep_copy(similar_place(&all, place, random)->value));
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    AUTO_JSON json_t *j = NULL;
    AUTO(buffer_done) struct buffer out = {0};
    uint64_t random = seed + UINT64_C(0x9e3779b97f4a7c15);

    (void)next_random(&random);
    if (next_random(&random) % 8 == 0 ||
        !json_read((struct text){(char *)data, size}, JSON_DEPTH_MAX, &j, NULL)) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    for (uint64_t times = next_random(&random) % 3 + 1; times > 0; times--) {
        change_once(j, &random);
    }
    buffer_init(&out, max_size);
    json_write(j, &out);
    if (out.overflow) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    memcpy(data, out.at, out.size);
    return out.size;
}

#endif
