#include <stdlib.h>

#include "unit.h"

static void assert_day(const char *instant, const char *zone, const char *expected)
{
    struct error err;
    struct date day;
    char out[DATE_TEXT_MAX];
    int64_t ms;

    assert_true(instant_parse(text_of(instant), &ms, &err));
    if (!instant_day(ms, text_of(zone), &day, &err)) {
        fail_msg("%s", err.text);
    }
    assert_string_equal(date_format(day, out), expected);
}

static void date__counts_days_both_ways(void **state)
{
    (void)state;
    for (int32_t days = -800000; days < 2900000; days += 37) {
        struct date d = date_from_days(days);

        if (d.year < 1) {
            continue;
        }
        assert_int_equal(date_to_days(d), days);
    }
    assert_int_equal(date_to_days((struct date){1970, 1, 1}), 0);
    assert_int_equal(date_to_days((struct date){2000, 3, 1}), 11017);
}

static void date__refuses_days_that_are_not(void **state)
{
    static const char *const bad[] = {"2026-02-29",  "2026-13-01", "2026-00-10",
                                      "2026-1-1",    "20260101",   "",
                                      "2026-01-01x", "0000-01-01", "2026-04-31"};
    struct date d;
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(date_parse(text_of(bad[i]), &d, &err));
        assert_string_equal(err.code, "date");
    }
    assert_true(date_parse(TEXT("2024-02-29"), &d, &err));
    assert_true(date_parse(TEXT("2026-03-01T23:59:59Z"), &d, &err));
    assert_int_equal(d.day, 1);
}

static void date__reads_patterns(void **state)
{
    static const struct {
        const char *text, *pattern, *expected;
    } good[] = {
        {"31/12/2026", "DD/MM/YYYY", "2026-12-31"},
        {"1.2.26", "D.M.YY", "2026-02-01"},
        {"20260630", "YYYYMMDD", "2026-06-30"},
        {"6/30/2026", "M/D/YYYY", "2026-06-30"},
    };
    struct date d;
    struct error err;
    char out[DATE_TEXT_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(date_parse_as(text_of(good[i].text), good[i].pattern, &d, &err));
        assert_string_equal(date_format(d, out), good[i].expected);
    }
    assert_false(date_parse_as(TEXT("31/02/2026"), "DD/MM/YYYY", &d, &err));
    assert_false(date_parse_as(TEXT("31/12/2026 "), "DD/MM/YYYY", &d, &err));
}

static void instant__reads_zones_and_fractions(void **state)
{
    static const struct {
        const char *text, *expected;
    } good[] = {
        {"2026-03-01T14:03:00Z", "2026-03-01T14:03:00Z"},
        {"2026-03-01T14:03:00.5+02:00", "2026-03-01T12:03:00.500Z"},
        {"2026-03-01T00:30:00-0130", "2026-03-01T02:00:00Z"},
        {"2026-03-01 14:03", "2026-03-01T14:03:00Z"},
        {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999Z"},
    };
    struct error err;
    char out[INSTANT_TEXT_MAX];
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(instant_parse(text_of(good[i].text), &ms, &err));
        assert_string_equal(instant_format(ms, out), good[i].expected);
    }
    assert_true(instant_parse(TEXT("/Date(1518685950940+0000)/"), &ms, &err));
    assert_int_equal(ms, 1518685950940);
    assert_true(instant_parse(TEXT("/Date(-1)/"), &ms, &err));
    assert_int_equal(ms, -1);
    assert_false(instant_parse(TEXT("/Date()/"), &ms, &err));
    assert_false(instant_parse(TEXT("/Date(12x)/"), &ms, &err));
    assert_false(instant_parse(TEXT("2026-03-01"), &ms, &err));
    assert_false(instant_parse(TEXT("2026-03-01T25:00:00Z"), &ms, &err));
    assert_false(instant_parse(TEXT("2026-03-01T10:00:00+99:00"), &ms, &err));
}

/* A year of five digits would be written, and read again, as another one. */
static void instant__is_refused_when_it_cannot_be_written(void **state)
{
    static const char *const bad[] = {"9999-12-31T23:59:59-00:01", "0001-01-01T00:00:00+00:01",
                                      "/Date(253402300800000)/", "/Date(-62135596800001)/",
                                      "/Date(999999999999999)/"};
    struct error err;
    struct date day;
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(instant_parse(text_of(bad[i]), &ms, &err));
        assert_false(date_parse(text_of(bad[i]), &day, &err));
    }
    assert_true(instant_parse(TEXT("/Date(253402300799999)/"), &ms, &err));
    assert_int_equal(instant_day_utc(ms).year, 9999);
    assert_false(instant_day(ms, TEXT("Pacific/Auckland"), &day, &err));
    assert_string_equal(err.code, "date");
}

static void zone__gives_the_civil_day(void **state)
{
    (void)state;
    assert_day("2026-10-31T23:30:00Z", "UTC", "2026-10-31");
    assert_day("2026-10-31T23:30:00Z", "Europe/Amsterdam", "2026-11-01");
    assert_day("2026-10-31T10:59:59Z", "Pacific/Auckland", "2026-10-31");
    assert_day("2026-10-31T11:00:00Z", "Pacific/Auckland", "2026-11-01");
    assert_day("2026-10-31T04:59:59Z", "America/Chicago", "2026-10-30");
    assert_day("2026-10-31T05:00:00Z", "America/Chicago", "2026-10-31");
    assert_day("2026-07-31T23:00:00Z", "GMTSTANDARDTIME", "2026-08-01");
    assert_day("2026-12-31T23:59:59Z", "GMTSTANDARDTIME", "2026-12-31");
    assert_day("2026-03-29T00:59:59Z", "Europe/London", "2026-03-29");
    assert_day("1985-07-01T23:30:00Z", "Europe/London", "1985-07-02");
    assert_day("2090-07-01T23:30:00Z", "Europe/London", "2090-07-02");
    assert_day("2090-01-01T13:00:00Z", "NEWZEALANDSTANDARDTIME", "2090-01-02");
}

static void zone__does_not_depend_on_the_machine(void **state)
{
    static const char *const zones[] = {"Pacific/Auckland", "America/Chicago", "UTC"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        setenv("TZ", zones[i], 1);
        assert_day("2026-10-31T23:30:00Z", "Europe/Amsterdam", "2026-11-01");
    }
    unsetenv("TZ");
}

static void zone__refuses_what_is_not_one(void **state)
{
    static const char *const bad[] = {"",       "Nowhere/Land", "../../etc/passwd", "/etc/passwd",
                                      "Europe", "a b"};
    struct error err;
    struct date day;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(instant_day(0, text_of(bad[i]), &day, &err));
        assert_string_equal(err.code, "zone");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(date__counts_days_both_ways),
        cmocka_unit_test(date__refuses_days_that_are_not),
        cmocka_unit_test(date__reads_patterns),
        cmocka_unit_test(instant__reads_zones_and_fractions),
        cmocka_unit_test(instant__is_refused_when_it_cannot_be_written),
        cmocka_unit_test(zone__gives_the_civil_day),
        cmocka_unit_test(zone__does_not_depend_on_the_machine),
        cmocka_unit_test(zone__refuses_what_is_not_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
