/*
 * Civil dates and instants. A date is a day in a calendar, never shifted by a time zone. Nothing
 * here asks the machine for its zone or locale.
 */
#ifndef FERRY_BASE_DATE_H
#define FERRY_BASE_DATE_H

#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct date {
    int16_t year;
    uint8_t month; /* 1..12 */
    uint8_t day;   /* 1..31 */
};

/* What can be written: 0001-01-01 and 9999-12-31, in days since 1970-01-01. */
#define DATE_FIRST_DAY (-719162)
#define DATE_LAST_DAY  2932896

#define DATE_TEXT_MAX    11 /* YYYY-MM-DD and terminator */
#define INSTANT_TEXT_MAX 32

/* YYYY-MM-DD, or an ISO date-time of which the day is taken as written. */
MUST_CHECK bool date_parse(struct text t, struct date *ret, struct error *err);
/* By a pattern of YYYY, YY, MM, M, DD, D and other characters as they stand. */
MUST_CHECK bool date_parse_as(struct text t, const char *pattern, struct date *ret,
                              struct error *err);
const char *date_format(struct date d, char out[DATE_TEXT_MAX]);
int32_t date_to_days(struct date d); /* since 1970-01-01 */
struct date date_from_days(int32_t days);
int date_compare(struct date a, struct date b);

/* An instant is milliseconds since 1970-01-01T00:00:00Z. */
/* ISO 8601 with Z or ±hh:mm, without a zone it is UTC; or "/Date(ms+0000)/" as Xero writes it. In
 * UTC it must be in the years 0001 to 9999, so that it can be written again. */
MUST_CHECK bool instant_parse(struct text t, int64_t *ret_ms, struct error *err);
/* "2026-03-01T14:03:00Z", with milliseconds only when they are not zero. */
const char *instant_format(int64_t ms, char out[INSTANT_TEXT_MAX]);
struct date instant_day_utc(int64_t ms);

/*
 * The civil day of an instant in a zone: an IANA name ("Europe/Amsterdam"), read from the
 * system's tzdata by our own reader, or the name Xero's Organisation.Timezone uses
 * ("GMTSTANDARDTIME", "NEWZEALANDSTANDARDTIME"). Unknown zone: REJECTED "zone"; a day past
 * DATE_LAST_DAY or before the first: REJECTED "date".
 */
MUST_CHECK bool instant_day(int64_t ms, struct text zone, struct date *ret, struct error *err);

#endif
