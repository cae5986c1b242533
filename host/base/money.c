#include "base/money.h"

#include <string.h>

#include "base/memory.h"

/* ISO 4217: the currencies whose minor unit is not a hundredth. */
static const struct {
    const char *currencies;
    uint8_t digits;
} exceptions[] = {
    {"BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 0},
    {"BHD IQD JOD KWD LYD OMR TND", 3},
    {"CLF UYW", 4},
};

uint8_t currency_digits(const char *currency)
{
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++) {
        if (strlen(currency) == 3 && strstr(exceptions[i].currencies, currency)) {
            return exceptions[i].digits;
        }
    }
    return 2;
}

/* weight × total ÷ sum, rounded towards zero to `digits`. */
static bool share_down(struct decimal total, struct decimal weight, struct decimal sum,
                       uint8_t digits, struct decimal *ret, struct error *err)
{
    struct decimal product, exact, back, difference;

    if (!decimal_multiply(total, weight, &product, err) ||
        !decimal_divide(product, sum, digits, &exact, err) ||
        !decimal_multiply(exact, sum, &back, err) ||
        !decimal_subtract(decimal_absolute(product), decimal_absolute(back), &difference, err)) {
        return false;
    }
    if (decimal_sign(difference) < 0) {
        /* division rounded away from zero: one unit back */
        struct decimal unit = {decimal_sign(exact), digits};

        return decimal_subtract(exact, unit, ret, err);
    }
    *ret = exact;
    return true;
}

static bool sum_weights(const struct decimal *weights, size_t count, struct decimal *ret,
                        struct error *err)
{
    struct decimal sum = decimal_of(0);

    for (size_t i = 0; i < count; i++) {
        if (!decimal_add(sum, weights[i], &sum, err)) {
            return false;
        }
    }
    *ret = sum;
    return true;
}

bool money_share(struct decimal total, const struct decimal *weights, size_t count, size_t index,
                 uint8_t digits, struct decimal *ret, struct error *err)
{
    struct decimal sum, others = decimal_of(0), share;

    if (index >= count) {
        return error_set(err, ERROR_BUG, "share", "element %zu of %zu has no share", index, count);
    }
    if (!sum_weights(weights, count, &sum, err)) {
        return false;
    }
    if (decimal_sign(sum) == 0) {
        *ret = index == 0 ? total : (struct decimal){0, digits};
        return true;
    }
    if (index > 0) {
        return share_down(total, weights[index], sum, digits, ret, err);
    }
    for (size_t i = 1; i < count; i++) {
        if (!share_down(total, weights[i], sum, digits, &share, err) ||
            !decimal_add(others, share, &others, err)) {
            return false;
        }
    }
    return decimal_subtract(total, others, ret, err);
}
