/*
 * connect and disconnect: logins.
 *
 * connect     progress {"url"} to open in a browser, then {"connected":"…","organisation","until"},
 *             or the same inside {"connected":{"name",…}}
 * disconnect  {"text"}
 */
#include "cli/commands.h"

static void print(struct cli *cli, const json_t *answer)
{
    const json_t *connected = json_path(answer, "connected");
    const json_t *about = json_is_object(connected) ? connected : answer;
    const char *organisation = cli_text(cli, about, "organisation"),
               *until = cli_at(cli, about, "until");

    fprintf(cli->out, "Connected: %s%s%s%s%s\n",
            cli_text(cli, answer, json_is_object(connected) ? "connected.name" : "connected"),
            *organisation ? " to " : "", organisation, *until ? ", until " : "", until);
    cli_print_text(cli, answer);
}

static json_t *request_of(const struct cli_line *line)
{
    json_t *request = cli_request(line->command->name);

    cli_put(request, "name", line->arguments[0]);
    return request;
}

static int run_connect(struct cli *cli, const struct cli_line *line)
{
    return cli_tell(cli, request_of(line), print, NULL);
}

static int run_disconnect(struct cli *cli, const struct cli_line *line)
{
    return cli_tell(cli, request_of(line), cli_print_text, NULL);
}

const struct cli_command cli_connect = {
    .name = "connect",
    .about = "log in to a source system, or to Xero",
    .arguments = "NAME|xero[/APP]",
    .details = "Prints an address to open in a browser, and waits until somebody has logged in.",
    .example = "ferry connect xero/main",
    .run = run_connect,
};

const struct cli_command cli_disconnect = {
    .name = "disconnect",
    .about = "forget a login; mapping and history are kept",
    .arguments = "NAME|xero[/APP]",
    .details = "",
    .example = "ferry disconnect acme-payhawk",
    .run = run_disconnect,
};
