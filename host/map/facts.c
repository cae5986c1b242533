#include "map/check.h"

/*
 * Guards narrow: behind SKIP_IF("not exists(x)"), and inside if(exists(x), …), x is present. A
 * fact is the canonical spelling of what was tested; "filled " before it says that a list is not
 * empty.
 */
static const struct fact *add(struct checker *c, const char *before, const struct node *node,
                              const struct fact *facts)
{
    struct fact *fact = arena_alloc(c->arena, 1, sizeof *fact);

    fact->text = arena_printf(c->arena, "%s%s", before, expression_text(node, c->arena));
    fact->next = facts;
    return fact;
}

static bool is_call(const struct node *node, const char *function)
{
    return node->kind == NODE_CALL && node->item_count == 1 && strcmp(node->text, function) == 0;
}

static bool is_zero(const struct node *node)
{
    return node->kind == NODE_NUMBER && decimal_sign(node->number) == 0;
}

/* count(list) compared with 0 in this way. */
static bool counts(const struct node *node, enum compare how)
{
    return node->kind == NODE_COMPARE && node->compare == how && is_zero(node->b) &&
           is_call(node->a, "count");
}

const struct fact *facts_if_true(struct checker *c, const struct node *node,
                                 const struct fact *facts)
{
    if (is_call(node, "exists")) {
        return add(c, "", node->items[0], facts);
    }
    if (node->kind == NODE_AND) {
        return facts_if_true(c, node->b, facts_if_true(c, node->a, facts));
    }
    if (node->kind == NODE_NOT) {
        return facts_if_false(c, node->a, facts);
    }
    if (counts(node, COMPARE_MORE)) {
        return add(c, "filled ", node->a->items[0], facts);
    }
    return facts;
}

const struct fact *facts_if_false(struct checker *c, const struct node *node,
                                  const struct fact *facts)
{
    if (node->kind == NODE_NOT) {
        return facts_if_true(c, node->a, facts);
    }
    if (node->kind == NODE_OR) {
        return facts_if_false(c, node->b, facts_if_false(c, node->a, facts));
    }
    if (counts(node, COMPARE_EQUAL)) {
        return add(c, "filled ", node->a->items[0], facts);
    }
    return facts;
}

static bool is_known(const struct place *place, const char *before, const char *text)
{
    size_t size = strlen(before);

    for (const struct fact *f = place ? place->facts : NULL; f; f = f->next) {
        if (strncmp(f->text, before, size) == 0 && strcmp(f->text + size, text) == 0) {
            return true;
        }
    }
    return false;
}

/* Names and dots: all of it means the same one step out. */
static bool is_path(const struct node *node)
{
    return node->kind == NODE_NAME || (node->kind == NODE_FIELD && is_path(node->a));
}

/* What stands behind "parent." was tested one step out, without it. */
static bool say(struct checker *c, const char *before, const struct node *node,
                const struct place *place)
{
    const char *text = expression_text(node, c->arena);

    for (; place; place = place->parent) {
        if (is_known(place, before, text)) {
            return true;
        }
        if (!is_path(node) || strncmp(text, "parent.", 7) != 0) {
            return false;
        }
        text += 7;
    }
    return false;
}

bool facts_say_present(struct checker *c, const struct node *node, const struct place *place)
{
    return place && say(c, "", node, place);
}

bool facts_say_filled(struct checker *c, const struct node *node, const struct place *place)
{
    return place && say(c, "filled ", node, place);
}
