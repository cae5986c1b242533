/* audit: who did what. {"entries":[{"at","who","what","about","detail","hash"}],"verified",
 * "text"}; `verified` only when it was asked for, `text` says where the chain breaks. */
#include "cli/commands.h"

static void print(struct cli *cli, const json_t *answer)
{
    static const struct cli_column columns[] = {{"AT", 0},           {"WHO", 0},    {"WHAT", 0},
                                                {"ABOUT", CLI_HIDE}, {"DETAIL", 0}, {"HASH", 0}};
    struct cli_table *table = cli_table_new(cli, columns, sizeof columns / sizeof *columns);
    size_t i;
    json_t *j;

    json_array_foreach(cli_array(answer, "entries"), i, j)
    {
        const char *const cells[] = {cli_at(cli, j, "at"),
                                     cli_text(cli, j, "who"),
                                     cli_text(cli, j, "what"),
                                     cli_text(cli, j, "about"),
                                     cli_text(cli, j, "detail"),
                                     arena_printf(cli->arena, "%.12s", cli_text(cli, j, "hash"))};

        cli_table_row(table, cells);
    }
    cli_table_print(table);
    if (json_path(answer, "verified")) {
        bool whole = cli_is(answer, "verified");

        fprintf(cli->out, "%s%s%s\n", cli_colour(cli, whole ? "green" : "red"),
                whole ? "The log is whole: every entry fits the one before it."
                      : "The log is broken: an entry was changed or taken out.",
                cli_plain(cli));
    }
    cli_print_text(cli, answer);
}

static int run(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = NULL;
    json_t *request;
    struct error err;
    int code;

    if (!cli_is_since(cli_value(line, "since"), &err)) {
        return cli_misused(cli, line, &err);
    }
    request = cli_request("audit");
    cli_put(request, "since", cli_value(line, "since"));
    if (cli_value(line, "verify")) {
        json_object_set_new(request, "verify", json_true());
    }
    code = cli_tell(cli, request, print, &answer);
    if (code == CLI_DONE && cli_value(line, "verify") && !cli_is(answer, "verified")) {
        return CLI_FAILED;
    }
    return code;
}

static const struct cli_option options[] = {
    {"since", 's', "DAY", "only what happened since then"},
    {"verify", 0, NULL, "check that no entry was changed or taken out; 1 when one was"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command cli_audit = {
    .name = "audit",
    .about = "show who did what, and check that the log is whole",
    .arguments = "",
    .options = options,
    .details = "The log holds hashes, never the contents of documents.",
    .example = "ferry audit --since 2026-03-01 --verify",
    .run = run,
};
