/*
 * What a plan, an apply or a sync counted:
 * {"read","new","changed","documents":{"bill":{"held":n,…},…},"calls":{"xero":n,…},"writes",
 *  "seconds","created","updated","removed","files","refused","unknown","bad","gone"};
 * documents may also be counted without their types: {"held":n,…}.
 */
#include <string.h>

#include "base/decimal.h"
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

/* An answer that does not count documents cannot say that none is held. */
static int ask_held(struct cli *cli, const char *name)
{
    AUTO_JSON json_t *answer = NULL;
    json_t *request = cli_request("held");
    int code;

    cli_put(request, "name", name);
    code = cli_ask(cli, request, &answer);
    if (code != CLI_DONE) {
        return code;
    }
    return json_array_size(cli_array(answer, "documents")) > 0 ? CLI_WAITS : CLI_DONE;
}

int cli_strict(struct cli *cli, const struct cli_line *line, const json_t *answer, const char *name)
{
    if (!cli_value(line, "strict")) {
        return CLI_DONE;
    }
    if (!json_path(answer, "documents")) {
        return ask_held(cli, name);
    }
    return cli_counted(answer, "held") > 0 ? CLI_WAITS : CLI_DONE;
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

/* What became of what was sent. */
static void print_results(struct cli *cli, const json_t *answer)
{
    static const char *const names[] = {"created", "updated", "removed", "files",
                                        "refused", "unknown", "bad",     "gone"};
    const char *before = "Results: ";

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        int64_t n = cli_number(answer, names[i]);

        if (n > 0) {
            fprintf(cli->out, "%s%lld %s", before, (long long)n, names[i]);
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

/* Both sides' sums of one currency; false when one is not known. */
static bool sums_of(const json_t *sums, struct text *ret_source, struct text *ret_xero,
                    bool *ret_agree)
{
    struct decimal a, b;

    *ret_source = json_text(json_object_get(sums, "source"));
    *ret_xero = json_text(json_object_get(sums, "xero"));
    if (!ret_source->at || !ret_xero->at || !decimal_parse(*ret_source, &a, NULL) ||
        !decimal_parse(*ret_xero, &b, NULL)) {
        return false;
    }
    *ret_agree = decimal_compare(a, b) == 0;
    return true;
}

/* To the cent, or by how much not. */
static void print_totals(struct cli *cli, const json_t *answer)
{
    json_t *totals = json_path(answer, "totals"), *sums;
    const char *currency, *before = "Totals agree: ";
    struct text source, xero;
    bool agree;

    json_object_foreach(totals, currency, sums)
    {
        if (sums_of(sums, &source, &xero, &agree) && agree) {
            fprintf(cli->out, "%s%s %.*s", before, cli_safe(cli, currency), TEXT_ARGS(source));
            before = ", ";
        }
    }
    fputs(before[0] == ',' ? ".\n" : "", cli->out);
    json_object_foreach(totals, currency, sums)
    {
        if (sums_of(sums, &source, &xero, &agree) && !agree) {
            fprintf(cli->out, "Totals differ: %s %.*s at the source, %.*s in Xero.\n",
                    cli_safe(cli, currency), TEXT_ARGS(source), TEXT_ARGS(xero));
        }
    }
}

void cli_print_counts(struct cli *cli, const json_t *answer)
{
    if (json_path(answer, "read")) {
        fprintf(cli->out, "%s read, %lld new, %lld changed.\n",
                cli_many(cli, cli_number(answer, "read"), "record", "records"),
                (long long)cli_number(answer, "new"), (long long)cli_number(answer, "changed"));
    }
    print_states(cli, answer);
    print_totals(cli, answer);
    print_calls(cli, answer);
    if (json_path(answer, "writes")) {
        const char *seconds = cli_text(cli, answer, "seconds");

        fprintf(cli->out, "%s%s%s%s.\n",
                cli_many(cli, cli_number(answer, "writes"), "write", "writes"),
                *seconds ? " in " : "", seconds, *seconds ? " seconds" : "");
    }
    print_results(cli, answer);
    if (cli_counted(answer, "held") > 0) {
        fputs("What is held: ferry held\n", cli->out);
    }
}
