#include "base/decimal.h"

#include <string.h>

#define DIGITS_MAX 38

static decimal_coefficient power_of_ten(unsigned n)
{
    decimal_coefficient p = 1;

    while (n--) {
        p *= 10;
    }
    return p;
}

static bool fits(decimal_coefficient c)
{
    decimal_coefficient limit = power_of_ten(DIGITS_MAX);

    return c < limit && c > -limit;
}

static bool times_ten(decimal_coefficient *c)
{
    decimal_coefficient limit = power_of_ten(DIGITS_MAX - 1);

    if (*c >= limit || *c <= -limit) {
        return false;
    }
    *c *= 10;
    return true;
}

static bool overflow(struct error *err)
{
    return error_set(err, ERROR_REJECTED, "overflow", "a number would have more than %d digits",
                     DIGITS_MAX);
}

struct decimal decimal_of(int64_t whole)
{
    return (struct decimal){whole, 0};
}

/* ---- reading and writing ---- */

struct scan {
    struct text rest;
    decimal_coefficient coefficient;
    int digits, scale;
    bool any, point;
};

static bool take_digits(struct scan *s)
{
    while (s->rest.size) {
        char c = s->rest.at[0];

        if (c == '.' && !s->point && s->any) {
            s->point = true;
            s->any = false; /* a digit must follow */
        } else if (c >= '0' && c <= '9') {
            s->any = true;
            s->digits += s->coefficient != 0 || c != '0';
            s->scale += s->point;
            if (s->digits > DIGITS_MAX || s->scale > 2 * DIGITS_MAX) {
                return false;
            }
            s->coefficient = s->coefficient * 10 + (c - '0');
        } else {
            break;
        }
        s->rest.at++;
        s->rest.size--;
    }
    return s->any;
}

static bool take_exponent(struct scan *s)
{
    int exponent = 0, sign = 1;

    if (s->rest.size == 0) {
        return true;
    }
    if (s->rest.at[0] != 'e' && s->rest.at[0] != 'E') {
        return false;
    }
    s->rest.at++;
    s->rest.size--;
    if (s->rest.size && (s->rest.at[0] == '-' || s->rest.at[0] == '+')) {
        sign = s->rest.at[0] == '-' ? -1 : 1;
        s->rest.at++;
        s->rest.size--;
    }
    if (s->rest.size == 0 || s->rest.size > 3) {
        return false;
    }
    for (; s->rest.size; s->rest.at++, s->rest.size--) {
        if (s->rest.at[0] < '0' || s->rest.at[0] > '9') {
            return false;
        }
        exponent = exponent * 10 + (s->rest.at[0] - '0');
    }
    s->scale -= sign * exponent;
    return true;
}

/* Bring the scale into 0..DECIMAL_SCALE_MAX without losing a digit that is not zero. */
static bool settle_scale(struct scan *s)
{
    while (s->scale < 0) {
        if (s->coefficient == 0) {
            s->scale = 0;
            return true;
        }
        if (!times_ten(&s->coefficient)) {
            return false;
        }
        s->scale++;
    }
    while (s->scale > DECIMAL_SCALE_MAX) {
        if (s->coefficient % 10) {
            return false;
        }
        s->coefficient /= 10;
        s->scale--;
    }
    return true;
}

bool decimal_parse(struct text digits, struct decimal *ret, struct error *err)
{
    struct scan s = {.rest = digits};
    bool negative = digits.size && digits.at[0] == '-';

    if (negative) {
        s.rest.at++;
        s.rest.size--;
    }
    if (!take_digits(&s) || !take_exponent(&s) || !settle_scale(&s)) {
        return error_set(
            err, ERROR_REJECTED, "number", "\"%.*s\" is not a number of at most %d digits",
            digits.size > 60 ? 60 : (int)digits.size, digits.at ? digits.at : "", DIGITS_MAX);
    }
    *ret = (struct decimal){negative ? -s.coefficient : s.coefficient, (uint8_t)s.scale};
    return true;
}

const char *decimal_format(struct decimal d, char out[DECIMAL_TEXT_MAX])
{
    char reversed[DECIMAL_TEXT_MAX];
    decimal_coefficient c = d.coefficient < 0 ? -d.coefficient : d.coefficient;
    size_t n = 0, size = 0;

    for (unsigned i = 0; c || i <= d.scale; i++) {
        if (i == d.scale && i > 0) {
            reversed[n++] = '.';
        }
        reversed[n++] = (char)('0' + (int)(c % 10));
        c /= 10;
    }
    if (d.coefficient < 0) {
        out[size++] = '-';
    }
    while (n) {
        out[size++] = reversed[--n];
    }
    out[size] = '\0';
    return out;
}

/* ---- arithmetic ---- */

static bool scale_up(struct decimal *d, uint8_t scale)
{
    while (d->scale < scale) {
        if (!times_ten(&d->coefficient)) {
            return false;
        }
        d->scale++;
    }
    return true;
}

static bool align(struct decimal *a, struct decimal *b)
{
    return scale_up(a, b->scale) && scale_up(b, a->scale);
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *ret, struct error *err)
{
    decimal_coefficient sum;

    /* two numbers of 38 digits can be more than the machine's type holds */
    if (!align(&a, &b) || __builtin_add_overflow(a.coefficient, b.coefficient, &sum) ||
        !fits(sum)) {
        return overflow(err);
    }
    *ret = (struct decimal){sum, a.scale};
    return true;
}

bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *ret, struct error *err)
{
    return decimal_add(a, decimal_negate(b), ret, err);
}

/* Zeros at the end of the fraction that carry nothing. */
static struct decimal shorten(struct decimal d, uint8_t least)
{
    while (d.scale > least && d.coefficient % 10 == 0) {
        d.coefficient /= 10;
        d.scale--;
    }
    return d;
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *ret, struct error *err)
{
    decimal_coefficient c;
    unsigned scale;

    a = shorten(a, 0);
    b = shorten(b, 0);
    scale = (unsigned)a.scale + b.scale;
    if (__builtin_mul_overflow(a.coefficient, b.coefficient, &c) || !fits(c)) {
        return overflow(err);
    }
    while (scale > DECIMAL_SCALE_MAX) {
        if (c % 10) {
            return overflow(err);
        }
        c /= 10;
        scale--;
    }
    *ret = (struct decimal){c, (uint8_t)scale};
    return true;
}

static decimal_coefficient divide_half_up(decimal_coefficient a, decimal_coefficient b)
{
    decimal_coefficient quotient = a / b, rest = a % b;
    decimal_coefficient twice = (rest < 0 ? -rest : rest), whole = b < 0 ? -b : b;

    if (twice >= whole - twice) {
        quotient += ((a < 0) == (b < 0)) ? 1 : -1;
    }
    return quotient;
}

bool decimal_divide(struct decimal a, struct decimal b, uint8_t places, struct decimal *ret,
                    struct error *err)
{
    int shift;

    if (b.coefficient == 0) {
        return error_set(err, ERROR_REJECTED, "division", "a number was divided by zero");
    }
    if (places > DECIMAL_SCALE_MAX) {
        return overflow(err);
    }
    /* a/10^sa ÷ b/10^sb to `places` digits: a × 10^(places + sb - sa) ÷ b */
    shift = (int)places + b.scale - a.scale;
    for (; shift > 0; shift--) {
        if (__builtin_mul_overflow(a.coefficient, 10, &a.coefficient)) {
            return overflow(err);
        }
    }
    for (; shift < 0; shift++) {
        if (__builtin_mul_overflow(b.coefficient, 10, &b.coefficient)) {
            return overflow(err);
        }
    }
    *ret = (struct decimal){divide_half_up(a.coefficient, b.coefficient), places};
    return fits(ret->coefficient) ? true : overflow(err);
}

struct decimal decimal_negate(struct decimal d)
{
    d.coefficient = -d.coefficient;
    return d;
}

struct decimal decimal_absolute(struct decimal d)
{
    return d.coefficient < 0 ? decimal_negate(d) : d;
}

static decimal_coefficient round_away(decimal_coefficient c, decimal_coefficient unit,
                                      enum decimal_rounding how)
{
    decimal_coefficient quotient = c / unit, rest = c % unit, half = unit / 2;
    decimal_coefficient size = rest < 0 ? -rest : rest;
    bool up = how == DECIMAL_HALF_UP     ? size >= half
              : how == DECIMAL_HALF_EVEN ? size > half || (size == half && quotient % 2 != 0)
                                         : false;

    return up ? quotient + (c < 0 ? -1 : 1) : quotient;
}

struct decimal decimal_round(struct decimal d, uint8_t places, enum decimal_rounding how)
{
    if (d.scale <= places) {
        return d;
    }
    d.coefficient = round_away(d.coefficient, power_of_ten((unsigned)(d.scale - places)), how);
    d.scale = places;
    return d;
}

int decimal_compare(struct decimal a, struct decimal b)
{
    a = shorten(a, 0);
    b = shorten(b, 0);
    if (!align(&a, &b)) {
        /* one of them is too large to be brought to the other's scale, so its size decides */
        return a.scale < b.scale ? decimal_sign(a) : -decimal_sign(b);
    }
    return a.coefficient < b.coefficient ? -1 : a.coefficient > b.coefficient;
}

int decimal_sign(struct decimal d)
{
    return d.coefficient < 0 ? -1 : d.coefficient > 0;
}
