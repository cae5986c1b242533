/*
 * Records made up from their types, three of each list, so that the mappings of any connector have
 * something to look at. The same name always yields the same value.
 */
#ifndef FERRY_TESTS_FUZZ_MADE_WORLD_H
#define FERRY_TESTS_FUZZ_MADE_WORLD_H

#include "base/hash.h"
#include "map/record_type.h"
#include "unit/map/fixture.h"

#define MADE_RECORDS 3

static uint64_t made_hash(const char *name, uint64_t salt)
{
    return hash_part(salt, text_of(name)) >> 8;
}

static json_t *made_number(uint64_t hash, bool whole)
{
    struct decimal number = {(int64_t)(hash % 30000) - 5000, whole ? 0 : (uint8_t)(hash % 4)};

    return json_new_decimal(hash % 5 ? number : decimal_of(0));
}

static json_t *made_text(const struct field_type *field, uint64_t hash, unsigned index)
{
    static const char *const texts[] = {"EUR", "GBP", "Café  Nero", "", "k1", "2026-10-01", "12.5"};
    char key[8];

    if (field->is_key || field->kind == TYPE_REFERENCE) {
        snprintf(key, sizeof key, "k%u", field->is_key ? index : (unsigned)(hash % 4));
        return json_new_text(text_of(key));
    }
    return json_new_text(text_of(texts[hash % (sizeof texts / sizeof *texts)]));
}

static json_t *made_day(uint64_t hash, bool with_time)
{
    char text[DATE_TEXT_MAX + 16];

    snprintf(text, sizeof text, "2026-%02u-%02u%s", (unsigned)(hash % 12 + 1),
             (unsigned)(hash / 16 % 28 + 1), with_time ? "T22:30:00Z" : "");
    return json_new_text(text_of(text));
}

static json_t *made_record(const struct record_type *type, uint64_t salt, unsigned index);

static json_t *made_value(const struct field_type *field, uint64_t hash, unsigned index)
{
    json_t *value;

    switch (field->kind) {
    case TYPE_DECIMAL:
    case TYPE_MONEY:
        return made_number(hash, false);
    case TYPE_MINOR:
        return made_number(hash, true);
    case TYPE_BOOL:
        return json_boolean(hash % 2);
    case TYPE_DATE:
    case TYPE_TIME:
        return made_day(hash, field->kind == TYPE_TIME);
    case TYPE_CHOICE:
        return json_new_text(text_of(field->names[hash % field->name_count]));
    case TYPE_FILE:
        value = json_object();
        json_object_set_new(value, "url", json_new_text(TEXT("https://x.example/y.pdf")));
        return value;
    case TYPE_RECORDS:
        value = json_array();
        for (unsigned i = 0; i < hash % 3; i++) {
            json_array_append_new(value, made_record(field->records, hash, i));
        }
        return value;
    default:
        return made_text(field, hash, index);
    }
}

/* type[] and type{} hold two. */
static json_t *made_field(const struct field_type *field, uint64_t hash, unsigned index)
{
    json_t *all;

    if (field->is_list) {
        all = json_array();
        json_array_append_new(all, made_value(field, hash, index));
        json_array_append_new(all, made_value(field, hash + 1, index));
    } else if (field->is_table) {
        all = json_object();
        json_object_set_new(all, "a", made_value(field, hash, index));
        json_object_set_new(all, "b", made_value(field, hash + 1, index));
    } else {
        all = made_value(field, hash, index);
    }
    return all;
}

static json_t *made_record(const struct record_type *type, uint64_t salt, unsigned index)
{
    json_t *record = json_object();

    for (size_t i = 0; i < type->field_count; i++) {
        const struct field_type *field = &type->fields[i];
        uint64_t hash = made_hash(field->name, salt + index);

        if (field->kind != TYPE_POSITION && (!field->is_optional || field->is_key || hash % 3)) {
            json_path_set(record, field->name, made_field(field, hash, index));
        }
    }
    return record;
}

/* ---- the world ---- */

/* Two fields may stand in each other's way ("a" and "a.b"): then there is no such record. */
static void put_made(struct fixture *f, const struct map_list *list, unsigned index)
{
    const char *name = map_list_declared(list)->name;
    AUTO_JSON json_t *wire = made_record(map_list_type(list), made_hash(name, HASH_START), index);
    json_t *records = json_object_get(f->lists, name);
    struct map_read read;
    struct error err = {0};

    if (!map_record(f->program, list, wire, NULL, f->arena, &read, &err)) {
        fuzz_check_error(&err);
        return;
    }
    if (!records) {
        records = json_object();
        json_object_set_new(f->lists, name, records);
    }
    json_object_set_new(records, read.key, read.record);
}

static void put_document(struct fixture *f, const struct map_mapping *mapping, const char *state)
{
    json_t *document = json_object();
    const char *name = map_mapping_declared(mapping)->name;

    json_path_set(document, "mapping", json_new_text(text_of(name)));
    json_path_set(document, "key", json_new_text(TEXT("k0")));
    json_path_set(document, "root", json_new_text(TEXT("k0")));
    json_path_set(document, "state", json_new_text(text_of(state)));
    json_path_set(document, "id", json_new_text(TEXT("k1")));
    json_array_append_new(f->documents, document);
}

static void make_options(struct fixture *f)
{
    const struct declared_options *options = &f->connector->options;

    for (size_t i = 0; i < options->count; i++) {
        struct syntax_error err = {0};
        const struct field_type *type = field_type_parse(options->at[i].type, f->arena, &err);

        if (type && type->kind != TYPE_POSITION) {
            json_object_set_new(f->options, options->at[i].name,
                                made_field(type, made_hash(options->at[i].name, 1), 0));
        }
    }
}

/* For a program that was compiled into f. */
static void make_world(struct fixture *f)
{
    static const char *const states[] = {"done", "held", "open", "none"};

    f->lists = json_object();
    f->documents = json_array();
    f->options = json_object();
    for (size_t i = 0; i < map_list_count(f->program); i++) {
        const struct map_list *list = map_list_at(f->program, i);

        for (unsigned k = 0; map_list_is_read(f->program, list) && k < MADE_RECORDS; k++) {
            put_made(f, list, k);
        }
    }
    for (size_t i = 0; i < map_mapping_count(f->program); i++) {
        put_document(f, map_mapping_at(f->program, i), states[i % 4]);
    }
    make_options(f);
    fixture_open_world(f);
}

static void unmake_world(struct fixture *f)
{
    json_decref(f->lists);
    json_decref(f->documents);
    json_decref(f->options);
}

#endif
