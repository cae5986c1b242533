/* How far it is: one line that is written over on a terminal, lines that differ elsewhere. */
#include "cli/cli_internal.h"

static void add(struct buffer *line, const char *before, const char *text)
{
    if (*text) {
        buffer_addf(line, "%s%s", line->size ? before : "", text);
    }
}

static void describe(struct cli *cli, const json_t *progress, bool counts, struct buffer *line)
{
    add(line, "", cli_text(cli, progress, "phase"));
    add(line, " ", cli_text(cli, progress, "list"));
    if (counts) {
        add(line, " ", cli_text(cli, progress, "done"));
        add(line, " of ", cli_text(cli, progress, "total"));
    }
    add(line, ": ", cli_text(cli, progress, "text"));
}

static void show_address(struct cli *cli, const json_t *progress)
{
    const char *text = cli_text(cli, progress, "text");

    cli_progress_end(cli);
    fprintf(cli->err, "%s\n\n  %s\n\n",
            *text ? text : "Open this address and log in:", cli_text(cli, progress, "url"));
    fflush(cli->err);
}

void cli_progress(void *owner, const json_t *progress)
{
    struct cli *cli = owner;
    AUTO(buffer_done) struct buffer line = {0};
    uint64_t hash;

    if (*json_path_text(progress, "url")) {
        show_address(cli, progress);
        return;
    }
    buffer_init(&line, 4096);
    describe(cli, progress, cli->terminal, &line);
    if (cli->terminal) {
        size_t room = cli->width > 1 ? cli->width - 1 : 1, size = line.size;

        while (size > room || (size < line.size && ((unsigned char)line.at[size] & 0xc0) == 0x80)) {
            size--; /* whole characters in one line */
        }
        fprintf(cli->err, "\r\033[K%.*s", (int)size, line.at ? line.at : "");
        cli->progress_shown = true;
        fflush(cli->err);
        return;
    }
    hash = hash_text(HASH_START, buffer_text(&line));
    if (hash != cli->progress_last && !cli->json && line.size) {
        fprintf(cli->err, "%s\n", line.at);
    }
    cli->progress_last = hash;
}

void cli_progress_end(struct cli *cli)
{
    if (cli->progress_shown) {
        fputs("\r\033[K", cli->err);
        fflush(cli->err);
        cli->progress_shown = false;
    }
}
