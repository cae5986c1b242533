#include "map/check.h"

/* ---- lists ---- */

static bool is_xero_root(const struct node *node, const struct place *place)
{
    return node->kind == NODE_NAME && strcmp(node->text, "xero") == 0 &&
           !shape_member(place ? place->shape : NULL, "xero");
}

struct map_list *check_list_of(struct checker *c, const struct node *node,
                               const struct place *place)
{
    if (node->kind == NODE_NAME && !shape_member(place ? place->shape : NULL, node->text)) {
        return program_list(c->program, node->text);
    }
    if (node->kind == NODE_FIELD && is_xero_root(node->a, place)) {
        return program_list(c->program, arena_printf(c->arena, "xero.%s", node->text));
    }
    return NULL;
}

void check_reads(struct checker *c, struct map_list *list)
{
    list->is_read = true;
    if (c->reads) {
        c->reads[list - c->program->lists] = true;
    }
}

static struct type records_of(struct checker *c, struct map_list *list)
{
    struct type of = {.is = IS_RECORD, .shape = list->shape};

    check_reads(c, list);
    return (struct type){.is = IS_LIST, .of = check_keep_type(c, of), .whole = list};
}

static const char *hint_list(struct checker *c, const char *name)
{
    const char **names = arena_alloc(c->arena, c->program->list_count + 1, sizeof *names);

    for (size_t i = 0; i < c->program->list_count; i++) {
        names[i] = c->program->lists[i].declared->name;
    }
    return check_hint(c, name, names, c->program->list_count);
}

/* ---- members ---- */

/* What a derived field refers to and looks at, everything does that uses it. */
static void add_uses(struct checker *c, const struct member *member)
{
    for (size_t i = 0; c->refers && member->refers && i < c->program->mapping_count; i++) {
        c->refers[i] = c->refers[i] || member->refers[i];
    }
    for (size_t i = 0; c->reads && member->reads && i < c->program->list_count; i++) {
        c->reads[i] = c->reads[i] || member->reads[i];
    }
}

/* A derived field is checked where it is first used, over its own record and nothing else. */
static bool check_derived(struct checker *c, const struct node *node, struct member *member,
                          const struct shape *shape)
{
    struct place own = {.shape = shape};
    struct checker before = *c;
    bool ok;

    if (member->derived == DERIVED_BUSY) {
        return check_fail(c, node, "'%s' is derived from itself", member->name);
    }
    if (member->derived == DERIVED_WRONG) {
        return false;
    }
    if (member->derived == DERIVED_CHECKED) {
        add_uses(c, member);
        return true;
    }
    member->derived = DERIVED_BUSY;
    member->refers = arena_alloc(c->arena, c->program->mapping_count + 1, sizeof *member->refers);
    member->reads = arena_alloc(c->arena, c->program->list_count + 1, sizeof *member->reads);
    c->where = arena_printf(c->arena, "%s.%s", shape->name, member->name);
    c->source = member->source;
    c->refers = member->refers;
    c->reads = member->reads;
    ok = check_infer(c, member->value, &own, &member->type);
    member->derived = ok ? DERIVED_CHECKED : DERIVED_WRONG;
    c->where = before.where;
    c->source = before.source;
    c->refers = before.refers;
    c->reads = before.reads;
    add_uses(c, member);
    return ok;
}

bool check_member(struct checker *c, const struct node *node, struct member *member,
                  const struct shape *shape, struct type *ret)
{
    if (member->kind == MEMBER_DERIVED && !check_derived(c, node, member, shape)) {
        return false;
    }
    *ret = member->type;
    if (shape == c->program->documents) {
        dict_set(c->program->document_fields, NODE_KEY(node), c->program);
    }
    if (shape == c->program->options && c->options_used) {
        c->options_used[member - shape->members] = true;
    }
    return true;
}

/* ---- names ---- */

static bool unknown_name(struct checker *c, const struct node *node, const struct place *place)
{
    const struct shape *shape = place ? place->shape : NULL;
    const struct place *up = place ? place->parent : NULL;
    const char *hint;

    if (up && shape_member(up->shape, node->text)) {
        return check_fail(c, node, "%s has no field '%s'; 'parent.%s' exists",
                          shape ? shape->name : "this place", node->text, node->text);
    }
    hint = check_hint_member(c, node->text, shape);
    return check_fail(c, node, "%s has no field '%s'%s", shape ? shape->name : "this place",
                      node->text, hint[0] ? hint : hint_list(c, node->text));
}

bool check_name(struct checker *c, const struct node *node, const struct place *place,
                struct type *ret)
{
    struct member *member = place ? shape_member(place->shape, node->text) : NULL;
    struct map_list *list;

    if (strcmp(node->text, "parent") == 0 && !member) {
        if (!place || !place->parent || !place->parent->shape) {
            return check_fail(c, node, "there is no parent here");
        }
        *ret = (struct type){.is = IS_RECORD, .shape = place->parent->shape};
        return true;
    }
    if (member) {
        return check_member(c, node, member, place->shape, ret);
    }
    if (strcmp(node->text, "option") == 0) {
        *ret = (struct type){.is = IS_RECORD, .shape = c->program->options};
        return true;
    }
    list =
        program_list(c->program, strcmp(node->text, "org") == 0 ? "xero.Organisation" : node->text);
    if (list && strcmp(node->text, "org") == 0) {
        check_reads(c, list);
        *ret = (struct type){.is = IS_RECORD, .shape = list->shape};
        return true;
    }
    if (list) {
        *ret = records_of(c, list);
        return true;
    }
    return unknown_name(c, node, place);
}

/* ---- fields ---- */

static bool field_of_shape(struct checker *c, const struct node *node, const struct shape *shape,
                           struct type *ret)
{
    struct member *member = shape_member(shape, node->text);

    return member ? check_member(c, node, member, shape, ret)
                  : check_fail(c, node, "%s has no field '%s'%s", shape->name, node->text,
                               check_hint_member(c, node->text, shape));
}

static bool field_of_reference(struct checker *c, const struct node *node, const struct type *base,
                               struct type *ret)
{
    for (size_t i = 0; i < base->name_count; i++) {
        struct map_list *list = program_list(c->program, base->names[i]);
        struct type one;

        if (!list) {
            return check_fail(c, node, "there is no list '%s'%s", base->names[i],
                              hint_list(c, base->names[i]));
        }
        check_reads(c, list);
        if (!field_of_shape(c, node, list->shape, &one) ||
            (i > 0 && !check_unify(c, node, ret, &one, &one))) {
            return false;
        }
        *ret = one;
    }
    return base->name_count > 0;
}

static bool field_of_document(struct checker *c, const struct node *node, const struct type *base,
                              struct type *ret)
{
    const struct map_mapping *mapping = program_mapping(c->program, base->names[0]);
    const struct shape *shape = c->program->documents;
    struct map_list *list = NULL;

    if (shape_member(shape, node->text)) {
        return field_of_shape(c, node, shape, ret);
    }
    if (mapping && strcmp(node->text, "target") == 0) {
        list = (struct map_list *)(uintptr_t)mapping->target;
    } else if (mapping && strcmp(node->text, "record") == 0 && mapping->from == FROM_LIST) {
        list = (struct map_list *)(uintptr_t)mapping->base;
    }
    for (size_t i = 1; list && i < base->name_count; i++) {
        const struct map_mapping *other = program_mapping(c->program, base->names[i]);

        if (!other || other->target != mapping->target || other->base != mapping->base ||
            other->from != mapping->from) {
            return check_fail(c, node, "%s are not of one kind", type_spelling(base, c->arena));
        }
    }
    if (!list) {
        return check_fail(c, node, "a document has no '%s'%s", node->text,
                          check_hint_member(c, node->text, shape));
    }
    check_reads(c, list);
    dict_set(c->program->document_fields, NODE_KEY(node), c->program);
    *ret = (struct type){.is = IS_RECORD, .shape = list->shape, .optional = true};
    return true;
}

/* A field of every element, as a list; absent ones are left out. */
static bool field_of_each(struct checker *c, const struct node *node, const struct type *list,
                          struct type *ret)
{
    struct type field;
    bool ok;

    if (list->whole) {
        return check_fail(c, node,
                          "'.%s' of all records would read the whole of %s; use where(…) on it",
                          node->text, list->whole->declared->name);
    }
    if (list->of->is == IS_REFERENCE) {
        ok = field_of_reference(c, node, list->of, &field);
    } else if (list->of->is == IS_RECORD) {
        ok = field_of_shape(c, node, list->of->shape, &field);
    } else {
        return check_fail(c, node, "'.%s' is asked of %s", node->text,
                          type_spelling(list, c->arena));
    }
    if (!ok || field.is == IS_LIST || field.is == IS_TABLE) {
        return ok &&
               check_fail(c, node, "'.%s' is a list in each of them; go over them with a part",
                          node->text);
    }
    field.optional = false;
    *ret = type_of(IS_LIST);
    ret->of = check_keep_type(c, field);
    ret->optional = list->optional;
    return true;
}

bool check_field(struct checker *c, const struct node *node, const struct place *place,
                 struct type *ret)
{
    struct map_list *list = check_list_of(c, node, place);
    struct type base;
    bool ok;

    if (list) {
        *ret = records_of(c, list);
        return true;
    }
    if (is_xero_root(node->a, place)) {
        return check_fail(c, node, "Xero has no list '%s'%s", node->text,
                          hint_list(c, arena_printf(c->arena, "xero.%s", node->text)));
    }
    if (!check_infer(c, node->a, place, &base)) {
        return false;
    }
    switch (base.is) {
    case IS_RECORD:
        ok = field_of_shape(c, node, base.shape, ret);
        break;
    case IS_REFERENCE:
        ok = field_of_reference(c, node, &base, ret);
        break;
    case IS_DOCUMENT:
        ok = field_of_document(c, node, &base, ret);
        break;
    case IS_LIST:
        return field_of_each(c, node, &base, ret);
    default:
        return check_fail(c, node, "'.%s' is asked of %s", node->text,
                          type_spelling(&base, c->arena));
    }
    ret->optional = ok && (ret->optional || base.optional);
    return ok;
}

/* ---- list[key], table[text] ---- */

static bool index_list(struct checker *c, const struct node *node, const struct place *place,
                       const struct map_list *list, struct type *ret)
{
    const struct member *key;
    struct type type;

    if (!list->key || !(key = shape_member(list->shape, list->key))) {
        return check_fail(c, node, "%s has no single key to look up by", list->declared->name);
    }
    if (!check_infer(c, node->b, place, &type) ||
        !check_present(c, node->b, &type, "the key that is looked up") ||
        !check_comparable(c, node->b, &key->type, &type)) {
        return false;
    }
    *ret = (struct type){.is = IS_RECORD, .shape = list->shape, .optional = true};
    return true;
}

bool check_index(struct checker *c, const struct node *node, const struct place *place,
                 struct type *ret)
{
    struct type base, text;

    if (!check_infer(c, node->a, place, &base)) {
        return false;
    }
    if (base.is == IS_LIST && base.whole) {
        return index_list(c, node, place, base.whole, ret);
    }
    if (base.is != IS_TABLE) {
        return check_fail(c, node, "[…] is asked of %s; it takes a list by its key, or a table",
                          type_spelling(&base, c->arena));
    }
    *ret = *base.of;
    ret->optional = true;
    return check_infer(c, node->b, place, &text) &&
           check_need(c, node->b, &text, AS(IS_TEXT), "what a table is asked for");
}
