#include "map/compile.h"

/* Guards, fields and parts: what a mapping and a part of one have in common. */

static const char *hint_target(struct checker *c, const struct record_type *type, const char *name)
{
    const char **names = arena_alloc(c->arena, type->field_count + 1, sizeof *names);

    for (size_t i = 0; i < type->field_count; i++) {
        names[i] = type->fields[i].name;
    }
    return check_hint(c, name, names, type->field_count);
}

static struct type want_of(struct checker *c, const struct field_type *field)
{
    /* a shape of one field knows the type of it */
    const char *last = strrchr(field->name, '.');
    struct field_type one = *field;
    struct shape *shape;

    one.name = last ? last + 1 : field->name;
    shape = shape_new("", &(struct record_type){&one, 1}, NULL, c->arena);
    return shape->members[0].type;
}

static bool given_before(const struct rule *rule, size_t index, const char *name)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(rule->fields[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* What a reference says @ to is needed on the other side, and not only looked at. */
static const struct node *compile_value(struct checker *c, const char *at,
                                        const struct rule_field *field, const struct place *place,
                                        const struct type *want)
{
    bool *all = c->refers, *own;
    const struct node *value;

    if (!all || !c->sends || field->target->kind != TYPE_REFERENCE) {
        return compile_checked(c, at, field->source, place, want);
    }
    c->refers = own = arena_alloc(c->arena, c->program->mapping_count + 1, sizeof *own);
    value = compile_checked(c, at, field->source, place, want);
    c->refers = all;
    for (size_t i = 0; i < c->program->mapping_count; i++) {
        all[i] = all[i] || own[i];
        c->sends[i] = c->sends[i] || own[i];
    }
    return value;
}

static void compile_field(struct checker *c, const char *where, struct rule *rule, size_t index,
                          const struct record_type *target, const struct place *place)
{
    struct rule_field *field = &rule->fields[index];
    const char *at = arena_printf(c->arena, "%s.%s", where, field->name);
    struct type want;

    c->where = at;
    c->source = field->source;
    field->target = record_type_field(target, field->name);
    if (!field->target) {
        check_fail(c, NULL, "there is no such field%s", hint_target(c, target, field->name));
        return;
    }
    if (field->target->is_read_only) {
        check_fail(c, NULL, "only the other side sets %s", field->name);
        return;
    }
    if (given_before(rule, index, field->name)) {
        check_fail(c, NULL, "it is given twice");
        return;
    }
    want = want_of(c, field->target);
    field->value = compile_value(c, at, field, place, &want);
}

static bool is_given(const struct rule *rule, const char *name)
{
    for (size_t i = 0; i < rule->part_count; i++) {
        if (strcmp(rule->parts[i].to, name) == 0) {
            return true;
        }
    }
    return given_before(rule, rule->field_count, name);
}

static void check_required(struct checker *c, const char *where, const struct rule *rule,
                           const struct record_type *target)
{
    for (size_t i = 0; i < target->field_count; i++) {
        const struct field_type *field = &target->fields[i];

        if (!field->is_optional && !field->is_read_only && !is_given(rule, field->name)) {
            c->where = where;
            c->source = "";
            check_fail(c, NULL, "%s needs '%s', which nothing gives", rule->to, field->name);
        }
    }
}

/* The record a part looks at: an element of its list, or the same as the document. */
static bool part_place(struct checker *c, const char *where, struct rule *part,
                       const struct place *outer, struct place *ret)
{
    const char *from = part->declared->from;
    struct type list;

    *ret = outer ? *outer : (struct place){0};
    if (!from[0]) {
        part->shape = ret->shape;
        return true;
    }
    part->from = compile_expression(c, arena_printf(c->arena, "%s from", where), from);
    if (!part->from || !check_infer(c, part->from, outer, &list)) {
        return false;
    }
    if (list.is != IS_LIST || list.whole ||
        (list.of->is != IS_RECORD && list.of->is != IS_REFERENCE)) {
        return check_fail(c, part->from, "a part goes over a list of records, not %s",
                          type_spelling(&list, c->arena));
    }
    if (list.of->is == IS_REFERENCE && list.of->name_count > 1) {
        return check_fail(c, part->from, "a part goes over records of one list, not %s",
                          type_spelling(&list, c->arena));
    }
    if (list.of->is == IS_REFERENCE) {
        struct map_list *referred = program_list(c->program, list.of->names[0]);

        check_reads(c, referred);
        part->shape = referred->shape;
    } else {
        part->shape = list.of->shape;
    }
    *ret = (struct place){.shape = part->shape, .parent = outer};
    return true;
}

static void compile_part(struct checker *c, const char *where, struct rule *part,
                         const struct record_type *target, const struct place *outer)
{
    const struct field_type *lines = record_type_field(target, part->to);
    struct place place;

    c->where = where;
    c->source = part->to;
    if (!compile_name(c, part->declared->name)) {
        return;
    }
    if (!lines || lines->kind != TYPE_RECORDS) {
        check_fail(c, NULL, "there are no lines called '%s'%s", part->to,
                   hint_target(c, target, part->to));
        return;
    }
    if (part_place(c, where, part, outer, &place)) {
        (void)compile_rule(c, where, part, lines->records, &place);
    }
}

void prepare_rule(struct checker *c, struct rule *rule)
{
    const struct declared_mapping *d = rule->declared;

    rule->to = d->to;
    rule->fields = arena_alloc(c->arena, d->fields.count + 1, sizeof *rule->fields);
    rule->field_count = d->fields.count;
    for (size_t i = 0; i < d->fields.count; i++) {
        rule->fields[i] =
            (struct rule_field){d->fields.at[i].name, d->fields.at[i].value, NULL, NULL};
    }
    rule->parts = arena_alloc(c->arena, d->part_count + 1, sizeof *rule->parts);
    rule->part_count = d->part_count;
    for (size_t i = 0; i < d->part_count; i++) {
        rule->parts[i] = (struct rule){.declared = &d->parts[i]};
        prepare_rule(c, &rule->parts[i]);
    }
}

bool compile_rule(struct checker *c, const char *where, struct rule *rule,
                  const struct record_type *target, struct place *place)
{
    size_t before = c->count;

    rule->guard_count = rule->declared->guards.count;
    (void)compile_guards(c, where, &rule->declared->guards, place, &rule->guards);
    for (size_t i = 0; i < rule->field_count; i++) {
        compile_field(c, where, rule, i, target, place);
    }
    for (size_t i = 0; i < rule->part_count; i++) {
        compile_part(c, arena_printf(c->arena, "%s.%s", where, rule->parts[i].declared->name),
                     &rule->parts[i], target, place);
    }
    if (rule->field_count || rule->part_count) {
        check_required(c, where, rule, target);
    }
    return c->count == before;
}
