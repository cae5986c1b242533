/*
 * The tables of a connector, written down. One walker over shapes instead of one function per
 * struct: the ABI rules about sizes and strides stand in one place.
 */
#include "ferry/describe.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "shapes.h"

#define PLACE_MAX 200

/* All FERRY_ARRAYs look like this. */
struct array {
    const void *at;
    uint32_t count;
    uint32_t stride;
};

/* Where one struct is copied to, so that shorter ones end in zeroes; room for the longest. */
union copy {
    struct ferry_connector connector;
    struct ferry_list list;
    struct ferry_mapping mapping;
    struct ferry_read read;
    struct ferry_write write;
    struct ferry_flow flow;
    unsigned char bytes[sizeof(struct ferry_connector)];
};

/* ---- one walk ---- */

struct walk {
    const struct ferry_sink *sink;
    struct ferry_problem *problem;
    char place[PLACE_MAX]; /* "lists[3].derive[0]" */
    size_t place_size;
    uint32_t rows;
    unsigned depth;
};

static int walk_struct(struct walk *walk, const union copy *copy, const struct shape *shape);

static int problem(struct walk *walk, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static int problem(struct walk *walk, const char *code, const char *format, ...)
{
    va_list arguments;
    char text[112];

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    snprintf(walk->problem->code, sizeof walk->problem->code, "%s", code);
    snprintf(walk->problem->sentence, sizeof walk->problem->sentence, "%s %s.",
             walk->place_size ? walk->place : "The connector", text);
    return 0;
}

static void place_back(struct walk *walk, size_t size)
{
    walk->place_size = size;
    walk->place[size] = '\0';
}

/* Add a step to the place; the caller puts place_size back. Too long is cut. */
static void place_add(struct walk *walk, const char *step)
{
    size_t left = sizeof walk->place - 1 - walk->place_size;
    size_t size = strlen(step) < left ? strlen(step) : left;

    memcpy(walk->place + walk->place_size, step, size);
    place_back(walk, walk->place_size + size);
}

static void place_add_index(struct walk *walk, uint32_t index)
{
    char step[16];

    snprintf(step, sizeof step, "[%u]", (unsigned)index);
    place_add(walk, step);
}

static int put(struct walk *walk, const char *bytes, size_t size)
{
    if (!walk->sink->add(walk->sink->self, bytes, size)) {
        return problem(walk, "sink", "is where the description became too long to be taken");
    }
    return 1;
}

static int put_cstr(struct walk *walk, const char *text)
{
    return put(walk, text, strlen(text));
}

static int put_number(struct walk *walk, uint32_t number)
{
    char digits[16];

    return put(walk, digits, (size_t)snprintf(digits, sizeof digits, "%u", (unsigned)number));
}

/* How many bytes the UTF-8 character at `at` has, 0 when it is none; `at` is terminated. */
static size_t utf8_size(const unsigned char *at)
{
    static const struct {
        unsigned char mask, lead, size;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 1, 0},
                 {0xe0, 0xc0, 2, 0x80},
                 {0xf0, 0xe0, 3, 0x800},
                 {0xf8, 0xf0, 4, 0x10000}};

    for (size_t form = 0; form < sizeof forms / sizeof *forms; form++) {
        if ((at[0] & forms[form].mask) != forms[form].lead) {
            continue;
        }
        uint32_t character = at[0] & (unsigned char)~forms[form].mask;
        for (size_t i = 1; i < forms[form].size; i++) {
            if ((at[i] & 0xc0) != 0x80) {
                return 0;
            }
            character = character << 6 | (at[i] & 0x3f);
        }
        int surrogate = character >= 0xd800 && character <= 0xdfff;
        return character < forms[form].least || character > 0x10ffff || surrogate
                   ? 0
                   : forms[form].size;
    }
    return 0;
}

static int put_escaped(struct walk *walk, unsigned char character)
{
    char escape[8];

    switch (character) {
    case '"':
        return put(walk, "\\\"", 2);
    case '\\':
        return put(walk, "\\\\", 2);
    case '\n':
        return put(walk, "\\n", 2);
    case '\t':
        return put(walk, "\\t", 2);
    default:
        return put(walk, escape,
                   (size_t)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)character));
    }
}

static int put_text(struct walk *walk, const char *text)
{
    size_t size = strnlen(text, FERRY_TEXT_MAX + 1);
    const unsigned char *at = (const unsigned char *)text, *end = at + size, *from = at;

    if (size > FERRY_TEXT_MAX) {
        return problem(walk, "text-too-long", "is longer than %d bytes", FERRY_TEXT_MAX);
    }
    if (!put(walk, "\"", 1)) {
        return 0;
    }
    while (at < end) {
        size_t step = utf8_size(at);
        int plain = *at >= 0x20 && *at != '"' && *at != '\\' && *at != 0x7f;
        if (step == 0) {
            return problem(walk, "not-utf8", "is not valid UTF-8 at byte %zu",
                           (size_t)(at - (const unsigned char *)text));
        }
        if (plain) {
            at += step;
            continue;
        }
        if (!put(walk, (const char *)from, (size_t)(at - from)) || !put_escaped(walk, *at)) {
            return 0;
        }
        from = ++at;
    }
    return put(walk, (const char *)from, (size_t)(at - from)) && put(walk, "\"", 1);
}

static int put_verdict(struct walk *walk, uint32_t verdict)
{
    static const char *const words[] = {NULL, "skip", "wait", "hold", "retry", "taken"};

    if (verdict == 0 || verdict >= sizeof words / sizeof *words) {
        return problem(walk, "verdict", "is %u, which is no verdict this Ferry knows",
                       (unsigned)verdict);
    }
    return put_text(walk, words[verdict]);
}

static int put_abi(struct walk *walk, uint32_t abi)
{
    if (abi >> 16 != FERRY_ABI_MAJOR) {
        return problem(walk, "abi", "is for ABI %u; this Ferry has ABI %d", (unsigned)(abi >> 16),
                       FERRY_ABI_MAJOR);
    }
    return put(walk, "[", 1) && put_number(walk, abi >> 16) && put(walk, ",", 1) &&
           put_number(walk, abi & 0xffff) && put(walk, "]", 1);
}

/* Read a struct of `size` bytes (the author's) as one of ours; more than ours must be zero. */
static int copy_struct(struct walk *walk, const void *at, uint32_t size, const struct shape *shape,
                       union copy *ret)
{
    const unsigned char *bytes = at;

    memset(ret, 0, sizeof *ret);
    memcpy(ret->bytes, bytes, size < shape->size ? size : shape->size);
    for (size_t i = shape->size; i < size; i++) {
        if (bytes[i] != 0) {
            return problem(walk, "too-new",
                           "says something at offset %zu that this Ferry does not know: the "
                           "connector needs a newer Ferry",
                           i);
        }
    }
    return 1;
}

static int array_is_sound(struct walk *walk, const struct array *array)
{
    if (!array->at) {
        return problem(walk, "empty-array", "has %u elements but is nowhere", array->count);
    }
    if (array->stride < sizeof(char *) || array->stride > 4096) {
        return problem(walk, "stride", "has elements of %u bytes", array->stride);
    }
    if (array->count > FERRY_ROWS_MAX - walk->rows) {
        return problem(walk, "too-many-rows", "brings the connector over %d rows", FERRY_ROWS_MAX);
    }
    if (walk->depth >= FERRY_DEPTH_MAX) {
        return problem(walk, "too-deep", "is nested more than %d deep", FERRY_DEPTH_MAX);
    }
    walk->rows += array->count;
    return 1;
}

static int put_element(struct walk *walk, const unsigned char *at, uint32_t stride,
                       const struct shape *shape)
{
    union copy copy;
    const char *text;

    if (shape) {
        return copy_struct(walk, at, stride, shape, &copy) && walk_struct(walk, &copy, shape);
    }
    memcpy(&text, at, sizeof text);
    return text ? put_text(walk, text) : problem(walk, "empty-array", "is not there");
}

/* shape NULL: the elements are texts */
static int put_array(struct walk *walk, const struct array *array, const struct shape *shape)
{
    size_t place = walk->place_size;
    const unsigned char *at = array->at;

    if (!array_is_sound(walk, array) || !put(walk, "[", 1)) {
        return 0;
    }
    walk->depth++;
    for (uint32_t i = 0; i < array->count; i++, at += array->stride) {
        place_add_index(walk, i);
        if ((i > 0 && !put(walk, ",", 1)) || !put_element(walk, at, array->stride, shape)) {
            return 0;
        }
        place_back(walk, place);
    }
    walk->depth--;
    return put(walk, "]", 1);
}

static int put_struct(struct walk *walk, const void *at, const struct shape *shape)
{
    union copy copy;
    uint32_t size;

    memcpy(&size, at, sizeof size);
    if (size < sizeof size || size > 4096) {
        return problem(walk, "size", "says that it is %u bytes long", (unsigned)size);
    }
    return copy_struct(walk, at, size, shape, &copy) && walk_struct(walk, &copy, shape);
}

/* What a field holds, taken out of the copy by bytes because its type is only known by kind. */
struct value {
    const void *pointer;
    uint32_t number;
    struct array array;
};

static int value_of(const union copy *copy, const struct field *field, struct value *ret)
{
    const unsigned char *at = copy->bytes + field->offset;

    memset(ret, 0, sizeof *ret);
    switch (field->kind) {
    case KIND_TEXT:
    case KIND_STRUCT:
        memcpy(&ret->pointer, at, sizeof ret->pointer);
        return ret->pointer != NULL;
    case KIND_ARRAY:
    case KIND_TEXTS:
        memcpy(&ret->array, at, sizeof ret->array);
        return ret->array.count > 0;
    case KIND_NUMBER:
        memcpy(&ret->number, at, sizeof ret->number);
        return ret->number != 0;
    case KIND_VERDICT:
    case KIND_ABI:
    default:
        memcpy(&ret->number, at, sizeof ret->number);
        return 1;
    }
}

static int put_value(struct walk *walk, const struct field *field, const struct value *value)
{
    switch (field->kind) {
    case KIND_TEXT:
        return put_text(walk, value->pointer);
    case KIND_NUMBER:
        return put_number(walk, value->number);
    case KIND_VERDICT:
        return put_verdict(walk, value->number);
    case KIND_ABI:
        return put_abi(walk, value->number);
    case KIND_STRUCT:
        return put_struct(walk, value->pointer, field->shape);
    case KIND_ARRAY:
    case KIND_TEXTS:
    default:
        return put_array(walk, &value->array, field->shape);
    }
}

static int walk_struct(struct walk *walk, const union copy *copy, const struct shape *shape)
{
    size_t place = walk->place_size;
    int first = 1;
    struct value value;

    if (!put(walk, "{", 1)) {
        return 0;
    }
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        if (!value_of(copy, field, &value)) {
            continue;
        }
        place_add(walk, place ? "." : "");
        place_add(walk, field->name);
        if ((!first && !put(walk, ",", 1)) || !put(walk, "\"", 1) || !put_cstr(walk, field->name) ||
            !put(walk, "\":", 2) || !put_value(walk, field, &value)) {
            return 0;
        }
        first = 0;
        place_back(walk, place);
    }
    return put(walk, "}", 1);
}

int ferry_describe(const struct ferry_connector *connector, const struct ferry_sink *sink,
                   struct ferry_problem *ret)
{
    struct walk walk = {.sink = sink, .problem = ret};
    union copy copy;

    if (!connector || connector->size < offsetof(struct ferry_connector, name)) {
        return problem(&walk, "size", "gives no table, or one too short to name itself");
    }
    if (connector->size > 4096) {
        return problem(&walk, "size", "says that it is %u bytes long", (unsigned)connector->size);
    }
    if (connector->abi >> 16 != FERRY_ABI_MAJOR) {
        return put_abi(&walk, connector->abi);
    }
    if (!copy_struct(&walk, connector, connector->size, &ferry_connector_shape, &copy)) {
        return 0;
    }
    if (!copy.connector.id || !copy.connector.version) {
        return problem(&walk, "no-id", "says no id or no version");
    }
    return walk_struct(&walk, &copy, &ferry_connector_shape);
}
