/* adopt: after a restore, find out what was written since the backup. Any counts, and "text". */
#include "cli/commands.h"

static void print(struct cli *cli, const json_t *answer)
{
    json_t *value;
    const char *name;

    json_object_foreach((json_t *)(uintptr_t)answer, name, value)
    {
        struct text digits = json_text(value);

        if (json_is_number_text(value)) {
            fprintf(cli->out, "%.*s %s\n", TEXT_ARGS(digits), cli_safe(cli, name));
        }
    }
    cli_print_text(cli, answer);
}

static int run(struct cli *cli, const struct cli_line *line)
{
    (void)line;
    return cli_tell(cli, cli_request("adopt"), print, NULL);
}

const struct cli_command cli_adopt = {
    .name = "adopt",
    .about = "after a restore: find what was written since the backup",
    .arguments = "",
    .details = "A store that is older than what Ferry last wrote writes nothing until this was\n"
               "done: it reads the marks on the objects in Xero and links what is ours.\n"
               "What is off or not connected is left; adopt it later with the same command.",
    .example = "ferry adopt",
    .run = run,
};
