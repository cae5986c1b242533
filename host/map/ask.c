/* What the rest of the house asks of a program about single records, flows and answers. */
#include "map/draft.h"
#include "map/record.h"
#include "map/sentence.h"

bool map_record(const struct program *program, const struct map_list *list, const json_t *wire,
                const json_t *parent_fields, struct arena *arena, struct map_read *ret,
                struct error *err)
{
    struct record_source source = {
        .wire = wire,
        .parent_fields = parent_fields,
        .absent = list->is_xero ? "''" : program->connector->absent,
    };

    return record_read(list->type, &source, arena, &ret->record, &ret->key, err);
}

static struct record_value record_at_hand(const struct map_list *list, const json_t *record)
{
    struct record_value value = record_of(list, "");

    value.json = record;
    value.is_loaded = true;
    return value;
}

/* ---- index entries ---- */

#define ENTRIES_MOST 4096

struct entries {
    struct map_index_entry *at;
    size_t count;
};

static void add_entry(struct evaluation *e, struct entries *all, const char *index,
                      struct value value)
{
    if (!value_is_absent(value) && all->count < ENTRIES_MOST) {
        all->at[all->count++] = (struct map_index_entry){
            index, arena_copy_text(e->arena, value_spelling(value, e->arena))};
    }
}

static size_t entries_room(struct evaluation *e, const struct map_list *list,
                           const struct scope *scope, struct value *values)
{
    size_t room = 0;

    for (size_t i = 0; i < list->index_count; i++) {
        values[i] = NO_VALUE;
        if (!evaluate(e, list->indexes[i].value, scope, &values[i])) {
            values[i] = NO_VALUE;
            evaluation_next(e);
        }
        room += values[i].kind == VALUE_LIST ? values[i].list.count : 1;
    }
    return room < ENTRIES_MOST ? room : ENTRIES_MOST;
}

size_t map_index_entries(const struct program *program, const struct map_list *list,
                         const json_t *record, struct arena *arena,
                         const struct map_index_entry **ret)
{
    struct scope scope = {.here = record_at_hand(list, record)};
    struct value *values = arena_alloc(arena, list->index_count + 1, sizeof *values);
    struct entries all = {0};
    struct evaluation e;

    evaluation_start(&e, program, NULL, arena);
    all.at = arena_alloc(arena, entries_room(&e, list, &scope, values) + 1, sizeof *all.at);
    for (size_t i = 0; i < list->index_count; i++) {
        if (values[i].kind != VALUE_LIST) {
            add_entry(&e, &all, list->indexes[i].name, values[i]);
            continue;
        }
        for (size_t k = 0; k < values[i].list.count; k++) {
            add_entry(&e, &all, list->indexes[i].name, values[i].list.at[k]);
        }
    }
    evaluation_done(&e);
    *ret = all.at;
    return all.count;
}

/* ---- groups ---- */

static bool give_up(const struct evaluation *e, struct error *err)
{
    if (e->bug.kind != ERROR_NONE) {
        *err = e->bug;
        return false;
    }
    return error_set(err, ERROR_REJECTED, e->code, "%s", e->sentence);
}

bool map_group_key(const struct map_context *in, const struct map_mapping *mapping,
                   const char *record_key, const char **ret_key, struct error *err)
{
    struct scope scope = {.here = record_of(mapping->base, record_key)};
    struct evaluation e;
    bool ok;

    evaluation_start(&e, in->program, in->world, in->arena);
    ok = record_load(&e, &scope.here) && group_of_row(&e, mapping, &scope, ret_key);
    if (!ok) {
        (void)give_up(&e, err);
    }
    evaluation_done(&e);
    return ok;
}

/* ---- conditions ---- */

static const struct node *condition_of(const struct map_list *list, const char *expression)
{
    for (size_t i = 0; i < list->condition_count; i++) {
        if (strcmp(list->conditions[i].source, expression) == 0) {
            return list->conditions[i].value;
        }
    }
    return NULL;
}

bool map_condition(const struct map_context *in, const struct map_list *list,
                   const char *expression, const json_t *record, bool *ret, struct error *err)
{
    const struct node *node = condition_of(list, expression);
    struct scope scope = {.here = record_at_hand(list, record)};
    struct evaluation e;
    bool ok;

    if (!node) {
        return error_set(err, ERROR_BUG, "condition", "the list %s does not say \"%s\"",
                         list->declared->name, expression);
    }
    evaluation_start(&e, in->program, in->world, in->arena);
    ok = evaluate_truth(&e, node, &scope, ret);
    if (!ok) {
        (void)give_up(&e, err);
    }
    evaluation_done(&e);
    return ok;
}

static const struct map_flow *flow_named(const struct program *program, const char *name)
{
    for (size_t i = 0; i < program->flow_count; i++) {
        if (strcmp(program->flows[i].declared->name, name) == 0) {
            return &program->flows[i];
        }
    }
    return NULL;
}

bool map_flow_ready(const struct map_context *in, const char *flow, struct map_subject *ret,
                    struct error *err)
{
    const struct map_flow *found = flow_named(in->program, flow);
    const struct rule_guard *guard = NULL;
    struct scope nowhere = {0};
    struct evaluation e;
    bool ok;

    *ret = (struct map_subject){.key = flow, .code = "", .sentence = "", .field = ""};
    if (!found) {
        return error_set(err, ERROR_BUG, "flow", "there is no flow %s", flow);
    }
    evaluation_start(&e, in->program, in->world, in->arena);
    ok = guards_decide(&e, found->guards, found->guard_count, &nowhere, &guard);
    if (!ok && e.bug.kind == ERROR_NONE) {
        ret->verdict = MAP_HOLD;
        ret->code = e.code;
        ret->sentence = e.sentence;
        ok = true;
    } else if (!ok) {
        *err = e.bug;
    } else if (guard) {
        ret->verdict = guard->verdict == FERRY_SKIP   ? MAP_SKIP
                       : guard->verdict == FERRY_WAIT ? MAP_WAIT
                                                      : MAP_HOLD;
        ret->code = guard->why.code;
        ret->sentence = reason_say(&e, &guard->why, &nowhere);
    }
    evaluation_done(&e);
    return ok;
}

const struct declared_guard *map_answer(const struct program *program, int status, const char *code,
                                        const char *text)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    struct value keys[] = {value_of_decimal(decimal_of(status)), value_of_text(text_of(code)),
                           value_of_text(text_of(text))};
    const struct rule_guard *guard = NULL;
    struct evaluation e;
    struct scope scope;

    evaluation_start(&e, program, NULL, arena);
    scope = (struct scope){.here = group_record(&e, program->answer, "", keys, NO_VALUE)};
    if (!guards_decide(&e, program->answers, program->answer_count, &scope, &guard)) {
        guard = NULL;
    }
    evaluation_done(&e);
    arena_free(arena);
    return guard ? &program->connector->answers.at[guard - program->answers] : NULL;
}
