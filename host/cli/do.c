/*
 * do: fill in a form a connector declares: a look-up, a choice, a request.
 *
 * Without values {"forms":[{"name","about","columns":[{"name","type","value","about"}]}]}; with
 * values {"text"} or {"changed":n}.
 */
#include <string.h>

#include "cli/commands.h"

static bool add_value(json_t *values, const char *typed, struct error *err)
{
    const char *equals = strchr(typed, '=');
    char name[128];
    size_t size = equals ? (size_t)(equals - typed) : 0;

    if (size == 0 || size >= sizeof name) {
        return error_set(err, ERROR_REJECTED, "usage", "\"%s\" is not column=value.", typed);
    }
    memcpy(name, typed, size);
    name[size] = '\0';
    if (json_object_get(values, name)) {
        return error_set(err, ERROR_REJECTED, "usage", "%s is given twice.", name);
    }
    cli_put(values, name, equals + 1);
    return true;
}

static bool add_values(const struct cli_line *line, json_t *values, struct error *err)
{
    for (size_t i = 2; i < line->argument_count; i++) {
        if (!add_value(values, line->arguments[i], err)) {
            return false;
        }
    }
    return true;
}

static void print(struct cli *cli, const json_t *answer)
{
    if (json_path(answer, "forms")) {
        cli_print_forms(cli, answer);
    } else {
        cli_print_text(cli, answer);
    }
}

static int run(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *values = json_object();
    json_t *request;
    struct error err;

    if (!add_values(line, values, &err)) {
        return cli_misused(cli, line, &err);
    }
    request = cli_request("do");
    cli_put(request, "name", line->arguments[0]);
    cli_put(request, "form", line->arguments[1]);
    if (json_object_size(values) > 0) {
        json_object_set(request, "values", values);
    }
    return cli_tell(cli, request, print, NULL);
}

const struct cli_command cli_do = {
    .name = "do",
    .about = "fill in a form of a connector: a look-up, a choice, a request",
    .arguments = "NAME [FORM] [COLUMN=VALUE...]",
    .details = "Without values it lists the forms and their columns.",
    .example = "ferry do acme-humi department_lookup department=Sales account=404",
    .run = run,
};
