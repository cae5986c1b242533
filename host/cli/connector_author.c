/* connector check and test, and show of a file: what the author of a connector asks of it. */
#include <string.h>

#include "cli/cli_internal.h"

bool cli_is_connector_file(const char *name)
{
    size_t size = strlen(name);

    return strchr(name, '/') || strcmp(name, "xero") == 0 ||
           (size > 3 && strcmp(name + size - 3, ".so") == 0);
}

static int ask(struct cli *cli, const char *what, const struct cli_line *line, json_t **ret)
{
    AUTO_JSON json_t *request = cli_request(what);
    struct error err;

    cli_put(request, "name", line->arguments[1]);
    cli_put(request, "fixtures", cli_value(line, "fixtures"));
    cli_put(request, "only", cli_value(line, "only"));
    if (!cli->host->offline(cli->host->self, cli->config, request, ret, &err)) {
        return cli_fail(cli, &err);
    }
    return CLI_DONE;
}

int cli_connector_show_file(struct cli *cli, const struct cli_line *line, cli_print_fn *print)
{
    AUTO_JSON json_t *answer = NULL;
    int code = ask(cli, "show", line, &answer);

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
    int code = ask(cli, "check", line, &answer);

    if (code != CLI_DONE) {
        return code;
    }
    cli_show(cli, answer, print_check);
    return json_array_size(cli_array(answer, "complaints")) ? CLI_FAILED : CLI_DONE;
}

/* ---- test ---- */

static void print_scenario(struct cli *cli, const json_t *scenario)
{
    bool passed = cli_is(scenario, "passed");
    json_t *difference;
    size_t i;

    fprintf(cli->out, "%s%s%s  %s: %s\n", cli_colour(cli, passed ? "green" : "red"),
            passed ? "ok  " : "fail", cli_plain(cli), cli_text(cli, scenario, "name"),
            cli_text(cli, scenario, "about"));
    json_array_foreach(cli_array(scenario, "differences"), i, difference)
    {
        fprintf(cli->out, "        %s\n", cli_safe(cli, json_text(difference).at));
    }
}

static void print_test(struct cli *cli, const json_t *answer)
{
    json_t *scenario;
    size_t i;

    json_array_foreach(cli_array(answer, "scenarios"), i, scenario)
    {
        print_scenario(cli, scenario);
    }
    fprintf(cli->out, "%lld passed, %lld failed\n", (long long)cli_number(answer, "passed"),
            (long long)cli_number(answer, "failed"));
}

int cli_connector_test(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = NULL;
    int code = ask(cli, "test", line, &answer);

    if (code != CLI_DONE) {
        return code;
    }
    cli_show(cli, answer, print_test);
    return cli_number(answer, "failed") ? CLI_FAILED : CLI_DONE;
}
