/* What a command asks about its own line. */
#include <string.h>

#include "cli/cli_internal.h"

const char *cli_value(const struct cli_line *line, const char *option)
{
    const struct cli_option *options = line->command->options;

    for (size_t i = 0; options && options[i].name; i++) {
        if (strcmp(options[i].name, option) == 0) {
            return line->values[i];
        }
    }
    return NULL;
}

bool cli_one_of(const char *what, const char *typed, const char *const *words, size_t count,
                struct error *err)
{
    AUTO(buffer_done) struct buffer all = {0};
    const char *near = suggest_name(typed, words, count);

    buffer_init(&all, 512);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(typed, words[i]) == 0) {
            return true;
        }
        buffer_addf(&all, "%s%s", i ? ", " : "", words[i]);
    }
    return error_set(err, ERROR_REJECTED, "usage", "\"%s\" is no %s%s%s; one of: %s.", typed, what,
                     near ? "; did you mean " : "", near ? near : "", all.at);
}

bool cli_is_since(const char *typed, struct error *err)
{
    struct date day;
    int64_t ms;

    if (!typed || (strlen(typed) == DATE_TEXT_MAX - 1 && date_parse(text_of(typed), &day, NULL)) ||
        (strchr(typed, 'T') && instant_parse(text_of(typed), &ms, NULL))) {
        return true;
    }
    return error_set(err, ERROR_REJECTED, "usage",
                     "\"%s\" is no day; write 2026-03-01 or 2026-03-01T08:00:00Z.", typed);
}
