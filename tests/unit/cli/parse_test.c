/* What may be typed, and what is said about the rest. */
#include "cli/cli_internal.h"
#include "cli_fixture.h"

struct parsed {
    const char *words[WORDS_MOST];
    const char *command, *arguments; /* with commas between */
    const char *option, *value;      /* one of the command's own; NULL: not looked at */
};

static void check(const struct parsed *wanted)
{
    AUTO(buffer_done) struct buffer arguments = {0};
    char *argv[WORDS_MOST + 1] = {(char *)(uintptr_t) "ferry"};
    struct cli_line line;
    struct error err;
    int argc = 1;

    for (; wanted->words[argc - 1]; argc++) {
        argv[argc] = (char *)(uintptr_t)wanted->words[argc - 1];
    }
    if (!cli_parse(argc, argv, &line, &err)) {
        fail_msg("%s", err.text);
    }
    buffer_init(&arguments, 1000);
    buffer_add_cstr(&arguments, "");
    for (size_t i = 0; i < line.argument_count; i++) {
        buffer_addf(&arguments, "%s%s", i ? "," : "", line.arguments[i]);
    }
    assert_string_equal(line.command->name, wanted->command);
    assert_string_equal(arguments.at, wanted->arguments);
    if (wanted->option) {
        assert_string_equal(cli_value(&line, wanted->option), wanted->value);
    }
}

static void options__are_understood_in_every_form(void **state)
{
    static const struct parsed all[] = {
        {{"status"}, "status", "", NULL, NULL},
        {{"status", "acme", "--watch"}, "status", "acme", "watch", ""},
        {{"status", "-w", "acme"}, "status", "acme", "watch", ""},
        {{"plan", "acme", "--out=x.plan"}, "plan", "acme", "out", "x.plan"},
        {{"plan", "acme", "--out", "x.plan"}, "plan", "acme", "out", "x.plan"},
        {{"plan", "-o", "x.plan", "acme"}, "plan", "acme", "out", "x.plan"},
        {{"plan", "-ox.plan", "acme"}, "plan", "acme", "out", "x.plan"},
        {{"plan", "--out=", "acme"}, "plan", "acme", "out", ""},
        {{"--config", "f.yaml", "--json", "held", "-a"}, "held", "", "all", ""},
        {{"skip", "acme", "--reason", "-5 = wrong", "17"},
         "skip",
         "acme,17",
         "reason",
         "-5 = wrong"},
        {{"skip", "acme", "--", "--17"}, "skip", "acme,--17", NULL, NULL},
        {{"apply", "-"}, "apply", "-", NULL, NULL},
        {{"do", "a", "f", "x=1", "y=a=b"}, "do", "a,f,x=1,y=a=b", NULL, NULL},
        {{"link", "--help"}, "link", "", NULL, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        check(&all[i]);
    }
}

struct wrong {
    const char *words[WORDS_MOST];
    const char *said;
};

static void mistakes__are_named_with_a_suggestion(void **state)
{
    static const struct wrong all[] = {
        {{"stauts"}, "There is no command stauts; did you mean status?\n"},
        {{"frobnicate"}, "There is no command frobnicate."},
        {{"held", "--al"}, "There is no option --al for ferry held; did you mean --all?"},
        {{"held", "--jsno"}, "There is no option --jsno for ferry held; did you mean --json?"},
        {{"held", "-z"}, "There is no option -z for ferry held."},
        {{"--frob"}, "There is no option --frob."},
        {{"held", "--all=yes"}, "--all takes no value."},
        {{"held", "-a", "--all"}, "--all is given twice."},
        {{"plan", "acme", "--out"}, "--out needs a value: --out FILE."},
        {{"plan"}, "ferry plan needs NAME; NAME is missing."},
        {{"link", "acme", "17"}, "ferry link needs NAME DOCUMENT OBJECT-ID; OBJECT-ID is missing."},
        {{"held", "a", "b"}, "ferry held takes no more than [NAME]: \"b\" is too much."},
        {{"adopt", "a"}, "ferry adopt takes no words: \"a\" is too much."},
        {{"sync", "acme", "--since", "2026-02-30"}, "\"2026-02-30\" is no day;"},
        {{"sync", "acme", "--since", "yesterday"}, "\"yesterday\" is no day;"},
        {{"connector", "shwo", "x"},
         "\"shwo\" is no verb of ferry connector; did you mean show; one of: list, show, new, "
         "check, "
         "test, confirm, release."},
        {{"connector", "show"}, "ferry connector show needs the NAME of a connector."},
        {{"connector", "list", "x"}, "ferry connector list takes no NAME."},
        {{"connector", "show", "x", "--format", "markdwon"}, "did you mean markdown"},
        {{"key", "rotat"}, "did you mean rotate"},
        {{"retry", "acme"}, "Say which: a DOCUMENT, --code CODE, or --all."},
        {{"retry", "acme", "17", "--all"}, "or --all, and only one of them."},
        {{"do", "acme", "form", "column"}, "\"column\" is not column=value."},
        {{"do", "acme", "form", "a=1", "a=2"}, "a is given twice."},
        {{"map", "acme"}, "ferry map needs --explain FILE."},
        {{"help", "synk"}, "There is no command synk; did you mean sync?"},
        {{"held", "\x1b[2J", "b\x1b[31m"}, "\"b\\x1b[31m\" is too much."},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_int_equal(ferry(f, all[i].words), CLI_USAGE);
        if (!strstr(f->err, all[i].said)) {
            fail_msg("%s instead of %s", f->err, all[i].said);
        }
        assert_string_equal(f->out, "");
        assert_null(f->request);
        assert_null(strchr(f->err, '\x1b'));
    }
}

static void misuse__shows_usage_and_example(void **state)
{
    struct fixture *f = *state;

    FERRY(f, "link", "acme");
    assert_string_equal(
        f->err, "ferry: ferry link needs NAME DOCUMENT OBJECT-ID; DOCUMENT is missing.\n"
                "Usage: ferry link NAME DOCUMENT OBJECT-ID\n"
                "Example: ferry link acme-payhawk 118 7d1e0f6a-0a5c-4a51-9c5e-2f3f0d2f5b11\n"
                "See: ferry help link\n");
    assert_int_equal(ferry(f, (const char *const[]){NULL}), CLI_USAGE);
    assert_non_null(strstr(f->err, "Usage: ferry COMMAND"));
}

static void help__knows_every_command(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < cli_command_count; i++) {
        const struct cli_command *command = cli_commands[i];
        size_t options = 0;

        while (command->options && command->options[options].name) {
            options++;
        }
        assert_true(options <= CLI_OPTIONS_MAX);
        assert_int_equal(FERRY(f, "help", command->name), CLI_DONE);
        assert_non_null(strstr(f->out, command->example));
        assert_int_equal(strncmp(command->example, "ferry ", 6), 0);
        assert_int_equal(FERRY(f, command->name, "--help"), CLI_DONE);
        assert_non_null(strstr(f->out, command->about));
        assert_int_equal(FERRY(f, "help"), CLI_DONE);
        assert_non_null(strstr(f->out, command->name));
    }
}

/* An example that cannot be typed teaches something wrong. */
static void examples__can_be_typed(void **state)
{
    (void)state;
    for (size_t i = 0; i < cli_command_count; i++) {
        AUTO_FREE char *text = memory_copy_text(cli_commands[i]->example);
        char *argv[WORDS_MOST], *rest = text, *word;
        struct cli_line line;
        struct error err;
        int argc = 0;

        while ((word = strsep(&rest, " ")) != NULL) {
            /* what stands in quotes is one word */
            while (*word == '"' && rest && word[strlen(word) - 1] != '"') {
                word[strlen(word)] = ' ';
                strsep(&rest, " ");
            }
            argv[argc++] = word;
        }
        if (!cli_parse(argc, argv, &line, &err)) {
            fail_msg("%s: %s", cli_commands[i]->example, err.text);
        }
    }
}

static void exit_codes__are_documented(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(FERRY(f, "help", "exit-codes"), CLI_DONE);
    for (const char *code = "012345678"; *code; code++) {
        const char line[] = {'\n', ' ', ' ', *code, ' ', '\0'};

        assert_non_null(strstr(f->out, line));
    }
}

struct failing {
    enum error_kind kind;
    const char *code;
    int exit;
};

static void errors__have_their_exit_code(void **state)
{
    static const struct failing all[] = {
        {ERROR_TRANSIENT, "network", CLI_FAILED},
        {ERROR_CONFIG, "config", CLI_CONFIG},
        {ERROR_AUTH, "login", CLI_LOGIN},
        {ERROR_CONFIG, "in-use", CLI_BUSY},
        {ERROR_CANCELLED, "stopped", CLI_CANCELLED},
        {ERROR_REJECTED, "no-document", CLI_NOTHING},
        {ERROR_REJECTED, "no-integration", CLI_NOTHING},
        {ERROR_REJECTED, "plan-stale", CLI_FAILED},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        error_set(&f->error, all[i].kind, all[i].code, "It did \x1b[31mnot work.");
        assert_int_equal(FERRY(f, "status"), all[i].exit);
        assert_non_null(strstr(f->err, "ferry: It did \\x1b[31mnot work. ("));
        assert_string_equal(f->out, "");
        assert_int_equal(FERRY(f, "status", "--json"), all[i].exit);
        assert_int_equal(strncmp(f->out, "{\"error\":{\"code\":\"", 18), 0);
        assert_string_equal(f->err, "");
    }
}

static void config__is_found_in_order(void **state)
{
    struct fixture *f = *state;
    char folder[] = "/tmp/ferry-cli-XXXXXX", before[4096];

    f->answer = "{}";
    FERRY(f, "status", "-c", "/else/where.yaml");
    assert_string_equal(f->config, "/else/where.yaml");
    FERRY(f, "status");
    assert_string_equal(f->config, "/test/ferry.yaml");
    unsetenv("FERRY_CONFIG");
    assert_non_null(getcwd(before, sizeof before));
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    if (access("/etc/ferry/ferry.yaml", F_OK) != 0) {
        assert_int_equal(FERRY(f, "status"), CLI_CONFIG);
        assert_non_null(strstr(f->err, "ferry init"));
    }
    fclose(fopen("ferry.yaml", "w"));
    FERRY(f, "status");
    assert_string_equal(f->config, "ferry.yaml");
    unlink("ferry.yaml");
    assert_int_equal(chdir(before), 0);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(options__are_understood_in_every_form),
        TEST(mistakes__are_named_with_a_suggestion),
        TEST(misuse__shows_usage_and_example),
        TEST(help__knows_every_command),
        TEST(examples__can_be_typed),
        TEST(exit_codes__are_documented),
        TEST(errors__have_their_exit_code),
        TEST(config__is_found_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
