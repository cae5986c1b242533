#include "map/value.h"

struct value value_of_bool(bool truth)
{
    return (struct value){.kind = VALUE_BOOL, .truth = truth};
}

struct value value_of_text(struct text text)
{
    return (struct value){.kind = VALUE_TEXT, .text = text};
}

struct value value_of_decimal(struct decimal number)
{
    return (struct value){.kind = VALUE_DECIMAL, .number = number};
}

struct value value_of_money(struct decimal amount, const char *currency)
{
    struct value value = {.kind = VALUE_MONEY, .money = {.amount = amount}};

    for (size_t i = 0; i < 3 && currency[i]; i++) {
        value.money.currency[i] = currency[i];
    }
    return value;
}

struct value value_of_date(struct date date)
{
    return (struct value){.kind = VALUE_DATE, .date = date};
}

struct value value_of_list(const struct value *at, size_t count)
{
    return (struct value){.kind = VALUE_LIST, .list = {at, count}};
}

struct value value_of_record(struct record_value record)
{
    return (struct value){.kind = VALUE_RECORD, .record = record};
}

bool value_is_absent(struct value value)
{
    return value.kind == VALUE_ABSENT;
}

const char *value_kind_name(enum value_kind kind)
{
    static const char *const names[] = {
        [VALUE_ABSENT] = "nothing",      [VALUE_BOOL] = "true or false", [VALUE_TEXT] = "a text",
        [VALUE_DECIMAL] = "a number",    [VALUE_MONEY] = "money",        [VALUE_DATE] = "a date",
        [VALUE_TIME] = "a time",         [VALUE_RECORD] = "a record",    [VALUE_LIST] = "a list",
        [VALUE_FILE] = "a file",         [VALUE_WHOLE] = "a list",       [VALUE_TABLE] = "a table",
        [VALUE_DOCUMENT] = "a document",
    };

    return names[kind];
}

static bool do_not_fit(const char *doing, struct value a, struct value b, struct error *err)
{
    return error_set(err, ERROR_BUG, "types", "%s %s and %s was not caught by the check", doing,
                     value_kind_name(a.kind), value_kind_name(b.kind));
}

/* ---- money ---- */

/* Zero goes with every currency, and so does an amount that has none yet. */
static bool same_currency(struct money a, struct money b, const char **ret, struct error *err)
{
    char left[DECIMAL_TEXT_MAX], right[DECIMAL_TEXT_MAX];

    if (a.currency[0] && b.currency[0] && strcmp(a.currency, b.currency) != 0 &&
        decimal_sign(a.amount) != 0 && decimal_sign(b.amount) != 0) {
        return error_set(err, ERROR_REJECTED, "mixed-currency", "%s %s and %s %s do not mix.",
                         decimal_format(a.amount, left), a.currency,
                         decimal_format(b.amount, right), b.currency);
    }
    *ret = !a.currency[0] || (b.currency[0] && decimal_sign(a.amount) == 0) ? "b" : "a";
    return true;
}

static struct money to_money(struct value value)
{
    /* only the number 0 is compared with money */
    return value.kind == VALUE_MONEY ? value.money : (struct money){.amount = value.number};
}

static bool is_amount(struct value value)
{
    return value.kind == VALUE_MONEY || value.kind == VALUE_DECIMAL;
}

/* ---- comparing ---- */

static bool order_amounts(struct value a, struct value b, int *ret, struct error *err)
{
    const char *which;

    if ((a.kind == VALUE_MONEY && b.kind == VALUE_MONEY) &&
        !same_currency(a.money, b.money, &which, err)) {
        return false;
    }
    *ret = decimal_compare(to_money(a).amount, to_money(b).amount);
    return true;
}

static int order_texts(struct text a, struct text b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size ? memcmp(a.at, b.at, size) : 0;

    return order ? order : a.size < b.size ? -1 : a.size > b.size;
}

bool value_order(struct value a, struct value b, int *ret, struct error *err)
{
    if (is_amount(a) && is_amount(b)) {
        return order_amounts(a, b, ret, err);
    }
    if (a.kind != b.kind) {
        return do_not_fit("comparing", a, b, err);
    }
    switch (a.kind) {
    case VALUE_TEXT:
        *ret = order_texts(a.text, b.text);
        return true;
    case VALUE_DATE:
        *ret = date_compare(a.date, b.date);
        return true;
    case VALUE_TIME:
        *ret = a.time_ms < b.time_ms ? -1 : a.time_ms > b.time_ms;
        return true;
    default:
        return do_not_fit("ordering", a, b, err);
    }
}

/* A record compares by its key, also with the text of a key. */
static bool record_equal(struct value a, struct value b)
{
    if (a.kind == VALUE_RECORD && b.kind == VALUE_RECORD) {
        return strcmp(a.record.list, b.record.list) == 0 && strcmp(a.record.key, b.record.key) == 0;
    }
    return a.kind == VALUE_RECORD ? b.kind == VALUE_TEXT && text_is(b.text, a.record.key)
                                  : a.kind == VALUE_TEXT && text_is(a.text, b.record.key);
}

bool value_equal(struct value a, struct value b, bool *ret, struct error *err)
{
    int order = 1;

    if (value_is_absent(a) || value_is_absent(b)) {
        *ret = false;
        return true;
    }
    if (a.kind == VALUE_RECORD || b.kind == VALUE_RECORD) {
        *ret = record_equal(a, b);
        return true;
    }
    if (a.kind == VALUE_DOCUMENT && b.kind == VALUE_DOCUMENT) {
        *ret = a.document.key && b.document.key && strcmp(a.document.key, b.document.key) == 0 &&
               strcmp(a.document.mapping, b.document.mapping) == 0;
        return true;
    }
    if (a.kind == VALUE_BOOL && b.kind == VALUE_BOOL) {
        *ret = a.truth == b.truth;
        return true;
    }
    if (!value_order(a, b, &order, err)) {
        return false;
    }
    *ret = order == 0;
    return true;
}

/* ---- arithmetic ---- */

static bool add_days(struct value a, struct value b, bool subtract, struct value *ret,
                     struct error *err)
{
    struct decimal days =
        decimal_round(subtract ? decimal_negate(b.number) : b.number, 0, DECIMAL_DOWN);

    int64_t day = date_to_days(a.date);

    /* so many that the sum cannot overflow */
    if (decimal_compare(decimal_absolute(days), decimal_of(10000000)) < 0) {
        day += (int64_t)days.coefficient;
    } else {
        day = INT64_MAX;
    }
    if (day < DATE_FIRST_DAY || day > DATE_LAST_DAY) {
        return error_set(err, ERROR_REJECTED, "overflow",
                         "a date would be moved out of the years 1 to 9999");
    }
    *ret = value_of_date(date_from_days((int32_t)day));
    return true;
}

static bool add_amounts(struct value a, struct value b, bool subtract, struct value *ret,
                        struct error *err)
{
    const char *which = "a";
    struct decimal sum;

    if (a.kind == VALUE_MONEY && !same_currency(a.money, b.money, &which, err)) {
        return false;
    }
    if (!(subtract ? decimal_subtract(to_money(a).amount, to_money(b).amount, &sum, err)
                   : decimal_add(to_money(a).amount, to_money(b).amount, &sum, err))) {
        return false;
    }
    *ret = a.kind == VALUE_MONEY
               ? value_of_money(sum, which[0] == 'a' ? a.money.currency : b.money.currency)
               : value_of_decimal(sum);
    return true;
}

bool value_add(struct value a, struct value b, bool subtract, struct value *ret, struct error *err)
{
    if (a.kind == VALUE_DATE && b.kind == VALUE_DECIMAL) {
        return add_days(a, b, subtract, ret, err);
    }
    if (a.kind == VALUE_DATE && b.kind == VALUE_DATE && subtract) {
        *ret = value_of_decimal(decimal_of(date_to_days(a.date) - date_to_days(b.date)));
        return true;
    }
    if (a.kind != b.kind || !is_amount(a)) {
        return do_not_fit("adding", a, b, err);
    }
    return add_amounts(a, b, subtract, ret, err);
}

bool value_multiply(struct value a, struct value b, struct value *ret, struct error *err)
{
    struct decimal product;

    if (!is_amount(a) || !is_amount(b) || (a.kind == VALUE_MONEY && b.kind == VALUE_MONEY)) {
        return do_not_fit("multiplying", a, b, err);
    }
    if (!decimal_multiply(to_money(a).amount, to_money(b).amount, &product, err)) {
        return false;
    }
    *ret = a.kind == VALUE_MONEY   ? value_of_money(product, a.money.currency)
           : b.kind == VALUE_MONEY ? value_of_money(product, b.money.currency)
                                   : value_of_decimal(product);
    return true;
}

/* ---- spelling ---- */

struct text value_spelling(struct value value, struct arena *arena)
{
    char out[DECIMAL_TEXT_MAX];

    switch (value.kind) {
    case VALUE_TEXT:
        return value.text;
    case VALUE_DECIMAL:
    case VALUE_MONEY:
        return text_of(arena_copy(arena, decimal_format(to_money(value).amount, out)));
    case VALUE_DATE:
        return text_of(arena_copy(arena, date_format(value.date, out)));
    case VALUE_TIME:
        return text_of(arena_copy(arena, instant_format(value.time_ms, out)));
    case VALUE_BOOL:
        return value.truth ? TEXT("true") : TEXT("false");
    case VALUE_RECORD:
        return text_of(value.record.key);
    case VALUE_ABSENT:
    case VALUE_LIST:
    case VALUE_FILE:
    case VALUE_WHOLE:
    case VALUE_TABLE:
    case VALUE_DOCUMENT:
        break;
    }
    return TEXT("");
}
