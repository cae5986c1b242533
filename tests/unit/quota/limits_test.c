#include "quota/quota.h"
#include "unit.h"

static void words__become_limits(void **state)
{
    struct quota_limits l;
    struct error err;

    (void)state;
    assert_true(quota_limits_parse("5 at once; 15 per 1s; 300 per 300s; left RateLimit-Remaining; "
                                   "again Retry-After",
                                   &l, &err));
    assert_int_equal(l.concurrent, 5);
    assert_int_equal(l.windows[0].calls, 15);
    assert_int_equal(l.windows[0].seconds, 1);
    assert_int_equal(l.windows[1].calls, 300);
    assert_int_equal(l.windows[1].seconds, 300);
    assert_int_equal(l.windows[2].calls, 0);
    assert_true(quota_limits_parse("60 per 60s, 1000 per day, 5 at once; left A B", &l, &err));
    assert_int_equal(l.windows[1].calls, 1000);
    assert_int_equal(l.windows[1].seconds, 86400);
    assert_int_equal(l.concurrent, 5);
    assert_true(quota_limits_parse("  1000000  per  7d ;; 1 per 5m;", &l, &err));
    assert_int_equal(l.windows[0].seconds, 604800);
    assert_int_equal(l.windows[1].seconds, 300);
    assert_true(quota_limits_parse("", &l, &err));
    assert_int_equal(l.windows[0].calls, 0);
    assert_true(quota_limits_parse(NULL, &l, &err));
    assert_true(quota_limits_parse("1 per 1s, 1 per 2s, 1 per 3s, 1 per 4s", &l, &err));
    assert_int_equal(l.windows[3].seconds, 4);
}

static void wrong_words__are_refused_with_their_place(void **state)
{
    static const char *const wrong[] = {
        "15",
        "15 per",
        "15 per 1",
        "15 per s",
        "15 per 0s",
        "15 per 8d",
        "15 per 99999999999999999999s",
        "0 per 1s",
        "1000001 per 1s",
        "99999999999999999999 per 1s",
        "-1 per 1s",
        "15x per 1s",
        "fifteen per 1s",
        "15 in 1s",
        "5 at",
        "5 at twice",
        "5 at once; 5 at once",
        "5 per 60s; 6 per 1m",
        "1 per 1s, 1 per 2s, 1 per 3s, 1 per 4s, 1 per 5s",
        "5 per 1s extra",
    };
    struct quota_limits l;
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        err = (struct error){0};
        assert_false(quota_limits_parse(wrong[i], &l, &err));
        assert_int_equal(err.kind, ERROR_REJECTED);
        assert_string_equal(err.code, "quota");
    }
    assert_false(quota_limits_parse("5 at once; 15 in 1s", &l, &err));
    assert_non_null(strstr(err.text, "\"15 in 1s\""));
    assert_non_null(strstr(err.text, "write "));
}

static void xero__has_its_limits(void **state)
{
    struct quota_limits l = quota_limits_xero(5000);

    (void)state;
    assert_int_equal(l.concurrent, 5);
    assert_int_equal(l.windows[0].calls, 60);
    assert_int_equal(l.windows[1].calls, 5000);
    assert_int_equal(l.windows[1].reserve, 250);
    assert_int_equal(l.windows[2].calls, 0);
    assert_int_equal(quota_limits_xero_app(4).windows[0].calls, 2500);
    assert_int_equal(quota_limits_xero_app(0).windows[0].calls, 10000);
    assert_int_equal(quota_limits_xero_app(20000).windows[0].calls, 1);
}

static void problems_and_classes__have_names(void **state)
{
    (void)state;
    assert_int_equal(quota_problem_of("Minute"), QUOTA_MINUTE);
    assert_int_equal(quota_problem_of("DAY"), QUOTA_DAY);
    assert_int_equal(quota_problem_of("concurrent"), QUOTA_CONCURRENT);
    assert_int_equal(quota_problem_of("AppMinute"), QUOTA_APP);
    assert_int_equal(quota_problem_of("month"), QUOTA_LIMITED);
    assert_int_equal(quota_problem_of(NULL), QUOTA_LIMITED);
    assert_string_equal(quota_class_name(QUOTA_TOKEN), "token");
    assert_string_equal(quota_class_name(QUOTA_BACKFILL), "backfill");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words__become_limits),
        cmocka_unit_test(wrong_words__are_refused_with_their_place),
        cmocka_unit_test(xero__has_its_limits),
        cmocka_unit_test(problems_and_classes__have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
