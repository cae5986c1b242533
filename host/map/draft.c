#include "map/draft.h"

#include "base/memory.h"
#include "map/sentence.h"

bool guards_decide(struct evaluation *e, const struct rule_guard *guards, size_t count,
                   const struct scope *scope, const struct rule_guard **ret)
{
    bool truth;

    *ret = NULL;
    for (size_t i = 0; i < count && !*ret; i++) {
        if (!evaluate_truth(e, guards[i].when, scope, &truth)) {
            return false;
        }
        if (truth) {
            *ret = &guards[i];
        }
    }
    return true;
}

/* ---- control totals ---- */

/*
 * What a document comes to, by the names that amounts have in Xero: Amount of a payment or
 * transfer, LineAmount of a line, or UnitAmount times Quantity.
 */
static void note_amount(struct draft *draft, const char *name, struct value value)
{
    if (value.kind == VALUE_MONEY &&
        (strcmp(name, "Amount") == 0 || strcmp(name, "LineAmount") == 0 ||
         strcmp(name, "UnitAmount") == 0)) {
        draft->amount = value.money;
        draft->has_amount = true;
    }
    if (value.kind == VALUE_DECIMAL && strcmp(name, "Quantity") == 0) {
        draft->quantity = value.number;
        draft->has_quantity = true;
    }
}

static bool add_amount(struct drafting *d, const struct draft *draft)
{
    struct value total = value_of_money(d->total.amount, d->total.currency);
    struct value amount = value_of_money(draft->amount.amount, draft->amount.currency);
    struct error err = {0};

    if (!draft->has_amount) {
        return true;
    }
    if (draft->has_quantity &&
        !value_multiply(amount, value_of_decimal(draft->quantity), &amount, &err)) {
        return evaluation_fail(d->e, &err);
    }
    if (!value_add(total, amount, false, &total, &err)) {
        return evaluation_fail(d->e, &err);
    }
    d->total = total.money;
    return true;
}

/* ---- fields ---- */

static void trace_field(struct drafting *d, const char *place, const struct rule_field *field,
                        const json_t *json)
{
    AUTO_FREE char *value = d->trace && json ? json_write_text(json) : NULL;
    struct map_trace line = {.field = arena_printf(d->e->arena, "%s%s", place, field->name),
                             .expression = field->source,
                             .value = value ? value : "",
                             .looked = ""};

    if (d->trace) {
        d->trace(d->trace_owner, &line);
    }
}

static bool fill_field(struct drafting *d, const struct rule_field *field,
                       const struct scope *scope, struct draft *draft, const char *place)
{
    struct value value;
    json_t *json = NULL;

    d->filling = arena_printf(d->e->arena, "%s%s", place, field->name);
    if (!evaluate(d->e, field->value, scope, &value) ||
        !draft_value(d, draft, field->target, value, &json)) {
        d->field = d->filling;
        return false;
    }
    trace_field(d, place, field, json);
    note_amount(draft, field->name, value);
    if (json) {
        json_path_set(draft->json, field->name, json);
    }
    return true;
}

/* ---- parts ---- */

static const struct shape *lines_shape(const struct draft *draft, const char *field)
{
    const struct member *member = shape_member(draft->shape, field);

    return member ? member->shape : NULL;
}

static bool has_line(const json_t *lines, const char *key)
{
    json_t *line;
    size_t i;

    json_array_foreach(lines, i, line)
    {
        if (text_is(json_text(json_object_get(line, "#")), key)) {
            return true;
        }
    }
    return false;
}

/* A guard of a part: SKIP leaves the line out, anything else stands for the whole document. */
static bool part_is_wanted(struct drafting *d, const struct rule *part, const struct scope *scope,
                           bool *ret)
{
    const struct rule_guard *guard;

    if (!guards_decide(d->e, part->guards, part->guard_count, scope, &guard)) {
        return false;
    }
    *ret = guard == NULL;
    d->e->waits = guard && guard->verdict == FERRY_WAIT;
    return !guard || guard->verdict == FERRY_SKIP ||
           evaluation_hold(d->e, guard->why.code, "%s", reason_say(d->e, &guard->why, scope));
}

static bool fill_line(struct drafting *d, const struct rule *part, const struct scope *scope,
                      struct draft *outer, const char *place)
{
    const char *name = part->declared->name;
    const char *key = part->from ? arena_printf(d->e->arena, "%s/%s", name, scope->here.key) : name;
    struct draft *line = arena_alloc(d->e->arena, 1, sizeof *line);
    json_t *lines = json_object_get(outer->json, part->to);
    bool wanted;

    if (!part_is_wanted(d, part, scope, &wanted) || !wanted) {
        return !d->e->held && d->e->bug.kind == ERROR_NONE;
    }
    if (!lines) {
        lines = json_array();
        json_path_set(outer->json, part->to, lines);
    }
    if (!evaluation_spend(d->e, json_array_size(lines) / LINES_A_STEP)) {
        return false;
    }
    if (has_line(lines, key)) {
        return evaluation_hold(d->e, "line-twice", "Two lines have the same key, %s.", key);
    }
    *line = (struct draft){
        .shape = lines_shape(outer, part->to), .json = json_object(), .outer = outer};
    json_object_set_new(line->json, "#", json_new_text(text_of(key)));
    json_array_append_new(lines, line->json);
    return draft_fill(d, part, scope, line, arena_printf(d->e->arena, "%s%s.", place, name));
}

static bool fill_part(struct drafting *d, const struct rule *part, const struct scope *scope,
                      struct draft *draft, const char *place)
{
    struct scope element;
    struct value items;

    if (!part->from) {
        return fill_line(d, part, scope, draft, place);
    }
    if (!list_items(d->e, part->from, NULL, scope, &items)) {
        return false;
    }
    for (size_t i = 0; i < items.list.count; i++) {
        if (!list_scope(d->e, part->from, &items.list.at[i], scope, &element) ||
            !fill_line(d, part, &element, draft, place)) {
            return false;
        }
    }
    return true;
}

bool draft_fill(struct drafting *d, const struct rule *rule, const struct scope *scope,
                struct draft *draft, const char *place)
{
    for (size_t i = 0; i < rule->field_count; i++) {
        if (!fill_field(d, &rule->fields[i], scope, draft, place)) {
            return false;
        }
    }
    for (size_t i = 0; i < rule->part_count; i++) {
        if (!fill_part(d, &rule->parts[i], scope, draft, place)) {
            return false;
        }
    }
    return add_amount(d, draft);
}
