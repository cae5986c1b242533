/* connector check, and show of a file: what the author of a connector asks of it. */
#include <string.h>

#include "cli/cli_internal.h"

bool cli_is_connector_file(const char *name)
{
    size_t size = strlen(name);

    return strchr(name, '/') || (size > 3 && strcmp(name + size - 3, ".so") == 0);
}

static int ask(struct cli *cli, const char *what, const char *name, json_t **ret)
{
    AUTO_JSON json_t *request = cli_request(what);
    struct error err;

    cli_put(request, "name", name);
    if (!cli->host->offline(cli->host->self, cli->config, request, ret, &err)) {
        return cli_fail(cli, &err);
    }
    return CLI_DONE;
}

int cli_connector_show_file(struct cli *cli, const struct cli_line *line, cli_print_fn *print)
{
    AUTO_JSON json_t *answer = NULL;
    int code = ask(cli, "show", line->arguments[1], &answer);

    if (code == CLI_DONE) {
        cli_show(cli, answer, print);
    }
    return code;
}

/* ---- check ---- */

static void print_complaint(struct cli *cli, const json_t *c)
{
    int64_t column = cli_number(c, "column");
    const char *source = cli_text(cli, c, "source");

    fprintf(cli->out, "%s%s%s: %s\n", cli_colour(cli, "bold"), cli_text(cli, c, "place"),
            cli_plain(cli), cli_text(cli, c, "sentence"));
    if (*source) {
        fprintf(cli->out, "    %s\n", source);
    }
    if (*source && column > 0 && column < 400) {
        fprintf(cli->out, "    %*s\n", (int)column, "^");
    }
}

static void print_check(struct cli *cli, const json_t *answer)
{
    const json_t *complaints = cli_array(answer, "complaints");
    const json_t *counts = json_path(answer, "counts");
    size_t i;
    json_t *c;

    json_array_foreach(complaints, i, c)
    {
        print_complaint(cli, c);
    }
    fprintf(cli->out, "%s %s: %s. %s, %s, %s, %s, %s, %s.\n", cli_text(cli, answer, "id"),
            cli_text(cli, answer, "version"),
            cli_many(cli, (int64_t)json_array_size(complaints), "complaint", "complaints"),
            cli_many(cli, cli_number(counts, "flows"), "flow", "flows"),
            cli_many(cli, cli_number(counts, "lists"), "list", "lists"),
            cli_many(cli, cli_number(counts, "mappings"), "mapping", "mappings"),
            cli_many(cli, cli_number(counts, "parts"), "part", "parts"),
            cli_many(cli, cli_number(counts, "fields"), "field", "fields"),
            cli_many(cli, cli_number(counts, "guards"), "guard", "guards"));
}

int cli_connector_check(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = NULL;
    int code = ask(cli, "check", line->arguments[1], &answer);

    if (code != CLI_DONE) {
        return code;
    }
    cli_show(cli, answer, print_check);
    return json_array_size(cli_array(answer, "complaints")) ? CLI_FAILED : CLI_DONE;
}
