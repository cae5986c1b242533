/* One parser for all commands: it knows tables, and says what is wrong with what was typed. */
#include <string.h>

#include "base/arena.h"
#include "cli/cli_internal.h"

const struct cli_option cli_globals[] = {
    [CLI_OPTION_CONFIG] = {"config", 'c', "FILE",
                           "the configuration; else $FERRY_CONFIG, ./ferry.yaml, "
                           "/etc/ferry/ferry.yaml"},
    [CLI_OPTION_JSON] = {"json", 0, NULL, "print the answer as one JSON object, for scripts"},
    [CLI_OPTION_HELP] = {"help", 'h', NULL, "say what a command does"},
    [CLI_OPTION_VERSION] = {"version", 'V', NULL, "print the version"},
    [CLI_GLOBALS] = {NULL, 0, NULL, NULL},
};

#define NAMES_MAX (CLI_OPTIONS_MAX + CLI_GLOBALS)

struct parsing {
    struct cli_line *line;
    char *const *argv; /* what is left */
    int left;
    struct error *err;
};

#define WRONG(p, ...) error_set((p)->err, ERROR_REJECTED, "usage", __VA_ARGS__)

static const struct cli_option *own_options(const struct cli_line *line)
{
    static const struct cli_option none[] = {{NULL, 0, NULL, NULL}};

    return line->command && line->command->options ? line->command->options : none;
}

/* ---- finding ---- */

static bool is_named(const struct cli_option *option, struct text name, char letter)
{
    return letter ? option->letter == letter : text_is(name, option->name);
}

static const struct cli_option *find_in(const struct cli_option *options, struct text name,
                                        char letter)
{
    for (; options->name; options++) {
        if (is_named(options, name, letter)) {
            return options;
        }
    }
    return NULL;
}

/* ret_slot: where its value goes. */
static const struct cli_option *find(struct cli_line *line, struct text name, char letter,
                                     const char ***ret_slot)
{
    const struct cli_option *own = own_options(line), *option = find_in(own, name, letter);

    if (option) {
        *ret_slot = &line->values[option - own];
        return option;
    }
    option = find_in(cli_globals, name, letter);
    *ret_slot = option ? &line->globals[option - cli_globals] : NULL;
    return option;
}

static const char *nearest_option(const struct cli_line *line, const char *typed)
{
    const char *names[NAMES_MAX];
    size_t count = 0;

    for (const struct cli_option *o = own_options(line); o->name && count < NAMES_MAX; o++) {
        names[count++] = o->name;
    }
    for (const struct cli_option *o = cli_globals; o->name && count < NAMES_MAX; o++) {
        names[count++] = o->name;
    }
    return suggest_name(typed, names, count);
}

static bool unknown_option(struct parsing *p, const char *typed, struct text name)
{
    char room[64] = "", where[64] = "";
    const char *near = NULL;

    if (name.size > 1 && name.size < sizeof room) {
        memcpy(room, name.at, name.size);
        near = nearest_option(p->line, room);
    }
    if (p->line->command) {
        snprintf(where, sizeof where, " for ferry %s", p->line->command->name);
    }
    return near ? WRONG(p, "There is no option %s%s; did you mean --%s?", typed, where, near)
                : WRONG(p, "There is no option %s%s.", typed, where);
}

/* ---- options ---- */

static const char *next_word(struct parsing *p)
{
    if (p->left == 0) {
        return NULL;
    }
    p->left--;
    return *p->argv++;
}

/* value: what was typed together with it; NULL: nothing. */
static bool set_option(struct parsing *p, const struct cli_option *option, const char **slot,
                       const char *value)
{
    if (*slot) {
        return WRONG(p, "--%s is given twice.", option->name);
    }
    if (!option->value) {
        *slot = "";
        return !value || WRONG(p, "--%s takes no value.", option->name);
    }
    *slot = value ? value : next_word(p);
    return *slot ||
           WRONG(p, "--%s needs a value: --%s %s.", option->name, option->name, option->value);
}

static bool take_long(struct parsing *p, const char *word)
{
    const char *equals = strchr(word, '=');
    struct text name = {word + 2, equals ? (size_t)(equals - word - 2) : strlen(word + 2)};
    const char **slot;
    const struct cli_option *option = find(p->line, name, 0, &slot);

    if (!option) {
        return unknown_option(p, word, name);
    }
    return set_option(p, option, slot, equals ? equals + 1 : NULL);
}

/* "-w", "-o FILE", "-oFILE", and several without values together: "-aw". */
static bool take_short(struct parsing *p, const char *word)
{
    for (const char *at = word + 1; *at; at++) {
        const char **slot;
        const struct cli_option *option = find(p->line, TEXT_NONE, *at, &slot);

        if (!option) {
            return unknown_option(p, word, text_of(word + 1));
        }
        if (option->value) {
            return set_option(p, option, slot, at[1] ? at + 1 : NULL);
        }
        if (!set_option(p, option, slot, NULL)) {
            return false;
        }
    }
    return true;
}

/* ---- words ---- */

static bool take_word(struct parsing *p, const char *word)
{
    struct cli_line *line = p->line;

    if (!line->command) {
        line->command = cli_command_named(word);
        return line->command || cli_no_command(word, p->err);
    }
    if (line->argument_count + 1 >= CLI_ARGUMENTS_MAX) {
        return WRONG(p, "More than %d words follow %s.", CLI_ARGUMENTS_MAX - 1,
                     line->command->name);
    }
    line->arguments[line->argument_count++] = word;
    return true;
}

/* Words in `arguments`: "[X]" may stay away, "..." any number of them. */
static bool check_arguments(struct parsing *p)
{
    const struct cli_line *line = p->line;
    struct text rest = text_of(line->command->arguments);
    size_t index = 0;

    while (rest.size > 0) {
        struct text word = text_split(&rest, ' ');

        if (memmem(word.at, word.size, "...", 3)) {
            return true;
        }
        if (word.at[0] != '[' && index >= line->argument_count) {
            return WRONG(p, "ferry %s needs %s; %.*s is missing.", line->command->name,
                         line->command->arguments, TEXT_ARGS(word));
        }
        index++;
    }
    return line->argument_count <= index ||
           WRONG(p, "ferry %s takes %s%s: \"%s\" is too much.", line->command->name,
                 index ? "no more than " : "no words", line->command->arguments,
                 line->arguments[index]);
}

bool cli_parse(int argc, char *const *argv, struct cli_line *ret, struct error *err)
{
    struct parsing p = {ret, argv + 1, argc > 0 ? argc - 1 : 0, err};
    bool only_words = false, ok = true;
    const char *word;

    *ret = (struct cli_line){0};
    while (ok && (word = next_word(&p)) != NULL) {
        if (!only_words && strcmp(word, "--") == 0) {
            only_words = true;
        } else if (!only_words && strncmp(word, "--", 2) == 0) {
            ok = take_long(&p, word);
        } else if (!only_words && word[0] == '-' && word[1]) {
            ok = take_short(&p, word);
        } else {
            ok = take_word(&p, word);
        }
    }
    /* who asks for help need not know what else is needed */
    return ok && (!ret->command || ret->globals[CLI_OPTION_HELP] ||
                  ret->globals[CLI_OPTION_VERSION] || check_arguments(&p));
}
