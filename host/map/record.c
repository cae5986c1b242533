#include "map/record.h"

#include "base/date.h"
#include "base/memory.h"

#include <stdio.h>

#define SHOWN_MAX 40

/* ---- what a value is, and what it ought to be ---- */

static const char *const type_words[] = {
    [TYPE_TEXT] = "a text",
    [TYPE_DECIMAL] = "a number",
    [TYPE_BOOL] = "true or false",
    [TYPE_DATE] = "a date",
    [TYPE_TIME] = "a date with a time",
    [TYPE_FILE] = "a file",
    [TYPE_POSITION] = "a place",
    [TYPE_MONEY] = "an amount",
    [TYPE_MINOR] = "a whole amount in minor units",
    [TYPE_CHOICE] = "one of the known words",
    [TYPE_REFERENCE] = "a key",
    [TYPE_RECORDS] = "a list of records",
};

static void describe(const json_t *value, char out[SHOWN_MAX + 16])
{
    struct text t = json_text(value);

    if (t.at) {
        snprintf(out, SHOWN_MAX + 16, json_is_number_text(value) ? "%.*s%s" : "\"%.*s%s\"",
                 t.size > SHOWN_MAX ? SHOWN_MAX - 3 : (int)t.size, t.at,
                 t.size > SHOWN_MAX ? "…" : "");
    } else {
        snprintf(out, SHOWN_MAX + 16, "%s",
                 json_is_object(value)  ? "an object"
                 : json_is_array(value) ? "a list"
                 : json_is_true(value)  ? "true"
                                        : "false");
    }
}

static bool wrong(const struct field_type *field, const json_t *value, struct error *err)
{
    char shown[SHOWN_MAX + 16];

    describe(value, shown);
    return error_set(err, ERROR_REJECTED, "field", "%s is %s, but ought to be %s", field->name,
                     shown, type_words[field->kind]);
}

/* ---- one value of each kind: a new JSON value, or NULL after saying what is wrong ---- */

static json_t *read_text(const struct field_type *field, const json_t *value, struct error *err)
{
    struct text t = json_text(value);

    /* ids come as numbers too: their digits are the text */
    return t.at ? json_new_text(t) : (wrong(field, value, err), NULL);
}

static json_t *read_number(const struct field_type *field, const json_t *value, struct error *err)
{
    struct text t = json_text(value);
    struct decimal d;

    if (!t.at || !decimal_parse(t, &d, NULL) || (field->kind == TYPE_MINOR && d.scale > 0)) {
        return wrong(field, value, err), NULL;
    }
    return json_new_decimal(d);
}

static json_t *read_bool(const struct field_type *field, const json_t *value, struct error *err)
{
    return json_is_boolean(value) ? json_boolean(json_is_true(value))
                                  : (wrong(field, value, err), NULL);
}

static json_t *read_date(const struct field_type *field, const json_t *value, struct error *err)
{
    char day[DATE_TEXT_MAX];
    struct date date;

    if (!json_is_string(value) || json_is_number_text(value) ||
        !date_parse(json_text(value), &date, NULL)) {
        return wrong(field, value, err), NULL;
    }
    return json_new_text(text_of(date_format(date, day)));
}

static json_t *read_time(const struct field_type *field, const json_t *value, struct error *err)
{
    char at[INSTANT_TEXT_MAX];
    int64_t ms;

    if (!json_is_string(value) || json_is_number_text(value) ||
        !instant_parse(json_text(value), &ms, NULL)) {
        return wrong(field, value, err), NULL;
    }
    return json_new_text(text_of(instant_format(ms, at)));
}

static json_t *read_choice(const struct field_type *field, const json_t *value, struct error *err)
{
    for (size_t i = 0; i < field->name_count; i++) {
        if (text_is(json_text(value), field->names[i])) {
            return json_new_text(json_text(value));
        }
    }
    return wrong(field, value, err), NULL;
}

/* A file is where it can be fetched, with what is known of it: taken as it is. */
static json_t *read_file(const struct field_type *field, const json_t *value, struct error *err)
{
    return json_is_object(value) || json_is_string(value) ? json_deep_copy(value)
                                                          : (wrong(field, value, err), NULL);
}

static json_t *(*const readers[])(const struct field_type *, const json_t *, struct error *) = {
    [TYPE_TEXT] = read_text,     [TYPE_DECIMAL] = read_number, [TYPE_BOOL] = read_bool,
    [TYPE_DATE] = read_date,     [TYPE_TIME] = read_time,      [TYPE_FILE] = read_file,
    [TYPE_POSITION] = read_text, [TYPE_MONEY] = read_number,   [TYPE_MINOR] = read_number,
    [TYPE_CHOICE] = read_choice, [TYPE_REFERENCE] = read_text,
};

/* Whether `absent`, words in quotes ("'' '0000-00-00'"), has this one. */
static bool says_nothing(const char *absent, const json_t *value)
{
    struct text rest = text_of(absent ? absent : ""), word = json_text(value);

    if (!word.at || json_is_number_text(value)) {
        return false;
    }
    while (rest.size) {
        struct text one = text_split(&rest, ' ');

        if (one.size == word.size + 2 && memcmp(one.at + 1, word.at, word.size) == 0) {
            return true;
        }
    }
    return false;
}

/* type[] and type{}: every element is read like one value; an entry of a table may be nothing. */
static json_t *read_each(const struct field_type *field, const json_t *value, const char *absent,
                         struct error *err)
{
    json_t *all = field->is_list ? json_array() : json_object(), *element, *read = NULL;
    const char *name;
    size_t i;
    bool ok = field->is_list ? json_is_array(value) : json_is_object(value);

    if (field->is_table && json_is_array(value) && json_array_size(value) == 0) {
        return all; /* what PHP makes of an empty table */
    }
    if (!ok) {
        wrong(field, value, err);
    }
    json_array_foreach(value, i, element)
    {
        ok = ok && (read = readers[field->kind](field, element, err)) != NULL &&
             json_array_append_new(all, read) == 0;
    }
    json_object_foreach((json_t *)(uintptr_t)value, name, element)
    {
        if (json_is_null(element) || says_nothing(absent, element)) {
            continue;
        }
        ok = ok && (read = readers[field->kind](field, element, err)) != NULL &&
             json_object_set_new(all, name, read) == 0;
    }
    if (!ok) {
        json_decref(all);
        return NULL;
    }
    return all;
}

/* ---- fields ---- */

static const json_t *find_value(const struct field_type *field, const struct record_source *source)
{
    const json_t *value =
        source->parent_fields ? json_path(source->parent_fields, field->name) : NULL;

    if (!value) {
        value = json_path(source->wire, field->name);
    }
    return value && says_nothing(source->absent, value) ? NULL : value;
}

static json_t *read_records(const struct field_type *field, const json_t *value, const char *absent,
                            struct error *err);

static json_t *read_value(const struct field_type *field, const json_t *value, const char *absent,
                          struct error *err)
{
    if (field->is_list || field->is_table) {
        return read_each(field, value, absent, err);
    }
    return field->kind == TYPE_RECORDS ? read_records(field, value, absent, err)
                                       : readers[field->kind](field, value, err);
}

static bool read_field(const struct field_type *field, const struct record_source *source,
                       json_t *record, struct error *err)
{
    const json_t *value = find_value(field, source);
    json_t *read;

    if (field->kind == TYPE_POSITION && !value) {
        return true; /* of an element: its list knows the place */
    }
    if (!value) {
        /* what only the other side sets may not be there yet */
        return field->is_optional || field->is_read_only
                   ? true
                   : error_set(err, ERROR_REJECTED, "field", "%s is missing, but ought to be %s",
                               field->name, type_words[field->kind]);
    }
    read = read_value(field, value, source->absent, err);
    if (!read) {
        return false;
    }
    json_path_set(record, field->name, read);
    return true;
}

static json_t *read_fields(const struct record_type *type, const struct record_source *source,
                           struct error *err)
{
    json_t *record = json_object();

    for (size_t i = 0; i < type->field_count; i++) {
        if (!read_field(&type->fields[i], source, record, err)) {
            json_decref(record);
            return NULL;
        }
    }
    return record;
}

static json_t *read_records(const struct field_type *field, const json_t *value, const char *absent,
                            struct error *err)
{
    json_t *all = json_array(), *element, *read;
    size_t i;

    if (!json_is_array(value)) {
        json_decref(all);
        return wrong(field, value, err), NULL;
    }
    json_array_foreach(value, i, element)
    {
        struct record_source source = {.wire = element, .absent = absent};

        read = json_is_object(element) ? read_fields(field->records, &source, err)
                                       : (wrong(field, element, err), NULL);
        if (!read) {
            error_at(err, "%s %zu", field->name, i + 1);
            json_decref(all);
            return NULL;
        }
        json_array_append_new(all, read);
    }
    return all;
}

/* ---- the key ---- */

static void add_key_part(struct text t, struct buffer *out)
{
    for (size_t i = 0; i < t.size; i++) {
        if (t.at[i] == '/' || t.at[i] == '%') {
            buffer_addf(out, "%%%02X", (unsigned char)t.at[i]);
        } else {
            buffer_add_char(out, t.at[i]);
        }
    }
}

static bool read_key(const struct record_type *type, const json_t *record, struct buffer *out,
                     struct error *err)
{
    size_t parts = 0;

    for (size_t i = 0; i < type->field_count; i++) {
        struct text part;

        if (!type->fields[i].is_key) {
            continue;
        }
        part = json_text(json_path(record, type->fields[i].name));
        if (!part.at || part.size == 0) {
            return error_set(err, ERROR_REJECTED, "field", "%s is empty, but it is part of the key",
                             type->fields[i].name);
        }
        if (parts++) {
            buffer_add_char(out, '/');
        }
        add_key_part(part, out);
    }
    return parts && !out->overflow ? true
                                   : error_set(err, ERROR_REJECTED, "field",
                                               "the record has no key that could be kept");
}

#define KEY_MAX 1024

bool record_read(const struct record_type *type, const struct record_source *source,
                 struct arena *arena, json_t **ret_record, const char **ret_key, struct error *err)
{
    AUTO(buffer_done) struct buffer key = {0};
    json_t *record;

    if (!json_is_object(source->wire)) {
        return error_set(err, ERROR_REJECTED, "field", "a record ought to be an object");
    }
    record = read_fields(type, source, err);
    buffer_init(&key, KEY_MAX);
    if (!record || !read_key(type, record, &key, err)) {
        json_decref(record);
        return false;
    }
    *ret_key = arena_copy_text(arena, buffer_text(&key));
    *ret_record = record;
    return true;
}
