/* check-config and doctor: {"checks":[{"name","ok","text","fix"}]}. */
#include "cli/commands.h"

void cli_print_checks(struct cli *cli, const json_t *answer)
{
    size_t i;
    json_t *check;

    json_array_foreach(cli_array(answer, "checks"), i, check)
    {
        bool ok = cli_is(check, "ok");
        const char *text = cli_text(cli, check, "text"), *fix = cli_text(cli, check, "fix");

        fprintf(cli->out, "%s%s%s  %s%s%s\n", cli_colour(cli, ok ? "green" : "red"),
                ok ? "ok   " : "wrong", cli_plain(cli), cli_text(cli, check, "name"),
                *text ? ": " : "", text);
        if (!ok && *fix) {
            fprintf(cli->out, "       Fix: %s\n", fix);
        }
    }
}

static bool all_ok(const json_t *answer)
{
    size_t i;
    json_t *check;

    json_array_foreach(cli_array(answer, "checks"), i, check)
    {
        if (!cli_is(check, "ok")) {
            return false;
        }
    }
    return true;
}

static int run_check_config(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = NULL;
    struct error err;

    (void)line;
    if (!cli->config) {
        error_set(&err, ERROR_CONFIG, "no-config",
                  "There is no configuration to check; name one with --config FILE.");
        return cli_fail(cli, &err);
    }
    if (!cli->host->check_config(cli->host->self, cli->config, &answer, &err)) {
        return cli_fail(cli, &err);
    }
    cli_show(cli, answer, cli_print_checks);
    return all_ok(answer) ? CLI_DONE : CLI_CONFIG;
}

static int run_doctor(struct cli *cli, const struct cli_line *line)
{
    AUTO_JSON json_t *answer = NULL;
    int code = cli_tell(cli, cli_request("doctor"), cli_print_checks, &answer);

    (void)line;
    return code != CLI_DONE ? code : all_ok(answer) ? CLI_DONE : CLI_FAILED;
}

const struct cli_command cli_check_config = {
    .name = "check-config",
    .about = "check the configuration, without using it",
    .arguments = "",
    .details = "Every complaint says file, line and column. Ends with 3 when there is one.",
    .example = "ferry check-config --config /etc/ferry/ferry.yaml",
    .run = run_check_config,
};

const struct cli_command cli_doctor = {
    .name = "doctor",
    .about = "look for what is wrong on this machine, and say how to mend it",
    .arguments = "",
    .details = "Ends with 1 when something is wrong.",
    .example = "ferry doctor",
    .run = run_doctor,
};
