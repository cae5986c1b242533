/* sync: one run now. Prints the counts of counts.c. */
#include "cli/commands.h"

static int run(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = NULL;
    json_t *request;
    struct error err;
    int code;

    if (!cli_is_since(cli_value(line, "since"), &err)) {
        return cli_misused(cli, line, &err);
    }
    request = cli_request("sync");
    cli_put(request, "name", line->arguments[0]);
    cli_put(request, "flow", cli_value(line, "flow"));
    cli_put(request, "since", cli_value(line, "since"));
    code = cli_tell(cli, request, cli_print_counts, &answer);
    return code == CLI_DONE ? cli_strict(cli, line, answer, line->arguments[0]) : code;
}

static const struct cli_option options[] = {
    {"flow", 'f', "FLOW", "only this flow"},
    {"since", 's', "DAY", "read again what changed since then"},
    {"strict", 0, NULL, "end with 5 when documents are held"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command cli_sync = {
    .name = "sync",
    .about = "run an integration now: read, plan and write",
    .arguments = "NAME",
    .options = options,
    .details = "",
    .example = "ferry sync acme-payhawk --flow expenses --since 2026-03-01",
    .run = run,
};
