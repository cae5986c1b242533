/* Numbers and money: abs, div, money, value, currency, share. */
#include "map/function.h"

static bool check_abs(struct checker *c, const struct node *call, const struct place *place,
                      struct type *ret)
{
    return check_argument(c, call, 0, place, AS(IS_DECIMAL) | AS(IS_MONEY), ret);
}

static bool evaluate_abs(struct evaluation *e, const struct node *call, const struct scope *scope,
                         struct value *ret)
{
    if (!evaluate(e, call->items[0], scope, ret)) {
        return false;
    }
    if (ret->kind == VALUE_MONEY) {
        ret->money.amount = decimal_absolute(ret->money.amount);
    } else if (ret->kind == VALUE_DECIMAL) {
        ret->number = decimal_absolute(ret->number);
    }
    return true;
}

/* ---- div ---- */

/* div(number, number, places), or div(money, number): money knows its places. */
static bool check_div(struct checker *c, const struct node *call, const struct place *place,
                      struct type *ret)
{
    struct type divisor, places;

    if (!check_argument_present(c, call, 0, place, AS(IS_DECIMAL) | AS(IS_MONEY), ret) ||
        !check_argument_present(c, call, 1, place, AS(IS_DECIMAL), &divisor)) {
        return false;
    }
    if ((ret->is == IS_MONEY) != (call->item_count == 2)) {
        return check_fail(c, call,
                          ret->is == IS_MONEY
                              ? "money is divided to the places of its currency; leave them out"
                              : "a third argument says how many places are kept");
    }
    *ret = type_of(ret->is);
    return ret->is == IS_MONEY ||
           check_argument_present(c, call, 2, place, AS(IS_DECIMAL), &places);
}

static bool places_of(struct evaluation *e, const struct node *call, const struct scope *scope,
                      const struct value *dividend, uint8_t *ret)
{
    struct value value;
    decimal_coefficient places;

    if (call->item_count == 2) {
        *ret = (uint8_t)currency_digits(dividend->money.currency);
        return true;
    }
    if (!evaluate(e, call->items[2], scope, &value)) {
        return false;
    }
    places = decimal_round(value.number, 0, DECIMAL_DOWN).coefficient;
    if (places < 0 || places > DECIMAL_SCALE_MAX) {
        return evaluation_hold(e, "division", "div takes 0 to %d places.", DECIMAL_SCALE_MAX);
    }
    *ret = (uint8_t)places;
    return true;
}

static bool evaluate_div(struct evaluation *e, const struct node *call, const struct scope *scope,
                         struct value *ret)
{
    struct value dividend, divisor;
    struct decimal quotient;
    struct error err = {0};
    bool is_money;
    uint8_t places;

    if (!evaluate(e, call->items[0], scope, &dividend) ||
        !evaluate(e, call->items[1], scope, &divisor) ||
        !places_of(e, call, scope, &dividend, &places)) {
        return false;
    }
    is_money = dividend.kind == VALUE_MONEY;
    if (!decimal_divide(is_money ? dividend.money.amount : dividend.number, divisor.number, places,
                        &quotient, &err)) {
        return evaluation_fail(e, &err);
    }
    *ret =
        is_money ? value_of_money(quotient, dividend.money.currency) : value_of_decimal(quotient);
    return true;
}

/* ---- money, value, currency ---- */

static bool check_money(struct checker *c, const struct node *call, const struct place *place,
                        struct type *ret)
{
    struct type currency;
    bool optional;

    if (!check_argument(c, call, 0, place, AS(IS_DECIMAL), ret)) {
        return false;
    }
    optional = ret->optional;
    *ret = type_of(IS_MONEY);
    ret->optional = optional;
    return check_argument_present(c, call, 1, place, AS(IS_TEXT), &currency);
}

static bool evaluate_money(struct evaluation *e, const struct node *call, const struct scope *scope,
                           struct value *ret)
{
    struct value currency;

    if (!evaluate(e, call->items[0], scope, ret) ||
        !evaluate(e, call->items[1], scope, &currency)) {
        return false;
    }
    if (!value_is_absent(*ret)) {
        if (currency.text.size != 3) {
            return evaluation_hold(e, "currency", "'%.*s' is no currency.",
                                   TEXT_ARGS(currency.text));
        }
        *ret = value_of_money(ret->number, arena_copy_text(e->arena, currency.text));
    }
    return true;
}

static bool check_of_money(struct checker *c, const struct node *call, const struct place *place,
                           struct type *ret)
{
    bool optional;

    if (!check_argument(c, call, 0, place, AS(IS_MONEY), ret)) {
        return false;
    }
    optional = ret->optional;
    *ret = type_of(call->text[0] == 'v' ? IS_DECIMAL : IS_TEXT);
    ret->optional = optional;
    return true;
}

static bool evaluate_value(struct evaluation *e, const struct node *call, const struct scope *scope,
                           struct value *ret)
{
    if (!evaluate(e, call->items[0], scope, ret)) {
        return false;
    }
    if (ret->kind == VALUE_MONEY) {
        *ret = value_of_decimal(ret->money.amount);
    }
    return true;
}

static bool evaluate_currency(struct evaluation *e, const struct node *call,
                              const struct scope *scope, struct value *ret)
{
    if (!evaluate(e, call->items[0], scope, ret)) {
        return false;
    }
    if (ret->kind == VALUE_MONEY) {
        *ret = value_of_text(text_of(arena_copy(e->arena, ret->money.currency)));
    }
    return true;
}

/* ---- share ---- */

/* The record that takes its share: the one in scope, or one that it is in. */
static bool is_inside(const struct place *place, const struct shape *shape)
{
    for (; place; place = place->parent) {
        if (place->shape == shape) {
            return true;
        }
    }
    return false;
}

static const char *own_key(const struct scope *scope, const struct value *items)
{
    const struct shape *shape = items->list.count ? items->list.at[0].record.shape : NULL;

    for (; scope; scope = scope->parent) {
        if (scope->here.shape == shape) {
            return scope->here.key;
        }
    }
    return "";
}

static bool check_share(struct checker *c, const struct node *call, const struct place *place,
                        struct type *ret)
{
    struct type total, list, weight;
    struct place element = {.parent = place};

    if (!check_argument_present(c, call, 0, place, AS(IS_MONEY), &total) ||
        !check_argument(c, call, 1, place, AS(IS_LIST), &list)) {
        return false;
    }
    if (list.is != IS_LIST || list.of->is != IS_RECORD || list.whole ||
        !is_inside(place, list.of->shape)) {
        return check_fail(c, call,
                          "the record in scope (of %s) is not in the list that share "
                          "divides among",
                          place && place->shape ? place->shape->name : "nothing");
    }
    element.shape = list.of->shape;
    *ret = type_of(IS_MONEY);
    return check_infer(c, call->items[2], &element, &weight) &&
           check_need(c, call->items[2], &weight, AS(IS_MONEY) | AS(IS_DECIMAL),
                      "the weight of share") &&
           check_present(c, call->items[2], &weight, "the weight of share");
}

struct weights {
    struct decimal *at;
    size_t count, own;
    bool found;
};

static bool weigh(struct evaluation *e, const struct node *call, const struct scope *scope,
                  struct weights *ret)
{
    struct value list, weight;
    struct scope element;
    const char *own;

    if (!list_items(e, call->items[1], NULL, scope, &list)) {
        return false;
    }
    own = own_key(scope, &list);
    ret->at = arena_alloc(e->arena, list.list.count + 1, sizeof *ret->at);
    ret->count = list.list.count;
    for (size_t i = 0; i < list.list.count; i++) {
        if (!list_scope(e, call, &list.list.at[i], scope, &element) ||
            !evaluate(e, call->items[2], &element, &weight)) {
            return false;
        }
        ret->at[i] = weight.kind == VALUE_MONEY ? weight.money.amount : weight.number;
        if (!ret->found && strcmp(element.here.key, own) == 0) {
            ret->found = true;
            ret->own = i;
        }
    }
    return true;
}

static bool evaluate_share(struct evaluation *e, const struct node *call, const struct scope *scope,
                           struct value *ret)
{
    struct weights weights = {0};
    struct decimal part;
    struct error err = {0};
    struct value total;

    if (!evaluate(e, call->items[0], scope, &total) || !weigh(e, call, scope, &weights)) {
        return false;
    }
    if (!weights.found) {
        return evaluation_hold(e, "share", "%s is not among what it shares with.", scope->here.key);
    }
    if (!money_share(total.money.amount, weights.at, weights.count, weights.own,
                     currency_digits(total.money.currency), &part, &err)) {
        return evaluation_fail(e, &err);
    }
    *ret = value_of_money(part, total.money.currency);
    return true;
}

const struct function functions_of_numbers[] = {
    {"abs", 1, 1, check_abs, evaluate_abs},
    {"div", 2, 3, check_div, evaluate_div},
    {"money", 2, 2, check_money, evaluate_money},
    {"value", 1, 1, check_of_money, evaluate_value},
    {"currency", 1, 1, check_of_money, evaluate_currency},
    {"share", 3, 3, check_share, evaluate_share},
    {NULL, 0, 0, NULL, NULL},
};
