/*
 * approvals, approve, reject: what waits for a person's word.
 *
 * approvals  {"documents":[{"integration","mapping","key","id","target","amount","currency",
 *            "feature","revision"}]}
 * approve sends the revision that was shown, when it was given: a later change is another one.
 */
#include "cli/commands.h"

static void add(struct cli *cli, struct cli_table *table, const json_t *document)
{
    const char *const cells[] = {
        cli_text(cli, document, "integration"),
        arena_printf(cli->arena, "%s/%s", cli_text(cli, document, "mapping"),
                     cli_text(cli, document, "key")),
        cli_text(cli, document, "id"),
        cli_text(cli, document, "feature"),
        cli_text(cli, document, "target"),
        cli_amount(cli, document),
        arena_printf(cli->arena, "%.12s", cli_text(cli, document, "revision")),
    };

    cli_table_row(table, cells);
}

static void print(struct cli *cli, const json_t *answer)
{
    static const struct cli_column columns[] = {
        {"INTEGRATION", 0}, {"DOCUMENT", 0},       {"ID", CLI_RIGHT}, {"FEATURE", CLI_HIDE},
        {"TARGET", 0},      {"AMOUNT", CLI_RIGHT}, {"REVISION", 0},
    };
    struct cli_table *table = cli_table_new(cli, columns, sizeof columns / sizeof *columns);
    const json_t *documents = cli_array(answer, "documents");
    json_t *document;
    size_t i;

    json_array_foreach(documents, i, document)
    {
        add(cli, table, document);
    }
    cli_table_print(table);
    if (json_array_size(documents) == 0) {
        fputs("Nothing waits for approval.\n", cli->out);
    }
}

static int run_list(struct cli *cli, const struct cli_line *line)
{
    json_t *request = cli_request("approvals");

    cli_put(request, "name", line->arguments[0]);
    return cli_tell(cli, request, print, NULL);
}

static int run_approve(struct cli *cli, const struct cli_line *line)
{
    json_t *request = cli_request("approve");

    cli_put(request, "name", line->arguments[0]);
    cli_put(request, "document", line->arguments[1]);
    cli_put(request, "revision", cli_value(line, "revision"));
    return cli_tell(cli, request, cli_print_text, NULL);
}

/* A person's no is what skip is; it needs a reason. */
static int run_reject(struct cli *cli, const struct cli_line *line)
{
    json_t *request;
    struct error err;

    if (!cli_value(line, "reason")) {
        error_set(&err, ERROR_REJECTED, "usage", "Say why: --reason TEXT.");
        return cli_misused(cli, line, &err);
    }
    request = cli_request("skip");
    cli_put(request, "name", line->arguments[0]);
    cli_put(request, "document", line->arguments[1]);
    cli_put(request, "reason", cli_value(line, "reason"));
    return cli_tell(cli, request, cli_print_text, NULL);
}

static const struct cli_option approve_options[] = {
    {"revision", 0, "HASH", "what was looked at, as ferry approvals shows it"},
    {NULL, 0, NULL, NULL},
};
static const struct cli_option reject_options[] = {
    {"reason", 'r', "TEXT", "why; kept in the audit log"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command cli_approvals = {
    .name = "approvals",
    .about = "show what waits for a person's word",
    .arguments = "[NAME]",
    .details = "What needs one is said under approval in the configuration.",
    .example = "ferry approvals acme-procore",
    .run = run_list,
};

const struct cli_command cli_approve = {
    .name = "approve",
    .about = "approve a document as it is now",
    .arguments = "NAME DOCUMENT",
    .options = approve_options,
    .details = "DOCUMENT is the id that ferry approvals shows, or MAPPING/KEY. A later change of "
               "the\ndocument asks again.",
    .example = "ferry approve acme-procore 118 --revision 3f9c2a7be011",
    .run = run_approve,
};

const struct cli_command cli_reject = {
    .name = "reject",
    .about = "say no to a document that waits for approval",
    .arguments = "NAME DOCUMENT",
    .options = reject_options,
    .details = "It is skipped until ferry retry.",
    .example = "ferry reject acme-procore 118 --reason \"not ours\"",
    .run = run_reject,
};
