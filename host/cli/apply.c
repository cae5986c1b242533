/* apply: write what a kept plan says. A file that is no plan is refused before anybody is asked. */
#include "cli/commands.h"

#define PLAN_MAX   ((size_t)64 << 20)
#define PLAN_DEPTH 16

static bool check_change(const json_t *change, size_t index, struct error *err)
{
    static const char *const actions[] = {"create", "update", "remove", "link"};
    static const char *const names[] = {"mapping", "key"};
    const char *action = json_path_text(change, "action");
    bool known = false;

    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        known |= strcmp(actions[i], action) == 0;
    }
    if (!known) {
        return error_set(err, ERROR_REJECTED, "not-a-plan",
                         "changes[%zu].action: \"%s\" is no action.", index, action);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        /* the key of a mapping with exactly one document is empty */
        if (!json_is_string(json_object_get(change, names[i]))) {
            return error_set(err, ERROR_REJECTED, "not-a-plan", "changes[%zu].%s: is missing.",
                             index, names[i]);
        }
    }
    return true;
}

static bool check_plan(const json_t *plan, struct error *err)
{
    const json_t *changes = json_path(plan, "changes");
    size_t i;
    json_t *change;

    if (!json_is_object(plan)) {
        return error_set(err, ERROR_REJECTED, "not-a-plan", "is not what ferry plan -o writes.");
    }
    if (!*json_path_text(plan, "hash")) {
        return error_set(err, ERROR_REJECTED, "not-a-plan", "hash: is missing.");
    }
    if (!json_is_array(changes)) {
        return error_set(err, ERROR_REJECTED, "not-a-plan", "changes: is missing.");
    }
    json_array_foreach(changes, i, change)
    {
        if (!check_change(change, i, err)) {
            return false;
        }
    }
    return true;
}

static bool read_plan(const char *path, json_t **ret, struct error *err)
{
    AUTO(buffer_done) struct buffer bytes = {0};
    AUTO_JSON json_t *plan = NULL;

    if (!cli_read_file(path, PLAN_MAX, &bytes, err)) {
        return false;
    }
    if (!json_read(buffer_text(&bytes), PLAN_DEPTH, &plan, err) || !check_plan(plan, err)) {
        return error_at(err, "%s", path);
    }
    *ret = json_incref(plan);
    return true;
}

static int run(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = NULL;
    json_t *request, *plan = NULL;
    const char *name;
    struct error err;
    int code;

    if (!read_plan(line->arguments[0], &plan, &err)) {
        return cli_fail(cli, &err);
    }
    name = arena_copy(cli->arena, json_path_text(plan, "name"));
    request = cli_request("apply");
    json_object_set_new(request, "plan", plan);
    code = cli_tell(cli, request, cli_print_counts, &answer);
    return code == CLI_DONE ? cli_strict(cli, line, answer, name) : code;
}

static const struct cli_option options[] = {
    {"strict", 0, NULL, "end with 5 when documents are held"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command cli_apply = {
    .name = "apply",
    .about = "write what a kept plan says",
    .arguments = "FILE",
    .options = options,
    .details = "FILE is what ferry plan -o wrote; - reads it from standard input.",
    .example = "ferry apply march.plan",
    .run = run,
};
