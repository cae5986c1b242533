/*
 * cli/: what people type and what they read. Every command is one request and one printed answer;
 * who answers (a running daemon, or this process) is the host's business.
 *
 * Requests ("?": only when it was typed) and what their answers hold:
 *   status      name?                     integrations, store, clock
 *   held        name?                     documents, records
 *   plan        name flow? since? remap?  counts, hash, changes, name
 *   apply       plan                      counts          (plan: the answer of plan, as it came)
 *   sync        name flow? since?         counts
 *   retry       name document|code|all    changed
 *   skip        name document reason?     changed
 *   link        name document object      changed
 *   repost      name document reason?     changed
 *   history     about name?               events, document
 *   accounts    name                      accounts
 *   do          name form? values?        forms, or text
 *   connector   verb=list                 connectors
 *   connector   verb=show|confirm name    connector       (confirm: with the hash that was shown)
 *   connector   verb=release name         text
 *   map         name mapping? record      subjects
 *   doctor                                checks
 *   connect     name                      connected       (progress: url)
 *   disconnect  name                      text
 *   audit       since? verify?            entries, verified
 *   key         verb=status|rotate        keys, text
 *   adopt                                 counts of what was found, text
 * counts: read new changed documents calls writes seconds. The fields of each are named in the
 * file of its command. Texts of answers are not trusted: control characters are escaped.
 */
#ifndef FERRY_CLI_CLI_H
#define FERRY_CLI_CLI_H

#include <stdio.h>

#include "base/base.h"

/* Promised to scripts; `ferry help exit-codes` prints them. */
enum cli_exit {
    CLI_DONE = 0,
    CLI_FAILED = 1,    /* something failed */
    CLI_USAGE = 2,     /* typed wrong */
    CLI_CONFIG = 3,    /* the configuration, or what it names, is wrong */
    CLI_NOTHING = 4,   /* there is nothing of that name */
    CLI_WAITS = 5,     /* with --strict: something waits for a person */
    CLI_LOGIN = 6,     /* somebody must log in */
    CLI_BUSY = 7,      /* another process holds the store */
    CLI_CANCELLED = 8, /* stopped before its end */
};

typedef void cli_progress_fn(void *owner, const json_t *progress);

struct cli_host {
    void *self;
    /* One request, from {"do":…}. ret: owned. Blocks. */
    bool (*ask)(void *self, const char *config_path, const json_t *request,
                cli_progress_fn *progress, void *owner, json_t **ret, struct error *err);
    /* The same for what a connector's author asks: "check", "show" and "test" of a connector's
     * file, {"do","name",…}. config_path may be NULL. */
    bool (*offline)(void *self, const char *config_path, const json_t *request, json_t **ret,
                    struct error *err);
    /* The daemon; returns the exit code. */
    int (*run)(void *self, const char *config_path);
    /* Make a folder ready; ret: {"files":[…],"next":[…]}, owned. */
    bool (*init)(void *self, const char *folder, json_t **ret, struct error *err);
    /* ret: {"checks":[{"name","ok","text","fix"}]}, owned; a check per complaint. */
    bool (*check_config)(void *self, const char *config_path, json_t **ret, struct error *err);
    FILE *out, *err; /* NULL: stdout, stderr */
    /* For tests; 0: as it is. */
    unsigned terminal_width; /* print as to a terminal of so many columns */
    unsigned watch_ms;       /* between two prints of --watch */
};

/* Returns the exit code. */
int cli_main(int argc, char **argv, const struct cli_host *host);

#endif
