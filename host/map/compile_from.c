#include "map/compile.h"

/* ---- what a mapping takes ---- */

/* "expenses", "xero.Accounts", "export_items.files": the longest beginning that is a list. */
static const char *base_of(struct checker *c, const char *from, const char **ret_rest)
{
    size_t size = strlen(from);

    for (;;) {
        const char *name = arena_copy_text(c->arena, (struct text){from, size});

        if (program_list(c->program, name)) {
            *ret_rest = from[size] ? from + size + 1 : "";
            return name;
        }
        while (size > 0 && from[size - 1] != '.') {
            size--;
        }
        if (size == 0) {
            return NULL;
        }
        size--;
    }
}

static bool no_list(struct checker *c, const char *name)
{
    const char **names = arena_alloc(c->arena, c->program->list_count + 1, sizeof *names);

    for (size_t i = 0; i < c->program->list_count; i++) {
        names[i] = c->program->lists[i].declared->name;
    }
    return check_fail(c, NULL, "there is no list '%s'%s", name,
                      check_hint(c, name, names, c->program->list_count));
}

/* group(where(list, condition), …) is group(list, …), of the records for which it is true. */
static const struct node *take_condition(struct checker *c, struct map_mapping *mapping,
                                         const struct node *call)
{
    const struct node *list = call->items[0], **items;
    struct node *whole;

    if (list->kind != NODE_CALL || strcmp(list->text, "where") != 0 || list->item_count != 2 ||
        list->labelled_count) {
        return call;
    }
    whole = arena_alloc(c->arena, 1, sizeof *whole);
    items = arena_alloc(c->arena, 1, sizeof *items);
    *whole = *call;
    items[0] = list->items[0];
    whole->items = items;
    mapping->member_if = list->items[1];
    return whole;
}

static bool take_group(struct checker *c, struct map_mapping *mapping, const char *from)
{
    const struct node *call = compile_expression(c, c->where, from);
    const char *rest, *name;

    if (!call) {
        return false;
    }
    if (call->item_count != 1) {
        return check_fail(c, call, "group takes one list, then 'name: key'");
    }
    call = take_condition(c, mapping, call);
    name = base_of(c, expression_text(call->items[0], c->arena), &rest);
    if (!name || rest[0]) {
        return no_list(c, expression_text(call->items[0], c->arena));
    }
    mapping->from = FROM_GROUP;
    mapping->group = call;
    mapping->base = program_list(c->program, name);
    return true;
}

/* Steps from the record to its elements, through objects and lists inside it. */
static bool take_elements(struct checker *c, struct map_mapping *mapping, const char *path)
{
    const struct shape *shape = mapping->base->shape;
    struct text rest = text_of(path);

    mapping->from = FROM_ELEMENTS;
    while (rest.at) {
        const char *name = arena_copy_text(c->arena, text_split(&rest, '.'));
        const struct member *member = shape_member(shape, name);

        if (!member || !member->shape || mapping->step_count == FROM_STEPS_MOST) {
            return check_fail(c, NULL, "%s has no list '%s' inside%s", shape->name, name,
                              check_hint_member(c, name, shape));
        }
        mapping->step_shapes[mapping->step_count] = shape;
        mapping->steps[mapping->step_count++] = member;
        shape = member->shape;
    }
    if (!shape->element_of[0]) {
        return check_fail(c, NULL, "'%s' is no list of records", path);
    }
    mapping->element_of = shape->element_of;
    mapping->rule.shape = shape;
    return true;
}

static bool take_from(struct checker *c, struct map_mapping *mapping, const char *from)
{
    const char *name, *rest = "";

    c->source = from;
    mapping->element_of = "";
    if (!from[0]) {
        mapping->from = FROM_NOTHING;
        return true;
    }
    if (strncmp(from, "group(", 6) == 0) {
        return take_group(c, mapping, from);
    }
    name = base_of(c, from, &rest);
    if (!name) {
        return no_list(c, from);
    }
    mapping->base = program_list(c->program, name);
    mapping->rule.shape = mapping->base->shape;
    mapping->from = FROM_LIST;
    return !rest[0] || take_elements(c, mapping, rest);
}

static void compile_mapping(struct checker *c, const struct declared_flow *flow,
                            const struct declared_mapping *declared)
{
    struct program *p = c->program;
    struct map_mapping *mapping = &p->mappings[p->mapping_count];

    c->where = arena_printf(c->arena, "%s/%s", flow->name, declared->name);
    c->source = declared->name;
    if (!compile_name(c, declared->name)) {
        return;
    }
    if (program_mapping(p, declared->name)) {
        check_fail(c, NULL, "two mappings have the name '%s'", declared->name);
        return;
    }
    *mapping = (struct map_mapping){
        .rule = {.declared = declared}, .flow = flow->name, .index = p->mapping_count};
    p->mapping_count++;
    c->source = declared->to;
    mapping->target = program_list(p, declared->to);
    if (!mapping->target) {
        no_list(c, declared->to);
    }
    (void)take_from(c, mapping, declared->from);
}

void compile_mappings(struct checker *c)
{
    const struct declaration *d = c->program->connector;
    size_t count = 0;

    for (size_t i = 0; i < d->flow_count; i++) {
        count += d->flows[i].mapping_count;
    }
    c->program->mappings = arena_alloc(c->arena, count + 1, sizeof *c->program->mappings);
    for (size_t i = 0; i < d->flow_count; i++) {
        for (size_t k = 0; k < d->flows[i].mapping_count; k++) {
            compile_mapping(c, &d->flows[i], &d->flows[i].mappings[k]);
        }
    }
}
