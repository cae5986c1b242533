/* The program `ferry`: wires the rooms. */
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "cli/cli.h"
#include "offline.h"
#include "serve.h"

/* ---- the config ---- */

struct setup {
    struct arena *arena;
    const struct config *config;
    struct config_complaints complaints;
};

static void setup_done(struct setup *s)
{
    config_free(s->config);
    arena_free(s->arena);
    memory_free(s);
}

static struct setup *setup_read(const char *path, bool *ret_ok)
{
    struct setup *s = memory_new(1, sizeof *s);

    s->arena = arena_new(CONFIG_ARENA_BYTES);
    *ret_ok = config_read(path, s->arena, &s->config, &s->complaints);
    if (*ret_ok) {
        config_hide_variables(s->config);
    }
    return s;
}

static bool first_complaint(const struct setup *s, struct error *err)
{
    AUTO(buffer_done) struct buffer line = {0};

    buffer_init(&line, 600);
    config_complaint_write(&s->complaints.at[0], &line);
    return error_set(err, ERROR_CONFIG, "config", "%.*s%s",
                     TEXT_ARGS(text_trim(buffer_text(&line))),
                     s->complaints.count > 1 ? " (and more: `ferry check-config`)" : "");
}

/* ---- what cli/ asks of us ---- */

static bool ask(void *self, const char *path, const json_t *request, cli_progress_fn *progress,
                void *owner, json_t **ret, struct error *err)
{
    bool ok;
    struct setup *s = setup_read(path, &ok);

    (void)self;
    ok = ok ? serve_ask(s->config, request, progress, owner, ret, err) : first_complaint(s, err);
    setup_done(s);
    return ok;
}

static bool offline(void *self, const char *path, const json_t *request, json_t **ret,
                    struct error *err)
{
    bool ok = true;
    struct setup *s = path ? setup_read(path, &ok) : NULL;

    (void)self;
    ok = ok ? offline_ask(s ? s->config : NULL, request, ret, err) : first_complaint(s, err);
    if (s) {
        setup_done(s);
    }
    return ok;
}

static int run(void *self, const char *path)
{
    struct error err = {0};
    bool ok;
    struct setup *s = setup_read(path, &ok);

    (void)self;
    ok = ok ? serve_daemon(s->config, &err) : first_complaint(s, &err);
    setup_done(s);
    if (!ok) {
        fprintf(stderr, "ferry: %s\n", err.text);
    }
    return ok ? CLI_DONE : strcmp(err.code, "in-use") == 0 ? CLI_BUSY : CLI_CONFIG;
}

static bool check_config(void *self, const char *path, json_t **ret, struct error *err)
{
    bool ok;
    struct setup *s = setup_read(path, &ok);
    json_t *checks = json_array();

    (void)self, (void)err;
    for (size_t i = 0; i < s->complaints.count; i++) {
        AUTO(buffer_done) struct buffer line = {0};
        json_t *check = json_pack("{s:s, s:b, s:s}", "name", "config", "ok", 0, "fix", "");

        buffer_init(&line, 4096);
        config_complaint_write(&s->complaints.at[i], &line);
        json_object_set_new(check, "text", json_new_text(text_trim(buffer_text(&line))));
        json_array_append_new(checks, check);
    }
    if (ok) {
        json_array_append_new(checks, json_pack("{s:s, s:b, s:s, s:s}", "name", "config", "ok", 1,
                                                "text", "reads without complaints", "fix", ""));
    }
    *ret = json_pack("{s:o}", "checks", checks);
    setup_done(s);
    return true;
}

static bool init(void *self, const char *folder, json_t **ret, struct error *err)
{
    (void)self;
    return serve_init(folder, ret, err);
}

int main(int argc, char **argv)
{
    const struct cli_host host = {
        .ask = ask, .offline = offline, .run = run, .init = init, .check_config = check_config};

    /* tokens stay out of core files and of /proc, and new files are nobody else's */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) /* they look at themselves */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    umask(0077);
    memory_share();
    log_open(NULL, argc > 1 && strcmp(argv[argc - 1], "run") == 0 ? 2 : -1, LOG_INFO);
    return cli_main(argc, argv, &host);
}
