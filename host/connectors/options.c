#include <string.h>

#include "base/memory.h"
#include "connectors/connectors.h"

/* What people answered to the questions of a connector, with its defaults where they did not. */
struct answering {
    const json_t *given;
    const char *name; /* of the integration, for messages */
    json_t *options;
    struct error *err;
};

static const char *shape_of(const json_t *value)
{
    return json_is_boolean(value) ? "bool" : json_is_array(value) ? "list" : "text";
}

static bool is_bool(const struct declared_option *option)
{
    return strncmp(option->type, "bool", 4) == 0;
}

/* Defaults are literals: true, false, a text or a number. */
static json_t *default_of(const struct declared_option *option)
{
    size_t quote = option->value[0] == '\'';

    if (is_bool(option)) {
        return json_boolean(strcmp(option->value, "true") == 0);
    }
    return json_new_text((struct text){option->value + quote, strlen(option->value) - 2 * quote});
}

static bool set_option(struct answering *a, const struct declared_option *option)
{
    const json_t *given = json_object_get(a->given, option->name);

    if (!given && option->value[0]) {
        json_object_set_new(a->options, option->name, default_of(option));
        return true;
    }
    if (!given && !strchr(option->type, '?')) {
        return error_set(a->err, ERROR_CONFIG, "option-missing", "%s needs the option %s: %s.",
                         a->name, option->name, option->about);
    }
    if (given && is_bool(option) != json_is_boolean(given)) {
        return error_set(a->err, ERROR_CONFIG, "option-type",
                         "The option %s of %s is a %s, but ought to be %s.", option->name, a->name,
                         shape_of(given), option->type);
    }
    if (given) {
        json_object_set_new(a->options, option->name,
                            json_text(given).at ? json_new_text(json_text(given))
                                                : json_deep_copy(given));
    }
    return true;
}

static bool is_declared(const struct declared_options *declared, const char *name)
{
    for (size_t i = 0; i < declared->count; i++) {
        if (strcmp(declared->at[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

bool connector_options(const struct declaration *declaration, const json_t *given,
                       const char *integration, json_t **ret, struct error *err)
{
    AUTO_JSON json_t *options = json_object();
    struct answering a = {given, integration, options, err};
    const char *name;
    json_t *value;

    for (size_t i = 0; i < declaration->options.count; i++) {
        if (!set_option(&a, &declaration->options.at[i])) {
            return false;
        }
    }
    json_object_foreach((json_t *)(uintptr_t)given, name, value)
    {
        if (!is_declared(&declaration->options, name)) {
            return error_set(err, ERROR_CONFIG, "option-unknown",
                             "%s has no option %s; `ferry connector show %s` lists them.",
                             declaration->id, name, declaration->id);
        }
    }
    *ret = json_incref(options);
    return true;
}
