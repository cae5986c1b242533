/* Values of an answer as texts for people, and colours. */
#include <string.h>

#include "cli/cli_internal.h"

const char *const cli_states[CLI_STATES] = {
    "waiting", "held", "ready", "sending", "unknown", "done", "withdrawn", "skipped", "tombstone"};

const char *cli_text(struct cli *cli, const json_t *j, const char *path)
{
    const json_t *value = json_path(j, path);

    if (json_is_boolean(value)) {
        return json_is_true(value) ? "yes" : "no";
    }
    return cli_safe(cli, json_path_text(j, path));
}

const char *cli_amount(struct cli *cli, const json_t *j)
{
    const char *amount = cli_text(cli, j, "amount"), *currency = cli_text(cli, j, "currency");

    return *amount && *currency ? arena_printf(cli->arena, "%s %s", amount, currency) : amount;
}

int64_t cli_number(const json_t *j, const char *path)
{
    return json_int(json_path(j, path), 0);
}

bool cli_is(const json_t *j, const char *path)
{
    return json_is_true(json_path(j, path));
}

const json_t *cli_array(const json_t *j, const char *path)
{
    const json_t *value = json_path(j, path);

    /* jansson takes NULL for an empty array */
    return json_is_array(value) ? value : NULL;
}

static const struct {
    const char *name, *escape;
} colours[] = {
    {"bold", "\033[1m"},   {"dim", "\033[2m"},     {"red", "\033[31m"},
    {"green", "\033[32m"}, {"yellow", "\033[33m"},
};

const char *cli_colour(const struct cli *cli, const char *name)
{
    for (size_t i = 0; cli->colour && i < sizeof colours / sizeof *colours; i++) {
        if (strcmp(colours[i].name, name) == 0) {
            return colours[i].escape;
        }
    }
    return "";
}

const char *cli_plain(const struct cli *cli)
{
    return cli->colour ? "\033[0m" : "";
}

/* The second block of control characters (U+0080 to U+009F) is legal in JSON, and obeyed by some
 * terminals. */
void cli_print_json(struct cli *cli, const json_t *j)
{
    AUTO_FREE char *text = json_write_text(j);

    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f) {
            fprintf(cli->out, "\\u00%02x", *++at);
        } else {
            fputc(*at, cli->out);
        }
    }
    fputc('\n', cli->out);
}

const char *cli_many(struct cli *cli, int64_t n, const char *one, const char *many)
{
    return arena_printf(cli->arena, "%lld %s", (long long)n, n == 1 ? one : many);
}

void cli_print_text(struct cli *cli, const json_t *answer)
{
    const char *text = cli_text(cli, answer, "text");

    if (json_path(answer, "changed")) {
        fprintf(cli->out, "%s changed.\n",
                cli_many(cli, cli_number(answer, "changed"), "document", "documents"));
    }
    if (*text) {
        fprintf(cli->out, "%s\n", text);
    }
}
