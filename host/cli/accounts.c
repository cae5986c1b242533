/*
 * accounts: which account of the source is which in Xero.
 *
 * {"accounts":[{"source","code","name","account","status","uses"}]}
 */
#include "cli/commands.h"

static void print(struct cli *cli, const json_t *answer)
{
    static const struct cli_column columns[] = {
        {"SOURCE", 0},       {"CODE", 0},   {"NAME", 0},
        {"XERO ACCOUNT", 0}, {"STATUS", 0}, {"USES", CLI_RIGHT},
    };
    struct cli_table *table = cli_table_new(cli, columns, sizeof columns / sizeof *columns);
    const json_t *accounts = cli_array(answer, "accounts");
    size_t i;
    json_t *j;

    json_array_foreach(accounts, i, j)
    {
        const char *const cells[] = {cli_text(cli, j, "source"), cli_text(cli, j, "code"),
                                     cli_text(cli, j, "name"),   cli_text(cli, j, "account"),
                                     cli_text(cli, j, "status"), cli_text(cli, j, "uses")};

        cli_table_row(table, cells);
    }
    cli_table_print(table);
    if (json_array_size(accounts) == 0) {
        fputs("No accounts are mapped.\n", cli->out);
    }
}

static int run(struct cli *cli, const struct cli_line *line)
{
    json_t *request = cli_request("accounts");

    cli_put(request, "name", line->arguments[0]);
    return cli_tell(cli, request, print, NULL);
}

const struct cli_command cli_accounts = {
    .name = "accounts",
    .about = "show which account of the source is which in Xero",
    .arguments = "NAME",
    .details = "",
    .example = "ferry accounts acme-payhawk",
    .run = run,
};
