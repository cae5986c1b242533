#include "unit.h"

static struct decimal number(const char *digits)
{
    struct decimal d;
    struct error err;

    assert_true(decimal_parse(text_of(digits), &d, &err));
    return d;
}

static void assert_digits(struct decimal d, const char *expected)
{
    char out[DECIMAL_TEXT_MAX];

    assert_string_equal(decimal_format(d, out), expected);
}

static void decimal__keeps_the_digits_it_was_read_with(void **state)
{
    static const char *const same[] = {
        "70.10",
        "0",
        "0.10",
        "-0.01",
        "9999999999.99",
        "1000",
        "0.000000000000000001",
        "99999999999999999999999999999999999999",
        "12.500",
        "-9.5",
    };

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_digits(number(same[i]), same[i]);
    }
}

static void decimal__reads_exponents(void **state)
{
    (void)state;
    assert_digits(number("1e3"), "1000");
    assert_digits(number("1.25E1"), "12.5");
    assert_digits(number("15e-2"), "0.15");
    assert_digits(number("0e40"), "0");
    assert_digits(number("1.000000000000000000000"), "1.000000000000000000");
}

static void decimal__refuses_what_is_no_number(void **state)
{
    static const char *const bad[] = {
        "",
        "-",
        ".",
        "1.",
        ".5",
        "1,5",
        "0x10",
        "1e",
        "1e+",
        "1e9999",
        "--1",
        "+1",
        " 1",
        "1 ",
        "NaN",
        "inf",
        "999999999999999999999999999999999999999",
        "0.0000000000000000001",
        "1e38",
        "1e-19",
    };
    struct decimal d;
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (decimal_parse(text_of(bad[i]), &d, &err)) {
            fail_msg("\"%s\" was taken", bad[i]);
        }
        assert_string_equal(err.code, "number");
        assert_int_equal(err.kind, ERROR_REJECTED);
    }
}

static void decimal__adds_exactly(void **state)
{
    struct decimal d;
    struct error err;

    (void)state;
    assert_true(decimal_add(number("0.1"), number("0.2"), &d, &err));
    assert_digits(d, "0.3");
    assert_true(decimal_add(number("9999999999.99"), number("0.01"), &d, &err));
    assert_digits(d, "10000000000.00");
    assert_true(decimal_subtract(number("1"), number("1.005"), &d, &err));
    assert_digits(d, "-0.005");
    assert_false(
        decimal_add(number("99999999999999999999999999999999999999"), number("1"), &d, &err));
    assert_string_equal(err.code, "overflow");
    assert_false(decimal_add(number("99999999999999999999999999999999999999"),
                             number("99999999999999999999999999999999999999"), &d, &err));
    assert_false(decimal_subtract(number("-99999999999999999999999999999999999999"),
                                  number("99999999999999999999999999999999999999"), &d, &err));
}

static void decimal__multiplies_and_divides_half_up(void **state)
{
    struct decimal d;
    struct error err;

    (void)state;
    assert_true(decimal_multiply(number("1.10"), number("3"), &d, &err));
    assert_digits(d, "3.3");
    assert_true(decimal_divide(number("2"), number("3"), 2, &d, &err));
    assert_digits(d, "0.67");
    assert_true(decimal_divide(number("-1"), number("8"), 2, &d, &err));
    assert_digits(d, "-0.13");
    assert_true(decimal_divide(number("1"), number("0.003"), 0, &d, &err));
    assert_digits(d, "333");
    assert_true(decimal_divide(number("108.00"), number("100.00"), 6, &d, &err));
    assert_digits(d, "1.080000");
    assert_false(decimal_divide(number("1"), number("0.00"), 2, &d, &err));
    assert_string_equal(err.code, "division");
}

static void decimal__rounds_as_asked(void **state)
{
    (void)state;
    assert_digits(decimal_round(number("2.345"), 2, DECIMAL_HALF_UP), "2.35");
    assert_digits(decimal_round(number("-2.345"), 2, DECIMAL_HALF_UP), "-2.35");
    assert_digits(decimal_round(number("2.345"), 2, DECIMAL_HALF_EVEN), "2.34");
    assert_digits(decimal_round(number("2.355"), 2, DECIMAL_HALF_EVEN), "2.36");
    assert_digits(decimal_round(number("-2.349"), 2, DECIMAL_DOWN), "-2.34");
    assert_digits(decimal_round(number("2.3"), 2, DECIMAL_HALF_UP), "2.3");
}

static void decimal__compares_values_not_digits(void **state)
{
    (void)state;
    assert_int_equal(decimal_compare(number("1.0"), number("1.00")), 0);
    assert_int_equal(decimal_compare(number("-0"), number("0.00")), 0);
    assert_true(decimal_compare(number("1.01"), number("1.1")) < 0);
    assert_true(decimal_compare(number("-2"), number("-3")) > 0);
    assert_true(decimal_compare(number("99999999999999999999999999999999999999"),
                                number("0.000000000000000001")) > 0);
    assert_true(decimal_compare(number("-99999999999999999999999999999999999999"),
                                number("0.000000000000000001")) < 0);
}

/* (a + b) - b is a, and a × b ÷ b is a, for many a and b. */
static void decimal__goes_there_and_back(void **state)
{
    uint64_t seed = 20261001;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct decimal a = {(decimal_coefficient)(next_random(&seed) % 100000000000) - 50000000000,
                            (uint8_t)(seed % 4)};
        struct decimal b = {(decimal_coefficient)(next_random(&seed) % 1000000) + 1,
                            (uint8_t)(seed % 5)};
        struct decimal sum, back, product, quotient, parsed;
        struct error err;
        char out[DECIMAL_TEXT_MAX];

        if (!decimal_add(a, b, &sum, &err) || !decimal_subtract(sum, b, &back, &err) ||
            !decimal_multiply(a, b, &product, &err) ||
            !decimal_divide(product, b, 8, &quotient, &err)) {
            fail_msg("%s", err.text);
        }
        assert_int_equal(decimal_compare(back, a), 0);
        assert_int_equal(decimal_compare(quotient, a), 0);
        assert_true(decimal_parse(text_of(decimal_format(a, out)), &parsed, &err));
        assert_true(parsed.coefficient == a.coefficient && parsed.scale == a.scale);
    }
}

/* 25.06, 25.61 and 25.63 at 15 %: Xero rounds each line, so the tax is 11.44 and not 11.45. */
static void decimal__rounds_tax_by_line_as_xero_does(void **state)
{
    static const char *const lines[] = {"25.06", "25.61", "25.63"};
    struct decimal tax = decimal_of(0), line;
    struct error err;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_true(decimal_multiply(number(lines[i]), number("0.15"), &line, &err));
        assert_true(decimal_add(tax, decimal_round(line, 2, DECIMAL_HALF_UP), &tax, &err));
    }
    assert_digits(tax, "11.44");
}

static void share__adds_up_and_the_first_takes_the_rest(void **state)
{
    struct decimal weights[3], share;
    struct error err;
    static const char *const expected[] = {"26.34", "26.33", "26.33"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        weights[i] = number("1");
    }
    for (size_t i = 0; i < 3; i++) {
        assert_true(money_share(number("79.00"), weights, 3, i, 2, &share, &err));
        assert_digits(share, expected[i]);
    }
}

static void share__of_any_total_is_exact(void **state)
{
    static const uint8_t digits[] = {0, 2, 3};
    uint64_t seed = 7;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        uint8_t places = digits[i % 3];
        struct decimal total = {(decimal_coefficient)(next_random(&seed) % 2000000) - 1000000,
                                places};
        struct decimal weights[5], sum = decimal_of(0), share;
        size_t count = 1 + next_random(&seed) % 5;
        struct error err;

        for (size_t w = 0; w < count; w++) {
            weights[w] = (struct decimal){(decimal_coefficient)(next_random(&seed) % 100000), 2};
        }
        for (size_t w = 0; w < count; w++) {
            assert_true(money_share(total, weights, count, w, places, &share, &err));
            assert_true(decimal_compare(decimal_round(share, places, DECIMAL_DOWN), share) == 0);
            assert_true(decimal_add(sum, share, &sum, &err));
        }
        assert_int_equal(decimal_compare(sum, total), 0);
    }
}

static void share__without_weights_goes_to_the_first(void **state)
{
    struct decimal weights[2] = {decimal_of(0), decimal_of(0)}, share;
    struct error err;

    (void)state;
    assert_true(money_share(number("5.00"), weights, 2, 0, 2, &share, &err));
    assert_digits(share, "5.00");
    assert_true(money_share(number("5.00"), weights, 2, 1, 2, &share, &err));
    assert_digits(share, "0.00");
    assert_false(money_share(number("5.00"), weights, 2, 2, 2, &share, &err));
}

static void currency__knows_its_digits(void **state)
{
    (void)state;
    assert_int_equal(currency_digits("EUR"), 2);
    assert_int_equal(currency_digits("JPY"), 0);
    assert_int_equal(currency_digits("KWD"), 3);
    assert_int_equal(currency_digits(""), 2);
    assert_int_equal(currency_digits("P K"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimal__keeps_the_digits_it_was_read_with),
        cmocka_unit_test(decimal__reads_exponents),
        cmocka_unit_test(decimal__refuses_what_is_no_number),
        cmocka_unit_test(decimal__adds_exactly),
        cmocka_unit_test(decimal__multiplies_and_divides_half_up),
        cmocka_unit_test(decimal__rounds_as_asked),
        cmocka_unit_test(decimal__compares_values_not_digits),
        cmocka_unit_test(decimal__goes_there_and_back),
        cmocka_unit_test(decimal__rounds_tax_by_line_as_xero_does),
        cmocka_unit_test(share__adds_up_and_the_first_takes_the_rest),
        cmocka_unit_test(share__of_any_total_is_exact),
        cmocka_unit_test(share__without_weights_goes_to_the_first),
        cmocka_unit_test(currency__knows_its_digits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
