#include "base/json.h"

#include <stdlib.h>

#include "base/memory.h"

#define PATH_STEP_MAX 128

json_t *json_new_number(struct text digits)
{
    AUTO_FREE char *marked = memory_new(digits.size + 2, 1);

    marked[0] = JSON_NUMBER_MARK;
    memcpy(marked + 1, digits.at, digits.size);
    return json_stringn(marked, digits.size + 1);
}

json_t *json_new_decimal(struct decimal d)
{
    char digits[DECIMAL_TEXT_MAX];

    return json_new_number(text_of(decimal_format(d, digits)));
}

json_t *json_new_text(struct text t)
{
    json_t *j = json_stringn(t.at ? t.at : "", t.size);

    return j ? j : json_string("\xef\xbf\xbd"); /* not UTF-8: callers check; never NULL */
}

json_t *json_new_int(int64_t n)
{
    return json_new_decimal(decimal_of(n));
}

bool json_is_number_text(const json_t *j)
{
    return json_is_string(j) && json_string_length(j) > 1 &&
           json_string_value(j)[0] == JSON_NUMBER_MARK;
}

struct text json_text(const json_t *j)
{
    size_t mark = json_is_number_text(j);

    if (!json_is_string(j)) {
        return TEXT_NONE;
    }
    return (struct text){json_string_value(j) + mark, json_string_length(j) - mark};
}

int64_t json_int(const json_t *j, int64_t otherwise)
{
    char *end;
    long long n;

    if (!json_is_number_text(j)) {
        return otherwise;
    }
    n = strtoll(json_string_value(j) + 1, &end, 10);
    return *end ? otherwise : n;
}

/* The next step of a dotted path; false at its end, or when a step is too long to be one. */
static bool next_step(struct text *rest, char step[PATH_STEP_MAX])
{
    struct text part;

    if (!rest->at) {
        return false;
    }
    part = text_split(rest, '.');
    if (part.size >= PATH_STEP_MAX) {
        return false;
    }
    memcpy(step, part.at, part.size);
    step[part.size] = '\0';
    return true;
}

json_t *json_path(const json_t *j, const char *path)
{
    struct text rest = text_of(path);
    char step[PATH_STEP_MAX];

    while (j && next_step(&rest, step)) {
        j = json_object_get(j, step);
    }
    return json_is_null(j) ? NULL : (json_t *)(uintptr_t)j;
}

const char *json_path_text(const json_t *j, const char *path)
{
    struct text t = json_text(json_path(j, path));

    return t.at ? t.at : "";
}

void json_path_set(json_t *j, const char *path, json_t *value)
{
    struct text rest = text_of(path);
    char step[PATH_STEP_MAX];

    while (next_step(&rest, step)) {
        json_t *below = json_object_get(j, step);

        if (!rest.at) {
            json_object_set_new(j, step, value);
            return;
        }
        if (!json_is_object(below)) {
            below = json_object();
            json_object_set_new(j, step, below);
        }
        j = below;
    }
    json_decref(value);
}

void json_decref_at(json_t **j)
{
    json_decref(*j);
}
