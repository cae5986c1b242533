/*
 * A description read as hostile input. The mirror image of the SDK's walker: shapes say which
 * names an object may have and where they go, one function fills any struct.
 */
#include <stdio.h>

#include "base/json.h"
#include "base/memory.h"
#include "connectors/connectors_internal.h"
#include "ferry/describe.h"

#define DESCRIPTION_DEPTH 32
#define PLACE_MAX         200

enum kind {
    KIND_TEXT,
    KIND_NUMBER,
    KIND_VERDICT,
    KIND_ABI,   /* checked elsewhere, nothing is kept */
    KIND_ARRAY, /* of `shape`; at `offset` the pointer, at `extra` the count */
    KIND_TEXTS,
    KIND_STRUCT, /* in place at `offset`; at `extra` a bool: it is there */
};

struct shape;
struct field {
    const char *name;
    enum kind kind;
    size_t offset, extra;
    const struct shape *shape;
};
struct shape {
    const struct field *fields;
    size_t field_count, size;
};

#define TEXT_OF(type, member)                                                                      \
    {                                                                                              \
#member, KIND_TEXT, offsetof(struct type, member), 0, NULL                                 \
    }
#define NUMBER_OF(type, member)                                                                    \
    {                                                                                              \
#member, KIND_NUMBER, offsetof(struct type, member), 0, NULL                               \
    }
#define ARRAY_OF(type, name, at, count, of)                                                        \
    {                                                                                              \
#name, KIND_ARRAY, offsetof(struct type, at), offsetof(struct type, count), of             \
    }
#define STRUCT_OF(type, member, flag, of)                                                          \
    {                                                                                              \
#member, KIND_STRUCT, offsetof(struct type, member), offsetof(struct type, flag), of       \
    }
#define SHAPE(type, fields)                                                                        \
    {                                                                                              \
        fields, sizeof(fields) / sizeof *(fields), sizeof(struct type)                             \
    }

static const struct field row_fields[] = {
    TEXT_OF(declared_row, name),
    TEXT_OF(declared_row, value),
};
static const struct shape row_shape = SHAPE(declared_row, row_fields);

static const struct field option_fields[] = {
    TEXT_OF(declared_option, about),
    TEXT_OF(declared_option, name),
    TEXT_OF(declared_option, type),
    TEXT_OF(declared_option, value),
};
static const struct shape option_shape = SHAPE(declared_option, option_fields);

static const struct field guard_fields[] = {
    {"verdict", KIND_VERDICT, offsetof(struct declared_guard, verdict), 0, NULL},
    TEXT_OF(declared_guard, when),
    TEXT_OF(declared_guard, why),
};
static const struct shape guard_shape = SHAPE(declared_guard, guard_fields);

static const struct field read_fields[] = {
    TEXT_OF(declared_read, body),          NUMBER_OF(declared_read, complete),
    TEXT_OF(declared_read, get),           TEXT_OF(declared_read, gone),
    TEXT_OF(declared_read, gone_at),       TEXT_OF(declared_read, ids),
    TEXT_OF(declared_read, next),          TEXT_OF(declared_read, only),
    NUMBER_OF(declared_read, overlap_s),   TEXT_OF(declared_read, page),
    TEXT_OF(declared_read, records),       TEXT_OF(declared_read, since),
    NUMBER_OF(declared_read, window_days),
};
static const struct shape read_shape = SHAPE(declared_read, read_fields);

static const struct field write_fields[] = {
    NUMBER_OF(declared_write, batch), TEXT_OF(declared_write, body),
    TEXT_OF(declared_write, create),  TEXT_OF(declared_write, error),
    TEXT_OF(declared_write, marker),  TEXT_OF(declared_write, remove),
    TEXT_OF(declared_write, results), TEXT_OF(declared_write, update),
    NUMBER_OF(declared_write, whole),
};
static const struct shape write_shape = SHAPE(declared_write, write_fields);

static const struct field list_fields[] = {
    TEXT_OF(declared_list, about),
    ARRAY_OF(declared_list, derive, derive.at, derive.count, &row_shape),
    ARRAY_OF(declared_list, form, form.at, form.count, &option_shape),
    TEXT_OF(declared_list, name),
    STRUCT_OF(declared_list, read, has_read, &read_shape),
    TEXT_OF(declared_list, record),
    STRUCT_OF(declared_list, write, has_write, &write_shape),
};
static const struct shape list_shape = SHAPE(declared_list, list_fields);

static const struct shape mapping_shape;
static const struct field mapping_fields[] = {
    TEXT_OF(declared_mapping, about),
    NUMBER_OF(declared_mapping, again_s),
    TEXT_OF(declared_mapping, approve),
    ARRAY_OF(declared_mapping, fields, fields.at, fields.count, &row_shape),
    TEXT_OF(declared_mapping, from),
    TEXT_OF(declared_mapping, gone),
    ARRAY_OF(declared_mapping, guards, guards.at, guards.count, &guard_shape),
    {"match", KIND_TEXTS, offsetof(struct declared_mapping, match.at),
     offsetof(struct declared_mapping, match.count), NULL},
    TEXT_OF(declared_mapping, name),
    TEXT_OF(declared_mapping, others),
    ARRAY_OF(declared_mapping, parts, parts, part_count, &mapping_shape),
    TEXT_OF(declared_mapping, to),
    TEXT_OF(declared_mapping, was),
};
static const struct shape mapping_shape = SHAPE(declared_mapping, mapping_fields);

static const struct field flow_fields[] = {
    TEXT_OF(declared_flow, about),
    ARRAY_OF(declared_flow, guards, guards.at, guards.count, &guard_shape),
    ARRAY_OF(declared_flow, mappings, mappings, mapping_count, &mapping_shape),
    TEXT_OF(declared_flow, name),
    TEXT_OF(declared_flow, when),
};
static const struct shape flow_shape = SHAPE(declared_flow, flow_fields);

static const struct field declaration_fields[] = {
    {"abi", KIND_ABI, 0, 0, NULL},
    TEXT_OF(declaration, about),
    TEXT_OF(declaration, absent),
    ARRAY_OF(declaration, answers, answers.at, answers.count, &guard_shape),
    ARRAY_OF(declaration, events, events.at, events.count, &row_shape),
    ARRAY_OF(declaration, flows, flows, flow_count, &flow_shape),
    TEXT_OF(declaration, headers),
    TEXT_OF(declaration, hosts),
    TEXT_OF(declaration, id),
    ARRAY_OF(declaration, lists, lists, list_count, &list_shape),
    TEXT_OF(declaration, login),
    TEXT_OF(declaration, name),
    ARRAY_OF(declaration, options, options.at, options.count, &option_shape),
    TEXT_OF(declaration, quota),
    TEXT_OF(declaration, version),
    TEXT_OF(declaration, webhook),
};
static const struct shape declaration_shape = SHAPE(declaration, declaration_fields);

/* ---- one walk ---- */

struct walk {
    struct arena *arena;
    struct error *err;
    size_t rows;
    char place[PLACE_MAX];
};

static bool fill(struct walk *walk, const json_t *from, const struct shape *shape, char *into);

static bool wrong(struct walk *walk, const char *sentence)
{
    return error_set(walk->err, ERROR_REJECTED, "description", "%s %s.",
                     walk->place[0] ? walk->place : "The description", sentence);
}

/* Returns where the place ended before, for place_back. */
static size_t place_add(struct walk *walk, const char *name, size_t index)
{
    size_t had = strlen(walk->place), left = sizeof walk->place - had;

    if (name) {
        snprintf(walk->place + had, left, "%s%s", had ? "." : "", name);
    } else {
        snprintf(walk->place + had, left, "[%zu]", index);
    }
    return had;
}

/* What a terminal would obey, or what turns the direction of reading: U+0080 to U+009F, marks and
 * overrides of direction, separators of lines, U+FEFF, U+FFF9 to U+FFFB. */
static bool is_harmful(struct text t)
{
    static const struct {
        const char *start; /* of the bytes of a character */
        unsigned char first, last;
    } harmful[] = {{"\xc2", 0x80, 0x9f},     {"\xd8", 0x9c, 0x9c},     {"\xe2\x80", 0x8e, 0x8f},
                   {"\xe2\x80", 0xa8, 0xae}, {"\xe2\x81", 0xa6, 0xa9}, {"\xef\xbb", 0xbf, 0xbf},
                   {"\xef\xbf", 0xb9, 0xbb}};

    for (size_t i = 0; i < sizeof harmful / sizeof *harmful; i++) {
        size_t size = strlen(harmful[i].start);

        if (t.size > size && memcmp(t.at, harmful[i].start, size) == 0 &&
            (unsigned char)t.at[size] >= harmful[i].first &&
            (unsigned char)t.at[size] <= harmful[i].last) {
            return true;
        }
    }
    return false;
}

/* Newlines and tabs are for people; other control characters are for terminals. */
static bool is_printable(struct text t)
{
    for (; t.size > 0; t.at++, t.size--) {
        unsigned char c = (unsigned char)*t.at;
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f || is_harmful(t)) {
            return false;
        }
    }
    return true;
}

static bool fill_text(struct walk *walk, const json_t *from, const char **into)
{
    struct text text = json_text(from);

    if (!json_is_string(from) || json_is_number_text(from)) {
        return wrong(walk, "is not a text");
    }
    if (text.size > FERRY_TEXT_MAX) {
        return wrong(walk, "is longer than 64 KiB");
    }
    if (!is_printable(text)) {
        return wrong(walk, "has control characters in it");
    }
    *into = arena_copy_text(walk->arena, text);
    return true;
}

static bool fill_number(struct walk *walk, const json_t *from, uint32_t *into)
{
    int64_t number = json_is_number_text(from) ? json_int(from, -1) : -1;

    if (number < 0 || number > UINT32_MAX) {
        return wrong(walk, "is not a whole number between 0 and 4294967295");
    }
    *into = (uint32_t)number;
    return true;
}

static bool fill_verdict(struct walk *walk, const json_t *from, enum ferry_verdict *into)
{
    static const char *const words[] = {NULL, "skip", "wait", "hold", "retry", "taken"};

    for (size_t i = 1; i < sizeof words / sizeof *words; i++) {
        if (text_is(json_text(from), words[i])) {
            *into = (enum ferry_verdict)i;
            return true;
        }
    }
    return wrong(walk, "is no verdict");
}

static bool count_rows(struct walk *walk, const json_t *from)
{
    if (!json_is_array(from)) {
        return wrong(walk, "is not a list");
    }
    walk->rows += json_array_size(from);
    return walk->rows <= FERRY_ROWS_MAX || wrong(walk, "brings the description over 65536 rows");
}

static bool fill_texts(struct walk *walk, const json_t *from, const char *const **at, size_t *count)
{
    if (!count_rows(walk, from)) {
        return false;
    }
    size_t size = json_array_size(from);
    const char **texts = arena_alloc(walk->arena, size ? size : 1, sizeof *texts);
    for (size_t i = 0; i < size; i++) {
        size_t place = place_add(walk, NULL, i);
        if (!fill_text(walk, json_array_get(from, i), &texts[i])) {
            return false;
        }
        walk->place[place] = '\0';
    }
    *at = texts;
    *count = size;
    return true;
}

static bool fill_array(struct walk *walk, const json_t *from, const struct shape *shape,
                       const void **at, size_t *count)
{
    if (!count_rows(walk, from)) {
        return false;
    }
    size_t size = json_array_size(from);
    char *elements = arena_alloc(walk->arena, size ? size : 1, shape->size);
    for (size_t i = 0; i < size; i++) {
        size_t place = place_add(walk, NULL, i);
        if (!fill(walk, json_array_get(from, i), shape, elements + i * shape->size)) {
            return false;
        }
        walk->place[place] = '\0';
    }
    *at = elements;
    *count = size;
    return true;
}

/* The structs are filled by offset; every member is reached through a pointer of its own type. */
static bool fill_field(struct walk *walk, const json_t *from, const struct field *field, char *into)
{
    void *at = into + field->offset, *extra = into + field->extra;

    switch (field->kind) {
    case KIND_TEXT:
        return fill_text(walk, from, at);
    case KIND_NUMBER:
        return fill_number(walk, from, at);
    case KIND_VERDICT:
        return fill_verdict(walk, from, at);
    case KIND_TEXTS:
        return fill_texts(walk, from, at, extra);
    case KIND_ARRAY:
        return fill_array(walk, from, field->shape, at, extra);
    case KIND_STRUCT:
        *(bool *)extra = true;
        return fill(walk, from, field->shape, at);
    case KIND_ABI:
    default:
        return json_array_size(from) == 2 || wrong(walk, "is not [major,minor]");
    }
}

/* What was not said is "", never NULL; also inside a read or write that is not there. */
static void fill_nothing(const struct shape *shape, char *into)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->kind == KIND_TEXT) {
            const char *nothing = "";
            memcpy(into + field->offset, &nothing, sizeof nothing);
        } else if (field->kind == KIND_STRUCT) {
            fill_nothing(field->shape, into + field->offset);
        }
    }
}

static bool fill(struct walk *walk, const json_t *from, const struct shape *shape, char *into)
{
    size_t known = 0;

    if (!json_is_object(from)) {
        return wrong(walk, "is not an object");
    }
    fill_nothing(shape, into);
    for (size_t i = 0; i < shape->field_count; i++) {
        const json_t *value = json_object_get(from, shape->fields[i].name);
        if (!value) {
            continue;
        }
        known++;
        size_t place = place_add(walk, shape->fields[i].name, 0);
        if (!fill_field(walk, value, &shape->fields[i], into)) {
            return false;
        }
        walk->place[place] = '\0';
    }
    return known == json_object_size(from) ||
           wrong(walk, "has a name that this Ferry does not know");
}

bool declaration_read(struct text json, struct arena *arena, const struct declaration **ret,
                      struct error *err)
{
    AUTO_JSON json_t *from = NULL;
    struct error why = {0};
    struct walk walk = {.arena = arena, .err = err};
    struct declaration *declaration = arena_alloc(arena, 1, sizeof *declaration);

    if (json.size > CONNECTOR_DESCRIPTION_MAX || !text_is_utf8(json)) {
        return wrong(&walk, "is longer than 1 MiB or not UTF-8");
    }
    if (!json_read(json, DESCRIPTION_DEPTH, &from, &why)) {
        return error_set(err, ERROR_REJECTED, "description", "The description is not JSON: %.200s",
                         why.text);
    }
    if (!fill(&walk, from, &declaration_shape, (char *)declaration)) {
        return false;
    }
    if (!connector_id_is_sound(declaration->id) || declaration->version[0] == '\0') {
        return wrong(&walk, "has no id in small letters, digits and '-', or no version");
    }
    *ret = declaration;
    return true;
}
