/* From the words typed to an exit code. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli_internal.h"

#define PRINTED_MAX ((size_t)1 << 30)
#define WATCH_MS    2000
#define WIDTH       80

static const char *find_config(const struct cli_line *line)
{
    static const char *const places[] = {"ferry.yaml", "/etc/ferry/ferry.yaml"};
    const char *named = line->globals[CLI_OPTION_CONFIG];

    named = named ? named : getenv("FERRY_CONFIG");
    if (named && *named) {
        return named;
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (access(places[i], F_OK) == 0) {
            return places[i];
        }
    }
    return NULL;
}

/* 0: not a terminal */
static unsigned width_of(const struct cli_host *host, FILE *file)
{
    struct winsize size = {0};
    int fd = fileno(file);

    if (host->terminal_width) {
        return host->terminal_width;
    }
    if (fd < 0 || !isatty(fd)) {
        return 0;
    }
    return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : WIDTH;
}

static void open_cli(struct cli *cli, const struct cli_host *host, const struct cli_line *line)
{
    const char *no_colour = getenv("NO_COLOR");

    *cli = (struct cli){.host = host,
                        .config = find_config(line),
                        .json = line->globals[CLI_OPTION_JSON] != NULL,
                        .watch_ms = host->watch_ms ? host->watch_ms : WATCH_MS,
                        .out = host->out ? host->out : stdout,
                        .err = host->err ? host->err : stderr,
                        .arena = arena_new(PRINTED_MAX)};
    cli->width = width_of(host, cli->out);
    cli->terminal = cli->width > 0;
    cli->colour = cli->terminal && !(no_colour && *no_colour);
}

static int no_command(struct cli *cli, const struct cli_line *line)
{
    if (line->globals[CLI_OPTION_HELP]) {
        return cli_help(cli, NULL);
    }
    cli->out = cli->err;
    cli_help(cli, NULL);
    return CLI_USAGE;
}

static int run_line(struct cli *cli, const struct cli_line *line)
{
    if (line->globals[CLI_OPTION_VERSION]) {
        return cli_command_named("version")->run(cli, line);
    }
    if (!line->command) {
        return no_command(cli, line);
    }
    if (line->globals[CLI_OPTION_HELP]) {
        return cli_help(cli, line->command);
    }
    return line->command->run(cli, line);
}

int cli_main(int argc, char **argv, const struct cli_host *host)
{
    struct cli_line line = {0};
    struct error err = {0};
    struct cli cli;
    int code;
    bool parsed = cli_parse(argc, argv, &line, &err);

    open_cli(&cli, host, &line);
    code = parsed ? run_line(&cli, &line) : cli_misused(&cli, &line, &err);
    if (fflush(cli.out) != 0 || ferror(cli.out)) {
        fprintf(cli.err, "ferry: not everything could be printed: %s.\n", strerror(errno));
        code = code ? code : CLI_FAILED;
    }
    arena_free(cli.arena);
    return code;
}
