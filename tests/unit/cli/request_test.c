/* What each command asks for. */
#include "cli_fixture.h"

struct asked {
    const char *words[WORDS_MOST];
    const char *request;
};

static void commands__ask_for_what_was_typed(void **state)
{
    static const struct asked all[] = {
        {{"status"}, "{\"do\":\"status\"}"},
        {{"status", "acme"}, "{\"do\":\"status\",\"name\":\"acme\"}"},
        {{"held"}, "{\"do\":\"held\"}"},
        {{"held", "acme", "--all"}, "{\"do\":\"held\",\"name\":\"acme\"}"},
        {{"plan", "acme"}, "{\"do\":\"plan\",\"name\":\"acme\"}"},
        {{"plan", "acme", "--remap", "--flow=x"},
         "{\"do\":\"plan\",\"flow\":\"x\",\"name\":\"acme\",\"remap\":true}"},
        {{"sync", "acme", "--flow", "feed", "--since", "2026-03-01"},
         "{\"do\":\"sync\",\"flow\":\"feed\",\"name\":\"acme\",\"since\":\"2026-03-01\"}"},
        {{"sync", "acme", "--since", "2026-03-01T08:00:00Z"},
         "{\"do\":\"sync\",\"name\":\"acme\",\"since\":\"2026-03-01T08:00:00Z\"}"},
        {{"retry", "acme", "17"}, "{\"do\":\"retry\",\"document\":\"17\",\"name\":\"acme\"}"},
        {{"retry", "acme", "--code", "locked"},
         "{\"code\":\"locked\",\"do\":\"retry\",\"name\":\"acme\"}"},
        {{"retry", "acme", "--all"}, "{\"all\":true,\"do\":\"retry\",\"name\":\"acme\"}"},
        {{"skip", "acme", "bill/e1", "--reason", "by hand"},
         "{\"do\":\"skip\",\"document\":\"bill/e1\",\"name\":\"acme\",\"reason\":\"by hand\"}"},
        {{"link", "acme", "17", "x-9"},
         "{\"do\":\"link\",\"document\":\"17\",\"name\":\"acme\",\"object\":\"x-9\"}"},
        {{"repost", "acme", "17"}, "{\"do\":\"repost\",\"document\":\"17\",\"name\":\"acme\"}"},
        {{"history", "e1"}, "{\"about\":\"e1\",\"do\":\"history\"}"},
        {{"history", "e1", "acme"}, "{\"about\":\"e1\",\"do\":\"history\",\"name\":\"acme\"}"},
        {{"accounts", "acme"}, "{\"do\":\"accounts\",\"name\":\"acme\"}"},
        {{"do", "acme"}, "{\"do\":\"do\",\"name\":\"acme\"}"},
        {{"do", "acme", "lookup"}, "{\"do\":\"do\",\"form\":\"lookup\",\"name\":\"acme\"}"},
        {{"do", "acme", "lookup", "a=1", "b=x=y", "c="},
         "{\"do\":\"do\",\"form\":\"lookup\",\"name\":\"acme\","
         "\"values\":{\"a\":\"1\",\"b\":\"x=y\",\"c\":\"\"}}"},
        {{"connector", "list"}, "{\"do\":\"connector\",\"verb\":\"list\"}"},
        {{"connector", "show", "payhawk"},
         "{\"do\":\"connector\",\"name\":\"payhawk\",\"verb\":\"show\"}"},
        {{"doctor"}, "{\"do\":\"doctor\"}"},
        {{"connect", "xero/main"}, "{\"do\":\"connect\",\"name\":\"xero/main\"}"},
        {{"disconnect", "acme"}, "{\"do\":\"disconnect\",\"name\":\"acme\"}"},
        {{"audit"}, "{\"do\":\"audit\"}"},
        {{"audit", "--since=2026-03-01"}, "{\"do\":\"audit\",\"since\":\"2026-03-01\"}"},
        {{"key", "status"}, "{\"do\":\"key\",\"verb\":\"status\"}"},
        {{"key", "rotate"}, "{\"do\":\"key\",\"verb\":\"rotate\"}"},
        {{"adopt"}, "{\"do\":\"adopt\"}"},
    };
    struct fixture *f = *state;

    f->answer = "{}";
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        int code = ferry(f, all[i].words);

        if (code != CLI_DONE) {
            fail_msg("%s: %d %s", all[i].request, code, f->err);
        }
        assert_string_equal(f->request, all[i].request);
        /* and --json prints the answer as it came */
        assert_string_equal(f->err, "");
    }
}

static void own_work__goes_to_the_host(void **state)
{
    struct fixture *f = *state;

    f->answer = "{\"files\":[\"x/ferry.yaml\"],\"next\":[\"Fill it in.\",\"ferry run\"]}";
    assert_int_equal(FERRY(f, "run"), 7);
    assert_string_equal(f->config, "run /test/ferry.yaml");
    assert_int_equal(FERRY(f, "init", "x"), CLI_DONE);
    assert_string_equal(f->config, "init x");
    assert_string_equal(f->out, "made x/ferry.yaml\nNext:\n1. Fill it in.\n2. ferry run\n");
    assert_int_equal(FERRY(f, "init"), CLI_DONE);
    assert_string_equal(f->config, "init .");
}

/* ---- files ---- */

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static const char a_plan[] =
    "{\"changes\":[{\"action\":\"create\",\"amount\":12.50,\"currency\":\"GBP\",\"key\":\"e1\","
    "\"mapping\":\"bill\",\"summary\":\"Taxi\",\"target\":\"xero.Invoices\"}],"
    "\"hash\":\"c0ffee\",\"read\":3,\"writes\":0}";

static void plan__is_kept_and_sent_back(void **state)
{
    struct fixture *f = *state;
    char path[] = "/tmp/ferry-plan-XXXXXX";
    int fd = mkstemp(path);

    close(fd);
    f->answer = a_plan;
    assert_int_equal(FERRY(f, "plan", "acme", "-o", path), CLI_DONE);
    assert_non_null(strstr(f->err, "ferry apply"));
    f->answer = "{\"writes\":1}";
    assert_int_equal(FERRY(f, "apply", path), CLI_DONE);
    assert_string_equal(
        f->request, "{\"do\":\"apply\",\"plan\":{\"changes\":[{\"action\":\"create\",\"amount\":"
                    "12.50,\"currency\":\"GBP\",\"key\":\"e1\",\"mapping\":\"bill\",\"summary\":"
                    "\"Taxi\",\"target\":\"xero.Invoices\"}],\"hash\":\"c0ffee\",\"name\":"
                    "\"acme\",\"read\":3,\"writes\":0}}");
    unlink(path);
}

static void no_plan__is_refused_with_the_place(void **state)
{
    static const char *const all[][2] = {
        {"{\"a\":1,", "line 1 column"},
        {"[]", "is not what ferry plan -o writes"},
        {"{\"changes\":[]}", "hash: is missing"},
        {"{\"hash\":\"x\"}", "changes: is missing"},
        {"{\"hash\":\"x\",\"changes\":[{\"action\":\"create\",\"mapping\":\"b\",\"key\":\"k\"},"
         "{\"action\":\"destroy\"}]}",
         "changes[1].action: \"destroy\" is no action"},
        {"{\"hash\":\"x\",\"changes\":[{\"action\":\"create\",\"mapping\":\"b\"}]}",
         "changes[0].key: is missing"},
    };
    struct fixture *f = *state;
    char path[] = "/tmp/ferry-plan-XXXXXX";
    int fd = mkstemp(path);

    close(fd);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        write_file(path, all[i][0]);
        assert_int_equal(FERRY(f, "apply", path), CLI_FAILED);
        if (!strstr(f->err, all[i][1]) || !strstr(f->err, path)) {
            fail_msg("%s instead of %s", f->err, all[i][1]);
        }
        assert_null(f->request);
    }
    assert_int_equal(truncate(path, (64 << 20) + 1), 0);
    assert_int_equal(FERRY(f, "apply", path), CLI_FAILED);
    assert_non_null(strstr(f->err, "is over 64 MB"));
    unlink(path);
    assert_int_equal(FERRY(f, "apply", path), CLI_FAILED);
    assert_non_null(strstr(f->err, "cannot be read"));
}

static void map__sends_the_record(void **state)
{
    struct fixture *f = *state;
    char path[] = "/tmp/ferry-record-XXXXXX";
    int fd = mkstemp(path);

    close(fd);
    write_file(path, "{\"id\": \"e1\", \"total\": 70.10}");
    f->answer = "{\"subjects\":[]}";
    assert_int_equal(FERRY(f, "map", "--explain", path, "acme", "bill"), CLI_DONE);
    assert_string_equal(f->request, "{\"do\":\"map\",\"mapping\":\"bill\",\"name\":\"acme\","
                                    "\"record\":{\"id\":\"e1\",\"total\":70.10}}");
    unlink(path);
}

static void confirm__is_bound_to_what_was_seen(void **state)
{
    struct fixture *f = *state;

    f->answer = "{\"connector\":{\"id\":\"erp\",\"version\":\"1.0.0\",\"hash\":\"9c1f\","
                "\"changes\":[{\"kind\":\"host\",\"text\":\"api erp.example\"}]}}";
    assert_int_equal(FERRY(f, "connector", "confirm", "erp"), CLI_CANCELLED);
    assert_string_equal(f->request, "{\"do\":\"connector\",\"name\":\"erp\",\"verb\":\"show\"}");
    assert_non_null(strstr(f->err, "  talks to api erp.example\n"));
    assert_int_equal(FERRY(f, "connector", "confirm", "erp", "--hash", "beef"), CLI_FAILED);
    assert_int_equal(FERRY(f, "connector", "confirm", "erp", "--hash", "9c1f"), CLI_DONE);
    assert_string_equal(
        f->request,
        "{\"do\":\"connector\",\"hash\":\"9c1f\",\"name\":\"erp\",\"verb\":\"confirm\"}");
}

/* Counts without documents say nothing about held ones, so it asks. */
static void strict__asks_for_what_is_held(void **state)
{
    struct fixture *f = *state;

    f->answer = "{\"documents\":{\"bill\":{\"done\":1}}}";
    assert_int_equal(FERRY(f, "sync", "acme", "--strict"), CLI_DONE);
    assert_int_equal(f->asked, 1);
    f->answer = "{\"read\":2,\"writes\":1,\"created\":1,\"refused\":1}";
    assert_int_equal(FERRY(f, "sync", "acme", "--strict"), CLI_DONE);
    assert_string_equal(f->request, "{\"do\":\"held\",\"name\":\"acme\"}");
    assert_string_equal(f->out, "2 records read, 0 new, 0 changed.\n1 write.\n"
                                "Results: 1 created, 1 refused.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(commands__ask_for_what_was_typed),
        TEST(own_work__goes_to_the_host),
        TEST(plan__is_kept_and_sent_back),
        TEST(no_plan__is_refused_with_the_place),
        TEST(map__sends_the_record),
        TEST(confirm__is_bound_to_what_was_seen),
        TEST(strict__asks_for_what_is_held),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
