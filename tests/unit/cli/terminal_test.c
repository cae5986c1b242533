/* Progress, watching, colours, and what must never reach a terminal. */
#include "cli/cli_internal.h"
#include "cli_fixture.h"

static void progress__is_lines_on_a_pipe(void **state)
{
    struct fixture *f = *state;

    f->answer = "{\"writes\":1}";
    f->progress[0] =
        "{\"phase\":\"intake\",\"list\":\"expenses\",\"done\":200,\"text\":\"reading\"}";
    f->progress[1] =
        "{\"phase\":\"intake\",\"list\":\"expenses\",\"done\":400,\"text\":\"reading\"}";
    f->progress[2] = "{\"phase\":\"plan\",\"done\":1,\"total\":3}";
    FERRY(f, "sync", "acme");
    assert_string_equal(f->err, "intake expenses: reading\nplan\n");
    assert_string_equal(f->out, "1 write.\n");
    FERRY(f, "sync", "acme", "--json");
    assert_string_equal(f->err, "");
    assert_string_equal(f->out, "{\"writes\":1}\n");
}

static void progress__is_one_line_on_a_terminal(void **state)
{
    struct fixture *f = *state;

    f->answer = "{\"writes\":2}";
    f->host.terminal_width = 30;
    f->progress[0] = "{\"phase\":\"courier\",\"done\":1,\"total\":3,\"text\":\"\\u001b[2Jx\"}";
    f->progress[1] = "{\"phase\":\"courier\",\"done\":2,\"total\":3,\"text\":\"Müller & Söhne\"}";
    FERRY(f, "sync", "acme");
    assert_string_equal(f->err, "\r\033[Kcourier 1 of 3: \\x1b[2Jx"
                                "\r\033[Kcourier 2 of 3: Müller & Sö"
                                "\r\033[K");
}

static void login_address__is_shown(void **state)
{
    struct fixture *f = *state;

    f->answer = "{\"connected\":\"acme\"}";
    f->progress[0] = "{\"url\":\"https://login.xero.com/x\"}";
    FERRY(f, "connect", "xero");
    assert_string_equal(f->err, "Open this address and log in:\n\n  https://login.xero.com/x\n\n");
    assert_string_equal(f->out, "Connected: acme\n");
}

static void connected__names_the_organisation(void **state)
{
    struct fixture *f = *state;

    f->answer = "{\"connected\":\"acme\",\"organisation\":\"Acme Ltd\"}";
    f->progress[0] = "{\"url\":\"\",\"text\":\"Asking Xero.\"}";
    FERRY(f, "connect", "acme");
    assert_string_equal(f->err, "Asking Xero.\n");
    assert_string_equal(f->out, "Connected: acme to Acme Ltd\n");
}

static void watch__goes_on_until_it_fails(void **state)
{
    struct fixture *f = *state;

    f->answer = "{\"integrations\":[]}";
    f->answers = 2;
    error_set(&f->error, ERROR_TRANSIENT, "daemon-gone", "The daemon ended.");
    assert_int_equal(FERRY(f, "status", "--watch", "--json"), CLI_FAILED);
    assert_int_equal(f->asked, 3);
    assert_string_equal(f->out, "{\"integrations\":[]}\n{\"integrations\":[]}\n"
                                "{\"error\":{\"code\":\"daemon-gone\",\"kind\":\"transient\","
                                "\"text\":\"The daemon ended.\"}}\n");
}

static void no_color__is_obeyed(void **state)
{
    struct fixture *f = *state;

    f->answer = "{\"checks\":[{\"name\":\"store\",\"ok\":true}]}";
    f->host.terminal_width = 80;
    FERRY(f, "doctor");
    assert_string_equal(f->out, "\033[32mok   \033[0m  store\n");
    setenv("NO_COLOR", "1", 1);
    FERRY(f, "doctor");
    assert_string_equal(f->out, "ok     store\n");
}

static void control_characters__are_written_out(void **state)
{
    static const char *const all[][2] = {
        {"plain", "plain"},
        {"M\xc3\xbcller \xe2\x82\xac \xf0\x9f\x98\x80",
         "M\xc3\xbcller \xe2\x82\xac \xf0\x9f\x98\x80"},
        {"\x1b]0;title\a", "\\x1b]0;title\\x07"},
        {"a\tb\nc\r", "a\\tb\\nc\\r"},
        {"\x7f", "\\x7f"},
        {"\xc2\x9b"
         "31m",
         "\\u009b31m"}, /* CSI in one character */
        {"abc\xe2\x80\xae"
         "fdp.exe",
         "abc\\u202efdp.exe"}, /* reads backwards */
        {"\xe2\x81\xa6", "\\u2066"},
        {"\xff\xc3", "\\xff\\xc3"}, /* not UTF-8 */
        {"\xe2\x82", "\\xe2\\x82"},
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
    };
    struct cli cli = {.arena = arena_new(1 << 20)};

    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_string_equal(cli_safe(&cli, all[i][0]), all[i][1]);
    }
    assert_string_equal(cli_safe(&cli, NULL), "");
    arena_free(cli.arena);
}

/* Whatever an answer says in any place, nothing of it is obeyed. */
static void answers__cannot_reach_the_terminal(void **state)
{
    static const char evil[] = "\\u001b[2J\\u009b1m\\u202e";
    static const char *const shapes[] = {
        "{\"integrations\":[{\"name\":\"%1$s\",\"state\":\"%1$s\",\"message\":\"%1$s\",\"flows\":[{"
        "\"name\":\"%1$s\",\"last_run_at\":\"%1$s\"}],\"documents\":{\"%1$s\":{\"held\":1}}}]}",
        "{\"documents\":[{\"code\":\"%1$s\",\"why\":\"%1$s\",\"fix\":\"%1$s\",\"key\":\"%1$s\","
        "\"amount\":\"%1$s\",\"since\":\"%1$s\"}],\"records\":[{\"why\":\"%1$s\"}]}",
        "{\"changes\":[{\"action\":\"%1$s\",\"summary\":\"%1$s\"}],\"hash\":\"%1$s\","
        "\"calls\":{\"%1$s\":\"%1$s\"},\"seconds\":\"%1$s\",\"writes\":1}",
        "{\"connector\":{\"id\":\"%1$s\",\"flows\":[{\"name\":\"%1$s\",\"mappings\":[{\"fields\":[{"
        "\"name\":\"%1$s\",\"value\":\"%1$s\"}],\"match\":[\"%1$s\"]}]}]}}",
    };
    static const char *const words[][4] = {
        {"status"}, {"held"}, {"plan", "acme"}, {"connector", "show", "x"}};
    struct fixture *f = *state;

    setenv("NO_COLOR", "1", 1);
    f->host.terminal_width = 80;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        AUTO(buffer_done) struct buffer made = {0};

        buffer_init(&made, 65536);
        for (const char *at = shapes[i]; *at; at++) {
            if (strncmp(at, "%1$s", 4) == 0) {
                buffer_add_cstr(&made, evil);
                at += 3;
            } else {
                buffer_add_char(&made, *at);
            }
        }
        f->answer = made.at;
        ferry(f, words[i]);
        assert_null(strchr(f->out, '\x1b'));
        assert_null(strstr(f->out, "\xc2\x9b"));
        assert_null(strstr(f->out, "\xe2\x80\xae"));
        assert_non_null(strstr(f->out, "\\x1b[2J\\u009b1m\\u202e"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(progress__is_lines_on_a_pipe),
        TEST(progress__is_one_line_on_a_terminal),
        TEST(login_address__is_shown),
        TEST(connected__names_the_organisation),
        TEST(watch__goes_on_until_it_fails),
        TEST(no_color__is_obeyed),
        TEST(control_characters__are_written_out),
        TEST(answers__cannot_reach_the_terminal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
