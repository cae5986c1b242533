#include "map/evaluate.h"

#include <stdarg.h>
#include <stdio.h>

void evaluation_start(struct evaluation *e, const struct program *program,
                      const struct map_world *world, struct arena *arena)
{
    *e = (struct evaluation){.program = program,
                             .world = world,
                             .arena = arena,
                             .memo = dict_new(),
                             .steps = MAP_STEPS_PER_SUBJECT,
                             .memory_start = arena_used_bytes(arena),
                             .code = "",
                             .sentence = ""};
}

void evaluation_done(struct evaluation *e)
{
    dict_free(e->memo);
}

void evaluation_next(struct evaluation *e)
{
    e->steps = MAP_STEPS_PER_SUBJECT;
    e->held = e->waits = false;
    e->code = e->sentence = "";
    e->note_count = 0;
}

void evaluation_set_held(struct evaluation *e, const char *code, const char *format, ...)
{
    char sentence[600];
    va_list args;

    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    text_mend(sentence); /* what is quoted may be cut short */
    e->held = true;
    e->code = arena_copy(e->arena, code);
    e->sentence = arena_copy(e->arena, sentence);
}

void evaluation_set_failed(struct evaluation *e, const struct error *err)
{
    if (err->kind == ERROR_REJECTED) {
        evaluation_set_held(e, err->code, "%s", err->text);
    } else {
        e->bug = *err;
    }
}

bool evaluation_spend(struct evaluation *e, size_t steps)
{
    if (e->steps < steps) {
        e->steps = 0;
        return evaluation_hold(e, "too-long", "Working this out takes more than %d steps.",
                               MAP_STEPS_PER_SUBJECT);
    }
    e->steps -= steps;
    e->spent += steps;
    return true;
}

static bool is_bearable(struct evaluation *e)
{
    if (e->depth == EVALUATION_MAX_DEPTH) {
        return evaluation_hold(e, "too-long",
                               "Working this out is nested more than %d levels deep.",
                               EVALUATION_MAX_DEPTH);
    }
    if (arena_used_bytes(e->arena) - e->memory_start > EVALUATION_MAX_BYTES) {
        return evaluation_hold(e, "too-long", "Working this out takes more than %zu MB of memory.",
                               EVALUATION_MAX_BYTES >> 20);
    }
    return evaluation_spend(e, 1);
}

/* ---- one function for each kind of node ---- */

typedef bool evaluate_fn(struct evaluation *e, const struct node *node, const struct scope *scope,
                         struct value *ret);

static bool evaluate_text(struct evaluation *e, const struct node *node, const struct scope *scope,
                          struct value *ret)
{
    (void)e, (void)scope;
    *ret = value_of_text(text_of(node->text));
    return true;
}

static bool evaluate_number(struct evaluation *e, const struct node *node,
                            const struct scope *scope, struct value *ret)
{
    (void)e, (void)scope;
    *ret = value_of_decimal(node->number);
    return true;
}

static bool evaluate_literal_truth(struct evaluation *e, const struct node *node,
                                   const struct scope *scope, struct value *ret)
{
    (void)e, (void)scope;
    *ret = value_of_bool(node->kind == NODE_TRUE);
    return true;
}

static bool evaluate_list(struct evaluation *e, const struct node *node, const struct scope *scope,
                          struct value *ret)
{
    struct value *all = arena_alloc(e->arena, node->item_count + 1, sizeof *all);
    size_t count = 0;

    for (size_t i = 0; i < node->item_count; i++) {
        if (!evaluate(e, node->items[i], scope, &all[count])) {
            return false;
        }
        count += !value_is_absent(all[count]);
    }
    *ret = value_of_list(all, count);
    return true;
}

bool evaluate_truth(struct evaluation *e, const struct node *node, const struct scope *scope,
                    bool *ret)
{
    struct value value;

    if (!evaluate(e, node, scope, &value)) {
        return false;
    }
    *ret = value.kind == VALUE_BOOL && value.truth;
    return true;
}

static bool evaluate_truths(struct evaluation *e, const struct node *node,
                            const struct scope *scope, struct value *ret)
{
    bool truth;

    if (!evaluate_truth(e, node->a, scope, &truth)) {
        return false;
    }
    if (truth == (node->kind == NODE_AND) && !evaluate_truth(e, node->b, scope, &truth)) {
        return false;
    }
    *ret = value_of_bool(truth);
    return true;
}

static bool evaluate_not(struct evaluation *e, const struct node *node, const struct scope *scope,
                         struct value *ret)
{
    bool truth;

    if (!evaluate_truth(e, node->a, scope, &truth)) {
        return false;
    }
    *ret = value_of_bool(!truth);
    return true;
}

static bool equal(struct evaluation *e, struct value a, struct value b, bool *ret)
{
    struct error err = {0};

    /* a document next to a record stands for what it was written to */
    if (a.kind == VALUE_DOCUMENT && b.kind != VALUE_DOCUMENT) {
        a = document_object(e, &a);
    } else if (b.kind == VALUE_DOCUMENT && a.kind != VALUE_DOCUMENT) {
        b = document_object(e, &b);
    }
    return value_equal(a, b, ret, &err) || evaluation_fail(e, &err);
}

static bool is_in_order(enum compare compare, int order)
{
    switch (compare) {
    case COMPARE_LESS:
        return order < 0;
    case COMPARE_LESS_EQUAL:
        return order <= 0;
    case COMPARE_MORE:
        return order > 0;
    default:
        return order >= 0;
    }
}

static bool evaluate_compare(struct evaluation *e, const struct node *node,
                             const struct scope *scope, struct value *ret)
{
    struct error err = {0};
    struct value a, b;
    bool truth;
    int order;

    if (!evaluate(e, node->a, scope, &a) || !evaluate(e, node->b, scope, &b)) {
        return false;
    }
    if (node->compare == COMPARE_EQUAL || node->compare == COMPARE_UNEQUAL) {
        if (!equal(e, a, b, &truth)) {
            return false;
        }
        *ret = value_of_bool(truth == (node->compare == COMPARE_EQUAL));
        return true;
    }
    if (!value_order(a, b, &order, &err)) {
        return evaluation_fail(e, &err);
    }
    *ret = value_of_bool(is_in_order(node->compare, order));
    return true;
}

static bool evaluate_in(struct evaluation *e, const struct node *node, const struct scope *scope,
                        struct value *ret)
{
    struct value a, one;
    bool truth = false;

    if (!evaluate(e, node->a, scope, &a)) {
        return false;
    }
    for (size_t i = 0; !truth && i < node->item_count; i++) {
        if (!evaluate(e, node->items[i], scope, &one) || !equal(e, a, one, &truth)) {
            return false;
        }
    }
    *ret = value_of_bool(truth);
    return true;
}

static bool evaluate_in_list(struct evaluation *e, const struct node *node,
                             const struct scope *scope, struct value *ret)
{
    struct value a, list;
    bool truth = false;

    if (!evaluate(e, node->a, scope, &a) || !list_items(e, node->b, NULL, scope, &list)) {
        return false;
    }
    for (size_t i = 0; !truth && i < list.list.count; i++) {
        if (!equal(e, a, list.list.at[i], &truth)) {
            return false;
        }
    }
    *ret = value_of_bool(truth);
    return true;
}

static bool evaluate_pair(struct evaluation *e, const struct node *node, const struct scope *scope,
                          struct value *ret)
{
    struct error err = {0};
    struct value a, b;
    bool ok;

    if (!evaluate(e, node->a, scope, &a) || !evaluate(e, node->b, scope, &b)) {
        return false;
    }
    ok = node->kind == NODE_MULTIPLY ? value_multiply(a, b, ret, &err)
                                     : value_add(a, b, node->kind == NODE_SUBTRACT, ret, &err);
    return ok || evaluation_fail(e, &err);
}

static bool evaluate_negate(struct evaluation *e, const struct node *node,
                            const struct scope *scope, struct value *ret)
{
    if (!evaluate(e, node->a, scope, ret)) {
        return false;
    }
    if (ret->kind == VALUE_MONEY) {
        ret->money.amount = decimal_negate(ret->money.amount);
    } else {
        ret->number = decimal_negate(ret->number);
    }
    return true;
}

static bool evaluate_else(struct evaluation *e, const struct node *node, const struct scope *scope,
                          struct value *ret)
{
    return evaluate(e, node->a, scope, ret) &&
           (!value_is_absent(*ret) || evaluate(e, node->b, scope, ret));
}

bool evaluate(struct evaluation *e, const struct node *node, const struct scope *scope,
              struct value *ret)
{
    static evaluate_fn *const kinds[] = {
        [NODE_TEXT] = evaluate_text,          [NODE_NUMBER] = evaluate_number,
        [NODE_TRUE] = evaluate_literal_truth, [NODE_FALSE] = evaluate_literal_truth,
        [NODE_NAME] = evaluate_names,         [NODE_FIELD] = evaluate_field,
        [NODE_INDEX] = evaluate_index,        [NODE_LIST] = evaluate_list,
        [NODE_DOCUMENT] = evaluate_document,  [NODE_OR] = evaluate_truths,
        [NODE_AND] = evaluate_truths,         [NODE_NOT] = evaluate_not,
        [NODE_COMPARE] = evaluate_compare,    [NODE_IN] = evaluate_in,
        [NODE_IN_LIST] = evaluate_in_list,    [NODE_ADD] = evaluate_pair,
        [NODE_SUBTRACT] = evaluate_pair,      [NODE_MULTIPLY] = evaluate_pair,
        [NODE_NEGATE] = evaluate_negate,      [NODE_ELSE] = evaluate_else,
        [NODE_CALL] = evaluate_call,
    };

    bool ok;

    if (!is_bearable(e)) {
        return false;
    }
    e->depth++;
    ok = kinds[node->kind](e, node, scope, ret);
    e->depth--;
    return ok;
}
