/*
 * connector: what there is, what it declares, and what is new in it.
 *
 * list  {"connectors":[{"id","version","isolation","confirmed","about","path","refused"}]}
 * show  {"connector":{… as ferry/describe.h writes it …,"hash","confirmed",
 *        "changes":[{"kind":"host|write|rekeyed","text"}]}}
 * confirm sends the hash that was shown, so that nothing can change in between.
 * release {"text"}
 * check, test, and show of a file need no config: see connector_author.c; new: connector_new.c.
 */
#include <string.h>

#include "cli/commands.h"

static void print_list(struct cli *cli, const json_t *answer)
{
    static const struct cli_column columns[] = {
        {"CONNECTOR", 0},    {"VERSION", 0},    {"ISOLATION", CLI_HIDE}, {"CONFIRMED", CLI_HIDE},
        {"ABOUT", CLI_HIDE}, {"PATH", CLI_CUT}, {"REFUSED", CLI_HIDE},
    };
    struct cli_table *table = cli_table_new(cli, columns, sizeof columns / sizeof *columns);
    const json_t *connectors = cli_array(answer, "connectors");
    size_t i;
    json_t *j;

    json_array_foreach(connectors, i, j)
    {
        const char *const cells[] = {
            cli_text(cli, j, "id"),        cli_text(cli, j, "version"),
            cli_text(cli, j, "isolation"), cli_text(cli, j, "confirmed"),
            cli_text(cli, j, "about"),     cli_text(cli, j, "path"),
            cli_text(cli, j, "refused"),
        };

        cli_table_row(table, cells);
    }
    cli_table_print(table);
    if (json_array_size(connectors) == 0) {
        fputs("No connectors were found in the folders of connectors.path.\n", cli->out);
    }
}

static json_t *request_of(const char *verb, const char *name)
{
    json_t *request = cli_request("connector");

    cli_put(request, "verb", verb);
    cli_put(request, "name", name);
    return request;
}

static int run_list(struct cli *cli, const struct cli_line *line)
{
    (void)line;
    return cli_tell(cli, request_of("list", NULL), print_list, NULL);
}

static int run_show(struct cli *cli, const struct cli_line *line)
{
    static const char *const formats[] = {"text", "markdown", "json"};
    const char *format = cli_value(line, "format");
    struct error err;

    if (format && !cli_one_of("format", format, formats, sizeof formats / sizeof *formats, &err)) {
        return cli_misused(cli, line, &err);
    }
    cli->json |= format && strcmp(format, "json") == 0;
    if (!cli->config || cli_is_connector_file(line->arguments[1])) {
        return cli_connector_show_file(cli, line,
                                       format && strcmp(format, "markdown") == 0
                                           ? cli_print_connector_markdown
                                           : cli_print_connector);
    }
    return cli_tell(cli, request_of("show", line->arguments[1]),
                    format && strcmp(format, "markdown") == 0 ? cli_print_connector_markdown
                                                              : cli_print_connector,
                    NULL);
}

/* ---- confirm ---- */

static void print_changes(struct cli *cli, const json_t *connector)
{
    static const char *const words[][2] = {
        {"host", "talks to"}, {"write", "writes"}, {"rekeyed", "writes anew, under another name:"}};
    size_t i;
    json_t *change;

    json_array_foreach(cli_array(connector, "changes"), i, change)
    {
        const char *kind = cli_text(cli, change, "kind");

        for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
            kind = strcmp(kind, words[w][0]) == 0 ? words[w][1] : kind;
        }
        fprintf(cli->err, "  %s %s\n", kind, cli_text(cli, change, "text"));
    }
}

static bool says_yes(struct cli *cli)
{
    char typed[16] = "";

    fputs("Type yes to confirm: ", cli->err);
    fflush(cli->err);
    return fgets(typed, sizeof typed, stdin) && strcmp(typed, "yes\n") == 0;
}

/* Either the person sees what is new and says yes, or the script names what it has seen before. */
static bool is_agreed(struct cli *cli, const struct cli_line *line, const json_t *connector,
                      struct error *err)
{
    const char *expected = cli_value(line, "hash"), *hash = json_path_text(connector, "hash");

    if (!*hash) {
        return error_set(err, ERROR_CONFIG, "not-hashed",
                         "This Ferry does not say the hash of %s; pin it under connectors.trust.",
                         line->arguments[1]);
    }
    if (expected) {
        return strcmp(expected, hash) == 0 ||
               error_set(err, ERROR_REJECTED, "hash", "The connector's hash is %s, not %s.", hash,
                         expected);
    }
    fprintf(cli->err, "%s %s (%s) is new. It\n", cli_text(cli, connector, "id"),
            cli_text(cli, connector, "version"), cli_text(cli, connector, "hash"));
    print_changes(cli, connector);
    return (cli->terminal && says_yes(cli)) ||
           error_set(err, ERROR_CANCELLED, "not-confirmed",
                     "Nothing was confirmed. Without a terminal say --hash %s.", hash);
}

static int run_confirm(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = NULL;
    json_t *request;
    const json_t *connector;
    struct error err;
    int code = cli_ask(cli, request_of("show", line->arguments[1]), &answer);

    if (code != CLI_DONE) {
        return code;
    }
    connector = json_path(answer, "connector");
    if (!is_agreed(cli, line, connector, &err)) {
        return cli_fail(cli, &err);
    }
    request = request_of("confirm", line->arguments[1]);
    cli_put(request, "hash", json_path_text(connector, "hash"));
    return cli_tell(cli, request, cli_print_text, NULL);
}

static int run_release(struct cli *cli, const struct cli_line *line)
{
    return cli_tell(cli, request_of("release", line->arguments[1]), cli_print_text, NULL);
}

static int run(struct cli *cli, const struct cli_line *line)
{
    static const char *const verbs[] = {"list", "show",    "new",    "check",
                                        "test", "confirm", "release"};
    static int (*const runs[])(struct cli *, const struct cli_line *) = {
        run_list,           run_show,    cli_connector_new, cli_connector_check,
        cli_connector_test, run_confirm, run_release};
    const char *verb = line->arguments[0];
    struct error err;

    if (!cli_one_of("verb of ferry connector", verb, verbs, sizeof verbs / sizeof *verbs, &err)) {
        return cli_misused(cli, line, &err);
    }
    if ((line->argument_count == 2) != (strcmp(verb, "list") != 0)) {
        error_set(&err, ERROR_REJECTED, "usage", "ferry connector %s %s.", verb,
                  line->argument_count == 2 ? "takes no NAME" : "needs the NAME of a connector");
        return cli_misused(cli, line, &err);
    }
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verb, verbs[i]) == 0) {
            return runs[i](cli, line);
        }
    }
    return CLI_USAGE;
}

static const struct cli_option options[] = {
    {"format", 0, "FORMAT", "of show: text, markdown or json"},
    {"hash", 0, "SHA256", "of confirm: the connector that was seen, instead of a question"},
    {"fixtures", 0, "DIR", "of test: the folder of the scenarios"},
    {"from", 0, "FILE", "of new: an answer of its API, as JSON; the list is written from it"},
    {"dir", 0, "DIR", "of new: the folder to make, instead of NAME"},
    {"only", 0, "TEXT", "of test: scenarios with this in their names"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command cli_connector = {
    .name = "connector",
    .about = "list connectors, show, check or test what one declares, write or confirm a new one",
    .arguments = "list|show|new|check|test|confirm|release [NAME]",
    .options = options,
    .details = "A new connector, or a new version that may do more than the one before, is not\n"
               "used until it is confirmed. One that crashed or hung when it was opened is in\n"
               "quarantine until it is released, or another file is in its place.\n"
               "For show, check and test, NAME may be the path of a connector's file; no\n"
               "configuration is needed then. show xero prints Xero's own lists. test runs the\n"
               "scenarios in the folder NAME.fixtures or fixtures beside the file.\n"
               "new makes a folder for the connector NAME: it builds, checks and passes a test.",
    .example = "ferry connector show payhawk",
    .run = run,
};
