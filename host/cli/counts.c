/*
 * What a plan, an apply or a sync counted:
 * {"read","new","changed","documents":{"bill":{"held":n,…},…},"calls":{"xero":n,…},"writes",
 *  "seconds"}; documents may also be counted without their types: {"held":n,…}.
 */
#include <string.h>

#include "cli/cli_internal.h"

int64_t cli_counted(const json_t *answer, const char *state)
{
    json_t *documents = json_path(answer, "documents"), *counts;
    const char *type;
    int64_t sum = cli_number(documents, state);

    json_object_foreach(documents, type, counts)
    {
        sum += cli_number(counts, state);
    }
    return sum;
}

int cli_strict(const struct cli_line *line, const json_t *answer)
{
    return cli_value(line, "strict") && cli_counted(answer, "held") > 0 ? CLI_WAITS : CLI_DONE;
}

static void print_states(struct cli *cli, const json_t *answer)
{
    const char *before = "Documents: ";

    for (size_t i = 0; i < CLI_STATES; i++) {
        int64_t n = cli_counted(answer, cli_states[i]);

        if (n > 0) {
            fprintf(cli->out, "%s%lld %s", before, (long long)n, cli_states[i]);
            before = ", ";
        }
    }
    fputs(before[0] == ',' ? ".\n" : "", cli->out);
}

static void print_calls(struct cli *cli, const json_t *answer)
{
    json_t *calls = json_path(answer, "calls"), *count;
    const char *side, *before = "Calls: ";

    json_object_foreach(calls, side, count)
    {
        fprintf(cli->out, "%s%s %s", before, cli_safe(cli, json_text(count).at),
                cli_safe(cli, side));
        before = ", ";
    }
    fputs(before[0] == ',' ? ".\n" : "", cli->out);
}

void cli_print_counts(struct cli *cli, const json_t *answer)
{
    if (json_path(answer, "read")) {
        fprintf(cli->out, "%s read, %lld new, %lld changed.\n",
                cli_many(cli, cli_number(answer, "read"), "record", "records"),
                (long long)cli_number(answer, "new"), (long long)cli_number(answer, "changed"));
    }
    print_states(cli, answer);
    print_calls(cli, answer);
    if (json_path(answer, "writes")) {
        const char *seconds = cli_text(cli, answer, "seconds");

        fprintf(cli->out, "%s%s%s%s.\n",
                cli_many(cli, cli_number(answer, "writes"), "write", "writes"),
                *seconds ? " in " : "", seconds, *seconds ? " seconds" : "");
    }
    if (cli_counted(answer, "held") > 0) {
        fputs("What is held: ferry held\n", cli->out);
    }
}
