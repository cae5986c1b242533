/* Bodies against shapes: the first thing that does not fit is named. */
#include <ctype.h>
#include <stdlib.h>

#include "strict.h"

struct complaint {
    char *at;
    size_t size;
    char path[256];
};

static bool complain(struct complaint *c, const char *name, const char *what)
{
    snprintf(c->at, c->size, "%s%s%s: %s", c->path, *c->path ? "." : "", name, what);
    return false;
}

static const struct shape *find_shape(struct text name)
{
    for (size_t i = 0; i < shape_count; i++) {
        if (text_is(name, shapes[i].name)) {
            return &shapes[i];
        }
    }
    return NULL;
}

/* The type of a field; TEXT_NONE: the shape has no such field. */
static struct text field_type(const struct shape *shape, const char *name)
{
    struct text rest = text_of(shape->fields);

    while (rest.size > 0) {
        struct text type = text_split(&rest, ' '), field = text_split(&type, ':');
        if (text_is(field, name)) {
            return type;
        }
    }
    return TEXT_NONE;
}

static bool is_guid(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? t.at[i] != '-' : !isxdigit((unsigned char)t.at[i])) {
            return false;
        }
    }
    return t.size == 36;
}

static size_t characters(struct text t)
{
    size_t n = 0;

    for (size_t i = 0; i < t.size; i++) {
        n += ((unsigned char)t.at[i] & 0xC0) != 0x80;
    }
    return n;
}

static const char *check_text(struct text type, const json_t *j)
{
    size_t most = type.size > 1 ? strtoul(type.at + 1, NULL, 10) : 0;

    if (!json_is_string(j) || json_is_number_text(j)) {
        return "must be a text";
    }
    return most && characters(json_text(j)) > most ? "is too long" : NULL;
}

/* At most 12 digits before the point and 18 after: sums cannot overflow later. */
static const char *check_number(const json_t *j)
{
    struct decimal d;

    if (!json_is_number_text(j)) {
        return "must be a number";
    }
    return decimal_parse(json_text(j), &d, NULL) &&
                   decimal_compare(decimal_absolute(d), decimal_of(INT64_C(1000000000000))) < 0
               ? NULL
               : "is not a usable number";
}

static const char *check_plain(struct text type, const json_t *j)
{
    struct date day;

    switch (type.at[0]) {
    case 's':
        return check_text(type, j);
    case 'n':
        return check_number(j);
    case 'b':
        return json_is_boolean(j) ? NULL : "must be true or false";
    case 'd':
        return json_is_string(j) && date_parse(json_text(j), &day, NULL) ? NULL : "must be a date";
    default:
        return json_is_string(j) && is_guid(json_text(j)) ? NULL : "must be a GUID";
    }
}

static bool check_object(struct complaint *c, const struct shape *shape, const json_t *j);

static bool check_nested(struct complaint *c, const char *name, struct text type, const json_t *j)
{
    bool list = text_ends(type, "[]");
    struct text shape_name = {type.at, type.size - (list ? 2 : 0)};
    const struct shape *shape = find_shape(shape_name);
    size_t size = strlen(c->path), i;
    bool ok = true;
    json_t *one;

    if (!shape || (list ? !json_is_array(j) : !json_is_object(j))) {
        return complain(c, name, list ? "must be a list" : "must be an object");
    }
    snprintf(c->path + size, sizeof c->path - size, "%s%s", size ? "." : "", name);
    if (!list) {
        ok = check_object(c, shape, j);
    }
    json_array_foreach(j, i, one)
    {
        ok = ok && check_object(c, shape, one);
    }
    if (ok) {
        c->path[size] = '\0';
    }
    return ok;
}

static bool check_object(struct complaint *c, const struct shape *shape, const json_t *j)
{
    const char *name;
    json_t *value;

    if (!shape->fields) {
        return true;
    }
    if (!json_is_object(j)) {
        return complain(c, shape->name, "must be an object");
    }
    json_object_foreach((json_t *)(uintptr_t)j, name, value)
    {
        struct text type = field_type(shape, name);
        const char *problem = NULL;
        if (!type.at) {
            return complain(c, name, "is not a property that can be written");
        }
        if (isupper((unsigned char)type.at[0])) {
            if (!check_nested(c, name, type, value)) {
                return false;
            }
        } else if (!json_is_null(value)) {
            problem = check_plain(type, value);
        }
        if (problem) {
            return complain(c, name, problem);
        }
    }
    return true;
}

bool strict_check(const char *shape, const json_t *j, char *why, size_t why_size)
{
    struct complaint c = {.at = why, .size = why_size};
    const struct shape *found = find_shape(text_of(shape));

    return found ? check_object(&c, found, j) : complain(&c, shape, "is no shape");
}
