/* A folder of its own, a config read from what a test writes there. */
#ifndef FERRY_TESTS_CONFIG_FIXTURE_H
#define FERRY_TESTS_CONFIG_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "config/config.h"
#include "unit.h"

struct fixture {
    char folder[40], path[64];
    struct arena *arena;
    const struct config *config; /* NULL after a reading with complaints */
    struct config_complaints complaints;
};

static inline int fixture_setup(void **state)
{
    struct fixture *f = memory_new(1, sizeof *f);

    snprintf(f->folder, sizeof f->folder, "/tmp/ferry-config-XXXXXX");
    if (!mkdtemp(f->folder)) {
        return -1;
    }
    snprintf(f->path, sizeof f->path, "%s/ferry.yaml", f->folder);
    f->arena = arena_new(CONFIG_ARENA_BYTES);
    *state = f;
    return 0;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *f = *state;
    char command[80];

    snprintf(command, sizeof command, "rm -rf %s", f->folder);
    config_free(f->config);
    arena_free(f->arena);
    memory_free(f);
    return system(command);
}

static inline void fixture_write(struct fixture *f, const char *name, struct text text,
                                 unsigned mode)
{
    char path[200];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.at, 1, text.size, file), text.size);
    fclose(file);
    assert_int_equal(chmod(path, mode), 0);
}

static inline bool fixture_read(struct fixture *f)
{
    config_free(f->config);
    f->config = NULL;
    arena_reset(f->arena);
    return config_read(f->path, f->arena, &f->config, &f->complaints);
}

/* The main file is this text. */
static inline bool fixture_read_text(struct fixture *f, struct text text)
{
    fixture_write(f, "ferry.yaml", text, 0600);
    return fixture_read(f);
}

static inline void fixture_assert_good(struct fixture *f)
{
    struct buffer all;

    if (f->config && f->complaints.count == 0) {
        return;
    }
    buffer_init(&all, 100000);
    for (size_t i = 0; i < f->complaints.count; i++) {
        config_complaint_write(&f->complaints.at[i], &all);
    }
    fail_msg("%s", all.at);
}

#endif
