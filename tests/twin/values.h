/* Small helpers on JSON values: Xero's dates, exact amounts. */
#ifndef FERRY_TWIN_VALUES_H
#define FERRY_TWIN_VALUES_H

#include "base/base.h"

/* "/Date(ms+0000)/" */
void value_set_instant(json_t *j, const char *name, int64_t ms);
/* A calendar day as Xero writes it, and beside it its …String. */
void value_set_day(json_t *j, const char *name, struct date day);
/* The day of either form; false when absent or wrong. */
bool value_day(const json_t *j, const char *name, struct date *ret);
void value_set_text(json_t *j, const char *name, const char *text);
/* With a varying count of decimals, one at least: 21.0, 24.15. */
void value_set_amount(json_t *j, const char *name, struct decimal amount);
json_t *value_amount(struct decimal amount);
/* Zero when absent. */
struct decimal value_number(const json_t *j, const char *name);
bool value_has(const json_t *j, const char *name);
bool value_true(const json_t *j, const char *name);

/* Arithmetic on numbers that were checked to be small: what cannot overflow does not say so. */
struct decimal plus(struct decimal a, struct decimal b);
struct decimal minus(struct decimal a, struct decimal b);
struct decimal times(struct decimal a, struct decimal b);
struct decimal over(struct decimal a, struct decimal b, uint8_t places);
struct decimal cents(struct decimal a);

/* One of the blank-separated words of `list`? */
bool word_in(const char *word, const char *list);
bool same_text(const char *a, const char *b); /* letters' case does not count */
/* A new version 4 UUID as a JSON text. */
json_t *value_uuid(void);

#endif
