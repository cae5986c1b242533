/*
 * map: what a connector's mappings would make of one record, and why.
 *
 * {"subjects":[{"mapping","key","verdict","code","why",
 *   "fields":[{"field","expression","value","looked"}]}]}
 */
#include "base/memory.h"
#include "cli/commands.h"

#define RECORD_MAX   ((size_t)1 << 19)
#define RECORD_DEPTH 32

/* Texts in quotes, all else as JSON: so that '' and nothing differ. */
static const char *value_text(struct cli *cli, const json_t *value)
{
    AUTO_FREE char *text = value ? json_write_text(value) : NULL;

    return text ? cli_safe(cli, arena_copy(cli->arena, text)) : "";
}

/* A text, or a list of texts. */
static const char *looked_text(struct cli *cli, const json_t *looked)
{
    AUTO(buffer_done) struct buffer all = {0};
    size_t i;
    json_t *one;

    if (!json_is_array(looked)) {
        return json_is_string(looked) ? cli_safe(cli, json_text(looked).at)
                                      : value_text(cli, looked);
    }
    buffer_init(&all, 65536);
    json_array_foreach(looked, i, one)
    {
        buffer_addf(&all, "%s%s", i ? ", " : "",
                    json_is_string(one) ? cli_safe(cli, json_text(one).at) : value_text(cli, one));
    }
    return arena_copy_text(cli->arena, buffer_text(&all));
}

static void print_subject(struct cli *cli, const json_t *subject)
{
    static const struct cli_column columns[] = {
        {"  FIELD", 0}, {"VALUE", 0}, {"EXPRESSION", 0}, {"LOOKED AT", CLI_HIDE}};
    struct cli_table *table = cli_table_new(cli, columns, sizeof columns / sizeof *columns);
    const char *code = cli_text(cli, subject, "code"), *why = cli_text(cli, subject, "why");
    size_t i;
    json_t *field;

    fprintf(cli->out, "%s%s/%s%s: %s%s%s%s%s\n", cli_colour(cli, "bold"),
            cli_text(cli, subject, "mapping"), cli_text(cli, subject, "key"), cli_plain(cli),
            cli_text(cli, subject, "verdict"), *code ? " " : "", code, *why ? ": " : "", why);
    json_array_foreach(cli_array(subject, "fields"), i, field)
    {
        const char *const cells[] = {
            arena_printf(cli->arena, "  %s", cli_text(cli, field, "field")),
            value_text(cli, json_object_get(field, "value")),
            cli_text(cli, field, "expression"),
            looked_text(cli, json_path(field, "looked")),
        };

        cli_table_row(table, cells);
    }
    cli_table_print(table);
}

static void print(struct cli *cli, const json_t *answer)
{
    const json_t *subjects = cli_array(answer, "subjects");
    size_t i;
    json_t *subject;

    json_array_foreach(subjects, i, subject)
    {
        fputs(i ? "\n" : "", cli->out);
        print_subject(cli, subject);
    }
    if (json_array_size(subjects) == 0) {
        fputs("No mapping looks at this record.\n", cli->out);
    }
}

static bool read_record(const char *path, json_t **ret, struct error *err)
{
    AUTO(buffer_done) struct buffer bytes = {0};

    return cli_read_file(path, RECORD_MAX, &bytes, err) &&
           (json_read(buffer_text(&bytes), RECORD_DEPTH, ret, err) || error_at(err, "%s", path));
}

static int run(struct cli *cli, const struct cli_line *line)
{
    const char *path = cli_value(line, "explain");
    json_t *record = NULL, *request;
    struct error err;

    if (!path) {
        error_set(&err, ERROR_REJECTED, "usage", "ferry map needs --explain FILE.");
        return cli_misused(cli, line, &err);
    }
    if (!read_record(path, &record, &err)) {
        return cli_fail(cli, &err);
    }
    request = cli_request("map");
    cli_put(request, "name", line->arguments[0]);
    cli_put(request, "mapping", line->arguments[1]);
    json_object_set_new(request, "record", record);
    return cli_tell(cli, request, print, NULL);
}

static const struct cli_option options[] = {
    {"explain", 'e', "FILE", "the record, as JSON; - reads standard input"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command cli_map = {
    .name = "map",
    .about = "explain what the mappings make of a record",
    .arguments = "NAME [MAPPING]",
    .options = options,
    .details = "Nothing is read from the source and nothing is written.",
    .example = "ferry map --explain expense.json acme-payhawk bill",
    .run = run,
};
