#include "map/value.h"
#include "unit.h"

static struct decimal number(const char *digits)
{
    struct decimal d = decimal_of(0);
    struct error err;

    assert_true(decimal_parse(text_of(digits), &d, &err));
    return d;
}

static struct value money(const char *digits, const char *currency)
{
    return value_of_money(number(digits), currency);
}

static void assert_money(struct value value, const char *digits, const char *currency)
{
    char out[DECIMAL_TEXT_MAX];

    assert_int_equal(value.kind, VALUE_MONEY);
    assert_string_equal(decimal_format(value.money.amount, out), digits);
    assert_string_equal(value.money.currency, currency);
}

static void money__never_mixes(void **state)
{
    struct value sum;
    struct error err = {0};
    bool equal;
    int order;

    (void)state;
    assert_true(value_add(money("0.10", "EUR"), money("0.20", "EUR"), false, &sum, &err));
    assert_money(sum, "0.30", "EUR");
    assert_false(value_add(money("1.00", "EUR"), money("2.00", "GBP"), false, &sum, &err));
    assert_string_equal(err.code, "mixed-currency");
    assert_non_null(strstr(err.text, "1.00 EUR and 2.00 GBP"));
    assert_false(value_equal(money("1.00", "EUR"), money("1.00", "GBP"), &equal, &err));
    assert_false(value_order(money("1.00", "EUR"), money("2.00", "GBP"), &order, &err));
}

static void money__zero_goes_with_every_currency(void **state)
{
    struct value sum;
    struct error err;
    bool equal = false;

    (void)state;
    assert_true(value_add(money("0", ""), money("2.00", "GBP"), false, &sum, &err));
    assert_money(sum, "2.00", "GBP");
    assert_true(value_add(money("0.00", "EUR"), money("2.00", "GBP"), true, &sum, &err));
    assert_money(sum, "-2.00", "GBP");
    assert_true(value_equal(money("0.00", "EUR"), value_of_decimal(number("0")), &equal, &err));
    assert_true(equal);
}

static void money__is_multiplied_by_numbers_only(void **state)
{
    struct value product;
    struct error err;

    (void)state;
    assert_true(
        value_multiply(value_of_decimal(number("1.5")), money("2.10", "EUR"), &product, &err));
    assert_money(product, "3.15", "EUR");
    assert_false(value_multiply(money("1", "EUR"), money("1", "EUR"), &product, &err));
}

static void absent__equals_nothing(void **state)
{
    struct error err;
    bool equal = true;

    (void)state;
    assert_true(value_equal(NO_VALUE, NO_VALUE, &equal, &err));
    assert_false(equal);
    equal = true;
    assert_true(value_equal(value_of_text(TEXT("")), NO_VALUE, &equal, &err));
    assert_false(equal);
}

static void record__compares_by_its_key(void **state)
{
    struct value user = {.kind = VALUE_RECORD, .record = {.list = "users", .key = "u1"}};
    struct value other = {.kind = VALUE_RECORD, .record = {.list = "cards", .key = "u1"}};
    struct error err;
    bool equal = false;

    (void)state;
    assert_true(value_equal(user, value_of_text(TEXT("u1")), &equal, &err));
    assert_true(equal);
    assert_true(value_equal(value_of_text(TEXT("u2")), user, &equal, &err));
    assert_false(equal);
    assert_true(value_equal(user, other, &equal, &err));
    assert_false(equal);
}

static void date__moves_by_days(void **state)
{
    struct value date = value_of_date((struct date){2026, 2, 27}), result;
    struct arena *arena = arena_new(1 << 20);
    struct error err;

    (void)state;
    assert_true(value_add(date, value_of_decimal(number("2")), false, &result, &err));
    assert_true(text_is(value_spelling(result, arena), "2026-03-01"));
    assert_true(value_add(result, date, true, &result, &err));
    assert_true(text_is(value_spelling(result, arena), "2"));
    assert_false(value_add(date, value_of_decimal(number("99999999999")), false, &result, &err));
    assert_false(value_add(date, date, false, &result, &err));
    date = value_of_date((struct date){9999, 12, 31});
    assert_false(value_add(date, value_of_decimal(number("1")), false, &result, &err));
    assert_string_equal(err.code, "overflow");
    assert_false(value_add(date, value_of_decimal(number("3652059")), true, &result, &err));
    assert_true(value_add(date, value_of_decimal(number("3652058")), true, &result, &err));
    assert_true(text_is(value_spelling(result, arena), "0001-01-01"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money__never_mixes),
        cmocka_unit_test(money__zero_goes_with_every_currency),
        cmocka_unit_test(money__is_multiplied_by_numbers_only),
        cmocka_unit_test(absent__equals_nothing),
        cmocka_unit_test(record__compares_by_its_key),
        cmocka_unit_test(date__moves_by_days),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
