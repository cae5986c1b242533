/* Record types, and what the other side sends read as one: what was read is read again as it is. */
#include "fuzz.h"

#include "map/record.h"

#define ARENA_MAX ((size_t)64 << 20)
#define KEY_MOST  1024

static void check_syntax(const char *source, const struct syntax_error *err)
{
    MUST(err->sentence[0] && text_is_utf8(text_of(err->sentence)), "words: %s", err->sentence);
    MUST(err->column >= 1 && err->column <= strlen(source) + 1, "column %u of \"%s\"", err->column,
         source);
}

static void check_type(const struct record_type *type)
{
    MUST(type->field_count > 0, "a record without fields");
    for (size_t i = 0; i < type->field_count; i++) {
        const struct field_type *field = &type->fields[i];

        MUST(field->name && field->name[0], "a field without a name");
        MUST(record_type_field(type, field->name) == field, "two fields called %s", field->name);
        MUST((field->kind == TYPE_RECORDS) == (field->records != NULL), "records");
        MUST((field->kind == TYPE_MONEY || field->kind == TYPE_MINOR) == (field->currency != NULL),
             "currency");
        MUST((field->kind == TYPE_CHOICE || field->kind == TYPE_REFERENCE) ==
                 (field->name_count > 0),
             "names");
        if (field->records) {
            check_type(field->records);
        }
    }
}

/* Whether a step of a dotted path is declared; nothing else may be in a record. */
static bool is_declared(const struct record_type *type, const char *name)
{
    size_t size = strlen(name);

    for (size_t i = 0; i < type->field_count; i++) {
        const char *full = type->fields[i].name;

        if (strncmp(full, name, size) == 0 && (full[size] == '\0' || full[size] == '.')) {
            return true;
        }
    }
    return false;
}

static void read_twice(const struct record_type *type, const struct record_source *source,
                       struct arena *arena)
{
    AUTO_JSON json_t *record = NULL;
    AUTO_JSON json_t *again = NULL;
    struct record_source known = {.absent = source->absent};
    const char *key = NULL, *key_again = NULL, *name;
    struct error err = {0};
    json_t *value;

    if (!record_read(type, source, arena, &record, &key, &err)) {
        fuzz_check_error(&err);
        MUST(strcmp(err.code, "field") == 0, "%s", err.code);
        return;
    }
    MUST(key[0] && strlen(key) <= KEY_MOST && text_is_utf8(text_of(key)), "the key %s", key);
    json_object_foreach(record, name, value)
    {
        MUST(is_declared(type, name), "%s was kept, but is not declared", name);
    }
    known.wire = record;
    MUST(record_read(type, &known, arena, &again, &key_again, &err), "again: %s", err.text);
    MUST(strcmp(key, key_again) == 0, "the key %s is %s", key, key_again);
    MUST(json_equal(record, again), "another record");
}

/* A line with the type, a line with fields that are known before (JSON, or nothing), a record. */
static void fuzz_one(struct text input)
{
    struct arena *arena = arena_new(ARENA_MAX);
    AUTO_FREE char *source = fuzz_line(&input);
    AUTO_FREE char *known = fuzz_line(&input);
    AUTO_JSON json_t *wire = NULL;
    AUTO_JSON json_t *parent = NULL;
    struct syntax_error err = {0};
    const struct record_type *type;

    if (!text_is_utf8(text_of(source))) {
        arena_free(arena);
        return;
    }
    type = record_type_parse(source, arena, &err);
    if (!type) {
        check_syntax(source, &err);
    }
    err = (struct syntax_error){0};
    if (!field_type_parse(source, arena, &err)) {
        check_syntax(source, &err);
    }
    (void)!json_read(text_of(known), JSON_DEPTH_MAX, &parent, NULL);
    if (type) {
        check_type(type);
    }
    if (type && json_read(input, JSON_DEPTH_MAX, &wire, NULL)) {
        read_twice(type, &(struct record_source){wire, parent, ""}, arena);
        read_twice(type, &(struct record_source){wire, parent, "''"}, arena);
    }
    arena_free(arena);
}
