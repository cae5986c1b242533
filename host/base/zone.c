#include "base/zone.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"

/*
 * A reader of TZif files (RFC 8536), version 2 and later: transitions in 64 bits, and for what
 * comes after the last one a rule in the manner of POSIX TZ. The C library would do it, but only
 * for one zone a process.
 */
#define ZONE_FOLDER   "/usr/share/zoneinfo/"
#define ZONE_FILE_MAX 65536
#define ZONE_NAME_MAX 64
#define HEADER_BYTES  44
#define DAY_S         86400

struct zone_file {
    unsigned char bytes[ZONE_FILE_MAX + 1];
    size_t size;
};

/* The six counts of a header, in file order. */
enum { COUNT_UT, COUNT_STD, COUNT_LEAP, COUNT_TIME, COUNT_TYPE, COUNT_CHAR, COUNTS };

static int64_t big_endian(const unsigned char *at, size_t size)
{
    uint64_t n = (at[0] & 0x80) ? ~UINT64_C(0) : 0;

    for (size_t i = 0; i < size; i++) {
        n = n << 8 | at[i];
    }
    return (int64_t)n;
}

static bool is_zone_name(struct text name)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";

    if (name.size == 0 || name.size > ZONE_NAME_MAX || name.at[0] == '/') {
        return false;
    }
    for (size_t i = 0; i < name.size; i++) {
        if (!memchr(allowed, name.at[i], sizeof allowed - 1)) {
            return false; /* no dots, so never out of the folder */
        }
    }
    return true;
}

static bool read_zone(struct text name, struct zone_file *file)
{
    char path[sizeof ZONE_FOLDER + ZONE_NAME_MAX];
    struct stat s;
    ssize_t size = -1;
    int fd;

    snprintf(path, sizeof path, ZONE_FOLDER "%.*s", TEXT_ARGS(name));
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size <= ZONE_FILE_MAX) {
        size = read(fd, file->bytes, ZONE_FILE_MAX);
    }
    close(fd);
    file->size = size < 0 ? 0 : (size_t)size;
    file->bytes[file->size] = '\0';
    return size > 0;
}

static bool read_header(const struct zone_file *file, size_t at, int64_t counts[COUNTS])
{
    if (file->size < at + HEADER_BYTES || memcmp(file->bytes + at, "TZif", 4) != 0) {
        return false;
    }
    for (size_t i = 0; i < COUNTS; i++) {
        counts[i] = big_endian(file->bytes + at + 20 + 4 * i, 4);
        if (counts[i] < 0 || counts[i] > ZONE_FILE_MAX) {
            return false;
        }
    }
    return true;
}

static size_t block_bytes(const int64_t counts[COUNTS], size_t time_bytes)
{
    return (size_t)counts[COUNT_TIME] * (time_bytes + 1) + (size_t)counts[COUNT_TYPE] * 6 +
           (size_t)counts[COUNT_CHAR] + (size_t)counts[COUNT_LEAP] * (time_bytes + 4) +
           (size_t)counts[COUNT_STD] + (size_t)counts[COUNT_UT];
}

/* ---- the rule after the last transition: "GMT0BST,M3.5.0/1,M10.5.0" ---- */

struct rule {
    const char *at;
    bool bad;
};

static void skip_name(struct rule *r)
{
    if (*r->at == '<') {
        while (*r->at && *r->at++ != '>') {
        }
        return;
    }
    while ((*r->at >= 'A' && *r->at <= 'Z') || (*r->at >= 'a' && *r->at <= 'z')) {
        r->at++;
    }
}

static int rule_number(struct rule *r)
{
    int n = 0;

    r->bad |= *r->at < '0' || *r->at > '9';
    while (*r->at >= '0' && *r->at <= '9' && n < 100000) {
        n = n * 10 + (*r->at++ - '0');
    }
    return n;
}

static int32_t rule_time(struct rule *r)
{
    int sign = *r->at == '-' ? -1 : 1;
    int32_t seconds;

    r->at += *r->at == '-' || *r->at == '+';
    seconds = rule_number(r) * 3600;
    for (int unit = 60; *r->at == ':' && unit; unit /= 60) {
        r->at++;
        seconds += rule_number(r) * unit;
    }
    return sign * seconds;
}

/* ",Mm.w.d[/time]" or ",n" or ",Jn": seconds since 1970 in local time of that year. */
static int64_t rule_change(struct rule *r, int year)
{
    int32_t first = date_to_days((struct date){(int16_t)year, 1, 1}), day;
    int32_t time = 7200;

    r->bad |= *r->at != ',';
    r->at += *r->at == ',';
    if (*r->at == 'M') {
        int month, week, weekday, length;
        struct date next;

        r->at++;
        month = rule_number(r);
        r->at += *r->at == '.';
        week = rule_number(r);
        r->at += *r->at == '.';
        weekday = rule_number(r);
        r->bad |= month < 1 || month > 12 || week < 1 || week > 5 || weekday > 6;
        if (r->bad) {
            return 0;
        }
        day = date_to_days((struct date){(int16_t)year, (uint8_t)month, 1});
        next = (struct date){(int16_t)(year + (month == 12)), (uint8_t)(month % 12 + 1), 1};
        length = date_to_days(next) - day;
        /* 1970-01-01 was a Thursday, day 4 */
        int in_month = (weekday - (day + 4) % 7 + 7) % 7 + (week - 1) * 7;

        day += in_month < length ? in_month : in_month - 7;
    } else if (*r->at == 'J') {
        r->at++;
        day = first + rule_number(r) - 1;
        day += day - first >= 59 && date_to_days((struct date){(int16_t)year, 3, 1}) - first == 60;
    } else {
        day = first + rule_number(r);
    }
    if (*r->at == '/') {
        r->at++;
        time = rule_time(r);
    }
    return (int64_t)day * DAY_S + time;
}

static bool offset_by_rule(const char *text, int64_t unix_s, int32_t *ret)
{
    struct rule r = {.at = text};
    int32_t standard, summer;
    int64_t begin, end;
    int year;
    bool in_summer;

    skip_name(&r);
    standard = -rule_time(&r);
    if (*r.at == '\0' || *r.at == '\n') {
        *ret = standard;
        return !r.bad;
    }
    skip_name(&r);
    summer = *r.at == ',' ? standard + 3600 : -rule_time(&r);
    year = instant_day_utc((unix_s + standard) * 1000).year;
    begin = rule_change(&r, year) - standard;
    end = rule_change(&r, year) - summer;
    in_summer = begin < end ? unix_s >= begin && unix_s < end : unix_s >= begin || unix_s < end;
    *ret = in_summer ? summer : standard;
    return !r.bad;
}

/* ---- transitions ---- */

/* How many transitions are not after this instant. */
static int64_t transitions_before(const unsigned char *times, int64_t count, int64_t unix_s)
{
    int64_t low = 0, high = count;

    while (low < high) {
        int64_t middle = (low + high) / 2;

        if (big_endian(times + 8 * middle, 8) <= unix_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool offset_in_file(const struct zone_file *file, int64_t unix_s, int32_t *ret)
{
    int64_t counts[COUNTS], passed;
    const unsigned char *times, *kinds, *types;
    size_t at, end, kind;

    if (!read_header(file, 0, counts) || file->bytes[4] < '2') {
        return false;
    }
    at = HEADER_BYTES + block_bytes(counts, 4);
    if (!read_header(file, at, counts) || counts[COUNT_TYPE] == 0) {
        return false;
    }
    end = at + HEADER_BYTES + block_bytes(counts, 8);
    if (end >= file->size) {
        return false;
    }
    times = file->bytes + at + HEADER_BYTES;
    kinds = times + 8 * counts[COUNT_TIME];
    types = kinds + counts[COUNT_TIME];
    passed = transitions_before(times, counts[COUNT_TIME], unix_s);
    if (passed == counts[COUNT_TIME] && file->bytes[end] == '\n' && file->bytes[end + 1] != '\n') {
        return offset_by_rule((const char *)file->bytes + end + 1, unix_s, ret);
    }
    kind = passed ? kinds[passed - 1] : 0;
    if (kind >= (size_t)counts[COUNT_TYPE]) {
        return false;
    }
    *ret = (int32_t)big_endian(types + 6 * kind, 4);
    return true;
}

/* The zone a thread asked for last: an organisation has one, and asks for every record. */
static _Thread_local struct {
    char name[ZONE_NAME_MAX + 1];
    struct zone_file file;
} last_zone;

static bool load_zone(struct text name)
{
    if (!is_zone_name(name)) {
        return false;
    }
    if (text_is(name, last_zone.name)) {
        return true;
    }
    last_zone.name[0] = '\0';
    if (!read_zone(name, &last_zone.file)) {
        return false;
    }
    memcpy(last_zone.name, name.at, name.size);
    last_zone.name[name.size] = '\0';
    return true;
}

bool zone_offset_s(struct text name, int64_t unix_s, int32_t *ret, struct error *err)
{
    const char *iana = zone_from_xero(name);

    if (iana) {
        name = text_of(iana);
    }
    if (!load_zone(name) || !offset_in_file(&last_zone.file, unix_s, ret)) {
        return error_set(err, ERROR_REJECTED, "zone",
                         "\"%.*s\" is not a time zone this machine knows",
                         name.size > 60 ? 60 : (int)name.size, name.at ? name.at : "");
    }
    return true;
}

bool instant_day(int64_t ms, struct text zone, struct date *ret, struct error *err)
{
    int64_t unix_s = (ms >= 0 ? ms : ms - 999) / 1000;
    int32_t offset = 0;

    if (!zone_offset_s(zone, unix_s, &offset, err)) {
        return false;
    }
    *ret = instant_day_utc(ms + (int64_t)offset * 1000);
    return (ret->year >= 1 && ret->year <= 9999) ||
           error_set(err, ERROR_REJECTED, "date", "a day in the year %d cannot be written",
                     ret->year);
}
