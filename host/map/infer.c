#include "map/check.h"

/* One function for each kind of node. */
typedef bool infer_fn(struct checker *c, const struct node *node, const struct place *place,
                      struct type *ret);

static bool infer_text(struct checker *c, const struct node *node, const struct place *place,
                       struct type *ret)
{
    const char **names = arena_alloc(c->arena, 1, sizeof *names);

    (void)place;
    names[0] = node->text;
    *ret = (struct type){.is = IS_CHOICE, .names = names, .name_count = 1};
    return true;
}

static bool infer_number(struct checker *c, const struct node *node, const struct place *place,
                         struct type *ret)
{
    (void)c, (void)node, (void)place;
    *ret = type_of(IS_DECIMAL);
    return true;
}

static bool infer_truth(struct checker *c, const struct node *node, const struct place *place,
                        struct type *ret)
{
    (void)c, (void)node, (void)place;
    *ret = type_of(IS_BOOL);
    return true;
}

static bool infer_list(struct checker *c, const struct node *node, const struct place *place,
                       struct type *ret)
{
    struct type of = type_of(IS_TEXT), one;

    for (size_t i = 0; i < node->item_count; i++) {
        if (!check_infer(c, node->items[i], place, &one)) {
            return false;
        }
        if (i == 0) {
            of = one;
        } else if (!check_unify(c, node->items[i], &of, &one, &of)) {
            return false;
        }
    }
    *ret = (struct type){.is = IS_LIST, .of = check_keep_type(c, of)};
    return true;
}

static bool infer_truths(struct checker *c, const struct node *node, const struct place *place,
                         struct type *ret)
{
    struct place narrowed = place ? *place : (struct place){0};
    struct type a, b;

    if (!check_infer(c, node->a, place, &a) ||
        !check_need(c, node->a, &a, AS(IS_BOOL), "what stands before and, or") ||
        !check_present(c, node->a, &a, "what stands before and, or")) {
        return false;
    }
    narrowed.facts = node->kind == NODE_AND ? facts_if_true(c, node->a, narrowed.facts)
                                            : facts_if_false(c, node->a, narrowed.facts);
    *ret = type_of(IS_BOOL);
    return check_infer(c, node->b, &narrowed, &b) &&
           check_need(c, node->b, &b, AS(IS_BOOL), "what stands behind and, or") &&
           check_present(c, node->b, &b, "what stands behind and, or");
}

static bool infer_not(struct checker *c, const struct node *node, const struct place *place,
                      struct type *ret)
{
    struct type a;

    *ret = type_of(IS_BOOL);
    return check_infer(c, node->a, place, &a) &&
           check_need(c, node->a, &a, AS(IS_BOOL), "what stands behind not") &&
           check_present(c, node->a, &a, "what stands behind not");
}

static bool infer_compare(struct checker *c, const struct node *node, const struct place *place,
                          struct type *ret)
{
    struct type a, b;

    *ret = type_of(IS_BOOL);
    if (!check_infer(c, node->a, place, &a) || !check_infer(c, node->b, place, &b)) {
        return false;
    }
    return node->compare == COMPARE_EQUAL || node->compare == COMPARE_UNEQUAL
               ? check_comparable(c, node, &a, &b)
               : check_ordered(c, node, &a, &b);
}

static bool infer_in(struct checker *c, const struct node *node, const struct place *place,
                     struct type *ret)
{
    struct type a, one;

    *ret = type_of(IS_BOOL);
    if (!check_infer(c, node->a, place, &a)) {
        return false;
    }
    for (size_t i = 0; i < node->item_count; i++) {
        if (!check_infer(c, node->items[i], place, &one) ||
            !check_comparable(c, node->items[i], &a, &one)) {
            return false;
        }
    }
    return true;
}

static bool infer_in_list(struct checker *c, const struct node *node, const struct place *place,
                          struct type *ret)
{
    struct type a, b;

    *ret = type_of(IS_BOOL);
    return check_infer(c, node->a, place, &a) && check_infer(c, node->b, place, &b) &&
           check_need(c, node->b, &b, AS(IS_LIST), "what stands behind in") &&
           check_small(c, node->b, &b) && (b.is == IS_NEVER || check_comparable(c, node, &a, b.of));
}

static bool infer_sum(struct checker *c, const struct node *node, const struct place *place,
                      struct type *ret)
{
    const unsigned kinds = AS(IS_DECIMAL) | AS(IS_MONEY) | AS(IS_DATE);
    struct type a, b;

    if (!check_infer(c, node->a, place, &a) || !check_infer(c, node->b, place, &b) ||
        !check_need(c, node->a, &a, kinds, "what is added to") ||
        !check_need(c, node->b, &b, kinds, "what is added") ||
        !check_present(c, node->a, &a, "what is added to") ||
        !check_present(c, node->b, &b, "what is added")) {
        return false;
    }
    if (a.is == IS_NEVER || b.is == IS_NEVER) {
        *ret = a.is == IS_NEVER ? b : a;
        return true;
    }
    if (a.is == IS_DATE && b.is == IS_DATE && node->kind == NODE_SUBTRACT) {
        *ret = type_of(IS_DECIMAL);
        return true;
    }
    if ((a.is == IS_DATE && b.is == IS_DECIMAL) || (a.is == b.is && a.is != IS_DATE)) {
        *ret = type_of(a.is);
        return true;
    }
    return check_fail(c, node, "cannot work out %s %s %s%s", type_spelling(&a, c->arena),
                      node->kind == NODE_ADD ? "+" : "-", type_spelling(&b, c->arena),
                      a.is == IS_MONEY || b.is == IS_MONEY ? "; money and plain numbers do not mix"
                                                           : "");
}

static bool infer_product(struct checker *c, const struct node *node, const struct place *place,
                          struct type *ret)
{
    const unsigned kinds = AS(IS_DECIMAL) | AS(IS_MONEY);
    struct type a, b;

    if (!check_infer(c, node->a, place, &a) || !check_infer(c, node->b, place, &b) ||
        !check_need(c, node->a, &a, kinds, "what is multiplied") ||
        !check_need(c, node->b, &b, kinds, "what is multiplied") ||
        !check_present(c, node->a, &a, "what is multiplied") ||
        !check_present(c, node->b, &b, "what is multiplied")) {
        return false;
    }
    if (a.is == IS_MONEY && b.is == IS_MONEY) {
        return check_fail(c, node, "money times money is nothing");
    }
    *ret = type_of(a.is == IS_MONEY || b.is == IS_MONEY ? IS_MONEY : IS_DECIMAL);
    return true;
}

static bool infer_negate(struct checker *c, const struct node *node, const struct place *place,
                         struct type *ret)
{
    return check_infer(c, node->a, place, ret) &&
           check_need(c, node->a, ret, AS(IS_DECIMAL) | AS(IS_MONEY), "what stands behind -") &&
           check_present(c, node->a, ret, "what stands behind -");
}

static bool infer_else(struct checker *c, const struct node *node, const struct place *place,
                       struct type *ret)
{
    struct type a, b;
    bool optional;

    if (!check_infer(c, node->a, place, &a) || !check_infer(c, node->b, place, &b)) {
        return false;
    }
    if (!a.optional && a.is != IS_NEVER) {
        return check_fail(c, node->a, "%s is always present, so ?? says nothing",
                          expression_text(node->a, c->arena));
    }
    optional = b.optional;
    a.optional = b.optional = false;
    if (!check_unify(c, node, &a, &b, ret)) {
        return false;
    }
    ret->optional = optional;
    return true;
}

static bool is_bearable(struct checker *c, const struct node *node)
{
    if (c->depth >= CHECK_MAX_DEPTH) {
        return check_fail(c, node, "what this is derived from is nested more than %d levels deep",
                          CHECK_MAX_DEPTH);
    }
    return (++c->steps < CHECK_MAX_STEPS && arena_used_bytes(c->arena) < CHECK_MAX_BYTES) ||
           check_fail(c, node,
                      "checking the connector up to here takes more than any connector "
                      "needs; make it smaller");
}

bool check_infer(struct checker *c, const struct node *node, const struct place *place,
                 struct type *ret)
{
    static infer_fn *const infer[] = {
        [NODE_TEXT] = infer_text,         [NODE_NUMBER] = infer_number,
        [NODE_TRUE] = infer_truth,        [NODE_FALSE] = infer_truth,
        [NODE_NAME] = check_name,         [NODE_FIELD] = check_field,
        [NODE_INDEX] = check_index,       [NODE_LIST] = infer_list,
        [NODE_DOCUMENT] = check_document, [NODE_OR] = infer_truths,
        [NODE_AND] = infer_truths,        [NODE_NOT] = infer_not,
        [NODE_COMPARE] = infer_compare,   [NODE_IN] = infer_in,
        [NODE_IN_LIST] = infer_in_list,   [NODE_ADD] = infer_sum,
        [NODE_SUBTRACT] = infer_sum,      [NODE_MULTIPLY] = infer_product,
        [NODE_NEGATE] = infer_negate,     [NODE_ELSE] = infer_else,
        [NODE_CALL] = check_call,
    };
    bool ok;

    if (!is_bearable(c, node)) {
        return false;
    }
    c->depth++;
    ok = infer[node->kind](c, node, place, ret);
    c->depth--;
    if (!ok) {
        return false;
    }
    if (ret->optional && facts_say_present(c, node, place)) {
        ret->optional = false;
    }
    return true;
}
