/* key: the keys that seal tokens at rest. {"keys":[{"id","made_at","state","uses"}],"text"} */
#include "cli/commands.h"

static void print(struct cli *cli, const json_t *answer)
{
    static const struct cli_column columns[] = {
        {"KEY", 0}, {"MADE", 0}, {"STATE", 0}, {"USES", CLI_RIGHT | CLI_HIDE}};
    struct cli_table *table = cli_table_new(cli, columns, sizeof columns / sizeof *columns);
    size_t i;
    json_t *j;

    json_array_foreach(cli_array(answer, "keys"), i, j)
    {
        const char *const cells[] = {cli_text(cli, j, "id"), cli_when(cli, j, "made_at"),
                                     cli_text(cli, j, "state"), cli_text(cli, j, "uses")};

        cli_table_row(table, cells);
    }
    cli_table_print(table);
    cli_print_text(cli, answer);
}

static int run(struct cli *cli, const struct cli_line *line)
{
    static const char *const verbs[] = {"rotate", "status"};
    json_t *request;
    struct error err;

    if (!cli_one_of("verb of ferry key", line->arguments[0], verbs, sizeof verbs / sizeof *verbs,
                    &err)) {
        return cli_misused(cli, line, &err);
    }
    request = cli_request("key");
    cli_put(request, "verb", line->arguments[0]);
    return cli_tell(cli, request, print, NULL);
}

const struct cli_command cli_key = {
    .name = "key",
    .about = "show or change the key that seals tokens",
    .arguments = "rotate|status",
    .details = "rotate makes a new key and seals everything anew.",
    .example = "ferry key rotate",
    .run = run,
};
