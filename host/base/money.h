/*
 * An amount with its currency. Two currencies never mix; zero without currency fits with any.
 */
#ifndef FERRY_BASE_MONEY_H
#define FERRY_BASE_MONEY_H

#include "base/decimal.h"

struct money {
    struct decimal amount;
    char currency[4]; /* ISO 4217, or "" where not known */
};

/* Digits after the point: EUR 2, JPY 0, KWD 3; 2 for a code not in ISO 4217's table of exceptions.
 */
uint8_t currency_digits(const char *currency);

/*
 * What falls to element `index` when `total` is divided in proportion to `weights`, in whole
 * units of `digits`: every share is rounded down (towards zero), the first takes the remainder,
 * so the shares add up to `total` exactly. All weights zero: the first takes everything.
 */
MUST_CHECK bool money_share(struct decimal total, const struct decimal *weights, size_t count,
                            size_t index, uint8_t digits, struct decimal *ret, struct error *err);

#endif
