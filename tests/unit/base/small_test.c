#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

static void text__knows_utf8(void **state)
{
    static const char *const good[] = {"", "abc", "Ünïcode", "\xf0\x9f\x9a\xa2", "\xe2\x82\xac"};
    static const char *const bad[] = {"\xc0\x80", "\xed\xa0\x80",     "\xff",
                                      "\xe2\x82", "\xf5\x80\x80\x80", "\x80"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(text_is_utf8(text_of(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(text_is_utf8(text_of(bad[i])));
    }
    assert_false(text_is_utf8((struct text){"a\0b", 3}));
}

static void text__is_mended(void **state)
{
    static const struct {
        const char *broken, *mended;
    } cases[] = {
        {"caf\xc3\xa9", "caf\xc3\xa9"},
        {"caf\xc3", "caf"},
        {"\xf0\x9f\x9a", ""},
        {"a\xff"
         "b\x80",
         "a?b?"},
        {"\xe2\x82z", "??z"},
        {"\xed\xa0\x80", "???"},
    };
    char text[16];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(text, sizeof text, "%s", cases[i].broken);
        text_mend(text);
        assert_string_equal(text, cases[i].mended);
    }
}

static void text__splits_and_trims(void **state)
{
    struct text rest = TEXT("a..b");

    (void)state;
    assert_true(text_is(text_split(&rest, '.'), "a"));
    assert_true(text_is(text_split(&rest, '.'), ""));
    assert_true(text_is(text_split(&rest, '.'), "b"));
    assert_null(rest.at);
    assert_true(text_is(text_trim(TEXT(" \t x y\n")), "x y"));
}

static void buffer__stops_at_its_maximum(void **state)
{
    struct buffer b;

    (void)state;
    buffer_init(&b, 5);
    buffer_add_cstr(&b, "abc");
    buffer_addf(&b, "%d", 12);
    assert_false(b.overflow);
    buffer_add_char(&b, 'x');
    assert_true(b.overflow);
    assert_string_equal(b.at, "abc12");
    buffer_done(&b);
}

static void arena__gives_zeroed_memory_that_stays(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    char *first = arena_printf(arena, "%s-%d", "first", 1);

    (void)state;
    for (int i = 0; i < 1000; i++) {
        unsigned char *at = arena_alloc(arena, 100, 3);

        for (int k = 0; k < 300; k++) {
            assert_int_equal(at[k], 0);
        }
        memset(at, 0xff, 300);
    }
    assert_string_equal(first, "first-1");
    arena_reset(arena);
    assert_int_equal(arena_used_bytes(arena), 0);
    arena_free(arena);
}

static void dict__finds_what_was_put_and_keeps_the_order(void **state)
{
    struct dict *dict = dict_new();
    static int values[3000];
    char key[16];
    size_t cursor = 0, n = 0;
    struct text name;
    void *value;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        snprintf(key, sizeof key, "k%d", i);
        dict_set(dict, text_of(key), &values[i]);
    }
    for (int i = 0; i < 3000; i += 3) {
        snprintf(key, sizeof key, "k%d", i);
        assert_true(dict_remove(dict, text_of(key)));
        assert_false(dict_remove(dict, text_of(key)));
    }
    for (int i = 0; i < 3000; i++) {
        snprintf(key, sizeof key, "k%d", i);
        assert_ptr_equal(dict_get(dict, text_of(key)), i % 3 ? &values[i] : NULL);
    }
    while (dict_next(dict, &cursor, &name, &value)) {
        assert_ptr_equal(value, &values[n / 2 * 3 + n % 2 + 1]);
        n++;
    }
    assert_int_equal(n, 2000);
    assert_int_equal(dict_count(dict), 2000);
    dict_free(dict);
}

static void hash__tells_parts_apart(void **state)
{
    uint64_t a = hash_part(hash_part(HASH_START, TEXT("a")), TEXT("bc"));
    uint64_t b = hash_part(hash_part(HASH_START, TEXT("ab")), TEXT("c"));

    (void)state;
    assert_true(a != b);
    /* stored in databases: never to change */
    assert_true(hash_text(HASH_START, TEXT("ferry")) == hash_text(HASH_START, TEXT("ferry")));
}

static void suggest__finds_the_nearest(void **state)
{
    static const char *const names[] = {"settled", "pending", "failed", "InvoiceNumber"};

    (void)state;
    assert_string_equal(suggest_name("setled", names, 4), "settled");
    assert_string_equal(suggest_name("invoicenumber", names, 4), "InvoiceNumber");
    assert_string_equal(suggest_name("pednign", names, 4), "pending");
    assert_null(suggest_name("xylophone", names, 4));
    assert_null(suggest_name("", names, 4));
}

static void clock__shared_is_moved_by_hand(void **state)
{
    char path[] = "/tmp/ferry-clock-XXXXXX";
    struct clock *one, *two;
    struct error err;

    (void)state;
    close(mkstemp(path));
    assert_true(clock_open_shared(path, 1000, &one, &err));
    assert_true(clock_open_shared(path, 5, &two, &err));
    clock_advance(one, 500);
    assert_int_equal(clock_wall_ms(two), 1500);
    assert_int_equal(clock_age_ms(one, 1200, clock_boot_ms(one) - 900, clock_boot_id(one)), 900);
    clock_set_wall(two, 100);
    assert_true(clock_age_ms(one, 1200, clock_boot_ms(one), clock_boot_id(one)) == INT64_MAX);
    assert_true(clock_age_ms(one, 50, clock_boot_ms(one), "another boot") == INT64_MAX);
    clock_close(one);
    clock_close(two);
    unlink(path);
}

static void clock__refuses_another_file(void **state)
{
    struct clock *clock = NULL;
    struct error err;

    (void)state;
    assert_false(clock_open_shared("/proc/self/nothing/there", 0, &clock, &err));
    assert_string_equal(err.code, "clock");
}

static void log__hides_secrets_and_escapes(void **state)
{
    int ends[2];
    char line[1024] = "";

    (void)state;
    assert_int_equal(pipe(ends), 0);
    log_open(NULL, ends[1], LOG_INFO);
    log_event(LOG_DEBUG, "not.seen", NULL);
    log_event(LOG_INFO, "login.refreshed", "grant", "main\n\x1b[0m", "access_token", "abc.def",
              NULL);
    log_open(NULL, -1, LOG_INFO);
    assert_true(read(ends[0], line, sizeof line - 1) > 0);
    assert_null(strstr(line, "abc.def"));
    assert_null(strstr(line, "not.seen"));
    assert_non_null(strstr(line, "main\\n\\u001b[0m"));
    close(ends[0]);
    close(ends[1]);
}

#ifdef FERRY_FAULTS
static void fault__kills_at_the_named_pass(void **state)
{
    int status = 0;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        setenv("FERRY_FAULT", "here:3", 1);
        fault_point("here");
        fault_point("there");
        fault_point("here");
        fault_point("here");
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == 9);
}
#endif

static void error__carries_its_place(void **state)
{
    struct error err = {0};
    char longest[2000];

    (void)state;
    assert_false(error_set(&err, ERROR_REJECTED, "field", "no %s", "amount"));
    assert_false(error_at(&err, "expense %d", 7));
    assert_string_equal(err.text, "expense 7: no amount");
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_false(error_at(&err, "%s", longest));
    assert_true(strlen(err.text) < sizeof err.text);
    for (size_t i = 0; i + 3 < sizeof longest; i += 2) {
        memcpy(longest + i, "é", 3);
    }
    assert_false(error_set(&err, ERROR_REJECTED, "field", "%.9s and %s", longest, longest));
    assert_true(text_is_utf8(text_of(err.text))); /* else nobody would see it */
    assert_false(error_set(NULL, ERROR_BUG, "x", "y"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text__knows_utf8),
        cmocka_unit_test(text__is_mended),
        cmocka_unit_test(text__splits_and_trims),
        cmocka_unit_test(buffer__stops_at_its_maximum),
        cmocka_unit_test(arena__gives_zeroed_memory_that_stays),
        cmocka_unit_test(dict__finds_what_was_put_and_keeps_the_order),
        cmocka_unit_test(hash__tells_parts_apart),
        cmocka_unit_test(suggest__finds_the_nearest),
        cmocka_unit_test(clock__shared_is_moved_by_hand),
        cmocka_unit_test(clock__refuses_another_file),
        cmocka_unit_test(log__hides_secrets_and_escapes),
#ifdef FERRY_FAULTS
        cmocka_unit_test(fault__kills_at_the_named_pass),
#endif
        cmocka_unit_test(error__carries_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
