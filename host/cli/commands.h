/* The commands; each is defined in the file of its name (decide.c: retry, skip, link, repost). */
#ifndef FERRY_CLI_COMMANDS_H
#define FERRY_CLI_COMMANDS_H

#include "cli/cli_internal.h"

extern const struct cli_command cli_accounts, cli_adopt, cli_apply, cli_approvals, cli_approve,
    cli_audit, cli_check_config, cli_connect, cli_connector, cli_disconnect, cli_do, cli_doctor,
    cli_held, cli_help_page, cli_history, cli_init, cli_key, cli_link, cli_map, cli_plan,
    cli_reject, cli_repost, cli_retry, cli_run, cli_skip, cli_status, cli_sync, cli_version;

#endif
