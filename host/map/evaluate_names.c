#include "map/evaluate.h"

static struct value whole(const struct map_list *list)
{
    struct value value = {.kind = VALUE_WHOLE};

    value.whole = list;
    return value;
}

/* Looked at like any other record, so that what it held heals when it changes. */
static struct value organisation(struct evaluation *e)
{
    const struct map_list *list = program_list(e->program, "xero.Organisation");
    const json_t *org = e->world ? e->world->org : NULL;
    const char *key = json_path_text(org, "OrganisationID");

    return value_of_record((struct record_value){.list = list->declared->name,
                                                 .key = key[0] ? key : "org",
                                                 .shape = list->shape,
                                                 .json = org,
                                                 .is_loaded = key[0] == '\0'});
}

/* The roots: option and org. */
static bool root_record(struct evaluation *e, const char *name, struct value *ret)
{
    if (strcmp(name, "option") == 0) {
        *ret = value_of_record((struct record_value){.list = "",
                                                     .key = "option",
                                                     .shape = e->program->options,
                                                     .json = e->world ? e->world->options : NULL,
                                                     .is_loaded = true});
        return true;
    }
    if (strcmp(name, "org") != 0) {
        return false;
    }
    *ret = organisation(e);
    return true;
}

bool evaluate_names(struct evaluation *e, const struct node *node, const struct scope *scope,
                    struct value *ret)
{
    const struct member *member = scope ? shape_member(scope->here.shape, node->text) : NULL;
    const struct map_list *list;

    if (member) {
        struct record_value here = scope->here;

        return record_load(e, &here) && record_member(e, &here, member, ret);
    }
    if (strcmp(node->text, "parent") == 0 && scope && scope->parent) {
        *ret = value_of_record(scope->parent->here);
        return true;
    }
    if (root_record(e, node->text, ret)) {
        return true;
    }
    list = program_list(e->program, node->text);
    if (!list) {
        return evaluation_fail(e, &(struct error){ERROR_BUG, "name", "a name was not checked"});
    }
    *ret = whole(list);
    return true;
}

/* list.field: of every element, absent ones left out. */
static bool field_of_each(struct evaluation *e, const struct value *list, const char *field,
                          struct value *ret)
{
    struct value *all = arena_alloc(e->arena, list->list.count + 1, sizeof *all);
    size_t count = 0;

    if (!evaluation_spend(e, list->list.count)) {
        return false;
    }
    for (size_t i = 0; i < list->list.count; i++) {
        struct record_value record = list->list.at[i].record;
        const struct member *member = shape_member(record.shape, field);

        if (!record_load(e, &record) || !record_member(e, &record, member, &all[count])) {
            return false;
        }
        count += !value_is_absent(all[count]);
    }
    *ret = value_of_list(all, count);
    return true;
}

bool evaluate_field(struct evaluation *e, const struct node *node, const struct scope *scope,
                    struct value *ret)
{
    struct value base;
    const struct member *member;

    if (node->a->kind == NODE_NAME && strcmp(node->a->text, "xero") == 0 &&
        !shape_member(scope ? scope->here.shape : NULL, "xero")) {
        *ret = whole(program_list(e->program, arena_printf(e->arena, "xero.%s", node->text)));
        return true;
    }
    if (!evaluate(e, node->a, scope, &base)) {
        return false;
    }
    if (value_is_absent(base)) {
        *ret = NO_VALUE;
        return true;
    }
    if (base.kind == VALUE_DOCUMENT) {
        return document_field(e, &base, node->text, ret);
    }
    if (base.kind == VALUE_LIST) {
        return field_of_each(e, &base, node->text, ret);
    }
    member = base.kind == VALUE_RECORD ? shape_member(base.record.shape, node->text) : NULL;
    if (!member) {
        return evaluation_fail(e, &(struct error){ERROR_BUG, "name", "a field was not checked"});
    }
    return record_load(e, &base.record) && record_member(e, &base.record, member, ret);
}

static bool look_up(struct evaluation *e, const struct map_list *list, struct value key,
                    struct value *ret)
{
    struct record_value record;

    if (key.kind == VALUE_DOCUMENT) {
        key = document_object(e, &key);
    }
    record = record_of(list, arena_copy_text(e->arena, value_spelling(key, e->arena)));

    *ret = NO_VALUE;
    if (e->world) {
        record.json = e->world->record(e->world->self, record.list, record.key);
    }
    if (record.json) {
        record.is_loaded = true;
        *ret = value_of_record(record);
    }
    return true;
}

/* table[text]: read as a field of its type with that value. */
static bool look_into_table(struct evaluation *e, const struct value *table, struct value key,
                            struct value *ret)
{
    struct field_type one = *table->table.field;
    struct member member = {
        .name = arena_copy_text(e->arena, key.text), .kind = MEMBER_FIELD, .field = &one};
    struct record_value record = {
        .list = "", .key = "", .json = table->table.json, .is_loaded = true};

    one.is_table = false;
    return record_member(e, &record, &member, ret);
}

bool evaluate_index(struct evaluation *e, const struct node *node, const struct scope *scope,
                    struct value *ret)
{
    struct value base, key;

    if (!evaluate(e, node->a, scope, &base) || !evaluate(e, node->b, scope, &key)) {
        return false;
    }
    if (value_is_absent(base) || value_is_absent(key)) {
        *ret = NO_VALUE;
        return true;
    }
    return base.kind == VALUE_TABLE ? look_into_table(e, &base, key, ret)
                                    : look_up(e, base.whole, key, ret);
}
