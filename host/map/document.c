#include "map/check.h"
#include "map/evaluate.h"

/* ---- which document ---- */

static struct value no_document(const struct map_mapping *mapping)
{
    struct value value = {.kind = VALUE_DOCUMENT};

    value.document.mapping = mapping->rule.declared->name;
    return value;
}

static bool document_of_target(struct evaluation *e, const struct map_mapping *mapping,
                               const struct record_value *record, struct value *ret)
{
    const struct map_document *found = NULL;
    size_t count =
        e->world->by_target(e->world->self, mapping->rule.declared->name, record->key, &found);

    if (count > 1) {
        return evaluation_hold(e, "ambiguous", "%s %s belongs to more than one document '%s'.",
                               record->list, record->key, mapping->rule.declared->name);
    }
    *ret = no_document(mapping);
    if (count) {
        ret->document.key = found[0].key;
    }
    return true;
}

/* An element's document is named by the keys on the way to it. */
static const char *element_path(struct evaluation *e, const struct record_value *record)
{
    return record->outer
               ? arena_printf(e->arena, "%s/%s", element_path(e, record->outer), record->key)
               : record->key;
}

bool document_of(struct evaluation *e, const struct map_mapping *mapping,
                 const struct record_value *record, struct value *ret)
{
    struct scope row = {0};

    *ret = no_document(mapping);
    if (!record) {
        ret->document.key = relation_of(mapping, NULL) == RELATION_ONE ? "" : NULL;
        return true;
    }
    row.here = *record;
    switch (relation_of(mapping, record->shape)) {
    case RELATION_ONE:
        ret->document.key = "";
        return true;
    case RELATION_TARGET:
        return document_of_target(e, mapping, record, ret);
    case RELATION_RECORD:
    case RELATION_GROUP:
        ret->document.key = record->key;
        return true;
    case RELATION_ROW:
        return record_load(e, &row.here) && group_of_row(e, mapping, &row, &ret->document.key);
    case RELATION_ELEMENT:
        ret->document.key = element_path(e, record);
        return true;
    case RELATION_NONE:
        break;
    }
    return true;
}

/* ---- bare @: all documents to Xero ---- */

static struct value map_document_record(struct evaluation *e, const struct map_document *document)
{
    struct value *keys = arena_alloc(e->arena, 5, sizeof *keys);
    const char *const texts[] = {document->id, document->state, document->code, document->why,
                                 document->url};

    for (size_t i = 0; i < 5; i++) {
        keys[i] = texts[i] && texts[i][0] ? value_of_text(text_of(texts[i])) : NO_VALUE;
    }
    return value_of_record(group_record(e, e->program->documents, document->key, keys, NO_VALUE));
}

static bool all_documents(struct evaluation *e, const struct record_value *record,
                          struct value *ret)
{
    const struct map_document *found = NULL;
    struct value *all;
    size_t count, kept = 0;

    count = e->world->of_record(e->world->self, record->list, record->key, &found);
    all = arena_alloc(e->arena, count + 1, sizeof *all);
    for (size_t i = 0; i < count; i++) {
        const struct map_mapping *mapping = program_mapping(e->program, found[i].mapping);

        if (mapping && mapping->target->is_xero && mapping->base &&
            strcmp(mapping->base->declared->name, record->list) == 0) {
            all[kept++] = map_document_record(e, &found[i]);
        }
    }
    *ret = value_of_list(all, kept);
    return true;
}

bool evaluate_document(struct evaluation *e, const struct node *node, const struct scope *scope,
                       struct value *ret)
{
    const struct record_value *record = scope && scope->here.shape ? &scope->here : NULL;
    struct value given;

    if (!e->world) {
        return evaluation_hold(e, "alone", "A record alone does not know of documents (@).");
    }
    if (!node->text[0]) {
        return record ? all_documents(e, record, ret)
                      : evaluation_fail(
                            e, &(struct error){ERROR_BUG, "name", "a bare @ was not checked"});
    }
    if (node->a) {
        if (!evaluate(e, node->a, scope, &given)) {
            return false;
        }
        record = given.kind == VALUE_RECORD ? &given.record : NULL;
    }
    return document_of(e, program_mapping(e->program, node->text), record, ret);
}

/* ---- its fields ---- */

static bool find_document(struct evaluation *e, const struct value *document,
                          struct map_document *ret)
{
    return document->document.key && e->world->document(e->world->self, document->document.mapping,
                                                        document->document.key, ret);
}

bool document_exists(struct evaluation *e, const struct value *document)
{
    struct map_document found;

    return find_document(e, document, &found) && strcmp(found.state, "none") != 0;
}

struct value document_object(struct evaluation *e, const struct value *document)
{
    const struct map_mapping *mapping = program_mapping(e->program, document->document.mapping);
    struct map_document found;

    return mapping && e->world && find_document(e, document, &found) && found.id[0]
               ? value_of_record(record_of(mapping->target, arena_copy(e->arena, found.id)))
               : NO_VALUE;
}

/* What it was written to, as read; before that, as we want it. */
static bool document_target(struct evaluation *e, const struct map_mapping *mapping,
                            const struct map_document *found, struct value *ret)
{
    struct record_value record = record_of(mapping->target, found->id);

    *ret = NO_VALUE;
    if (!found->id[0]) {
        return true;
    }
    record.json = e->world->record(e->world->self, record.list, record.key);
    if (record.json) {
        record.is_loaded = true;
        *ret = value_of_record(record);
    }
    return true;
}

/* A field that we want to write, of a document that others refer to. */
static bool document_want(struct evaluation *e, const struct map_mapping *mapping,
                          const struct map_document *found, const char *field, struct value *ret)
{
    const struct member *member = shape_member(mapping->target->shape, field);
    struct record_value wanted = {.list = "",
                                  .key = found->key,
                                  .shape = mapping->target->shape,
                                  .json = found->want,
                                  .is_loaded = true};

    *ret = NO_VALUE;
    if (!found->want) {
        return evaluation_hold(e, UNKNOWN_DOCUMENT, "What %s %s will be is not known yet.",
                               found->mapping, found->key);
    }
    return !member || record_member(e, &wanted, member, ret);
}

bool document_field(struct evaluation *e, const struct value *document, const char *field,
                    struct value *ret)
{
    const struct map_mapping *mapping = program_mapping(e->program, document->document.mapping);
    const struct member *member = shape_member(e->program->documents, field);
    struct map_document found;
    bool known = find_document(e, document, &found);

    *ret = NO_VALUE;
    if (!known && !member && strcmp(field, "target") != 0 && strcmp(field, "record") != 0) {
        return evaluation_hold(e, UNKNOWN_DOCUMENT, "There is no document %s yet.",
                               document->document.mapping);
    }
    if (!known) {
        *ret = strcmp(field, "state") == 0 ? value_of_text(TEXT("none")) : NO_VALUE;
        return true;
    }
    if (member) {
        struct value record = map_document_record(e, &found);

        return record_member(e, &record.record, member, ret);
    }
    if (strcmp(field, "target") == 0) {
        return document_target(e, mapping, &found, ret);
    }
    if (strcmp(field, "record") == 0) {
        *ret = value_of_record(record_of(mapping->base, found.root));
        return true;
    }
    return document_want(e, mapping, &found, field, ret);
}
