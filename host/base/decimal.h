/*
 * Exact decimals: coefficient × 10^-scale, up to 38 digits. Nothing here knows binary fractions.
 * A value keeps the digits it was read with (70.10 stays 70.10) until arithmetic changes it.
 */
#ifndef FERRY_BASE_DECIMAL_H
#define FERRY_BASE_DECIMAL_H

#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

__extension__ typedef __int128 decimal_coefficient;

struct decimal {
    decimal_coefficient coefficient;
    uint8_t scale; /* digits after the point, 0..DECIMAL_SCALE_MAX */
};

#define DECIMAL_SCALE_MAX 18
#define DECIMAL_TEXT_MAX  48 /* enough for sign, 38 digits, point and terminator */

enum decimal_rounding { DECIMAL_HALF_UP, DECIMAL_HALF_EVEN, DECIMAL_DOWN };

struct decimal decimal_of(int64_t whole);
/* [-]digits[.digits][e[±]digits]; anything else, or more than 38 digits, is REJECTED "number". */
MUST_CHECK bool decimal_parse(struct text digits, struct decimal *ret, struct error *err);
/* Plain digits, no exponent; returns out. */
const char *decimal_format(struct decimal d, char out[DECIMAL_TEXT_MAX]);
/* Errors of arithmetic: REJECTED "overflow", past 38 digits. */
MUST_CHECK bool decimal_add(struct decimal a, struct decimal b, struct decimal *ret,
                            struct error *err);
MUST_CHECK bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *ret,
                                 struct error *err);
MUST_CHECK bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *ret,
                                 struct error *err);
/* a / b to `places` digits, half up; division by zero is REJECTED "division". */
MUST_CHECK bool decimal_divide(struct decimal a, struct decimal b, uint8_t places,
                               struct decimal *ret, struct error *err);
struct decimal decimal_negate(struct decimal d);
struct decimal decimal_absolute(struct decimal d);
struct decimal decimal_round(struct decimal d, uint8_t places, enum decimal_rounding how);
int decimal_compare(struct decimal a, struct decimal b); /* <0, 0, >0; 1.0 equals 1.00 */
int decimal_sign(struct decimal d);

#endif
