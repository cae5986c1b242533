#include "map/evaluate.h"

#include "base/hash.h"
#include "base/memory.h"

/* JSON of checked records → values. Whatever the mirror holds has the type it was declared with. */

struct record_value record_of(const struct map_list *list, const char *key)
{
    return (struct record_value){
        .list = list->declared->name, .key = key, .shape = list->shape, .is_loaded = false};
}

bool record_load(struct evaluation *e, struct record_value *record)
{
    if (record->is_loaded) {
        return true;
    }
    record->json = e->world ? e->world->record(e->world->self, record->list, record->key) : NULL;
    if (!record->json) {
        return evaluation_hold(e, "not-read", "%s %s is referred to, but was not found.",
                               record->list, record->key);
    }
    record->is_loaded = true;
    return true;
}

/* ---- scalars ---- */

static bool broken(struct evaluation *e, const struct field_type *field)
{
    return evaluation_hold(e, "field", "%s does not have the type it was read with.", field->name);
}

/* The record whose fields a currency expression means. */
static const struct record_value *root_of(const struct record_value *record)
{
    return record->root ? record->root : record;
}

static bool currency_of(struct evaluation *e, const struct record_value *record,
                        const struct field_type *field, struct value *ret)
{
    const struct record_value *root = root_of(record);
    struct scope outer = {.here = root->outer ? *root->outer : (struct record_value){0}};
    struct scope scope = {.here = *root, .parent = root->outer ? &outer : NULL};

    return evaluate(e, field->currency, &scope, ret);
}

static bool read_money(struct evaluation *e, const struct record_value *record,
                       const struct field_type *field, struct decimal amount, struct value *ret)
{
    struct value currency;
    char code[4] = "";

    if (!currency_of(e, record, field, &currency)) {
        return false;
    }
    if (currency.kind == VALUE_TEXT && currency.text.size == 3) {
        memcpy(code, currency.text.at, 3);
    }
    if (field->kind == TYPE_MINOR) {
        amount.scale = (uint8_t)(amount.scale + currency_digits(code));
    }
    *ret = value_of_money(amount, code);
    return true;
}

static bool read_number(struct evaluation *e, const struct record_value *record,
                        const struct field_type *field, const json_t *json, struct value *ret)
{
    struct decimal number;

    if (!json_text(json).at || !decimal_parse(json_text(json), &number, NULL)) {
        return broken(e, field);
    }
    if (field->kind != TYPE_DECIMAL) {
        return read_money(e, record, field, number, ret);
    }
    *ret = value_of_decimal(number);
    return true;
}

static bool read_day(struct evaluation *e, const struct field_type *field, const json_t *json,
                     struct value *ret)
{
    struct date date;

    if (!json_text(json).at || !date_parse(json_text(json), &date, NULL)) {
        return broken(e, field);
    }
    *ret = value_of_date(date);
    return true;
}

static bool read_instant(struct evaluation *e, const struct field_type *field, const json_t *json,
                         struct value *ret)
{
    *ret = (struct value){.kind = VALUE_TIME};
    return json_text(json).at && instant_parse(json_text(json), &ret->time_ms, NULL)
               ? true
               : broken(e, field);
}

/* Of several lists the one that has such a record, else the first. */
static void read_reference(struct evaluation *e, const struct field_type *field, const json_t *json,
                           struct value *ret)
{
    const char *key = arena_copy_text(e->arena, json_text(json));
    const struct map_list *list = program_list(e->program, field->names[0]);

    for (size_t i = 0; field->name_count > 1 && i < field->name_count && e->world; i++) {
        if (e->world->record(e->world->self, field->names[i], key)) {
            list = program_list(e->program, field->names[i]);
            break;
        }
    }
    *ret = value_of_record(record_of(list, key));
}

/* A reference in what we want to write: to a document that is not there yet. */
static bool read_pending(const json_t *json, struct value *ret)
{
    const json_t *pair = json_object_get(json, "@");

    if (!pair) {
        return false;
    }
    *ret = (struct value){.kind = VALUE_DOCUMENT};
    ret->document.mapping = json_text(json_array_get(pair, 0)).at;
    ret->document.key = json_text(json_array_get(pair, 1)).at;
    return true;
}

static bool read_scalar(struct evaluation *e, const struct record_value *record,
                        const struct field_type *field, const json_t *json, struct value *ret)
{
    switch (field->kind) {
    case TYPE_BOOL:
        *ret = value_of_bool(json_is_true(json));
        return true;
    case TYPE_DECIMAL:
    case TYPE_MONEY:
    case TYPE_MINOR:
        return read_number(e, record, field, json, ret);
    case TYPE_DATE:
        return read_day(e, field, json, ret);
    case TYPE_TIME:
        return read_instant(e, field, json, ret);
    case TYPE_FILE:
        *ret = (struct value){.kind = VALUE_FILE, .file = json};
        return true;
    case TYPE_REFERENCE:
        if (!read_pending(json, ret)) {
            read_reference(e, field, json, ret);
        }
        return true;
    default:
        *ret = value_of_text(json_text(json));
        return ret->text.at ? true : broken(e, field);
    }
}

static bool read_list(struct evaluation *e, const struct record_value *record,
                      const struct field_type *field, const json_t *json, struct value *ret)
{
    size_t count = json_array_size(json);
    struct value *all = arena_alloc(e->arena, count + 1, sizeof *all);

    for (size_t i = 0; i < count; i++) {
        if (!read_scalar(e, record, field, json_array_get(json, i), &all[i])) {
            return false;
        }
    }
    *ret = value_of_list(all, count);
    return true;
}

/* ---- elements ---- */

/* A file counts by what it is, anything else by what it says. */
static const char *key_part(struct evaluation *e, const json_t *json)
{
    AUTO_FREE char *bytes = NULL;

    if (json_text(json).at) {
        return arena_copy_text(e->arena, json_text(json));
    }
    bytes = json_write_text(json);
    return arena_printf(e->arena, "%016llx",
                        (unsigned long long)hash_text(HASH_START, text_of(bytes)));
}

static const char *element_key(struct evaluation *e, const struct record_type *type,
                               const json_t *json, size_t position)
{
    const char *key = "";

    for (size_t i = 0; type && i < type->field_count; i++) {
        const struct field_type *field = &type->fields[i];
        const json_t *part = json_path(json, field->name);
        const char *text = field->kind == TYPE_POSITION
                               ? arena_printf(e->arena, "%zu", position + 1)
                           : part ? key_part(e, part)
                                  : NULL;

        if (field->is_key && text) {
            key = arena_printf(e->arena, "%s%s%s", key, key[0] ? "/" : "", text);
        }
    }
    return key[0] ? key : arena_printf(e->arena, "%zu", position + 1);
}

static const struct record_value *keep_root(struct evaluation *e, const struct record_value *record)
{
    struct record_value *kept = arena_alloc(e->arena, 1, sizeof *kept);

    *kept = *root_of(record);
    return kept;
}

/* Elements that are no records have one field, value. */
static struct value value_elements(struct evaluation *e, const struct record_value *record,
                                   const struct member *member, struct value list)
{
    struct value *all = arena_alloc(e->arena, list.list.count + 1, sizeof *all);

    for (size_t i = 0; i < list.list.count; i++) {
        const char *key = arena_copy_text(e->arena, value_spelling(list.list.at[i], e->arena));

        all[i] = value_of_record(group_record(e, member->shape, key, &list.list.at[i], NO_VALUE));
        all[i].record.position = i;
        all[i].record.outer = keep_root(e, record);
    }
    return value_of_list(all, list.list.count);
}

bool record_elements(struct evaluation *e, const struct record_value *record,
                     const struct member *member, struct value *ret)
{
    const json_t *json = json_object_get(record->json, member->name);
    size_t count = json_array_size(json);
    struct value *all = arena_alloc(e->arena, count + 1, sizeof *all);
    const struct record_value *outer = keep_root(e, record);

    if (member->kind == MEMBER_FIELD && member->field->is_list) {
        if (!record_member(e, record, member, ret)) {
            return false;
        }
        *ret = value_elements(e, record, member, *ret);
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *element = json_array_get(json, i);

        all[i] = value_of_record((struct record_value){
            .list = "",
            .key = element_key(e, member->field->records, element, i),
            .shape = member->shape,
            .json = element,
            .is_loaded = true,
            .position = i,
            .outer = outer,
        });
    }
    *ret = value_of_list(all, count);
    return true;
}

/* ---- members ---- */

static bool read_field(struct evaluation *e, const struct record_value *record,
                       const struct member *member, struct value *ret)
{
    const struct field_type *field = member->field;
    const json_t *json = json_object_get(record->json, member->name);

    *ret = NO_VALUE;
    if (field->kind == TYPE_POSITION && !json) {
        *ret = value_of_text(text_of(arena_printf(e->arena, "%zu", record->position + 1)));
        return true;
    }
    if (!json || json_is_null(json)) {
        return true;
    }
    if (field->kind == TYPE_RECORDS) {
        return record_elements(e, record, member, ret);
    }
    if (field->is_table) {
        *ret = (struct value){.kind = VALUE_TABLE};
        ret->table.json = json;
        ret->table.field = field;
        return true;
    }
    return field->is_list ? read_list(e, record, field, json, ret)
                          : read_scalar(e, record, field, json, ret);
}

static bool read_derived(struct evaluation *e, const struct record_value *record,
                         const struct member *member, struct value *ret)
{
    const struct record_value *root = root_of(record);
    struct text name = text_of(arena_key(e->arena, root->list, root->key, member->name));
    struct scope own = {.here = *root};
    struct value *known = root->list[0] ? dict_get(e->memo, name) : NULL;

    if (known) {
        *ret = *known;
        return true;
    }
    if (!evaluate(e, member->value, &own, ret)) {
        return false;
    }
    known = arena_alloc(e->arena, 1, sizeof *known);
    *known = *ret;
    dict_set(e->memo, name, known);
    return true;
}

static void read_inside(struct evaluation *e, const struct record_value *record,
                        const struct member *member, struct value *ret)
{
    struct record_value *root = arena_alloc(e->arena, 1, sizeof *root);

    *root = *root_of(record);
    *ret = value_of_record((struct record_value){
        .list = "",
        .key = record->key,
        .shape = member->shape,
        .json = json_object_get(record->json, member->name),
        .is_loaded = true,
        .position = record->position,
        .outer = record->outer,
        .root = root,
    });
}

bool record_member(struct evaluation *e, const struct record_value *record,
                   const struct member *member, struct value *ret)
{
    switch (member->kind) {
    case MEMBER_FIELD:
        return read_field(e, record, member, ret);
    case MEMBER_INSIDE:
        read_inside(e, record, member, ret);
        return true;
    case MEMBER_DERIVED:
        return read_derived(e, record, member, ret);
    case MEMBER_KEY:
        *ret = record->group->keys[member->place];
        return true;
    case MEMBER_ROWS:
        *ret = record->group->rows;
        return true;
    }
    return false;
}
