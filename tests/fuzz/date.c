/* Days and instants: what is read is written so that it is read again, in every zone. */
#include "fuzz.h"

#include "base/zone.h"

#define DAY_MS ((int64_t)86400000)

static void check_date(struct date date)
{
    char day[DATE_TEXT_MAX];
    struct date again = {0};
    struct error err = {0};

    MUST(date.year >= 1 && date.year <= 9999, "the year %d cannot be written", date.year);
    MUST(date_parse(text_of(date_format(date, day)), &again, &err), "%s", err.text);
    MUST(date_compare(date, again) == 0, "%s is read as another day", day);
    again = date_from_days(date_to_days(date));
    MUST(again.year == date.year && again.month == date.month && again.day == date.day,
         "counting days loses %s", day);
    again = date_from_days(date_to_days(date) + 1);
    MUST(date_compare(date, again) < 0, "the day after %s", day);
}

static void check_instant(int64_t ms, struct text zone)
{
    char at[INSTANT_TEXT_MAX];
    struct date day, utc;
    struct error err = {0};
    int64_t again = 0;
    int32_t apart;

    MUST(instant_parse(text_of(instant_format(ms, at)), &again, &err), "%s", err.text);
    MUST(ms == again, "%s is read as another instant", at);
    utc = instant_day_utc(ms);
    check_date(utc);
    if (!instant_day(ms, zone, &day, &err)) {
        fuzz_check_error(&err);
        return;
    }
    apart = date_to_days(day) - date_to_days(utc);
    MUST(apart >= -1 && apart <= 1, "%s is %d days off in %.*s", at, apart, TEXT_ARGS(zone));
}

/* Four lines: a date or time, a date, its pattern, a zone. */
static void fuzz_one(struct text input)
{
    AUTO_FREE char *time = fuzz_line(&input);
    AUTO_FREE char *date = fuzz_line(&input);
    AUTO_FREE char *pattern = fuzz_line(&input);
    AUTO_FREE char *zone = fuzz_line(&input);
    struct error err = {0};
    struct date day;
    int64_t ms;

    if (!text_is_utf8(text_of(time)) || !text_is_utf8(text_of(date)) ||
        !text_is_utf8(text_of(pattern)) || !text_is_utf8(text_of(zone))) {
        return;
    }
    if (instant_parse(text_of(time), &ms, &err)) {
        check_instant(ms, text_of(zone));
        MUST(date_parse(text_of(time), &day, &err), "a time that is no date: %s", err.text);
    } else {
        fuzz_check_error(&err);
    }
    if (date_parse(text_of(time), &day, &err)) {
        check_date(day);
    } else {
        fuzz_check_error(&err);
    }
    if (date_parse_as(text_of(date), pattern, &day, &err)) {
        check_date(day);
    } else {
        fuzz_check_error(&err);
    }
}
