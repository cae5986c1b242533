/* A host that notes what it is asked and answers what it is told; everything printed is kept. */
#ifndef FERRY_TESTS_CLI_FIXTURE_H
#define FERRY_TESTS_CLI_FIXTURE_H

#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "unit.h"

struct fixture {
    struct cli_host host;
    const char *answer;      /* JSON of the answer; NULL: `error` */
    const char *progress[4]; /* JSON */
    struct error error;
    unsigned asked, answers; /* how often; after so many it fails (0: never) */
    char *request;           /* the last one, owned */
    char *out, *err;         /* what was printed, owned */
    size_t out_size, err_size;
    char config[128];
};

static inline json_t *json_of(const char *text)
{
    struct error err;
    json_t *j = NULL;

    if (!json_read(text_of(text), JSON_DEPTH_MAX, &j, &err)) {
        fail_msg("%s in %s", err.text, text);
    }
    return j;
}

static inline bool fixture_answer(struct fixture *f, json_t **ret, struct error *err)
{
    f->asked++;
    if (!f->answer || (f->answers && f->asked > f->answers)) {
        *err = f->error;
        return false;
    }
    *ret = json_of(f->answer);
    return true;
}

static inline bool fixture_ask(void *self, const char *config_path, const json_t *request,
                               cli_progress_fn *progress, void *owner, json_t **ret,
                               struct error *err)
{
    struct fixture *f = self;

    snprintf(f->config, sizeof f->config, "%s", config_path);
    memory_free(f->request);
    f->request = json_write_text(request);
    for (size_t i = 0; i < 4 && f->progress[i]; i++) {
        AUTO_JSON json_t *j = json_of(f->progress[i]);

        progress(owner, j);
    }
    return fixture_answer(f, ret, err);
}

static inline int fixture_run(void *self, const char *config_path)
{
    struct fixture *f = self;

    snprintf(f->config, sizeof f->config, "run %s", config_path);
    return 7;
}

static inline bool fixture_init(void *self, const char *folder, json_t **ret, struct error *err)
{
    struct fixture *f = self;

    snprintf(f->config, sizeof f->config, "init %s", folder);
    return fixture_answer(f, ret, err);
}

static inline bool fixture_check(void *self, const char *config_path, json_t **ret,
                                 struct error *err)
{
    struct fixture *f = self;

    snprintf(f->config, sizeof f->config, "check %s", config_path);
    return fixture_answer(f, ret, err);
}

static inline int fixture_setup(void **state)
{
    struct fixture *f = memory_new(1, sizeof *f);

    f->host = (struct cli_host){.self = f,
                                .ask = fixture_ask,
                                .run = fixture_run,
                                .init = fixture_init,
                                .check_config = fixture_check,
                                .watch_ms = 1};
    setenv("FERRY_CONFIG", "/test/ferry.yaml", 1);
    unsetenv("NO_COLOR");
    *state = f;
    return 0;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *f = *state;

    memory_free(f->request);
    memory_free(f->out);
    memory_free(f->err);
    memory_free(f);
    return 0;
}

#define WORDS_MOST 12

/* Run one line; words end with NULL, the first follows "ferry". */
static inline int ferry(struct fixture *f, const char *const *words)
{
    char *argv[WORDS_MOST + 2] = {(char *)(uintptr_t) "ferry"};
    int argc = 1, code;

    while (argc <= WORDS_MOST && words[argc - 1]) {
        argv[argc] = (char *)(uintptr_t)words[argc - 1];
        argc++;
    }
    memory_free(f->out);
    memory_free(f->err);
    memory_free(f->request);
    f->request = NULL;
    f->asked = 0;
    f->host.out = open_memstream(&f->out, &f->out_size);
    f->host.err = open_memstream(&f->err, &f->err_size);
    code = cli_main(argc, argv, &f->host);
    fclose(f->host.out);
    fclose(f->host.err);
    return code;
}

#define FERRY(f, ...) ferry(f, (const char *const[]){__VA_ARGS__, NULL})

struct printed {
    const char *words[WORDS_MOST];
    const char *answer;
    unsigned width; /* 0: not a terminal */
    int exit;
    const char *out;
};

/* Run every line and compare what it printed to the letter. */
static inline void check_printed(struct fixture *f, const struct printed *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int code;

        f->answer = all[i].answer;
        f->host.terminal_width = all[i].width;
        code = ferry(f, all[i].words);
        assert_string_equal(f->out, all[i].out);
        assert_string_equal(f->err, "");
        assert_int_equal(code, all[i].exit);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

#endif
