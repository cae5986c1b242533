/* group: records by what they have in common. */
#include "map/function.h"

static bool add_keys(struct checker *c, const struct node *call, const struct place *element,
                     struct shape *shape)
{
    const unsigned kinds =
        AS(IS_TEXT) | AS(IS_DATE) | AS(IS_DECIMAL) | AS(IS_BOOL) | AS(IS_RECORD) | AS(IS_REFERENCE);

    for (size_t i = 0; i < call->labelled_count; i++) {
        struct member *key;
        struct type type;

        if (!check_infer(c, call->labelled[i].value, element, &type) ||
            !check_need(c, call->labelled[i].value, &type, kinds, "the key of a group")) {
            return false;
        }
        key = shape_add(shape, call->labelled[i].names[0], c->arena);
        key->kind = MEMBER_KEY;
        key->place = i;
        key->type = type;
        key->type.optional = false;
    }
    return true;
}

static struct shape *new_group(struct checker *c, const struct node *call,
                               const struct shape *element, const struct type *of)
{
    struct shape *shape = arena_alloc(c->arena, 1, sizeof *shape);
    struct member *rows;

    *shape = (struct shape){
        .name = expression_text(call, c->arena), .element_of = "", .group = call, .rows = element};
    rows = shape_add(shape, "rows", c->arena);
    rows->kind = MEMBER_ROWS;
    rows->shape = element;
    rows->type = (struct type){.is = IS_LIST, .of = of};
    return shape;
}

/* Only `from` of a mapping may group a whole list: its groups are looked at one by one. */
static bool is_from(const struct checker *c, const struct node *call)
{
    for (size_t i = 0; i < c->program->mapping_count; i++) {
        if (c->program->mappings[i].group == call) {
            return true;
        }
    }
    return false;
}

static bool check_group(struct checker *c, const struct node *call, const struct place *place,
                        struct type *ret)
{
    struct type list, of = {.is = IS_RECORD, .shape = program_shape(c->program, call)};
    struct place element;

    if (!check_list_argument(c, call, place, &list) ||
        (!is_from(c, call) && !check_small(c, call->items[0], &list)) ||
        !check_element_place(c, call, &list, place, &element)) {
        return false;
    }
    if (!of.shape) {
        struct shape *shape;

        if ((list.of->is != IS_RECORD && list.of->is != IS_REFERENCE) ||
            call->labelled_count == 0) {
            return check_fail(c, call,
                              "group takes a list of records and 'name: key', once or more");
        }
        shape = new_group(c, call, element.shape, list.of);
        if (!add_keys(c, call, &element, shape)) {
            return false;
        }
        dict_set(c->program->shapes, NODE_KEY(call), shape);
        of.shape = shape;
    }
    *ret = (struct type){.is = IS_LIST, .of = check_keep_type(c, of)};
    return true;
}

struct gathering {
    const char **keys;
    struct value *values; /* of the keys */
    size_t *row_counts;
    size_t count;
    size_t *groups; /* of the items: which group each is in */
};

#define KEYS_A_STEP 8

static bool find_group(struct evaluation *e, struct gathering *g, const char *key,
                       struct value keys, size_t *ret)
{
    for (*ret = 0; *ret < g->count && strcmp(g->keys[*ret], key) != 0; ++*ret) {
    }
    if (*ret == g->count) {
        g->keys[g->count] = key;
        g->values[g->count++] = keys;
    }
    g->row_counts[*ret]++;
    return evaluation_spend(e, *ret / KEYS_A_STEP);
}

static void gather_rows(struct evaluation *e, const struct gathering *g, const struct value *items,
                        struct value **rows)
{
    size_t *filled = arena_alloc(e->arena, g->count + 1, sizeof *filled);

    for (size_t i = 0; i < g->count; i++) {
        rows[i] = arena_alloc(e->arena, g->row_counts[i], sizeof **rows);
    }
    for (size_t i = 0; i < items->list.count; i++) {
        rows[g->groups[i]][filled[g->groups[i]]++] = items->list.at[i];
    }
}

static bool evaluate_group(struct evaluation *e, const struct node *call, const struct scope *scope,
                           struct value *ret)
{
    struct gathering g = {0};
    struct value items, keys, *groups, **rows;
    struct scope element;
    const char *key;

    if (!list_items(e, call->items[0], NULL, scope, &items)) {
        return false;
    }
    g.keys = arena_alloc(e->arena, items.list.count + 1, sizeof *g.keys);
    g.values = arena_alloc(e->arena, items.list.count + 1, sizeof *g.values);
    g.row_counts = arena_alloc(e->arena, items.list.count + 1, sizeof *g.row_counts);
    g.groups = arena_alloc(e->arena, items.list.count + 1, sizeof *g.groups);
    for (size_t i = 0; i < items.list.count; i++) {
        if (!list_scope(e, call, &items.list.at[i], scope, &element) ||
            !group_key(e, call, &element, &keys, &key) ||
            !find_group(e, &g, key, keys, &g.groups[i])) {
            return false;
        }
    }
    rows = arena_alloc(e->arena, g.count + 1, sizeof *rows);
    gather_rows(e, &g, &items, rows);
    groups = arena_alloc(e->arena, g.count + 1, sizeof *groups);
    for (size_t i = 0; i < g.count; i++) {
        groups[i] = value_of_record(group_record(e, program_shape(e->program, call), g.keys[i],
                                                 g.values[i].list.at,
                                                 value_of_list(rows[i], g.row_counts[i])));
    }
    *ret = value_of_list(groups, g.count);
    return true;
}

const struct function functions_of_groups[] = {
    {"group", 1, 1, check_group, evaluate_group},
    {NULL, 0, 0, NULL, NULL},
};
