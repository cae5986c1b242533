/*
 * history: everything that happened to one record or document.
 *
 * {"events":[{"at","who","what","detail"}],"document":{"integration","mapping","key","id","state",
 *  "code","why","fix","target","target_id","url","amount","currency"},"clock"}
 */
#include "cli/commands.h"

static void print_document(struct cli *cli, const json_t *j)
{
    static const char *const fields[] = {"state",  "code",      "why", "fix",
                                         "target", "target_id", "url"};

    fprintf(cli->out, "%s%s/%s%s (%s, id %s)\n", cli_colour(cli, "bold"),
            cli_text(cli, j, "mapping"), cli_text(cli, j, "key"), cli_plain(cli),
            cli_text(cli, j, "integration"), cli_text(cli, j, "id"));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *value = cli_text(cli, j, fields[i]);

        if (*value) {
            fprintf(cli->out, "  %-10s %s\n", fields[i], value);
        }
    }
    if (*cli_amount(cli, j)) {
        fprintf(cli->out, "  %-10s %s\n", "amount", cli_amount(cli, j));
    }
    fputc('\n', cli->out);
}

static void print(struct cli *cli, const json_t *answer)
{
    static const struct cli_column columns[] = {{"AT", 0}, {"WHO", 0}, {"WHAT", 0}, {"DETAIL", 0}};
    struct cli_table *table = cli_table_new(cli, columns, sizeof columns / sizeof *columns);
    const json_t *events = cli_array(answer, "events");
    size_t i;
    json_t *event;

    if (json_path(answer, "document")) {
        print_document(cli, json_path(answer, "document"));
    }
    json_array_foreach(events, i, event)
    {
        const char *const cells[] = {cli_at(cli, event, "at"), cli_text(cli, event, "who"),
                                     cli_text(cli, event, "what"), cli_text(cli, event, "detail")};

        cli_table_row(table, cells);
    }
    cli_table_print(table);
    if (json_array_size(events) == 0) {
        fputs("Nothing is known to have happened to it.\n", cli->out);
    }
}

static int run(struct cli *cli, const struct cli_line *line)
{
    json_t *request = cli_request("history");

    cli_put(request, "about", line->arguments[0]);
    cli_put(request, "name", line->arguments[1]);
    return cli_tell(cli, request, print, NULL);
}

const struct cli_command cli_history = {
    .name = "history",
    .about = "show what happened to a record or a document, and who did it",
    .arguments = "RECORD|DOCUMENT [NAME]",
    .details = "RECORD is its key in the source system; DOCUMENT an id, or MAPPING/KEY.",
    .example = "ferry history exp_5831 acme-payhawk",
    .run = run,
};
