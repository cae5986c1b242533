/* What the files of cli/ share. */
#ifndef FERRY_CLI_CLI_INTERNAL_H
#define FERRY_CLI_CLI_INTERNAL_H

#include "cli/cli.h"

#define CLI_OPTIONS_MAX   12
#define CLI_ARGUMENTS_MAX 128

struct cli;
struct cli_line;

/* ---- commands ---- */

struct cli_option {
    const char *name;  /* without dashes; NULL ends a table */
    char letter;       /* 0: none */
    const char *value; /* what follows, for people ("FILE"); NULL: nothing does */
    const char *about;
};

struct cli_command {
    const char *name;
    const char *about;                /* one line, no full stop */
    const char *arguments;            /* "NAME [MAPPING]"; "[X...]" at the end: any number */
    const struct cli_option *options; /* NULL: none */
    const char *details;              /* lines for `ferry help NAME`; "" none */
    const char *example;
    int (*run)(struct cli *cli, const struct cli_line *line);
};

extern const struct cli_command *const cli_commands[];
extern const size_t cli_command_count;
/* NULL when there is none. */
const struct cli_command *cli_command_named(const char *name);
/* REJECTED "usage", with the nearest one; returns false. */
bool cli_no_command(const char *typed, struct error *err);

/* ---- line.c: what was typed ---- */

enum cli_global { CLI_OPTION_CONFIG, CLI_OPTION_JSON, CLI_OPTION_HELP, CLI_OPTION_VERSION };
#define CLI_GLOBALS 4
extern const struct cli_option cli_globals[];

struct cli_line {
    const struct cli_command *command; /* NULL: none was named */
    const char *globals[CLI_GLOBALS];  /* NULL: not given; "" for those without a value */
    const char *values[CLI_OPTIONS_MAX];
    const char *arguments[CLI_ARGUMENTS_MAX]; /* [count] is NULL */
    size_t argument_count;
};

/* REJECTED "usage", with a suggestion; *ret is then filled as far as it was understood. */
MUST_CHECK bool cli_parse(int argc, char *const *argv, struct cli_line *ret, struct error *err);
/* The value of an option of the command, "" for one without; NULL: not given. */
const char *cli_value(const struct cli_line *line, const char *option);
/* Is `typed` one of them? REJECTED "usage" with a suggestion. */
MUST_CHECK bool cli_one_of(const char *what, const char *typed, const char *const *words,
                           size_t count, struct error *err);
/* NULL, a day or an instant; else REJECTED "usage". */
MUST_CHECK bool cli_is_since(const char *typed, struct error *err);

/* ---- one command at work ---- */

struct cli {
    const struct cli_host *host;
    const char *config; /* NULL: there is none */
    bool json, colour, terminal;
    unsigned width; /* of the terminal */
    unsigned watch_ms;
    FILE *out, *err;
    struct arena *arena; /* what is printed, until it is printed */
    int64_t clock_ms;    /* when the answer was true; 0: not said */
    bool progress_shown; /* a line on the terminal that is to be wiped */
    uint64_t progress_last;
};

/* ---- ask.c ---- */

json_t *cli_request(const char *what); /* {"do":what}; owned */
/* Text; NULL leaves it out. */
void cli_put(json_t *request, const char *name, const char *value);
/* Ask, print what is wrong; takes request. ret: owned, NULL unless CLI_DONE is returned. */
int cli_ask(struct cli *cli, json_t *request, json_t **ret);
typedef void cli_print_fn(struct cli *cli, const json_t *answer);
/* Ask, print the answer as it is asked for; takes request. ret: owned; NULL ok. */
int cli_tell(struct cli *cli, json_t *request, cli_print_fn *print, json_t **ret);
/* Print an answer: as JSON, or with `print`. */
void cli_show(struct cli *cli, const json_t *answer, cli_print_fn *print);
/* Print what is wrong; returns the exit code that says so. */
int cli_fail(struct cli *cli, const struct error *err);
/* The same for what was typed wrong, with the way to help. */
int cli_misused(struct cli *cli, const struct cli_line *line, const struct error *err);
int cli_exit_of(const struct error *err);

/* ---- progress.c ---- */

cli_progress_fn cli_progress; /* owner: struct cli */
void cli_progress_end(struct cli *cli);

/* ---- safe.c, when.c, print.c: values for people; terminated, in the arena or borrowed ---- */

/* Without anything a terminal would obey. NULL gives "". */
const char *cli_safe(struct cli *cli, const char *text);
/* The text or digits at a path, safe; "" when absent. */
const char *cli_text(struct cli *cli, const json_t *j, const char *path);
/* "12.50 GBP" from its fields "amount" and "currency". */
const char *cli_amount(struct cli *cli, const json_t *j);
int64_t cli_number(const json_t *j, const char *path); /* 0 when absent */
bool cli_is(const json_t *j, const char *path);        /* true, and nothing else */
/* The array at a path; an empty one when absent. Borrowed. */
const json_t *cli_array(const json_t *j, const char *path);
/* An instant for a table: "3 min ago" on a terminal, else ISO. */
const char *cli_when(struct cli *cli, const json_t *j, const char *path);
/* An instant in a sentence: ISO, and on a terminal how long ago too. */
const char *cli_at(struct cli *cli, const json_t *j, const char *path);
void cli_take_clock(struct cli *cli, const json_t *answer);
/* Escape codes: bold red yellow green dim; "" where colours are off, or for another name. */
const char *cli_colour(const struct cli *cli, const char *name);
const char *cli_plain(const struct cli *cli);
void cli_print_json(struct cli *cli, const json_t *j);
/* "1 document", "2 documents". */
const char *cli_many(struct cli *cli, int64_t n, const char *one, const char *many);

/* ---- table.c ---- */

enum cli_column_flags {
    CLI_RIGHT = 1,
    CLI_HIDE = 2, /* on a terminal: left out when it is empty or 0 in every row */
    CLI_CUT = 4,  /* on a terminal: cut when the table is too wide */
};
struct cli_column {
    const char *name;
    unsigned flags;
};
#define CLI_COLUMNS_MAX 20

struct cli_table;
struct cli_table *cli_table_new(struct cli *cli, const struct cli_column *columns, size_t count);
/* One text per column, NULL for "". Kept until printed: the arena's, or literals. */
void cli_table_row(struct cli_table *table, const char *const *cells);
/* A cell of the last row. */
void cli_table_colour(struct cli_table *table, size_t column, const char *colour);
/* Nothing when there are no rows. Frees the table. */
void cli_table_print(struct cli_table *table);

/* ---- file.c ---- */

/* REJECTED "file". ret: owned. */
MUST_CHECK bool cli_read_file(const char *path, size_t max, struct buffer *ret, struct error *err);
/* All or nothing, mode 0600. */
MUST_CHECK bool cli_write_file(const char *path, struct text bytes, struct error *err);

/* ---- shared by commands ---- */

extern const char *const cli_states[]; /* of documents, in the order they are shown */
#define CLI_STATES 9
/* What a plan, an apply or a sync counted. */
void cli_print_counts(struct cli *cli, const json_t *answer);
int64_t cli_counted(const json_t *answer, const char *state);
/* CLI_WAITS with --strict and held documents of `name`, else CLI_DONE. */
int cli_strict(struct cli *cli, const struct cli_line *line, const json_t *answer,
               const char *name);
void cli_print_forms(struct cli *cli, const json_t *answer);
void cli_print_connector(struct cli *cli, const json_t *answer);
void cli_print_connector_markdown(struct cli *cli, const json_t *answer);
/* connector_author.c: of a connector's file, or of Xero's own lists ("xero"); without a config */
bool cli_is_connector_file(const char *name);
int cli_connector_check(struct cli *cli, const struct cli_line *line);
int cli_connector_new(struct cli *cli, const struct cli_line *line);
int cli_connector_test(struct cli *cli, const struct cli_line *line);
int cli_connector_show_file(struct cli *cli, const struct cli_line *line, cli_print_fn *print);
/* {"changed":n} or {"text":…} */
void cli_print_text(struct cli *cli, const json_t *answer);
void cli_print_checks(struct cli *cli, const json_t *answer);
int cli_help(struct cli *cli, const struct cli_command *command);

#endif
