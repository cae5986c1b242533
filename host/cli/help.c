/* help, version, and the page of exit codes: printed from the tables. */
#include <string.h>

#include "cli/commands.h"

static const struct {
    enum cli_exit code;
    const char *about;
} exit_codes[] = {
    {CLI_DONE, "done"},
    {CLI_FAILED, "something failed; try again or see ferry doctor"},
    {CLI_USAGE, "typed wrong"},
    {CLI_CONFIG, "the configuration, or something it names, is wrong"},
    {CLI_NOTHING, "there is nothing of that name"},
    {CLI_WAITS, "something waits for a person (plan, apply, sync and held, with --strict)"},
    {CLI_LOGIN, "somebody must log in: ferry connect"},
    {CLI_BUSY, "another process holds the store"},
    {CLI_CANCELLED, "stopped before its end"},
};

static int print_exit_codes(struct cli *cli)
{
    fputs("Exit codes:\n", cli->out);
    for (size_t i = 0; i < sizeof exit_codes / sizeof *exit_codes; i++) {
        fprintf(cli->out, "  %d  %s\n", (int)exit_codes[i].code, exit_codes[i].about);
    }
    return CLI_DONE;
}

static void print_options(struct cli *cli, const struct cli_option *options)
{
    for (; options->name; options++) {
        char left[64];
        const char letter[] = {'-', options->letter, ',', ' ', '\0'};

        snprintf(left, sizeof left, "%s--%s%s%s", options->letter ? letter : "    ", options->name,
                 options->value ? " " : "", options->value ? options->value : "");
        fprintf(cli->out, "  %-24s %s\n", left, options->about);
    }
}

static int print_all(struct cli *cli)
{
    fputs("Ferry keeps source systems and Xero in step.\n\n"
          "Usage: ferry COMMAND [options]\n\nCommands:\n",
          cli->out);
    for (size_t i = 0; i < cli_command_count; i++) {
        fprintf(cli->out, "  %-13s %s\n", cli_commands[i]->name, cli_commands[i]->about);
    }
    fputs("\nOptions of every command:\n", cli->out);
    print_options(cli, cli_globals);
    fputs(
        "\nferry help COMMAND says more and gives an example; ferry help exit-codes lists them.\n",
        cli->out);
    return CLI_DONE;
}

int cli_help(struct cli *cli, const struct cli_command *command)
{
    if (!command) {
        return print_all(cli);
    }
    fprintf(cli->out, "ferry %s: %s.\n\nUsage: ferry %s%s%s%s\n", command->name, command->about,
            command->name, *command->arguments ? " " : "", command->arguments,
            command->options ? " [options]" : "");
    if (*command->details) {
        fprintf(cli->out, "\n%s\n", command->details);
    }
    fputs("\nOptions:\n", cli->out);
    if (command->options) {
        print_options(cli, command->options);
    }
    print_options(cli, cli_globals);
    fprintf(cli->out, "\nExample:\n  %s\n", command->example);
    return CLI_DONE;
}

static int run_help(struct cli *cli, const struct cli_line *line)
{
    const char *about = line->arguments[0];
    struct error err;

    if (!about) {
        return print_all(cli);
    }
    if (strcmp(about, "exit-codes") == 0) {
        return print_exit_codes(cli);
    }
    if (cli_command_named(about)) {
        return cli_help(cli, cli_command_named(about));
    }
    cli_no_command(about, &err);
    return cli_misused(cli, line, &err);
}

const struct cli_command cli_help_page = {
    .name = "help",
    .about = "say what a command does, with an example",
    .arguments = "[COMMAND]",
    .details = "ferry help exit-codes lists what Ferry ends with.",
    .example = "ferry help sync",
    .run = run_help,
};

static int run_version(struct cli *cli, const struct cli_line *line)
{
    (void)line;
    if (cli->json) {
        AUTO_JSON json_t *j = json_object();

        cli_put(j, "version", FERRY_VERSION);
        cli_print_json(cli, j);
    } else {
        fprintf(cli->out, "ferry %s\n", FERRY_VERSION);
    }
    return CLI_DONE;
}

const struct cli_command cli_version = {
    .name = "version",
    .about = "print the version",
    .arguments = "",
    .details = "",
    .example = "ferry version",
    .run = run_version,
};
