/* Asking the host, and saying what went wrong. */
#include <string.h>

#include "cli/cli_internal.h"

json_t *cli_request(const char *what)
{
    json_t *request = json_object();

    cli_put(request, "do", what);
    return request;
}

void cli_put(json_t *request, const char *name, const char *value)
{
    if (value) {
        json_object_set_new(request, name, json_new_text(text_of(value)));
    }
}

/* Codes that say more than their kind; those that begin with "no-" name what there is none of. */
static const struct {
    const char *code;
    enum cli_exit exit;
} code_exits[] = {
    {"in-use", CLI_BUSY},          {"usage", CLI_USAGE},
    {"no-daemon", CLI_FAILED},     {"no-integration", CLI_NOTHING},
    {"no-document", CLI_NOTHING},  {"no-record", CLI_NOTHING},
    {"no-connector", CLI_NOTHING}, {"no-flow", CLI_NOTHING},
    {"no-mapping", CLI_NOTHING},   {"no-form", CLI_NOTHING},
    {"no-column", CLI_NOTHING},    {"no-app", CLI_NOTHING},
    {"no-object", CLI_NOTHING},    {"no-command", CLI_USAGE},
};

int cli_exit_of(const struct error *err)
{
    for (size_t i = 0; i < sizeof code_exits / sizeof *code_exits; i++) {
        if (strcmp(err->code, code_exits[i].code) == 0) {
            return (int)code_exits[i].exit;
        }
    }
    switch (err->kind) {
    case ERROR_AUTH:
        return CLI_LOGIN;
    case ERROR_CONFIG:
        return CLI_CONFIG;
    case ERROR_CANCELLED:
        return CLI_CANCELLED;
    default:
        return CLI_FAILED;
    }
}

static json_t *error_object(const struct error *err)
{
    json_t *inside = json_object(), *j = json_object();

    cli_put(inside, "kind", error_kind_name(err->kind));
    cli_put(inside, "code", err->code);
    cli_put(inside, "text", err->text);
    json_object_set_new(j, "error", inside);
    return j;
}

int cli_fail(struct cli *cli, const struct error *err)
{
    cli_progress_end(cli);
    if (cli->json) {
        AUTO_JSON json_t *j = error_object(err);

        cli_print_json(cli, j);
    } else {
        fprintf(cli->err, "%sferry:%s %s (%s)\n", cli_colour(cli, "red"), cli_plain(cli),
                cli_safe(cli, err->text), cli_safe(cli, err->code));
    }
    return cli_exit_of(err);
}

int cli_misused(struct cli *cli, const struct cli_line *line, const struct error *err)
{
    fprintf(cli->err, "%sferry:%s %s\n", cli_colour(cli, "red"), cli_plain(cli),
            cli_safe(cli, err->text));
    if (line->command) {
        fprintf(cli->err, "Usage: ferry %s%s%s\nExample: %s\nSee: ferry help %s\n",
                line->command->name, *line->command->arguments ? " " : "", line->command->arguments,
                line->command->example, line->command->name);
    } else {
        fprintf(cli->err, "See: ferry help\n");
    }
    return CLI_USAGE;
}

static bool have_config(const struct cli *cli, struct error *err)
{
    return cli->config ||
           error_set(err, ERROR_CONFIG, "no-config",
                     "There is no configuration: neither ./ferry.yaml nor /etc/ferry/ferry.yaml. "
                     "Name one with --config FILE, or make one with: ferry init");
}

int cli_ask(struct cli *cli, json_t *request, json_t **ret)
{
    AUTO_JSON json_t *mine = request;
    struct error err = {0};
    json_t *answer = NULL;

    *ret = NULL;
    if (!have_config(cli, &err) ||
        !cli->host->ask(cli->host->self, cli->config, mine, cli_progress, cli, &answer, &err)) {
        return cli_fail(cli, &err);
    }
    cli_progress_end(cli);
    cli_take_clock(cli, answer);
    *ret = answer;
    return CLI_DONE;
}

void cli_show(struct cli *cli, const json_t *answer, cli_print_fn *print)
{
    if (cli->json) {
        cli_print_json(cli, answer);
    } else {
        print(cli, answer);
    }
}

int cli_tell(struct cli *cli, json_t *request, cli_print_fn *print, json_t **ret)
{
    json_t *answer;
    int code = cli_ask(cli, request, &answer);

    if (code == CLI_DONE) {
        cli_show(cli, answer, print);
    }
    if (ret) {
        *ret = answer;
    } else {
        json_decref(answer);
    }
    return code;
}
