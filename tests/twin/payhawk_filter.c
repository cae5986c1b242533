/* $filter: {"field":{"$operator":value},"$and":[…],"$or":[…]} */
#include <strings.h>

#include "payhawk.h"

struct filter {
    const char *allowed, *days;
    bool wrong;
};

/* Days without their times where the API compares days. */
static struct text comparable(const struct filter *f, const char *field, const json_t *value)
{
    struct text t = json_text(value);

    if (word_in(field, f->days) && t.size > 10) {
        t.size = 10;
    }
    return t;
}

static int order(struct text a, struct text b)
{
    struct decimal x, y;
    int result;

    if (decimal_parse(a, &x, NULL) && decimal_parse(b, &y, NULL)) {
        return decimal_compare(x, y);
    }
    result = memcmp(a.at ? a.at : "", b.at ? b.at : "", a.size < b.size ? a.size : b.size);
    return result ? result : (a.size > b.size) - (a.size < b.size);
}

enum operator_id { EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, OPERATORS };

static const char *const operators[OPERATORS] = {
    "$equal", "$notEqual", "$lessThan", "$lessThanEqual", "$greaterThan", "$greaterThanEqual"};

static bool compares(struct filter *f, const char *name, struct text there, struct text wanted)
{
    int o = order(there, wanted);
    const bool results[OPERATORS] = {o == 0, o != 0, o<0, o <= 0, o> 0, o >= 0};

    for (int i = 0; i < OPERATORS; i++) {
        if (strcmp(operators[i], name) == 0) {
            return results[i] && (there.at || i == NOT_EQUAL);
        }
    }
    f->wrong = true;
    return false;
}

static bool is_in(const struct filter *f, const char *field, struct text there, const json_t *list)
{
    size_t i;
    json_t *one;

    json_array_foreach(list, i, one)
    {
        if (text_equal(comparable(f, field, one), there)) {
            return true;
        }
    }
    return false;
}

static bool contains(struct text there, struct text wanted)
{
    return there.at && memmem(there.at, there.size, wanted.at, wanted.size);
}

static bool one_operator(struct filter *f, const char *field, const char *name,
                         const json_t *wanted, const json_t *record)
{
    const json_t *value = json_path(record, field);
    struct text there = comparable(f, field, value);

    if (strcmp(name, "$in") == 0) {
        return is_in(f, field, there, wanted);
    }
    if (strcmp(name, "$contains") == 0) {
        return contains(there, json_text(wanted));
    }
    if (strcmp(name, "$empty") == 0) {
        return (value == NULL) == json_is_true(wanted);
    }
    return compares(f, name, there, comparable(f, field, wanted));
}

static bool field_matches(struct filter *f, const char *field, const json_t *conditions,
                          const json_t *record)
{
    const char *name;
    json_t *wanted;
    bool all = true;

    if (!word_in(field, f->allowed) || !json_is_object(conditions)) {
        f->wrong = true;
        return false;
    }
    json_object_foreach((json_t *)(uintptr_t)conditions, name, wanted)
    {
        all = one_operator(f, field, name, wanted, record) && all;
    }
    return all;
}

static bool matches(struct filter *f, const json_t *filter, const json_t *record);

static bool combined(struct filter *f, bool any, const json_t *list, const json_t *record)
{
    bool result = !any;
    size_t i;
    json_t *one;

    json_array_foreach(list, i, one)
    {
        bool match = matches(f, one, record);
        result = any ? result || match : result && match;
    }
    return result;
}

static bool matches(struct filter *f, const json_t *filter, const json_t *record)
{
    const char *name;
    json_t *value;
    bool all = true;

    json_object_foreach((json_t *)(uintptr_t)filter, name, value)
    {
        bool list = strcmp(name, "$and") == 0 || strcmp(name, "$or") == 0;
        all = (list ? combined(f, name[1] == 'o', value, record)
                    : field_matches(f, name, value, record)) &&
              all;
    }
    return all;
}

int filter_matches(const json_t *filter, const json_t *record, const char *allowed,
                   const char *days)
{
    struct filter f = {.allowed = allowed, .days = days};
    bool result = matches(&f, filter, record);

    return f.wrong ? -1 : result;
}
