#include "base/date.h"

#include <stdio.h>

static bool take_number(struct text *t, size_t least, size_t most, int *ret)
{
    int n = 0;
    size_t digits = 0;

    while (digits < most && digits < t->size && t->at[digits] >= '0' && t->at[digits] <= '9') {
        n = n * 10 + (t->at[digits++] - '0');
    }
    if (digits < least) {
        return false;
    }
    t->at += digits;
    t->size -= digits;
    *ret = n;
    return true;
}

static bool take_char(struct text *t, char c)
{
    if (t->size == 0 || t->at[0] != c) {
        return false;
    }
    t->at++;
    t->size--;
    return true;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool is_day(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= lengths[month - 1] + (month == 2 && is_leap(year));
}

static bool not_a_date(struct text t, const char *pattern, struct error *err)
{
    return error_set(err, ERROR_REJECTED, "date", "\"%.*s\" is not a date as %s",
                     t.size > 40 ? 40 : (int)t.size, t.at ? t.at : "", pattern);
}

static bool take_date(struct text *t, struct date *ret)
{
    int year, month, day;

    if (!take_number(t, 4, 4, &year) || !take_char(t, '-') || !take_number(t, 2, 2, &month) ||
        !take_char(t, '-') || !take_number(t, 2, 2, &day) || !is_day(year, month, day)) {
        return false;
    }
    *ret = (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

bool date_parse(struct text t, struct date *ret, struct error *err)
{
    struct text rest = t;
    struct date date;
    int64_t ms = 0;

    if (text_starts(t, "/Date(") && instant_parse(t, &ms, NULL)) {
        *ret = instant_day_utc(ms);
        return true;
    }
    if (!take_date(&rest, &date)) {
        return not_a_date(t, "YYYY-MM-DD", err);
    }
    if (rest.size && !instant_parse(t, &ms, NULL)) {
        return not_a_date(t, "YYYY-MM-DD", err);
    }
    *ret = date;
    return true;
}

/* The parts of a pattern, longer ones first. */
enum { PART_YEAR, PART_MONTH, PART_DAY };
static const struct {
    const char *letters;
    size_t least, most;
    int part, add;
} parts[] = {
    {"YYYY", 4, 4, PART_YEAR, 0}, {"YY", 2, 2, PART_YEAR, 2000}, {"MM", 2, 2, PART_MONTH, 0},
    {"DD", 2, 2, PART_DAY, 0},    {"M", 1, 2, PART_MONTH, 0},    {"D", 1, 2, PART_DAY, 0},
};

static bool take_part(struct text *t, const char **pattern, int values[3])
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t size = strlen(parts[i].letters);

        if (strncmp(*pattern, parts[i].letters, size) == 0) {
            *pattern += size;
            if (!take_number(t, parts[i].least, parts[i].most, &values[parts[i].part])) {
                return false;
            }
            values[parts[i].part] += parts[i].add;
            return true;
        }
    }
    return take_char(t, *(*pattern)++);
}

bool date_parse_as(struct text t, const char *pattern, struct date *ret, struct error *err)
{
    struct text rest = t;
    const char *at = pattern;
    int values[3] = {0, 0, 0};

    while (*at) {
        if (!take_part(&rest, &at, values)) {
            return not_a_date(t, pattern, err);
        }
    }
    if (rest.size || !is_day(values[PART_YEAR], values[PART_MONTH], values[PART_DAY])) {
        return not_a_date(t, pattern, err);
    }
    *ret = (struct date){(int16_t)values[PART_YEAR], (uint8_t)values[PART_MONTH],
                         (uint8_t)values[PART_DAY]};
    return true;
}

const char *date_format(struct date d, char out[DATE_TEXT_MAX])
{
    unsigned year = (unsigned)d.year % 10000, month = d.month % 100u, day = d.day % 100u;

    snprintf(out, DATE_TEXT_MAX, "%04u-%02u-%02u", year, month, day);
    return out;
}

/* Days since 1970-01-01 by counting in eras of 400 years that begin in March. */
int32_t date_to_days(struct date d)
{
    int32_t year = d.year - (d.month <= 2);
    int32_t era = (year >= 0 ? year : year - 399) / 400;
    int32_t of_era = year - era * 400;
    int32_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date date_from_days(int32_t days)
{
    int32_t shifted = days + 719468;
    int32_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int32_t of_era = shifted - era * 146097;
    int32_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int32_t month = (5 * of_year + 2) / 153;

    return (struct date){
        .year = (int16_t)(years + era * 400 + (month >= 10)),
        .month = (uint8_t)(month < 10 ? month + 3 : month - 9),
        .day = (uint8_t)(of_year - (153 * month + 2) / 5 + 1),
    };
}

int date_compare(struct date a, struct date b)
{
    int32_t left = date_to_days(a), right = date_to_days(b);

    return left < right ? -1 : left > right;
}

/* ---- instants ---- */

#define DAY_MS ((int64_t)86400000)

static bool take_clock(struct text *t, int64_t *ret_ms)
{
    int hour, minute, second = 0, digit, unit = 100, ms = 0;

    if (!take_number(t, 2, 2, &hour) || !take_char(t, ':') || !take_number(t, 2, 2, &minute)) {
        return false;
    }
    if (take_char(t, ':') && !take_number(t, 2, 2, &second)) {
        return false;
    }
    if (take_char(t, '.')) {
        if (!take_number(t, 1, 1, &digit)) {
            return false;
        }
        do {
            ms += digit * unit; /* past milliseconds the unit is 0 */
            unit /= 10;
        } while (take_number(t, 1, 1, &digit));
    }
    if (hour > 24 || minute > 59 || second > 60) {
        return false;
    }
    *ret_ms = (((int64_t)hour * 60 + minute) * 60 + second) * 1000 + ms;
    return true;
}

static bool take_zone(struct text *t, int64_t *ret_ms)
{
    int hour, minute = 0, sign;

    *ret_ms = 0;
    if (t->size == 0 || take_char(t, 'Z')) {
        return t->size == 0;
    }
    sign = t->at[0] == '-' ? -1 : 1;
    if (!take_char(t, '+') && !take_char(t, '-')) {
        return false;
    }
    if (!take_number(t, 2, 2, &hour)) {
        return false;
    }
    (void)take_char(t, ':');
    if (t->size && !take_number(t, 2, 2, &minute)) {
        return false;
    }
    *ret_ms = (int64_t)sign * ((int64_t)hour * 60 + minute) * 60000;
    return t->size == 0 && hour < 24 && minute < 60;
}

/* "/Date(1518685950940+0000)/": milliseconds since 1970; the zone behind them says nothing more. */
static bool take_ms_date(struct text t, int64_t *ret_ms)
{
    int64_t sign = 1, ms = 0;
    size_t digits = 0, at = 6;

    if (!text_starts(t, "/Date(") || !text_ends(t, ")/")) {
        return false;
    }
    if (t.at[at] == '-') {
        sign = -1;
        at++;
    }
    for (; t.at[at] >= '0' && t.at[at] <= '9' && digits < 15; at++, digits++) {
        ms = ms * 10 + (t.at[at] - '0');
    }
    if (digits == 0 || !strchr(")+-", t.at[at])) {
        return false;
    }
    *ret_ms = sign * ms;
    return true;
}

static bool take_iso_date(struct text t, int64_t *ret_ms)
{
    struct date date;
    int64_t of_day, zone;

    if (!take_date(&t, &date) || !(take_char(&t, 'T') || take_char(&t, ' ')) ||
        !take_clock(&t, &of_day) || !take_zone(&t, &zone)) {
        return false;
    }
    *ret_ms = date_to_days(date) * DAY_MS + of_day - zone;
    return true;
}

static int64_t floor_days(int64_t ms)
{
    return (ms >= 0 ? ms : ms - (DAY_MS - 1)) / DAY_MS;
}

bool instant_parse(struct text t, int64_t *ret_ms, struct error *err)
{
    int64_t ms = 0;

    if (!(take_ms_date(t, &ms) || take_iso_date(t, &ms)) || floor_days(ms) < DATE_FIRST_DAY ||
        floor_days(ms) > DATE_LAST_DAY) {
        return error_set(err, ERROR_REJECTED, "time",
                         "\"%.*s\" is not a date and time as ISO 8601 writes it",
                         t.size > 40 ? 40 : (int)t.size, t.at ? t.at : "");
    }
    *ret_ms = ms;
    return true;
}

struct date instant_day_utc(int64_t ms)
{
    return date_from_days((int32_t)floor_days(ms));
}

const char *instant_format(int64_t ms, char out[INSTANT_TEXT_MAX])
{
    int64_t of_day = ms - floor_days(ms) * DAY_MS;
    char day[DATE_TEXT_MAX], fraction[8] = "";

    if (of_day % 1000) {
        snprintf(fraction, sizeof fraction, ".%03d", (int)(of_day % 1000));
    }
    snprintf(out, INSTANT_TEXT_MAX, "%sT%02d:%02d:%02d%sZ", date_format(instant_day_utc(ms), day),
             (int)(of_day / 3600000), (int)(of_day / 60000 % 60), (int)(of_day / 1000 % 60),
             fraction);
    return out;
}
