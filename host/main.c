/* The program `ferry`: for now one command, `ferry ask CONFIG JSON`, and `ferry run CONFIG`. */
#include <stdio.h>
#include <sys/resource.h>

#include "base/memory.h"
#include "serve.h"

static void print_progress(void *owner, const json_t *progress)
{
    AUTO_FREE char *text = json_write_text(progress);

    (void)owner;
    fprintf(stderr, "%s\n", text);
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new(CONFIG_ARENA_BYTES);
    static struct config_complaints complaints;
    const struct config *config = NULL;
    struct error err = {0};
    json_t *request = NULL, *answer = NULL;
    bool ok;

    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    log_open(NULL, 2, LOG_INFO);
    if (argc < 3) {
        return 2;
    }
    if (!config_read(argv[2], arena, &config, &complaints)) {
        for (size_t i = 0; i < complaints.count; i++) {
            AUTO(buffer_done) struct buffer line = {0};
            buffer_init(&line, 4096);
            config_complaint_write(&complaints.at[i], &line);
            fputs(line.at, stderr);
        }
        return 3;
    }
    if (strcmp(argv[1], "run") == 0) {
        ok = serve_daemon(config, &err);
    } else {
        ok = json_read(text_of(argv[3]), JSON_DEPTH_MAX, &request, &err) &&
             serve_ask(config, request, print_progress, NULL, &answer, &err);
    }
    if (ok && answer) {
        AUTO_FREE char *text = json_write_text(answer);
        printf("%s\n", text);
    }
    if (!ok) {
        fprintf(stderr, "%s: %s\n", err.code, err.text);
    }
    json_decref(request);
    json_decref(answer);
    config_free(config);
    arena_free(arena);
    return ok ? 0 : 1;
}
