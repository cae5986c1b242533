/* @: the documents of a record, or its document of one mapping. */
#include "map/check.h"

static bool all_documents(struct checker *c, const struct node *node, const struct place *place,
                          struct type *ret)
{
    const struct map_list *list = place && place->shape ? place->shape->list : NULL;
    struct type of = {.is = IS_RECORD, .shape = c->program->documents};

    if (!list) {
        return check_fail(c, node, "'@' alone needs a record of a list, and there is none here");
    }
    for (size_t i = 0; c->refers && i < c->program->mapping_count; i++) {
        const struct map_mapping *mapping = &c->program->mappings[i];

        if (mapping->target && mapping->target->is_xero && mapping->base == list) {
            c->refers[i] = true;
        }
    }
    *ret = (struct type){.is = IS_LIST, .of = check_keep_type(c, of)};
    return true;
}

static const char *hint_mapping(struct checker *c, const char *name)
{
    const char **names = arena_alloc(c->arena, c->program->mapping_count + 1, sizeof *names);

    for (size_t i = 0; i < c->program->mapping_count; i++) {
        names[i] = c->program->mappings[i].rule.declared->name;
    }
    return check_hint(c, name, names, c->program->mapping_count);
}

/* The record whose document is meant: the one given, or the one in scope. */
static bool document_shape(struct checker *c, const struct node *node, const struct place *place,
                           const struct shape **ret)
{
    struct type type;

    *ret = place ? place->shape : NULL;
    if (!node->a) {
        return true;
    }
    if (!check_infer(c, node->a, place, &type)) {
        return false;
    }
    if (type.is == IS_NEVER) {
        *ret = NULL;
        return true;
    }
    if (type.optional) {
        return check_fail(c, node->a, "the record of @%s(…) may be absent; add '?? hold(…)'",
                          node->text);
    }
    if (type.is == IS_REFERENCE && type.name_count) {
        const struct map_list *list = program_list(c->program, type.names[0]);

        *ret = list ? list->shape : NULL;
        return true;
    }
    *ret = type.shape;
    return type.is == IS_RECORD ? true
                                : check_fail(c, node->a, "@%s(…) takes a record, not %s",
                                             node->text, type_spelling(&type, c->arena));
}

bool check_document(struct checker *c, const struct node *node, const struct place *place,
                    struct type *ret)
{
    const struct map_mapping *mapping;
    const struct shape *shape = NULL;
    const char **names;

    if (!node->text[0]) {
        return all_documents(c, node, place, ret);
    }
    mapping = program_mapping(c->program, node->text);
    if (!mapping) {
        return check_fail(c, node, "there is no mapping '%s'%s", node->text,
                          hint_mapping(c, node->text));
    }
    if (!document_shape(c, node, place, &shape)) {
        return false;
    }
    if (relation_of(mapping, shape) == RELATION_NONE && (shape || !node->a)) {
        return shape && mapping->base && shape->list == mapping->base
                   ? check_fail(c, node,
                                "one record of %s may be in many documents '%s'; use @ to see "
                                "them all",
                                shape->name, node->text)
                   : check_fail(c, node, "mapping '%s' takes %s, not %s", node->text,
                                mapping->rule.declared->from[0] ? mapping->rule.declared->from
                                                                : "nothing",
                                shape ? shape->name : "nothing");
    }
    if (c->refers) {
        c->refers[mapping->index] = true;
    }
    names = arena_alloc(c->arena, 1, sizeof *names);
    names[0] = mapping->rule.declared->name;
    *ret = (struct type){.is = IS_DOCUMENT, .names = names, .name_count = 1};
    return true;
}
