/*
 * status: how every integration is, what its flows did and will do, and its documents by state.
 *
 * {"integrations":[{"name","connector","version","organisation","tenant","enabled","state":
 *   "ok|running|parked|needs-login|needs-consent|needs-adopt|off|error","isolation","message",
 *   "flows":[{"name","when","last_run_at","last_result","next_run_at","running","state","why"}],
 *   "documents":{"bill":{"done":n,"held":n,…},…},"oldest_held_at",
 *   "quota":{"minute_left","day_left","wake_at"},"source":{"records","bad"}}],
 *  "store":{"path","restored"},"clock"}
 */
#include <string.h>
#include <time.h>

#include "cli/commands.h"

static int64_t held_of(const json_t *integration)
{
    const char *type;
    json_t *counts, *documents = json_path(integration, "documents");
    int64_t held = 0;

    json_object_foreach(documents, type, counts)
    {
        held += cli_number(counts, "held");
    }
    return held;
}

static const char *state_colour(const char *state)
{
    static const char *const colours[][2] = {
        {"ok", "green"},        {"running", "green"},     {"parked", "yellow"},
        {"needs-login", "red"}, {"needs-consent", "red"}, {"needs-adopt", "red"},
        {"error", "red"},       {"off", "dim"},
    };

    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        if (strcmp(colours[i][0], state) == 0) {
            return colours[i][1];
        }
    }
    return NULL;
}

static void add_integration(struct cli *cli, struct cli_table *table, const json_t *j)
{
    const char *const cells[] = {
        cli_text(cli, j, "name"),
        cli_text(cli, j, "state"),
        arena_printf(cli->arena, "%s %s", cli_text(cli, j, "connector"),
                     cli_text(cli, j, "version")),
        cli_text(cli, j, "organisation"),
        cli_text(cli, j, "source.records"),
        cli_text(cli, j, "source.bad"),
        arena_printf(cli->arena, "%lld", (long long)held_of(j)),
        cli_when(cli, j, "oldest_held_at"),
        cli_text(cli, j, "quota.day_left"),
        cli_when(cli, j, "quota.wake_at"),
        cli_text(cli, j, "isolation"),
    };

    cli_table_row(table, cells);
    cli_table_colour(table, 1, state_colour(cells[1]));
}

static void print_integrations(struct cli *cli, const json_t *integrations)
{
    static const struct cli_column columns[] = {
        {"NAME", 0},
        {"STATE", 0},
        {"CONNECTOR", 0},
        {"ORGANISATION", CLI_CUT},
        {"RECORDS", CLI_RIGHT},
        {"BAD", CLI_RIGHT | CLI_HIDE},
        {"HELD", CLI_RIGHT},
        {"OLDEST HELD", CLI_HIDE},
        {"LEFT TODAY", CLI_RIGHT | CLI_HIDE},
        {"WAKES", CLI_HIDE},
        {"ISOLATION", CLI_HIDE},
    };
    struct cli_table *table = cli_table_new(cli, columns, sizeof columns / sizeof *columns);
    size_t i;
    json_t *j;

    json_array_foreach(integrations, i, j)
    {
        add_integration(cli, table, j);
    }
    cli_table_print(table);
    json_array_foreach(integrations, i, j)
    {
        const char *message = cli_text(cli, j, "message");

        if (*message) {
            fprintf(cli->out, "%s: %s\n", cli_text(cli, j, "name"), message);
        }
    }
}

/* ---- flows ---- */

static void add_flows(struct cli *cli, struct cli_table *table, const json_t *integration)
{
    size_t i;
    json_t *flow;

    json_array_foreach(cli_array(integration, "flows"), i, flow)
    {
        const char *const cells[] = {
            cli_text(cli, integration, "name"),
            cli_text(cli, flow, "name"),
            cli_text(cli, flow, "when"),
            cli_when(cli, flow, "last_run_at"),
            cli_is(flow, "running") ? "running" : cli_text(cli, flow, "last_result"),
            cli_when(cli, flow, "next_run_at"),
            cli_text(cli, flow, "state"),
            cli_text(cli, flow, "why"),
        };

        cli_table_row(table, cells);
    }
}

static void print_flows(struct cli *cli, const json_t *integrations)
{
    static const struct cli_column columns[] = {
        {"NAME", 0},   {"FLOW", 0},     {"WHEN", 0},         {"LAST RUN", 0},
        {"RESULT", 0}, {"NEXT RUN", 0}, {"STATE", CLI_HIDE}, {"WHY", CLI_HIDE},
    };
    struct cli_table *table = cli_table_new(cli, columns, sizeof columns / sizeof *columns);
    size_t i;
    json_t *j;

    json_array_foreach(integrations, i, j)
    {
        add_flows(cli, table, j);
    }
    fputs("\n", cli->out);
    cli_table_print(table);
}

/* ---- documents ---- */

static void add_documents(struct cli *cli, struct cli_table *table, const json_t *integration)
{
    json_t *documents = json_path(integration, "documents"), *counts;
    const char *type;

    json_object_foreach(documents, type, counts)
    {
        const char *cells[2 + CLI_STATES];

        cells[0] = cli_text(cli, integration, "name");
        cells[1] = cli_safe(cli, type);
        for (size_t i = 0; i < CLI_STATES; i++) {
            cells[2 + i] =
                arena_printf(cli->arena, "%lld", (long long)cli_number(counts, cli_states[i]));
        }
        cli_table_row(table, cells);
        if (cli_number(counts, "held") > 0) {
            cli_table_colour(table, 3, "yellow");
        }
    }
}

static void print_documents(struct cli *cli, const json_t *integrations)
{
    static const struct cli_column columns[2 + CLI_STATES] = {
        {"NAME", 0},
        {"DOCUMENT", 0},
        {"WAITING", CLI_RIGHT | CLI_HIDE},
        {"HELD", CLI_RIGHT | CLI_HIDE},
        {"READY", CLI_RIGHT | CLI_HIDE},
        {"SENDING", CLI_RIGHT | CLI_HIDE},
        {"UNKNOWN", CLI_RIGHT | CLI_HIDE},
        {"DONE", CLI_RIGHT | CLI_HIDE},
        {"WITHDRAWN", CLI_RIGHT | CLI_HIDE},
        {"SKIPPED", CLI_RIGHT | CLI_HIDE},
        {"TOMBSTONE", CLI_RIGHT | CLI_HIDE},
    };
    struct cli_table *table = cli_table_new(cli, columns, 2 + CLI_STATES);
    size_t i;
    json_t *j;

    json_array_foreach(integrations, i, j)
    {
        add_documents(cli, table, j);
    }
    fputs("\n", cli->out);
    cli_table_print(table);
}

static void print(struct cli *cli, const json_t *answer)
{
    const json_t *integrations = cli_array(answer, "integrations");

    if (cli_is(answer, "store.restored")) {
        fprintf(cli->out,
                "%sThe store was restored from a backup: what needs-adopt writes nothing until "
                "ferry adopt has looked at what is in Xero.%s\n",
                cli_colour(cli, "red"), cli_plain(cli));
    }
    if (json_array_size(integrations) == 0) {
        fputs("No integration is configured.\n", cli->out);
        return;
    }
    print_integrations(cli, integrations);
    print_flows(cli, integrations);
    print_documents(cli, integrations);
}

/* ---- the command ---- */

static json_t *request_of(const struct cli_line *line)
{
    json_t *request = cli_request("status");

    cli_put(request, "name", line->arguments[0]);
    return request;
}

static int watch(struct cli *cli, const struct cli_line *line)
{
    const struct timespec pause = {cli->watch_ms / 1000, (long)(cli->watch_ms % 1000) * 1000000};

    for (;;) {
        json_t *answer;
        int code = cli_ask(cli, request_of(line), &answer);

        if (code != CLI_DONE) {
            return code;
        }
        if (cli->terminal && !cli->json) {
            fputs("\033[H\033[2J", cli->out);
        }
        cli_show(cli, answer, print);
        json_decref(answer);
        arena_reset(cli->arena);
        if (fflush(cli->out) != 0) {
            return CLI_FAILED;
        }
        nanosleep(&pause, NULL);
    }
}

static int run(struct cli *cli, const struct cli_line *line)
{
    if (cli_value(line, "watch")) {
        return watch(cli, line);
    }
    return cli_tell(cli, request_of(line), print, NULL);
}

static const struct cli_option options[] = {
    {"watch", 'w', NULL, "print it again every two seconds, until Ctrl-C"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command cli_status = {
    .name = "status",
    .about = "show how every integration is doing",
    .arguments = "[NAME]",
    .options = options,
    .details = "States of documents: waiting (for something else), held (for a person), ready,\n"
               "sending, unknown (sent, no answer yet), done, withdrawn, skipped, tombstone\n"
               "(removed in Xero by a person).",
    .example = "ferry status acme-payhawk --watch",
    .run = run,
};
