/*
 * What one word decides: what a condition may come to when one field is known and nothing else is.
 * A guess is the set of values that are possible.
 */
#include <string.h>

#include "map/overview.h"
#include "map/program.h"

#define DEPTH_MOST 200
#define STEPS_MOST 20000 /* derived fields that use derived fields twice, and so on */
#define TEXTS_MOST 8

struct guess {
    bool anything, nothing, no, yes;
    const char *texts[TEXTS_MOST];
    unsigned text_count;
};

struct guessing {
    struct arena *arena;
    const char *field, *word;
    unsigned depth, steps;
};

/* The record that an expression looks at. */
struct view {
    const struct shape *shape;
    const struct view *parent; /* the record that the element is in */
    bool has_field;            /* it is the record with the field */
};

static struct guess guess(struct guessing *g, const struct node *node, const struct view *view);

/* ---- sets of values ---- */

static const struct guess ANYTHING = {.anything = true}, NOTHING = {.nothing = true};

static struct guess text_guess(const char *text)
{
    return (struct guess){.texts = {text}, .text_count = 1};
}

static struct guess truth(bool yes, bool no)
{
    return (struct guess){.yes = yes, .no = no};
}

static bool may_be_yes(const struct guess *a)
{
    return a->yes || a->anything;
}

static bool may_be_no(const struct guess *a)
{
    return a->no || a->anything;
}

static bool has_text(const struct guess *a, const char *text)
{
    for (unsigned i = 0; i < a->text_count; i++) {
        if (strcmp(a->texts[i], text) == 0) {
            return true;
        }
    }
    return false;
}

/* a or b. */
static void add(struct guess *a, const struct guess *b)
{
    a->anything |= b->anything;
    a->nothing |= b->nothing;
    a->no |= b->no;
    a->yes |= b->yes;
    for (unsigned i = 0; i < b->text_count; i++) {
        if (has_text(a, b->texts[i])) {
            continue;
        }
        if (a->text_count == TEXTS_MOST) {
            a->anything = true;
            return;
        }
        a->texts[a->text_count++] = b->texts[i];
    }
}

static bool is_only_nothing(const struct guess *a)
{
    return a->nothing && !a->anything && !a->yes && !a->no && a->text_count == 0;
}

/* a == b: absent equals nothing. */
static struct guess same(const struct guess *a, const struct guess *b)
{
    struct guess ret = truth((a->yes && b->yes) || (a->no && b->no),
                             a->nothing || b->nothing || (a->yes && b->no) || (a->no && b->yes) ||
                                 a->text_count > 1 || b->text_count > 1);

    if (is_only_nothing(a) || is_only_nothing(b)) {
        return truth(false, true);
    }
    if (a->anything || b->anything) {
        return truth(true, true);
    }
    for (unsigned i = 0; i < a->text_count; i++) {
        ret.yes |= has_text(b, a->texts[i]);
        ret.no |= !has_text(b, a->texts[i]) && b->text_count > 0;
    }
    return ret;
}

/* ---- names ---- */

static bool is_parent(const struct node *node, const struct view *view)
{
    return node->kind == NODE_NAME && strcmp(node->text, "parent") == 0 && view->parent &&
           !shape_member(view->shape, "parent");
}

/* A bare name, or a path of names: the field, or something derived from it. */
static struct guess guess_name(struct guessing *g, const struct node *node, const struct view *view)
{
    const struct member *member;

    if (view->has_field && strcmp(expression_text(node, g->arena), g->field) == 0) {
        return text_guess(g->word);
    }
    member = node->kind == NODE_NAME ? shape_member(view->shape, node->text) : NULL;
    return member && member->kind == MEMBER_DERIVED && member->value ? guess(g, member->value, view)
                                                                     : ANYTHING;
}

static struct guess guess_field(struct guessing *g, const struct node *node,
                                const struct view *view)
{
    const struct node *first = node;
    const char *path;

    while (first->kind == NODE_FIELD) {
        first = first->a;
    }
    if (!is_parent(first, view)) {
        return guess_name(g, node, view);
    }
    if (node->a == first) {
        const struct node name = {.kind = NODE_NAME, .column = 1, .text = node->text};

        return guess_name(g, &name, view->parent);
    }
    path = expression_text(node, g->arena) + strlen("parent.");
    return view->parent->has_field && strcmp(path, g->field) == 0 ? text_guess(g->word) : ANYTHING;
}

/* ---- operators ---- */

static struct guess guess_both(struct guessing *g, const struct node *node, const struct view *view)
{
    struct guess a = guess(g, node->a, view), b = guess(g, node->b, view);

    return node->kind == NODE_AND
               ? truth(may_be_yes(&a) && may_be_yes(&b), may_be_no(&a) || may_be_no(&b))
               : truth(may_be_yes(&a) || may_be_yes(&b), may_be_no(&a) && may_be_no(&b));
}

static struct guess guess_not(struct guessing *g, const struct node *node, const struct view *view)
{
    struct guess a = guess(g, node->a, view);

    return truth(may_be_no(&a), may_be_yes(&a));
}

static struct guess guess_compare(struct guessing *g, const struct node *node,
                                  const struct view *view)
{
    struct guess a = guess(g, node->a, view), b = guess(g, node->b, view), one = same(&a, &b);

    return node->compare == COMPARE_EQUAL     ? one
           : node->compare == COMPARE_UNEQUAL ? truth(one.no, one.yes)
                                              : truth(true, true);
}

static struct guess guess_in(struct guessing *g, const struct node *node, const struct view *view)
{
    struct guess a = guess(g, node->a, view), listed = {0}, ret = truth(false, a.nothing);

    for (size_t i = 0; i < node->item_count; i++) {
        struct guess item = guess(g, node->items[i], view);

        if (item.text_count != 1 || item.anything || item.nothing) {
            return truth(true, true);
        }
        add(&listed, &item);
    }
    for (unsigned i = 0; i < a.text_count; i++) {
        ret.yes |= has_text(&listed, a.texts[i]);
        ret.no |= !has_text(&listed, a.texts[i]);
    }
    return a.anything || listed.anything ? truth(true, true) : ret;
}

static struct guess guess_else(struct guessing *g, const struct node *node, const struct view *view)
{
    struct guess a = guess(g, node->a, view), b;

    if (a.nothing) {
        b = guess(g, node->b, view);
        a.nothing = false;
        add(&a, &b);
    }
    return a;
}

/* ---- functions ---- */

static struct guess guess_if(struct guessing *g, const struct node *call, const struct view *view)
{
    struct guess condition = guess(g, call->items[0], view), ret = {0}, one;

    if (may_be_yes(&condition)) {
        one = guess(g, call->items[1], view);
        add(&ret, &one);
    }
    if (may_be_no(&condition)) {
        one = call->item_count > 2 ? guess(g, call->items[2], view) : NOTHING;
        add(&ret, &one);
    }
    return ret;
}

static bool is_for(const struct labelled *label, const char *word)
{
    for (size_t i = 0; i < label->name_count; i++) {
        if (strcmp(label->names[i], word) == 0) {
            return true;
        }
    }
    return label->name_count == 0;
}

static struct guess guess_case(struct guessing *g, const struct node *call, const struct view *view)
{
    struct guess of = guess(g, call->items[0], view), ret = {.nothing = of.nothing || of.anything};

    for (size_t i = 0; of.anything && i < call->labelled_count; i++) {
        struct guess one = guess(g, call->labelled[i].value, view);

        add(&ret, &one);
    }
    for (unsigned t = 0; !of.anything && t < of.text_count; t++) {
        size_t i = 0;

        while (i < call->labelled_count && !is_for(&call->labelled[i], of.texts[t])) {
            i++;
        }
        if (i < call->labelled_count) {
            struct guess one = guess(g, call->labelled[i].value, view);

            add(&ret, &one);
        }
    }
    return ret;
}

static struct guess guess_exists(struct guessing *g, const struct node *call,
                                 const struct view *view)
{
    struct guess of = guess(g, call->items[0], view);

    return truth(!is_only_nothing(&of), of.nothing || of.anything);
}

static struct guess guess_hold(struct guessing *g, const struct node *call, const struct view *view)
{
    (void)g, (void)call, (void)view;
    return (struct guess){0}; /* never a value */
}

static struct guess guess_note(struct guessing *g, const struct node *call, const struct view *view)
{
    return guess(g, call->items[1], view);
}

typedef struct guess guess_fn(struct guessing *g, const struct node *node, const struct view *view);

static struct guess guess_call(struct guessing *g, const struct node *call, const struct view *view)
{
    static const struct {
        const char *name;
        guess_fn *guess;
    } functions[] = {{"if", guess_if},
                     {"case", guess_case},
                     {"exists", guess_exists},
                     {"hold", guess_hold},
                     {"note", guess_note}};

    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (strcmp(call->text, functions[i].name) == 0) {
            return functions[i].guess(g, call, view);
        }
    }
    return ANYTHING;
}

static struct guess guess_leaf(struct guessing *g, const struct node *node, const struct view *view)
{
    (void)g, (void)view;
    return node->kind == NODE_TEXT ? text_guess(node->text)
                                   : truth(node->kind == NODE_TRUE, node->kind == NODE_FALSE);
}

/* What is too deep, or of a kind that is not followed, may be anything. */
static struct guess guess(struct guessing *g, const struct node *node, const struct view *view)
{
    static guess_fn *const kinds[NODE_CALL + 1] = {
        [NODE_TEXT] = guess_leaf, [NODE_TRUE] = guess_leaf,   [NODE_FALSE] = guess_leaf,
        [NODE_NAME] = guess_name, [NODE_FIELD] = guess_field, [NODE_OR] = guess_both,
        [NODE_AND] = guess_both,  [NODE_NOT] = guess_not,     [NODE_COMPARE] = guess_compare,
        [NODE_IN] = guess_in,     [NODE_ELSE] = guess_else,   [NODE_CALL] = guess_call,
    };
    struct guess one;

    if (!kinds[node->kind] || g->depth == DEPTH_MOST || g->steps == STEPS_MOST) {
        return ANYTHING;
    }
    g->steps++;
    g->depth++;
    one = kinds[node->kind](g, node, view);
    g->depth--;
    return one;
}

bool map_refuses(const struct map_mapping *mapping, const char *field, const char *word,
                 struct arena *arena, struct map_refusal *ret)
{
    struct guessing g = {.arena = arena, .field = field, .word = word};
    /* of the record, of elements in it; what is farther inside is not followed */
    const struct view record = {.shape = mapping->base ? mapping->base->shape : NULL,
                                .has_field = true},
                      element = {.shape = mapping->rule.shape,
                                 .parent = mapping->step_count == 1 ? &record : NULL};
    const struct view *view = mapping->from == FROM_LIST ? &record : &element;

    if (mapping->from != FROM_LIST && mapping->from != FROM_ELEMENTS) {
        return false;
    }
    for (size_t i = 0; i < mapping->rule.guard_count; i++) {
        const struct rule_guard *guard = &mapping->rule.guards[i];
        struct guess when;

        g.steps = 0;
        when = guess(&g, guard->when, view);
        if (when.yes && !when.no && !when.anything) {
            *ret = (struct map_refusal){guard->verdict, guard->why.code, guard->why.sentence};
            return true;
        }
    }
    return false;
}
