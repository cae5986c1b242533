/* Lists: where, find, first, count, sum, min, max, any, all. */
#include "map/function.h"

/* ---- the scope of elements ---- */

bool check_element_place(struct checker *c, const struct node *call, const struct type *list,
                         const struct place *place, struct place *ret)
{
    const struct type *of = list->of;
    struct map_list *referred;

    *ret = (struct place){.parent = place};
    if (of->is == IS_RECORD) {
        ret->shape = of->shape;
        return true;
    }
    if (of->is == IS_REFERENCE && of->name_count > 1) {
        return check_fail(c, call, "records of several lists (%s) have no fields in common",
                          type_spelling(of, c->arena));
    }
    if (of->is == IS_REFERENCE) {
        referred = program_list(c->program, of->names[0]);
        if (referred) {
            check_reads(c, referred);
            ret->shape = referred->shape;
        }
        return referred != NULL;
    }
    ret->shape = program_shape(c->program, call);
    if (!ret->shape) {
        struct shape *values = shape_of_values(of, c->arena);

        dict_set(c->program->shapes, NODE_KEY(call), values);
        ret->shape = values;
    }
    return true;
}

bool check_list_argument(struct checker *c, const struct node *call, const struct place *place,
                         struct type *ret)
{
    if (!check_argument(c, call, 0, place, AS(IS_LIST), ret)) {
        return false;
    }
    ret->optional = false;
    return ret->is == IS_LIST ? true : check_fail(c, call->items[0], "this is never a list");
}

/* ---- where, find, any, all ---- */

static bool check_condition(struct checker *c, const struct node *call, const struct place *place,
                            struct type *ret_list)
{
    struct place element;
    struct type truth;

    if (!check_list_argument(c, call, place, ret_list) ||
        !check_element_place(c, call, ret_list, place, &element) ||
        !check_infer(c, call->items[1], &element, &truth) ||
        !check_need(c, call->items[1], &truth, AS(IS_BOOL), "the condition") ||
        !check_present(c, call->items[1], &truth, "the condition")) {
        return false;
    }
    return !ret_list->whole ||
           check_search(c, call->items[1],
                        program_list(c->program, ret_list->whole->declared->name), &element);
}

static bool check_where(struct checker *c, const struct node *call, const struct place *place,
                        struct type *ret)
{
    bool ok = check_condition(c, call, place, ret);

    ret->whole = NULL;
    return ok;
}

static bool check_find(struct checker *c, const struct node *call, const struct place *place,
                       struct type *ret)
{
    const struct node *predicate = call->items[1];

    if (!check_condition(c, call, place, ret)) {
        return false;
    }
    if (ret->whole && ret->whole->key && predicate->kind == NODE_COMPARE &&
        predicate->compare == COMPARE_EQUAL && predicate->a->kind == NODE_NAME &&
        strcmp(predicate->a->text, ret->whole->key) == 0) {
        return check_fail(c, call, "look it up by its key: %s[…]",
                          expression_text(call->items[0], c->arena));
    }
    *ret = *ret->of;
    ret->optional = true;
    return true;
}

static bool check_any(struct checker *c, const struct node *call, const struct place *place,
                      struct type *ret)
{
    bool ok = check_condition(c, call, place, ret);

    *ret = type_of(IS_BOOL);
    return ok;
}

/* The elements for which the condition holds; stops after `most`. */
static bool filter(struct evaluation *e, const struct node *call, const struct scope *scope,
                   size_t most, struct value *ret)
{
    struct value items, *kept;
    struct scope element;
    size_t count = 0;
    bool truth;

    if (!list_items(e, call->items[0], call->items[1], scope, &items)) {
        return false;
    }
    kept = arena_alloc(e->arena, items.list.count + 1, sizeof *kept);
    for (size_t i = 0; i < items.list.count && count < most; i++) {
        if (!list_scope(e, call, &items.list.at[i], scope, &element) ||
            !evaluate_truth(e, call->items[1], &element, &truth)) {
            return false;
        }
        if (truth) {
            kept[count++] = items.list.at[i];
        }
    }
    *ret = value_of_list(kept, count);
    return true;
}

static bool evaluate_where(struct evaluation *e, const struct node *call, const struct scope *scope,
                           struct value *ret)
{
    return filter(e, call, scope, SIZE_MAX, ret);
}

static bool evaluate_find(struct evaluation *e, const struct node *call, const struct scope *scope,
                          struct value *ret)
{
    struct value found;

    if (!filter(e, call, scope, 2, &found)) {
        return false;
    }
    if (found.list.count > 1) {
        return evaluation_hold(e, "ambiguous", "More than one of %s fits.",
                               expression_text(call->items[0], e->arena));
    }
    *ret = found.list.count ? found.list.at[0] : NO_VALUE;
    return true;
}

static bool evaluate_any(struct evaluation *e, const struct node *call, const struct scope *scope,
                         struct value *ret)
{
    struct value found;

    if (!filter(e, call, scope, 1, &found)) {
        return false;
    }
    *ret = value_of_bool(found.list.count > 0);
    return true;
}

static bool evaluate_all(struct evaluation *e, const struct node *call, const struct scope *scope,
                         struct value *ret)
{
    struct value items;
    struct scope element;
    bool truth = true;

    if (!list_items(e, call->items[0], NULL, scope, &items)) {
        return false;
    }
    for (size_t i = 0; truth && i < items.list.count; i++) {
        if (!list_scope(e, call, &items.list.at[i], scope, &element) ||
            !evaluate_truth(e, call->items[1], &element, &truth)) {
            return false;
        }
    }
    *ret = value_of_bool(truth);
    return true;
}

/* all() has to see every record, an index only finds those that fit. */
static bool check_all(struct checker *c, const struct node *call, const struct place *place,
                      struct type *ret)
{
    struct type list;

    if (!check_list_argument(c, call, place, &list) || !check_small(c, call->items[0], &list)) {
        return false;
    }
    return check_any(c, call, place, ret);
}

/* ---- first, count ---- */

/* A group has a row at least. */
static bool is_rows_of_group(struct checker *c, const struct node *list, const struct place *place)
{
    const struct shape *shape = place ? place->shape : NULL;
    const struct member *member;
    struct type base;

    if (list->kind == NODE_FIELD) {
        shape = check_infer(c, list->a, place, &base) && base.is == IS_RECORD ? base.shape : NULL;
    } else if (list->kind != NODE_NAME) {
        return false;
    }
    member = shape_member(shape, list->text);
    return member && member->kind == MEMBER_ROWS;
}

static bool check_first(struct checker *c, const struct node *call, const struct place *place,
                        struct type *ret)
{
    const struct node *list = call->items[0];
    bool filled;

    if (!check_list_argument(c, call, place, ret) || !check_small(c, call->items[0], ret)) {
        return false;
    }
    filled = is_rows_of_group(c, list, place) || facts_say_filled(c, list, place);
    *ret = *ret->of;
    ret->optional = ret->optional || !filled;
    return true;
}

static bool evaluate_first(struct evaluation *e, const struct node *call, const struct scope *scope,
                           struct value *ret)
{
    struct value items;

    if (!list_items(e, call->items[0], NULL, scope, &items)) {
        return false;
    }
    *ret = items.list.count ? items.list.at[0] : NO_VALUE;
    return true;
}

static bool check_count(struct checker *c, const struct node *call, const struct place *place,
                        struct type *ret)
{
    struct type list;

    *ret = type_of(IS_DECIMAL);
    return check_list_argument(c, call, place, &list) && check_small(c, call->items[0], &list);
}

static bool evaluate_count(struct evaluation *e, const struct node *call, const struct scope *scope,
                           struct value *ret)
{
    struct value items;

    if (!list_items(e, call->items[0], NULL, scope, &items)) {
        return false;
    }
    *ret = value_of_decimal(decimal_of((int64_t)items.list.count));
    return true;
}

/* ---- sum, min, max ---- */

/* What is added or compared: the elements themselves, or an expression over each. */
static bool check_measure(struct checker *c, const struct node *call, const struct place *place,
                          unsigned kinds, struct type *ret)
{
    struct place element;
    struct type list;

    if (!check_list_argument(c, call, place, &list) || !check_small(c, call->items[0], &list) ||
        !check_element_place(c, call, &list, place, &element)) {
        return false;
    }
    if (call->item_count == 1) {
        *ret = *list.of;
        return check_need(c, call->items[0], list.of, kinds, "an element");
    }
    return check_infer(c, call->items[1], &element, ret) &&
           check_need(c, call->items[1], ret, kinds, "what is looked at");
}

static bool check_sum(struct checker *c, const struct node *call, const struct place *place,
                      struct type *ret)
{
    bool ok = check_measure(c, call, place, AS(IS_DECIMAL) | AS(IS_MONEY), ret);

    /* where every element would be held, the sum of no elements is still one */
    *ret = type_of(ok && ret->is == IS_DECIMAL ? IS_DECIMAL : IS_MONEY);
    if (ok && ret->is == IS_DECIMAL && !dict_get(c->program->number_sums, NODE_KEY(call))) {
        dict_set(c->program->number_sums, NODE_KEY(call), c->program);
    }
    return ok;
}

static bool check_extreme(struct checker *c, const struct node *call, const struct place *place,
                          struct type *ret)
{
    bool ok =
        check_measure(c, call, place,
                      AS(IS_DECIMAL) | AS(IS_MONEY) | AS(IS_DATE) | AS(IS_TIME) | AS(IS_TEXT), ret);

    ret->optional = true;
    return ok;
}

static bool measure(struct evaluation *e, const struct node *call, const struct scope *scope,
                    const struct value *item, struct value *ret)
{
    struct scope element;

    if (call->item_count == 1) {
        *ret = *item;
        return true;
    }
    return list_scope(e, call, item, scope, &element) && evaluate(e, call->items[1], &element, ret);
}

static bool evaluate_sum(struct evaluation *e, const struct node *call, const struct scope *scope,
                         struct value *ret)
{
    struct value items, one;
    struct error err = {0};

    *ret = NO_VALUE;
    if (!list_items(e, call->items[0], NULL, scope, &items)) {
        return false;
    }
    for (size_t i = 0; i < items.list.count; i++) {
        if (!measure(e, call, scope, &items.list.at[i], &one)) {
            return false;
        }
        if (value_is_absent(one)) {
            continue;
        }
        if (value_is_absent(*ret)) {
            *ret = one;
        } else if (!value_add(*ret, one, false, ret, &err)) {
            return evaluation_fail(e, &err);
        }
    }
    if (value_is_absent(*ret)) {
        /* of money: without a currency, so that it goes with every other amount */
        *ret = dict_get(e->program->number_sums, NODE_KEY(call))
                   ? value_of_decimal(decimal_of(0))
                   : value_of_money(decimal_of(0), "");
    }
    return true;
}

static bool evaluate_extreme(struct evaluation *e, const struct node *call,
                             const struct scope *scope, struct value *ret)
{
    int sign = strcmp(call->text, "max") == 0 ? 1 : -1, order;
    struct value items, one;
    struct error err = {0};

    *ret = NO_VALUE;
    if (!list_items(e, call->items[0], NULL, scope, &items)) {
        return false;
    }
    for (size_t i = 0; i < items.list.count; i++) {
        if (!measure(e, call, scope, &items.list.at[i], &one)) {
            return false;
        }
        if (value_is_absent(one)) {
            continue;
        }
        if (value_is_absent(*ret)) {
            *ret = one;
            continue;
        }
        if (!value_order(one, *ret, &order, &err)) {
            return evaluation_fail(e, &err);
        }
        if (order * sign > 0) {
            *ret = one;
        }
    }
    return true;
}

const struct function functions_of_lists[] = {
    {"where", 2, 2, check_where, evaluate_where},   {"find", 2, 2, check_find, evaluate_find},
    {"any", 2, 2, check_any, evaluate_any},         {"all", 2, 2, check_all, evaluate_all},
    {"first", 1, 1, check_first, evaluate_first},   {"count", 1, 1, check_count, evaluate_count},
    {"sum", 1, 2, check_sum, evaluate_sum},         {"min", 1, 2, check_extreme, evaluate_extreme},
    {"max", 1, 2, check_extreme, evaluate_extreme}, {NULL, 0, 0, NULL, NULL},
};
