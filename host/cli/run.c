/* run: the daemon. The host's, from here on. */
#include "cli/commands.h"

static int run(struct cli *cli, const struct cli_line *line)
{
    struct error err;

    (void)line;
    if (!cli->config) {
        error_set(&err, ERROR_CONFIG, "no-config",
                  "There is no configuration to run; name one with --config FILE.");
        return cli_fail(cli, &err);
    }
    return cli->host->run(cli->host->self, cli->config);
}

const struct cli_command cli_run = {
    .name = "run",
    .about = "run the daemon, in the foreground",
    .arguments = "",
    .details = "Runs every flow when its time comes and serves the other commands. SIGTERM ends\n"
               "it, SIGHUP reads the configuration again. Logs go to standard error.",
    .example = "ferry run --config /etc/ferry/ferry.yaml",
    .run = run,
};
