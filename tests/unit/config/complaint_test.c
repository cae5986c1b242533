/* Bad inputs: each is complained of where it is, in words that help, without what was typed. */
#include "config_fixture.h"

#define HEAD "store: sqlite:/f.db\nxero: { apps: { main: { client_id: x } } }\n"
#define ONE                                                                                        \
    HEAD "integrations:\n"                                                                         \
         "  acme:\n"                                                                               \
         "    connector: b\n"                                                                      \
         "    organisation: { name: C }\n"
#define HUNTER "hunter2"

struct bad {
    const char *text;
    uint32_t line, column; /* of the first complaint */
    size_t count;
    const char *words, *suggestion;
};

static const struct bad shapes[] = {
    {"", 1, 1, 1, "the config needs \"store\"", NULL},
    {"# nothing\n", 1, 1, 1, "the config needs \"store\"", NULL},
    {"hello\n", 1, 1, 1, "is a map of keys", NULL},
    {"- store\n", 1, 1, 1, "not a list", NULL},
    {"store: [\n", 2, 1, 1, "this is not YAML: flow sequence without a closing bracket", NULL},
    {"store: 'a\n", 1, 9, 1, "closing quote", NULL},
    {"a: b\n c: d\n", 1, 4, 1, "this is not YAML", NULL},
    {"store:\n\tb: c\n", 2, 1, 1, "tab", NULL},
    {"store: \xff\n", 1, 1, 1, "not UTF-8", NULL},
    {"# x\nstore: \"a\\0b\"\n", 2, 8, 1, "control character", NULL},
    {"store: &a sqlite:/f.db\n", 1, 11, 1, "anchors", NULL},
    {"store: *a\n", 1, 9, 1, "aliases", NULL},
    {"store: !x sqlite:/f.db\n", 1, 11, 1, "tags", NULL},
    /* a name over two lines is told on one */
    {"store: sqlite:/f.db\n\"sto\\nx\": { }\n", 2, 1, 1, "\"sto x\"", NULL},
    {HEAD "---\nstore: b\n", 3, 1, 1, "second document", NULL},
    {HEAD "? [a]\n: b\n", 3, 3, 1, "a key is one word", NULL},
    {HEAD "store: sqlite:/g.db\n", 3, 1, 1, "twice; it is also on line 1", NULL},
    {HEAD "stroe: x\n", 3, 1, 1, "has no key \"stroe\"; did you mean \"store\"?", "store"},
    {HEAD "zzzzzzzz: x\n", 3, 1, 1, "no such key; it has store, spool", NULL},
    {HEAD "people: []\n", 3, 9, 1, "people is a map", NULL},
    {HEAD "integrations: x\n", 3, 15, 1, "integrations is a map", NULL},
    {HEAD "integrations: { a: x }\n", 3, 20, 1, "an integration is a map", NULL},
    {HEAD "connectors: { path: { a: b } }\n", 3, 21, 1, "write a list", NULL},
    {HEAD "connectors: { path: }\n", 3, 15, 1, "write a list", NULL},
    {HEAD "connectors: { path: [[a]] }\n", 3, 22, 1, "this is a list; write a text", NULL},
    {HEAD "spool:\n", 3, 1, 1, "here is no value", NULL},
    {HEAD "spool: ' '\n", 3, 8, 1, "empty", NULL},
    {HEAD "spool: \"a\\nb\"\n", 3, 8, 1, "several lines", NULL},
};

static const struct bad values[] = {
    {"store: postgresql://x\n", 1, 8, 1, "PostgreSQL is not there yet", NULL},
    {"store: /f.db\n", 1, 8, 1, "is not a store, like sqlite:", NULL},
    {"store: 'sqlite:'\n", 1, 8, 1, "is not a store", NULL},
    {HEAD "metrics: localhost:9180\n", 3, 10, 1, "an IP address and a port", NULL},
    {HEAD "metrics: 127.0.0.1\n", 3, 10, 1, "an IP address and a port", NULL},
    {HEAD "metrics: 127.0.0.1:0\n", 3, 10, 1, "an IP address and a port", NULL},
    {HEAD "metrics: 127.0.0.1:65536\n", 3, 10, 1, "an IP address and a port", NULL},
    {HEAD "metrics: '::1:9180'\n", 3, 10, 1, "an IP address and a port", NULL},
    {HEAD "connectors: { trust: { a: sha256:12 } }\n", 3, 27, 1, "64 hex digits", NULL},
    {HEAD "connectors: { trust: { A: x } }\n", 3, 24, 1, "a name is a small letter", NULL},
    {HEAD "people: { dana: { may: [raed] } }\n", 3, 25, 1, "what a person may do", "read"},
    {HEAD "people: { dana: { may: ['approve:'] } }\n", 3, 25, 1, "what a person may", "approve"},
    {HEAD "people: { dana: }\n", 3, 11, 1, "a person needs \"may\"", NULL},
    {ONE "    enabled: yes\n", 7, 14, 1, "true or false", NULL},
    {ONE "    base_url: http://example.com\n", 7, 15, 1, "a URL like https", NULL},
    {ONE "    base_url: https://u:p@example.com\n", 7, 15, 1, "a URL like https", NULL},
    {ONE "    base_url: https://example.com:0/\n", 7, 15, 1, "a URL like https", NULL},
    {ONE "    base_url: https://\n", 7, 15, 1, "a URL like https", NULL},
    {ONE "    base_url: http://localhost.example.com\n", 7, 15, 1, "a URL like https", NULL},
    {ONE "    allow_hosts: [API.example.com]\n", 7, 19, 1, "a host in small letters", NULL},
    {ONE "    allow_hosts: [a.b, 'https://a.b']\n", 7, 24, 1, "a host in small letters", NULL},
    {ONE "    allow_hosts: ['*.com']\n", 7, 19, 1, "a host in small letters", NULL},
    {ONE "    flows: { a: { every: 15 } }\n", 7, 26, 1, "a duration", NULL},
    {ONE "    flows: { a: { every: m } }\n", 7, 26, 1, "a duration", NULL},
    {ONE "    flows: { a: { every: -5m } }\n", 7, 26, 1, "a duration", NULL},
    {ONE "    flows: { a: { every: 0s } }\n", 7, 26, 1, "from 1 seconds to 31 days", NULL},
    {ONE "    flows: { a: { every: 32d } }\n", 7, 26, 1, "from 1 seconds to 31 days", NULL},
    {ONE "    flows: { a: { every: 999999999999999999d } }\n", 7, 26, 1, "a duration", NULL},
    {ONE "    flows: { a: { at: [24:00] } }\n", 7, 24, 1, "a time of day", NULL},
    {ONE "    flows: { a: { at: [8:00] } }\n", 7, 24, 1, "a time of day", NULL},
    {ONE "    flows: { a: { at: [08:00, 08:00] } }\n", 7, 31, 1, "twice", NULL},
    {ONE "    flows: { a: { at: [] } }\n", 7, 23, 1, "write 1 to 288 times", NULL},
    {ONE "    flows: { a: { at: 08:00, every: 1d } }\n", 7, 14, 1, "either", NULL},
    {ONE "    flows: { a: {} }\n", 7, 14, 1, "either", NULL},
    {ONE "    flows: { a: on }\n", 7, 17, 1, "when this flow runs", NULL},
    {ONE "    flows: { a b: off }\n", 7, 14, 1, "letters, digits", NULL},
    {ONE "    approval: amount over much\n", 7, 15, 1, "a rule: none, all", NULL},
    {ONE "    approval: amount under 3\n", 7, 15, 1, "a rule: none, all", NULL},
    {ONE "    approval: []\n", 7, 15, 1, "a rule: none, all", NULL},
    {ONE "    approval: [bills, a b]\n", 7, 23, 1, "the name of a feature", NULL},
    {ONE "    approval: [bills, [b]]\n", 7, 23, 1, "this is a list", NULL},
    {ONE "    options: [a]\n", 7, 14, 1, "options are a map", NULL},
    {ONE "    mappings: { a.b: [c] }\n", 7, 22, 1, "this is a list", NULL},
};

#define APP(keys) "store: sqlite:/f.db\nxero: { apps: { main: { client_id: x, " keys " } } }\n"

static const struct bad apps[] = {
    {APP("kind: costum"), 2, 45, 1, "user or custom; did you mean \"custom\"?", "custom"},
    {APP("kind: custom"), 2, 17, 1, "needs \"client_secret\"", NULL},
    {APP("callback_port: 70000"), 2, 54, 1, "a port, from 1", NULL},
    {APP("callback_port: -1"), 2, 54, 1, "a port, from 1", NULL},
    {APP("limits: { per_day: 0 }"), 2, 58, 1, "whole number from 1 to 1000000", NULL},
    {APP("limits: { concurrent: 1001 }"), 2, 61, 1, "from 1 to 1000", NULL},
    {APP("limits: { per_minute: 1.5 }"), 2, 61, 1, "whole number", NULL},
    {APP("api_url: ftp://x"), 2, 48, 1, "a URL", NULL},
    {"store: sqlite:/f.db\nxero: { apps: { main: { } } }\n", 2, 17, 1, "needs \"client_id\"", NULL},
    {HEAD "integrations: { A: { connector: b, organisation: { name: C } } }\n", 3, 17, 1,
     "a name is a small letter", NULL},
    {HEAD "integrations: { a: { organisation: { name: C } } }\n", 3, 17, 1, "needs \"connector\"",
     NULL},
    {HEAD "integrations: { a: { connector: b } }\n", 3, 17, 1, "needs \"organisation\"", NULL},
    {HEAD "integrations: { a: { connector: B, organisation: { name: C } } }\n", 3, 33, 1,
     "is not a name", NULL},
    {HEAD "integrations: { a: { connector: b, organisation: { name: C, app: mian } } }\n", 3, 66, 1,
     "no app of this name; did you mean \"main\"?", "main"},
    {HEAD "integrations: { a: { connector: b, organisation: { name: C, id: 12 } } }\n", 3, 65, 1,
     "an id like", NULL},
    {"store: sqlite:/f.db\n"
     "integrations: { a: { connector: b, organisation: { name: C } } }\n",
     2, 36, 1, "there is no app", NULL},
    {"store: sqlite:/f.db\nxero: { apps: { a: { client_id: x }, b: { client_id: x } } }\n"
     "integrations: { a: { connector: b, organisation: { name: C } } }\n",
     3, 36, 1, "several apps", NULL},
};

/* Where somebody may put a secret by mistake; it is never repeated. */
static const struct bad secrets[] = {
    {APP("client_secret: " HUNTER), 2, 54, 1, "a secret is not written here", NULL},
    {APP("client_secret: '" HUNTER "'"), 2, 54, 1, "a secret is not written here", NULL},
    {APP("client_secret: [" HUNTER "]"), 2, 54, 1, "a secret is not written here", NULL},
    {APP("client_secret:"), 2, 39, 1, "a secret is not written here", NULL},
    {APP("client_secret:" HUNTER), 2, 39, 1, "no such key", NULL},
    {APP("client_secret: { " HUNTER " }"), 2, 56, 1, "it has file, env, credential", NULL},
    {APP("client_secret: { flie: " HUNTER " }"), 2, 56, 1, "has no key \"flie\"", "file"},
    {APP("client_secret: { env: " HUNTER "! }"), 2, 61, 1, "environment variable", NULL},
    {APP("client_secret: { credential: ../" HUNTER " }"), 2, 68, 1, "systemd credential", NULL},
    {APP("client_secret: { file: " HUNTER ", env: A }"), 2, 39, 1, "in one place", NULL},
    {APP("client_secret: {}"), 2, 39, 1, "in one place", NULL},
    {APP("client_secret: &" HUNTER " a"), 2, 63, 1, "anchors", NULL},
    {APP("client_secret: *" HUNTER), 2, 55, 1, "aliases", NULL},
    {APP("client_secret: !" HUNTER " a"), 2, 63, 1, "tags", NULL},
    {APP("client_secret: \"" HUNTER), 2, 55, 1, "not YAML", NULL},
    {APP("client_secret: \"\\" HUNTER "\""), 2, 55, 1, "not YAML", NULL},
    {APP("client_secret: %" HUNTER), 2, 54, 1, "not YAML", NULL},
    {APP("client_secret: @" HUNTER), 2, 54, 1, "not YAML: plain scalar cannot start with …", NULL},
    {"%TAG !" HUNTER "! " HUNTER "\n---\n" HEAD "key: !" HUNTER "!x y\n", 0, 0, 1, "", NULL},
    {HEAD "key: " HUNTER "\n", 3, 6, 1, "a secret is not written here", NULL},
    {HEAD HUNTER "\n", 0, 0, 1, "not YAML", NULL},
    {HEAD HUNTER ": a\n", 3, 1, 1, "no such key", NULL},
    {ONE "    login: { api_key: " HUNTER " }\n", 7, 23, 1, "a secret is not written", NULL},
    {ONE "    login: { token: " HUNTER ", password: " HUNTER " }\n", 7, 21, 2, "a secret is", NULL},
    {ONE "    login: " HUNTER "\n", 7, 12, 1, "login is a map", NULL},
    {ONE "    login: [" HUNTER "]\n", 7, 12, 1, "login is a map", NULL},
    {ONE "    login: { " HUNTER " }\n", 7, 14, 1, "it has api_key, token", NULL},
    {ONE "    login: { user: [" HUNTER "] }\n", 7, 20, 1, "this is a list", NULL},
    {ONE "    base_url: https://x:" HUNTER "@a.b\n", 7, 15, 1, "a URL", NULL},
    {ONE "    enabled: " HUNTER "\n", 7, 14, 1, "true or false", NULL},
    {ONE "    approval: " HUNTER "!\n", 7, 15, 1, "a rule", NULL},
};

static bool is_as_wanted(struct fixture *f, const struct bad *bad)
{
    const struct config_complaint *first = &f->complaints.at[0];

    assert_false(fixture_read_text(f, text_of(bad->text)));
    for (size_t i = 0; i < f->complaints.count; i++) {
        assert_null(strstr(f->complaints.at[i].text, HUNTER));
        assert_true(!f->complaints.at[i].suggestion ||
                    !strstr(f->complaints.at[i].suggestion, HUNTER));
        assert_string_equal(f->complaints.at[i].place.file, f->path);
    }
    if (f->complaints.count != bad->count || (bad->line && first->place.line != bad->line) ||
        (bad->line && first->place.column != bad->column) || !strstr(first->text, bad->words)) {
        print_error("%s  %zu complaints, wanted %zu at %u:%u \"%s\"; the first:\n  %u:%u %s\n",
                    bad->text, f->complaints.count, bad->count, bad->line, bad->column, bad->words,
                    first->place.line, first->place.column, first->text);
        return false;
    }
    if (bad->suggestion) {
        assert_non_null(first->suggestion);
        assert_string_equal(first->suggestion, bad->suggestion);
    }
    return true;
}

static void assert_all(struct fixture *f, const struct bad *bad, size_t count)
{
    size_t wrong = 0;

    for (size_t i = 0; i < count; i++) {
        wrong += !is_as_wanted(f, &bad[i]);
    }
    assert_int_equal(wrong, 0);
}

static void complaint__is_made_of_wrong_shapes(void **state)
{
    assert_all(*state, shapes, sizeof shapes / sizeof *shapes);
}

static void complaint__is_made_of_wrong_values(void **state)
{
    assert_all(*state, values, sizeof values / sizeof *values);
}

static void complaint__is_made_of_wrong_apps_and_names(void **state)
{
    assert_all(*state, apps, sizeof apps / sizeof *apps);
}

static void complaint__never_repeats_a_secret(void **state)
{
    assert_all(*state, secrets, sizeof secrets / sizeof *secrets);
}

/* Every value is the secret, and the file ends anywhere. */
static void complaint__never_repeats_any_value(void **state)
{
    static const char text[] =
        "store: " HUNTER "\nspool: " HUNTER "\nkey: " HUNTER "\nmetrics: " HUNTER "\n"
        "xero: { apps: { main: { client_id: " HUNTER ", client_secret: { env: " HUNTER " },\n"
        "  kind: " HUNTER ", api_url: " HUNTER ", callback_port: " HUNTER ",\n"
        "  limits: { per_day: " HUNTER " } } } }\n"
        "connectors: { path: " HUNTER ", trust: { a: " HUNTER " } }\n"
        "integrations:\n  a:\n    connector: " HUNTER "!\n    enabled: \"" HUNTER "\"\n"
        "    organisation: { name: " HUNTER ", app: " HUNTER ", id: " HUNTER " }\n"
        "    login: { api_key: " HUNTER ", user: " HUNTER ", password: '" HUNTER "' }\n"
        "    base_url: " HUNTER "\n    allow_hosts: [" HUNTER "]\n    approval: " HUNTER " x\n"
        "    flows: { a: " HUNTER ", b: { every: " HUNTER " }, c: { at: [" HUNTER "] } }\n"
        "    options: " HUNTER "\n    mappings: { a: " HUNTER " }\n    " HUNTER ": " HUNTER "\n"
        "people: { dana: { may: " HUNTER " } }\n";
    struct fixture *f = *state;

    for (size_t size = 0; size < sizeof text; size++) {
        assert_false(fixture_read_text(f, (struct text){text, size}));
        for (size_t i = 0; i < f->complaints.count; i++) {
            assert_null(strstr(f->complaints.at[i].text, "hunt"));
        }
    }
    assert_int_equal(f->complaints.count, 23);
}

static void complaint__are_all_made_in_one_reading_and_sorted(void **state)
{
    struct fixture *f = *state;
    struct buffer all;
    char want[1000];

    assert_false(fixture_read_text(f, TEXT("xero: { apps: { main: { } } }\n"
                                           "metrics: 1\n"
                                           "stor: x\n"
                                           "integrations: { a: { connector: 'B' } }\n")));
    buffer_init(&all, 10000);
    for (size_t i = 0; i < f->complaints.count; i++) {
        config_complaint_write(&f->complaints.at[i], &all);
    }
    snprintf(want, sizeof want,
             "%s:1:1: the config needs \"store\": where Ferry keeps what it knows, like "
             "sqlite:/var/lib/ferry/ferry.db\n"
             "%s:1:17: an app needs \"client_id\": from developer.xero.com\n"
             "%s:2:10: this is not an IP address and a port, like 127.0.0.1:9180 or [::1]:9180\n"
             "%s:3:1: the config has no key \"stor\"; did you mean \"store\"?\n"
             "%s:4:17: an integration needs \"organisation\": the Xero organisation it belongs to\n"
             "%s:4:33: this is not a name: a small letter, then small letters, digits and '-'\n",
             f->path, f->path, f->path, f->path, f->path, f->path);
    assert_string_equal(all.at, want);
    buffer_done(&all);
}

/* ---- caps ---- */

static void add_many(struct buffer *text, const char *one, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_add_cstr(text, one);
    }
}

static void caps__hold(void **state)
{
    static const struct {
        const char *head, *one;
        size_t count;
        const char *words;
    } cases[] = {
        {HEAD "spool: ", "[", 17, "too deep"},
        {HEAD "spool: ", "[", 100000, "too deep"},
        {HEAD "spool: ", "{a: ", 100000, "too deep"},
        {HEAD "spool:\n", "- - - - - - - ", 10000, "too deep"},
        {HEAD "spool:\n", "  - a\n", 50001, "50,000"},
        {HEAD "spool: [", "a,", 50001, "50,000"},
        {HEAD, "# 0123456789\n", 100000, "over 1 MB"},
    };
    struct fixture *f = *state;
    struct buffer text;

    buffer_init(&text, (size_t)4 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer_clear(&text);
        buffer_add_cstr(&text, cases[i].head);
        add_many(&text, cases[i].one, cases[i].count);
        assert_false(fixture_read_text(f, buffer_text(&text)));
        assert_int_equal(f->complaints.count, 1);
        assert_non_null(strstr(f->complaints.at[0].text, cases[i].words));
    }
    buffer_done(&text);
}

static void caps__keep_a_hundred_complaints(void **state)
{
    struct fixture *f = *state;
    struct buffer text;

    buffer_init(&text, (size_t)1 << 20);
    for (unsigned i = 0; i < 150; i++) {
        buffer_addf(&text, "wrong-key-%u: x\n", i);
    }
    assert_false(fixture_read_text(f, buffer_text(&text)));
    assert_int_equal(f->complaints.count, CONFIG_COMPLAINTS_MAX);
    assert_int_equal(f->complaints.dropped, 51); /* store is missing too */
    buffer_done(&text);
}

static void caps__leave_room_for_many_integrations(void **state)
{
    struct fixture *f = *state;
    struct buffer text;

    buffer_init(&text, (size_t)1 << 20);
    buffer_add_cstr(&text, HEAD "integrations:\n");
    for (unsigned i = 0; i < 6000; i++) {
        buffer_addf(&text, "  i%u: { connector: b, organisation: { name: C } }\n", i);
    }
    fixture_read_text(f, buffer_text(&text));
    fixture_assert_good(f);
    assert_int_equal(f->config->integrations.count, 6000);
    assert_string_equal(f->config->integrations.at[5999].organisation.app, "main");
    buffer_done(&text);
}

static void files__that_cannot_be_read_are_complained_of(void **state)
{
    struct fixture *f = *state;

    assert_false(fixture_read(f));
    assert_non_null(strstr(f->complaints.at[0].text, "there is no such file"));
    assert_int_equal(f->complaints.at[0].place.line, 0);
    assert_int_equal(mkdir(f->path, 0700), 0);
    assert_false(fixture_read(f));
    assert_non_null(strstr(f->complaints.at[0].text, "this is not a file"));
    assert_int_equal(rmdir(f->path), 0);
    assert_int_equal(mkfifo(f->path, 0600), 0); /* nobody writes; it must not wait */
    assert_false(fixture_read(f));
    assert_non_null(strstr(f->complaints.at[0].text, "this is not a file"));
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(complaint__is_made_of_wrong_shapes),
        IN_FOLDER(complaint__is_made_of_wrong_values),
        IN_FOLDER(complaint__is_made_of_wrong_apps_and_names),
        IN_FOLDER(complaint__never_repeats_a_secret),
        IN_FOLDER(complaint__never_repeats_any_value),
        IN_FOLDER(complaint__are_all_made_in_one_reading_and_sorted),
        IN_FOLDER(caps__hold),
        IN_FOLDER(caps__keep_a_hundred_complaints),
        IN_FOLDER(caps__leave_room_for_many_integrations),
        IN_FOLDER(files__that_cannot_be_read_are_complained_of),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
