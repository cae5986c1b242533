#include "map/check.h"

/*
 * where(), find(), any() and all() over a whole list are answered by an index: one comparison of
 * the condition must set something that the record alone knows equal to something that is known
 * outside. Both are found here, once; evaluation then asks for that value.
 */

/* Whether argument i of a call is asked of elements of its own list. */
static bool is_of_elements(const struct node *call, size_t i)
{
    static const char *const names[] = {"where", "find", "any", "all",
                                        "sum",   "min",  "max", "share"};

    for (size_t k = 0; call->kind == NODE_CALL && i > 0 && k < sizeof names / sizeof *names; k++) {
        if (strcmp(call->text, names[k]) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether any bare name in it means a field of the element; `inner`: it stands inside a list
 * function, where the element is the parent. */
static bool looks_at(const struct node *node, const struct shape *element, bool inner)
{
    if (!node) {
        return false;
    }
    if (node->kind == NODE_NAME) {
        return shape_member(element, node->text) || (inner && strcmp(node->text, "parent") == 0);
    }
    if (node->kind == NODE_DOCUMENT && !node->a) {
        return true;
    }
    for (size_t i = 0; i < node->item_count; i++) {
        if (looks_at(node->items[i], element, inner || is_of_elements(node, i))) {
            return true;
        }
    }
    for (size_t i = 0; i < node->labelled_count; i++) {
        if (looks_at(node->labelled[i].value, element, inner || strcmp(node->text, "group") == 0)) {
            return true;
        }
    }
    return looks_at(node->a, element, inner) || looks_at(node->b, element, inner);
}

/* Whether the record alone knows it: its own fields, texts, and functions over texts. */
static bool is_own(const struct node *node, const struct shape *shape)
{
    const struct member *member;

    switch (node->kind) {
    case NODE_TEXT:
        return true;
    case NODE_NAME:
        member = shape_member(shape, node->text);
        return member && (member->kind == MEMBER_FIELD || member->kind == MEMBER_INSIDE ||
                          (member->kind == MEMBER_DERIVED && is_own(member->value, shape)));
    case NODE_FIELD:
        member = node->a->kind == NODE_NAME ? shape_member(shape, node->a->text) : NULL;
        return member && member->kind == MEMBER_INSIDE && shape_member(member->shape, node->text) &&
               shape_member(member->shape, node->text)->kind == MEMBER_FIELD;
    case NODE_ELSE:
        return is_own(node->a, shape) && is_own(node->b, shape);
    case NODE_CALL:
        if (strcmp(node->text, "fold") != 0 && strcmp(node->text, "join") != 0 &&
            strcmp(node->text, "cut") != 0) {
            return false;
        }
        for (size_t i = 0; i < node->item_count; i++) {
            if (!is_own(node->items[i], shape)) {
                return false;
            }
        }
        return true;
    default:
        return false;
    }
}

static bool can_be_index(struct checker *c, const struct node *node, const struct place *element,
                         struct type *ret)
{
    const unsigned kinds = AS(IS_TEXT) | AS(IS_CHOICE) | AS(IS_REFERENCE) | AS(IS_DATE);

    if (!is_own(node, element->shape) || !looks_at(node, element->shape, false) ||
        !check_infer(c, node, element, ret)) {
        return false;
    }
    return (kinds & AS(ret->is)) || (ret->is == IS_LIST && (kinds & AS(ret->of->is)));
}

static const char *add_index(struct checker *c, struct map_list *list, const struct node *value,
                             bool over_list)
{
    const char *name = expression_text(value, c->arena);

    for (size_t i = 0; i < list->index_count; i++) {
        if (strcmp(list->indexes[i].name, name) == 0) {
            return name;
        }
    }
    if (list->index_count == list->index_capacity) {
        size_t capacity = list->index_capacity ? list->index_capacity * 2 : 4;
        struct map_index *grown = arena_alloc(c->arena, capacity, sizeof *grown);

        if (list->index_count) {
            memcpy(grown, list->indexes, list->index_count * sizeof *grown);
        }
        list->indexes = grown;
        list->index_capacity = capacity;
    }
    list->indexes[list->index_count++] = (struct map_index){name, value, over_list};
    return name;
}

/* One comparison: `own` of the element with `other` of the outside. */
static bool try_pair(struct checker *c, struct map_list *list, const struct place *element,
                     const struct node *own, const struct node *other, struct search *ret)
{
    struct type type;

    if (looks_at(other, element->shape, false) || !can_be_index(c, own, element, &type)) {
        return false;
    }
    *ret = (struct search){list, add_index(c, list, own, type.is == IS_LIST), other};
    return true;
}

static bool find_pair(struct checker *c, struct map_list *list, const struct place *element,
                      const struct node *node, struct search *ret)
{
    if (node->kind == NODE_AND) {
        return find_pair(c, list, element, node->a, ret) ||
               find_pair(c, list, element, node->b, ret);
    }
    if (node->kind == NODE_COMPARE && node->compare == COMPARE_EQUAL) {
        return try_pair(c, list, element, node->a, node->b, ret) ||
               try_pair(c, list, element, node->b, node->a, ret);
    }
    if (node->kind == NODE_IN_LIST) {
        return try_pair(c, list, element, node->b, node->a, ret);
    }
    return false;
}

bool check_search(struct checker *c, const struct node *predicate, struct map_list *list,
                  const struct place *element)
{
    struct search *search = arena_alloc(c->arena, 1, sizeof *search);

    if (program_search(c->program, predicate)) {
        return true;
    }
    if (find_pair(c, list, element, predicate, search)) {
        dict_set(c->program->searches, NODE_KEY(predicate), search);
        return true;
    }
    return list->is_small
               ? true
               : check_fail(c, predicate,
                            "this would read the whole of %s; add a comparison with == between "
                            "a text, date or reference of its records and something outside",
                            list->declared->name);
}
