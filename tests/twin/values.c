#include "values.h"

#include <inttypes.h>
#include <stdio.h>
#include <strings.h>

#include "crypto/crypto.h"

#define DAY_MILLISECONDS INT64_C(86400000)

void value_set_instant(json_t *j, const char *name, int64_t ms)
{
    char text[64];

    snprintf(text, sizeof text, "/Date(%" PRId64 "+0000)/", ms);
    json_object_set_new(j, name, json_string(text));
}

void value_set_day(json_t *j, const char *name, struct date day)
{
    char text[DATE_TEXT_MAX], long_text[64], string_name[64];

    value_set_instant(j, name, date_to_days(day) * DAY_MILLISECONDS);
    snprintf(long_text, sizeof long_text, "%sT00:00:00", date_format(day, text));
    snprintf(string_name, sizeof string_name, "%sString", name);
    json_object_set_new(j, string_name, json_string(long_text));
}

bool value_day(const json_t *j, const char *name, struct date *ret)
{
    struct text t = json_text(json_object_get(j, name));
    int64_t ms;

    if (t.size == 0) {
        return false;
    }
    if (text_starts(t, "/Date(")) {
        if (!instant_parse(t, &ms, NULL)) {
            return false;
        }
        *ret = instant_day_utc(ms);
        return true;
    }
    return date_parse(t, ret, NULL);
}

void value_set_text(json_t *j, const char *name, const char *text)
{
    json_object_set_new(j, name, json_string(text));
}

json_t *value_amount(struct decimal amount)
{
    while (amount.scale > 1 && amount.coefficient % 10 == 0) {
        amount.coefficient /= 10;
        amount.scale--;
    }
    if (amount.scale == 0) {
        amount.coefficient *= 10;
        amount.scale = 1;
    }
    return json_new_decimal(amount);
}

void value_set_amount(json_t *j, const char *name, struct decimal amount)
{
    json_object_set_new(j, name, value_amount(amount));
}

struct decimal value_number(const json_t *j, const char *name)
{
    struct decimal d = decimal_of(0);

    if (!decimal_parse(json_text(json_object_get(j, name)), &d, NULL)) {
        return decimal_of(0);
    }
    return d;
}

bool value_has(const json_t *j, const char *name)
{
    const json_t *value = json_object_get(j, name);

    return value && !json_is_null(value);
}

bool value_true(const json_t *j, const char *name)
{
    return json_is_true(json_object_get(j, name));
}

struct decimal plus(struct decimal a, struct decimal b)
{
    struct decimal sum = decimal_of(0);

    return decimal_add(a, b, &sum, NULL) ? sum : decimal_of(0);
}

struct decimal minus(struct decimal a, struct decimal b)
{
    return plus(a, decimal_negate(b));
}

struct decimal times(struct decimal a, struct decimal b)
{
    struct decimal product = decimal_of(0);

    return decimal_multiply(a, b, &product, NULL) ? product : decimal_of(0);
}

struct decimal over(struct decimal a, struct decimal b, uint8_t places)
{
    struct decimal quotient = decimal_of(0);

    return decimal_divide(a, b, places, &quotient, NULL) ? quotient : decimal_of(0);
}

struct decimal cents(struct decimal a)
{
    return decimal_round(a, 2, DECIMAL_HALF_UP);
}

bool word_in(const char *word, const char *list)
{
    struct text rest = text_of(list);

    while (rest.size > 0) {
        if (text_is(text_split(&rest, ' '), word)) {
            return true;
        }
    }
    return false;
}

bool same_text(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}

json_t *value_uuid(void)
{
    char uuid[CRYPTO_UUID_TEXT];

    return json_string(crypto_uuid(uuid));
}
