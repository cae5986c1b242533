/*
 * plan: what a sync would do. The counts of counts.c, and
 * {"name","hash","changes":[{"action":"create|update|remove|link","mapping","key","target",
 *  "summary","amount","currency"}]}
 */
#include "base/memory.h"
#include "cli/commands.h"

static const char *action_colour(const char *action)
{
    return strcmp(action, "create") == 0   ? "green"
           : strcmp(action, "remove") == 0 ? "red"
           : strcmp(action, "update") == 0 ? "yellow"
                                           : NULL;
}

static void print_changes(struct cli *cli, const json_t *changes)
{
    static const struct cli_column columns[] = {
        {"ACTION", 0},
        {"DOCUMENT", 0},
        {"TARGET", 0},
        {"AMOUNT", CLI_RIGHT},
        {"SUMMARY", CLI_CUT | CLI_HIDE},
    };
    struct cli_table *table = cli_table_new(cli, columns, sizeof columns / sizeof *columns);
    size_t i;
    json_t *change;

    json_array_foreach(changes, i, change)
    {
        const char *const cells[] = {
            cli_text(cli, change, "action"),
            arena_printf(cli->arena, "%s/%s", cli_text(cli, change, "mapping"),
                         cli_text(cli, change, "key")),
            cli_text(cli, change, "target"),
            cli_amount(cli, change),
            cli_text(cli, change, "summary"),
        };

        cli_table_row(table, cells);
        cli_table_colour(table, 0, action_colour(cells[0]));
    }
    cli_table_print(table);
}

static void print(struct cli *cli, const json_t *answer)
{
    const json_t *changes = cli_array(answer, "changes");

    if (json_array_size(changes) == 0) {
        fputs("Nothing is to be written.\n", cli->out);
    } else {
        print_changes(cli, changes);
        fprintf(cli->out, "\n%s to be written.\n",
                cli_many(cli, (int64_t)json_array_size(changes), "change", "changes"));
    }
    cli_print_counts(cli, answer);
    if (*cli_text(cli, answer, "hash")) {
        fprintf(cli->out, "Plan %s\n", cli_text(cli, answer, "hash"));
    }
}

static int keep(struct cli *cli, const json_t *answer, const char *path)
{
    AUTO(buffer_done) struct buffer bytes = {0};
    struct error err;

    buffer_init(&bytes, (size_t)64 << 20);
    json_write(answer, &bytes);
    buffer_add_char(&bytes, '\n');
    if (bytes.overflow) {
        error_set(&err, ERROR_REJECTED, "file", "%s: the plan is over 64 MB; plan one flow.", path);
        return cli_fail(cli, &err);
    }
    if (!cli_write_file(path, buffer_text(&bytes), &err)) {
        return cli_fail(cli, &err);
    }
    fprintf(cli->err, "The plan is in %s; ferry apply %s writes it.\n", cli_safe(cli, path),
            cli_safe(cli, path));
    return CLI_DONE;
}

static int run(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = NULL;
    json_t *request = cli_request("plan");
    struct error err;
    int code;

    if (!cli_is_since(cli_value(line, "since"), &err)) {
        json_decref(request);
        return cli_misused(cli, line, &err);
    }
    cli_put(request, "name", line->arguments[0]);
    cli_put(request, "flow", cli_value(line, "flow"));
    cli_put(request, "since", cli_value(line, "since"));
    if (cli_value(line, "remap")) {
        json_object_set_new(request, "remap", json_true());
    }
    code = cli_tell(cli, request, print, &answer);
    if (code == CLI_DONE && !json_path(answer, "name")) {
        cli_put(answer, "name", line->arguments[0]); /* a plan in a file must say whose it is */
    }
    if (code == CLI_DONE && cli_value(line, "out")) {
        code = keep(cli, answer, cli_value(line, "out"));
    }
    return code == CLI_DONE ? cli_strict(cli, line, answer, line->arguments[0]) : code;
}

static const struct cli_option options[] = {
    {"out", 'o', "FILE", "keep the plan, for ferry apply"},
    {"flow", 'f', "FLOW", "only this flow"},
    {"since", 's', "DAY", "read again what changed since then"},
    {"remap", 0, NULL, "look at documents that are written, too"},
    {"strict", 0, NULL, "end with 5 when documents are held"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command cli_plan = {
    .name = "plan",
    .about = "read, and show what would be written, without writing",
    .arguments = "NAME",
    .options = options,
    .details = "The plan in FILE holds what is to be written, with a hash; ferry apply writes\n"
               "exactly that, or nothing.",
    .example = "ferry plan acme-payhawk -o march.plan",
    .run = run,
};
