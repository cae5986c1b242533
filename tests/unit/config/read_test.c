/* A good config, whole; defaults; integrations.d; the example. */
#include "config_fixture.h"

static const char good[] =
    "# all keys\n"
    "store: sqlite:ferry.db\n"
    "spool: /var/spool/ferry\n"
    "key: { env: FERRY_KEY }\n"
    "socket: run/ferry.sock\n"
    "metrics: '[::1]:9180'\n"
    "clock: /tmp/clock\n"
    "xero:\n"
    "  apps:\n"
    "    main: { client_id: 0F3A, client_secret: { file: xero.secret }, callback_port: 9000,\n"
    "            limits: { per_day: 1000 } }\n"
    "    kiwi: { client_id: 77B2, client_secret: { credential: kiwi }, kind: custom,\n"
    "            api_url: http://127.0.0.1:8080/, token_url: https://login.example.com/token }\n"
    "connectors:\n"
    "  path: [/usr/lib/ferry/connectors, more]\n"
    "  trust:\n"
    "    acme-erp: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
    "integrations:\n"
    "  acme-payhawk:\n"
    "    connector: payhawk\n"
    "    enabled: false\n"
    "    organisation: { name: Acme Ltd, app: main, id: 0f3a1c2e-0000-4000-8000-000000000000 }\n"
    "    login: { api_key: { env: PAYHAWK_KEY }, user: someone@example.com }\n"
    "    base_url: http://localhost:8081/api/\n"
    "    allow_hosts: [api.payhawk.com, '*.payhawk.com']\n"
    "    allow_writes: []\n"
    "    flows: { expenses: { every: 15m }, feed: { at: [13:00, 08:00] }, deposits: off }\n"
    "    options: { account_id: acme_6fc0db9a, start: 2026-01-01, rate: 70.10, big: "
    "12345678901234567890,\n"
    "               code: 007, on: true, quoted: \"true\", none: ~, tags: [a, 1, { b: -2e3 }] }\n"
    "    approval: amount over 5000.00\n"
    "    mappings: { card-expense.InvoiceNumber: \"join('-', 'CARD', id)\" }\n"
    "people:\n"
    "  dana: { may: [approve:commitments, operate] }\n"
    "  Kim.M: { may: read }\n";

static struct fixture *read_good(void **state)
{
    struct fixture *f = *state;

    fixture_read_text(f, text_of(good));
    fixture_assert_good(f);
    return f;
}

static void assert_in_folder(const struct fixture *f, const char *path, const char *name)
{
    char want[128];

    snprintf(want, sizeof want, "%s/%s", f->folder, name);
    assert_string_equal(path, want);
}

static void read__gives_the_top_of_a_good_file(void **state)
{
    struct fixture *f = read_good(state);
    const struct config *c = f->config;

    assert_in_folder(f, c->store, "ferry.db");
    assert_string_equal(c->spool, "/var/spool/ferry");
    assert_in_folder(f, c->socket, "run/ferry.sock");
    assert_int_equal(c->key.kind, CONFIG_SECRET_ENV);
    assert_string_equal(c->key.name, "FERRY_KEY");
    assert_string_equal(c->metrics.host, "::1");
    assert_int_equal(c->metrics.port, 9180);
    assert_string_equal(c->clock, "/tmp/clock");
    assert_int_equal(c->connector_paths.count, 2);
    assert_in_folder(f, c->connector_paths.at[1], "more");
    assert_int_equal(c->trust.count, 1);
    assert_string_equal(c->trust.at[0].name, "acme-erp");
    assert_int_equal(strlen(c->trust.at[0].sha256), 64);
    assert_string_equal(config_person(c, "dana")->may.at[0], "approve:commitments");
    assert_int_equal(config_person(c, "Kim.M")->may.count, 1);
    assert_null(config_person(c, "sam"));
}

static void read__gives_the_apps(void **state)
{
    struct fixture *f = read_good(state);
    const struct config_app *app = config_app(f->config, "main"),
                            *kiwi = config_app(f->config, "kiwi");

    assert_int_equal(f->config->apps.count, 2);
    assert_int_equal(app->kind, CONFIG_APP_USER);
    assert_string_equal(app->client_id, "0F3A");
    assert_int_equal(app->client_secret.kind, CONFIG_SECRET_FILE);
    assert_in_folder(f, app->client_secret.name, "xero.secret");
    assert_int_equal(app->client_secret.place.line, 10);
    assert_int_equal(app->callback_port, 9000);
    assert_int_equal(app->limits.per_day, 1000);
    assert_int_equal(app->limits.concurrent, 5);
    assert_null(app->api_url);
    assert_int_equal(kiwi->kind, CONFIG_APP_CUSTOM);
    assert_int_equal(kiwi->client_secret.kind, CONFIG_SECRET_CREDENTIAL);
    assert_string_equal(kiwi->api_url, "http://127.0.0.1:8080");
    assert_string_equal(kiwi->token_url, "https://login.example.com/token");
    assert_int_equal(kiwi->callback_port, CONFIG_CALLBACK_PORT);
    assert_int_equal(kiwi->place.line, 12);
    assert_int_equal(kiwi->place.column, 5);
}

static void read__gives_an_integration(void **state)
{
    struct fixture *f = read_good(state);
    const struct config_integration *i = config_integration(f->config, "acme-payhawk");

    assert_string_equal(i->connector, "payhawk");
    assert_false(i->enabled);
    assert_string_equal(i->organisation.name, "Acme Ltd");
    assert_string_equal(i->organisation.app, "main");
    assert_string_equal(i->organisation.id, "0f3a1c2e-0000-4000-8000-000000000000");
    assert_int_equal(i->login.api_key.kind, CONFIG_SECRET_ENV);
    assert_int_equal(i->login.user.kind, CONFIG_SECRET_TEXT);
    assert_string_equal(i->login.user.name, "someone@example.com");
    assert_int_equal(i->login.token.kind, CONFIG_SECRET_NONE);
    assert_string_equal(i->base_url, "http://localhost:8081/api");
    assert_int_equal(i->allow_hosts.count, 2);
    assert_true(i->allow_writes.given);
    assert_int_equal(i->allow_writes.count, 0);
    assert_string_equal(i->approval, "amount over 5000.00");
    assert_int_equal(i->mappings.count, 1);
    assert_string_equal(i->mappings.at[0].name, "card-expense.InvoiceNumber");
    assert_string_equal(i->mappings.at[0].expression, "join('-', 'CARD', id)");
    assert_null(config_integration(f->config, "other"));
}

static void read__gives_when_flows_run(void **state)
{
    struct fixture *f = read_good(state);
    const struct config_integration *i = &f->config->integrations.at[0];

    assert_int_equal(i->flows.count, 3);
    assert_int_equal(i->flows.at[0].when, CONFIG_EVERY);
    assert_int_equal(i->flows.at[0].every_s, 900);
    assert_int_equal(i->flows.at[1].when, CONFIG_AT);
    assert_int_equal(i->flows.at[1].at.count, 2);
    assert_int_equal(i->flows.at[1].at.minute[0], 480);
    assert_int_equal(i->flows.at[1].at.minute[1], 780);
    assert_string_equal(i->flows.at[2].name, "deposits");
    assert_int_equal(i->flows.at[2].when, CONFIG_OFF);
}

static void read__keeps_options_as_they_were_written(void **state)
{
    struct fixture *f = read_good(state);
    const struct config_integration *i = &f->config->integrations.at[0];
    char *text = json_write_text(i->options);

    assert_string_equal(
        text, "{\"account_id\":\"acme_6fc0db9a\",\"big\":12345678901234567890,\"code\":\"007\","
              "\"none\":null,\"on\":true,\"quoted\":\"true\",\"rate\":70.10,"
              "\"start\":\"2026-01-01\",\"tags\":[\"a\",1,{\"b\":-2e3}]}");
    memory_free(text);
    assert_int_equal(i->option_places.count, 9);
    assert_int_equal(config_option_place(i, "code").line, 29);
    assert_int_equal(config_option_place(i, "code").column, 16);
    assert_int_equal(config_option_place(i, "unknown").line, i->place.line);
}

static void read__fills_in_what_was_not_written(void **state)
{
    struct fixture *f = *state;
    const struct config *c;

    fixture_read_text(f, TEXT("store: sqlite:/srv/f/ferry.db\n"
                              "xero: { apps: { only: { client_id: x } } }\n"
                              "integrations:\n"
                              "  a: { connector: b, organisation: { name: C } }\n"));
    fixture_assert_good(f);
    c = f->config;
    assert_string_equal(c->store, "/srv/f/ferry.db");
    assert_string_equal(c->spool, "/srv/f/spool");
    assert_string_equal(c->socket, "/srv/f/ferry.sock");
    assert_int_equal(c->key.kind, CONFIG_SECRET_FILE);
    assert_string_equal(c->key.name, "/srv/f/ferry.key");
    assert_null(c->metrics.host);
    assert_null(c->clock);
    assert_string_equal(c->connector_paths.at[0], "/usr/lib/ferry/connectors");
    assert_true(c->integrations.at[0].enabled);
    assert_string_equal(c->integrations.at[0].organisation.app, "only");
    assert_string_equal(c->integrations.at[0].approval, "none");
    assert_false(c->integrations.at[0].allow_writes.given);
    assert_int_equal(json_object_size(c->integrations.at[0].options), 0);
}

static void read__takes_features_as_a_list_too(void **state)
{
    struct fixture *f = *state;

    fixture_read_text(f, TEXT("store: sqlite:/srv/f/ferry.db\n"
                              "xero: { apps: { only: { client_id: x } } }\n"
                              "integrations:\n"
                              "  a: { connector: b, organisation: { name: C },\n"
                              "       approval: [bills, change-orders] }\n"));
    fixture_assert_good(f);
    assert_string_equal(f->config->integrations.at[0].approval, "bills, change-orders");
}

static void read__adds_integrations_d_in_the_order_of_names(void **state)
{
    struct fixture *f = *state;
    char folder[64];
    static const char *const want[] = {"here", "first", "second", "third"};

    snprintf(folder, sizeof folder, "%s/integrations.d", f->folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    fixture_write(f, "integrations.d/20.yaml",
                  TEXT("third: { connector: b, organisation: { name: C } }\n"), 0600);
    fixture_write(f, "integrations.d/10.yaml",
                  TEXT("first: { connector: b, organisation: { name: C } }\n"
                       "second: { connector: b, organisation: { name: C, app: main } }\n"),
                  0600);
    fixture_write(f, "integrations.d/15.yaml", TEXT("# nothing yet\n"), 0600);
    fixture_write(f, "integrations.d/.20.yaml.swp", TEXT("\x80"), 0600);
    fixture_write(f, "integrations.d/README", TEXT("{"), 0600);
    fixture_read_text(f, TEXT("store: sqlite:/f.db\n"
                              "integrations:\n"
                              "  here: { connector: b, organisation: { name: C } }\n"
                              "xero: { apps: { main: { client_id: x } } }\n"));
    fixture_assert_good(f);
    assert_int_equal(f->config->integrations.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(f->config->integrations.at[i].name, want[i]);
        assert_string_equal(f->config->integrations.at[i].organisation.app, "main");
    }
    assert_non_null(strstr(f->config->integrations.at[3].place.file, "integrations.d/20.yaml"));
    fixture_read_text(f, TEXT("store: sqlite:/f.db\n"
                              "integrations:\n"
                              "xero: { apps: { main: { client_id: x } } }\n"));
    fixture_assert_good(f);
    assert_int_equal(f->config->integrations.count, 3);
    fixture_read_text(f, TEXT("store: sqlite:/f.db\n"
                              "xero: { apps: { main: { client_id: x } } }\n"));
    fixture_assert_good(f);
    assert_int_equal(f->config->integrations.count, 3);
}

static void read__complains_of_integrations_d_in_its_own_lines(void **state)
{
    struct fixture *f = *state;
    char folder[64];

    snprintf(folder, sizeof folder, "%s/integrations.d", f->folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    fixture_write(f, "integrations.d/a.yaml",
                  TEXT("\nhere: { connector: b, organisation: { name: C } }\n"), 0600);
    fixture_write(f, "integrations.d/b.yaml", TEXT("other:\n  conector: b\n"), 0600);
    fixture_write(f, "integrations.d/c.yaml", TEXT("- one\n"), 0600);
    fixture_write(f, "integrations.d/d.yml", TEXT(""), 0600);
    assert_false(fixture_read_text(
        f, TEXT("store: sqlite:/f.db\n"
                "integrations: { here: { connector: b, organisation: { name: C } } }\n"
                "xero: { apps: { main: { client_id: x } } }\n")));
    assert_int_equal(f->complaints.count, 6);
    assert_non_null(strstr(f->complaints.at[0].place.file, "a.yaml"));
    assert_int_equal(f->complaints.at[0].place.line, 2);
    assert_non_null(strstr(f->complaints.at[0].text, "ferry.yaml:2"));
    assert_non_null(strstr(f->complaints.at[1].place.file, "b.yaml"));
    assert_int_equal(f->complaints.at[3].place.line, 2);
    assert_string_equal(f->complaints.at[3].suggestion, "connector");
    assert_non_null(strstr(f->complaints.at[4].place.file, "c.yaml"));
    assert_non_null(strstr(f->complaints.at[5].text, "rename"));
}

/* Take away every '#' that stands before a key. */
static void uncomment(const char *text, struct buffer *out)
{
    bool line_begins = true;

    for (size_t i = 0; text[i]; i++) {
        if (text[i] == '#' && line_begins && text[i + 1] != ' ') {
            continue;
        }
        buffer_add_char(out, text[i]);
        line_begins = text[i] == '\n' || (line_begins && text[i] == ' ');
    }
}

static void example__reads_as_it_is_and_with_all_keys(void **state)
{
    struct fixture *f = *state;
    struct buffer example, whole;

    buffer_init(&example, 100000);
    buffer_init(&whole, 100000);
    config_example(&example);
    assert_non_null(strstr(example.at, "#approval: none"));
    assert_null(strstr(example.at, "clock"));
    fixture_read_text(f, buffer_text(&example));
    fixture_assert_good(f);
    assert_int_equal(f->config->integrations.count, 0);
    uncomment(example.at, &whole);
    fixture_read_text(f, buffer_text(&whole));
    fixture_assert_good(f);
    assert_int_equal(f->config->integrations.count, 1);
    assert_int_equal(f->config->integrations.at[0].flows.count, 1);
    buffer_done(&example);
    buffer_done(&whole);
}

/* Whatever happens, there is a config or a complaint. */
static void assert_survives(struct fixture *f, struct text text)
{
    bool ok = fixture_read_text(f, text);

    assert_int_equal(ok, f->complaints.count == 0);
    assert_int_equal(ok, f->config != NULL);
}

static void read__survives_every_truncation(void **state)
{
    struct fixture *f = *state;

    for (size_t size = 0; size < sizeof good; size++) {
        assert_survives(f, (struct text){good, size});
    }
}

static void read__survives_other_characters(void **state)
{
    static const char others[] = "{}[]:,-?&*!|>'\"%#\n\t \x80\x01~";
    struct fixture *f = *state;
    char text[sizeof good];

    for (size_t i = 0; i < sizeof good - 1; i++) {
        memcpy(text, good, sizeof good);
        text[i] = others[i % (sizeof others - 1)];
        assert_survives(f, (struct text){text, sizeof good - 1});
    }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(read__gives_the_top_of_a_good_file),
        IN_FOLDER(read__gives_the_apps),
        IN_FOLDER(read__gives_an_integration),
        IN_FOLDER(read__gives_when_flows_run),
        IN_FOLDER(read__keeps_options_as_they_were_written),
        IN_FOLDER(read__fills_in_what_was_not_written),
        IN_FOLDER(read__takes_features_as_a_list_too),
        IN_FOLDER(read__adds_integrations_d_in_the_order_of_names),
        IN_FOLDER(read__complains_of_integrations_d_in_its_own_lines),
        IN_FOLDER(example__reads_as_it_is_and_with_all_keys),
        IN_FOLDER(read__survives_every_truncation),
        IN_FOLDER(read__survives_other_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
