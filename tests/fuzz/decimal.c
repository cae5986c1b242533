/* Exact decimals: what is read is written as it was, and arithmetic agrees with itself. */
#include "fuzz.h"

static struct decimal parse_written(struct decimal d)
{
    char digits[DECIMAL_TEXT_MAX], again[DECIMAL_TEXT_MAX];
    struct decimal ret = {0};
    struct error err = {0};

    MUST(strlen(decimal_format(d, digits)) < DECIMAL_TEXT_MAX, "too long");
    MUST(decimal_parse(text_of(digits), &ret, &err), "%s", err.text);
    MUST(ret.coefficient == d.coefficient && ret.scale == d.scale, "%s is read as %s", digits,
         decimal_format(ret, again));
    return ret;
}

static bool take(struct text t, struct decimal *ret)
{
    struct error err = {0};

    if (!decimal_parse(t, ret, &err)) {
        fuzz_check_error(&err);
        return false;
    }
    parse_written(*ret);
    return true;
}

/* ---- laws ---- */

static void check_sums(struct decimal a, struct decimal b)
{
    struct decimal sum, other, back;
    struct error err = {0};
    bool ok = decimal_add(a, b, &sum, &err);

    MUST(ok == decimal_add(b, a, &other, &err), "a + b and b + a");
    if (ok) {
        parse_written(sum);
        MUST(decimal_compare(sum, other) == 0, "a + b is not b + a");
        MUST(!decimal_subtract(sum, b, &back, &err) || decimal_compare(back, a) == 0,
             "(a + b) - b is not a");
        MUST(decimal_sign(b) == decimal_compare(sum, a), "a + b is on the wrong side of a");
    }
    MUST(decimal_compare(a, b) == -decimal_compare(b, a), "two orders");
}

static void check_products(struct decimal a, struct decimal b)
{
    struct decimal product, other, quotient;
    struct error err = {0};
    bool ok = decimal_multiply(a, b, &product, &err);

    MUST(ok == decimal_multiply(b, a, &other, &err), "a × b and b × a");
    if (!ok) {
        return;
    }
    parse_written(product);
    MUST(decimal_compare(product, other) == 0, "a × b is not b × a");
    MUST(decimal_sign(product) == decimal_sign(a) * decimal_sign(b), "a × b has the wrong sign");
    if (decimal_sign(b) && decimal_divide(product, b, DECIMAL_SCALE_MAX, &quotient, &err)) {
        MUST(decimal_compare(quotient, a) == 0, "a × b ÷ b is not a");
    }
}

/* |d - rounded| is at most half of the last place (all of it when cut off). */
static void check_rounding(struct decimal d, uint8_t places)
{
    static const enum decimal_rounding ways[] = {DECIMAL_HALF_UP, DECIMAL_HALF_EVEN, DECIMAL_DOWN};
    struct error err = {0};

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct decimal rounded = decimal_round(d, places, ways[i]), off, twice;
        struct decimal unit = {1, places};
        int order;

        MUST(rounded.scale <= places || rounded.scale == d.scale, "not rounded");
        if (!decimal_subtract(d, rounded, &off, &err) || !decimal_add(off, off, &twice, &err)) {
            continue;
        }
        order = decimal_compare(decimal_absolute(twice), unit);
        MUST(ways[i] == DECIMAL_DOWN ? decimal_compare(decimal_absolute(off), unit) < 0
                                     : order <= 0,
             "rounded too far");
        MUST(ways[i] != DECIMAL_DOWN ||
                 decimal_compare(decimal_absolute(rounded), decimal_absolute(d)) <= 0,
             "rounded away from zero");
    }
}

static void check_division(struct decimal a, struct decimal b, uint8_t places)
{
    struct decimal quotient, back, off, most;
    struct error err = {0};

    if (!decimal_divide(a, b, places, &quotient, &err)) {
        fuzz_check_error(&err);
        MUST(decimal_sign(b) || strcmp(err.code, "division") == 0, "%s", err.code);
        return;
    }
    parse_written(quotient);
    MUST(quotient.scale == places, "other places than asked for");
    /* |quotient × b - a| is at most half a unit of the quotient, times b */
    if (decimal_multiply(quotient, b, &back, &err) && decimal_subtract(back, a, &off, &err) &&
        decimal_add(off, off, &off, &err) &&
        decimal_multiply((struct decimal){1, places}, decimal_absolute(b), &most, &err)) {
        MUST(decimal_compare(decimal_absolute(off), most) <= 0, "a ÷ b is off");
    }
}

/* Shares of a total add up to it. */
static void check_shares(struct decimal total, const struct decimal *weights, size_t count)
{
    struct decimal sum = {0}, share;
    struct error err = {0};

    for (size_t i = 0; i < count; i++) {
        if (!money_share(total, weights, count, i, 2, &share, &err)) {
            fuzz_check_error(&err);
            return;
        }
        if (!decimal_add(sum, share, &sum, &err)) {
            return;
        }
    }
    MUST(count == 0 || decimal_compare(sum, total) == 0, "the shares do not add up");
}

static void fuzz_one(struct text input)
{
    struct decimal numbers[8];
    uint8_t places = fuzz_byte(&input) % 24;
    size_t count = 0;

    while (input.at && count < sizeof numbers / sizeof *numbers) {
        count += take(text_split(&input, ' '), &numbers[count]);
    }
    for (size_t i = 0; i < count; i++) {
        struct decimal other = numbers[(i + 1) % count];

        check_rounding(numbers[i], places);
        check_sums(numbers[i], other);
        check_products(numbers[i], other);
        check_division(numbers[i], other, places);
    }
    if (count > 1) {
        check_shares(decimal_round(numbers[0], 2, DECIMAL_DOWN), numbers + 1, count - 1);
    }
}
