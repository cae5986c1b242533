/* Forms and their columns, as `ferry do` lists them. */
#include "cli/cli_internal.h"

static void print_form(struct cli *cli, const json_t *form)
{
    static const struct cli_column columns[] = {
        {"  COLUMN", 0}, {"TYPE", 0}, {"DEFAULT", CLI_HIDE}, {"ABOUT", 0}};
    struct cli_table *table = cli_table_new(cli, columns, sizeof columns / sizeof *columns);
    size_t i;
    json_t *j;

    fprintf(cli->out, "%s%s%s: %s\n", cli_colour(cli, "bold"), cli_text(cli, form, "name"),
            cli_plain(cli), cli_text(cli, form, "about"));
    json_array_foreach(cli_array(form, "columns"), i, j)
    {
        const char *const cells[] = {arena_printf(cli->arena, "  %s", cli_text(cli, j, "name")),
                                     cli_text(cli, j, "type"), cli_text(cli, j, "value"),
                                     cli_text(cli, j, "about")};

        cli_table_row(table, cells);
    }
    cli_table_print(table);
}

void cli_print_forms(struct cli *cli, const json_t *answer)
{
    const json_t *forms = cli_array(answer, "forms");
    size_t i;
    json_t *form;

    json_array_foreach(forms, i, form)
    {
        fputs(i ? "\n" : "", cli->out);
        print_form(cli, form);
    }
    if (json_array_size(forms) == 0) {
        fputs("There are no forms.\n", cli->out);
    }
}
