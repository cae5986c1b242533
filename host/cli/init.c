/* init: a folder to begin with. {"files":["…"],"next":["…"]} */
#include "cli/commands.h"

static void print(struct cli *cli, const json_t *answer)
{
    size_t i;
    json_t *j;

    json_array_foreach(cli_array(answer, "files"), i, j)
    {
        fprintf(cli->out, "made %s\n", cli_safe(cli, json_text(j).at));
    }
    json_array_foreach(cli_array(answer, "next"), i, j)
    {
        fprintf(cli->out, "%s%zu. %s\n", i ? "" : "Next:\n", i + 1, cli_safe(cli, json_text(j).at));
    }
    cli_print_text(cli, answer);
}

static int run(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = NULL;
    const char *folder = line->arguments[0] ? line->arguments[0] : ".";
    struct error err;

    if (!cli->host->init(cli->host->self, folder, &answer, &err)) {
        return cli_fail(cli, &err);
    }
    cli_show(cli, answer, print);
    return CLI_DONE;
}

const struct cli_command cli_init = {
    .name = "init",
    .about = "make a folder ready: a configuration to fill in, a key, a store",
    .arguments = "[DIR]",
    .details = "Files that are there already stay as they are.",
    .example = "ferry init /etc/ferry",
    .run = run,
};
