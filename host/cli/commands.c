/* All commands, in the order `ferry help` shows them: setting up, watching, deciding, running. */
#include <string.h>

#include "cli/cli_internal.h"
#include "cli/commands.h"

#define COMMANDS 28

const struct cli_command *const cli_commands[COMMANDS] = {
    &cli_init,   &cli_check_config, &cli_connect,  &cli_disconnect, &cli_connector, &cli_doctor,
    &cli_run,    &cli_status,       &cli_plan,     &cli_apply,      &cli_sync,      &cli_held,
    &cli_retry,  &cli_skip,         &cli_link,     &cli_repost,     &cli_approvals, &cli_approve,
    &cli_reject, &cli_history,      &cli_accounts, &cli_do,         &cli_map,       &cli_audit,
    &cli_key,    &cli_adopt,        &cli_version,  &cli_help_page,
};
const size_t cli_command_count = COMMANDS;

const struct cli_command *cli_command_named(const char *name)
{
    for (size_t i = 0; i < cli_command_count; i++) {
        if (strcmp(cli_commands[i]->name, name) == 0) {
            return cli_commands[i];
        }
    }
    return NULL;
}

bool cli_no_command(const char *typed, struct error *err)
{
    const char *near, *names[COMMANDS];

    for (size_t i = 0; i < cli_command_count; i++) {
        names[i] = cli_commands[i]->name;
    }
    near = suggest_name(typed, names, cli_command_count);
    return near ? error_set(err, ERROR_REJECTED, "usage",
                            "There is no command %s; did you mean %s?", typed, near)
                : error_set(err, ERROR_REJECTED, "usage", "There is no command %s.", typed);
}
