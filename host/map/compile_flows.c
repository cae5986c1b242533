#include "map/compile.h"

/* ---- what the config puts in the place of a field ---- */

static struct rule *rule_by_path(struct program *p, const char *path, const char **ret_field,
                                 struct arena *arena)
{
    struct text rest = text_of(path);
    struct map_mapping *mapping =
        program_mapping(p, arena_copy_text(arena, text_split(&rest, '.')));
    struct rule *rule = mapping ? &mapping->rule : NULL;

    while (rule && rest.at) {
        struct text left = rest, name = text_split(&left, '.');
        struct rule *part = NULL;

        for (size_t i = 0; i < rule->part_count; i++) {
            if (text_is(name, rule->parts[i].declared->name)) {
                part = &rule->parts[i];
            }
        }
        if (!part) {
            *ret_field = arena_copy_text(arena, rest);
            return rule;
        }
        rule = part;
        rest = left;
    }
    return NULL;
}

static void override_field(struct checker *c, const struct declared_row *row)
{
    const char *name = NULL;
    struct rule *rule = rule_by_path(c->program, row->name, &name, c->arena);
    struct rule_field *grown;

    c->where = arena_printf(c->arena, "mappings %s", row->name);
    c->source = row->value;
    if (!rule) {
        check_fail(c, NULL, "there is no such mapping; write mapping.Field or mapping.part.Field");
        return;
    }
    for (size_t i = 0; i < rule->field_count; i++) {
        if (strcmp(rule->fields[i].name, name) == 0) {
            rule->fields[i].source = row->value;
            return;
        }
    }
    grown = arena_alloc(c->arena, rule->field_count + 1, sizeof *grown);
    memcpy(grown, rule->fields, rule->field_count * sizeof *grown);
    grown[rule->field_count] = (struct rule_field){name, row->value, NULL, NULL};
    rule->fields = grown;
    rule->field_count++;
}

/* ---- mappings ---- */

static void check_word(struct checker *c, const char *where, const char *source,
                       const struct place *place, const struct node **ret)
{
    static const char *const words[] = {"leave", "hold", "remove"};
    const struct type want = {.is = IS_CHOICE, .names = words, .name_count = 3};

    if (source[0]) {
        *ret = compile_checked(c, where, source, place, &want);
    }
}

static void check_match(struct checker *c, const char *where, struct map_mapping *mapping,
                        const struct place *place)
{
    const struct declared_texts *texts = &mapping->rule.declared->match;
    struct map_list *target = program_list(c->program, mapping->target->declared->name);
    const struct place element = {.shape = target->shape, .parent = place};
    const struct type truth = {.is = IS_BOOL};
    const struct node **nodes = arena_alloc(c->arena, texts->count + 1, sizeof *nodes);

    for (size_t i = 0; i < texts->count; i++) {
        const char *at = arena_printf(c->arena, "%s match %zu", where, i + 1);

        nodes[i] = compile_checked(c, at, texts->at[i], &element, &truth);
        if (nodes[i]) {
            (void)check_search(c, nodes[i], target, &element);
        }
    }
    if (texts->count) {
        check_reads(c, target);
    }
    mapping->match = nodes;
    mapping->match_count = texts->count;
}

static bool check_group(struct checker *c, struct map_mapping *mapping)
{
    const struct node *condition = mapping->member_if;
    struct place row = {.shape = mapping->base->shape};
    struct type group, truth;

    if (!check_infer(c, mapping->group, NULL, &group) ||
        (condition && (!check_infer(c, condition, &row, &truth) ||
                       !check_need(c, condition, &truth, AS(IS_BOOL), "the condition") ||
                       !check_present(c, condition, &truth, "the condition")))) {
        return false;
    }
    mapping->rule.shape = group.of->shape;
    return true;
}

static void check_mapping(struct checker *c, struct map_mapping *mapping)
{
    const struct declared_mapping *d = mapping->rule.declared;
    const char *where = arena_printf(c->arena, "%s/%s", mapping->flow, d->name);
    const struct type text = {.is = IS_TEXT};
    struct place place = {0};

    c->where = where;
    c->source = d->from;
    mapping->refers = arena_alloc(c->arena, c->program->mapping_count + 1, sizeof *mapping->refers);
    mapping->reads = arena_alloc(c->arena, c->program->list_count + 1, sizeof *mapping->reads);
    mapping->sends = arena_alloc(c->arena, c->program->mapping_count + 1, sizeof *mapping->sends);
    c->refers = mapping->refers;
    c->sends = mapping->sends;
    c->reads = mapping->reads;
    if (mapping->group && !check_group(c, mapping)) {
        return;
    }
    if (mapping->base) {
        check_reads(c, program_list(c->program, mapping->base->declared->name));
    }
    place.shape = mapping->rule.shape;
    if (mapping->from == FROM_ELEMENTS) {
        /* parent is the record; of elements in elements, the outer element */
        struct place *outer = arena_alloc(c->arena, 1, sizeof *outer);

        outer->shape = mapping->rule.shape->outer;
        place.parent = outer;
    }
    check_match(c, where, mapping, &place);
    (void)compile_rule(c, where, &mapping->rule, mapping->target->type, &place);
    check_word(c, arena_printf(c->arena, "%s gone", where), d->gone, &place, &mapping->gone);
    check_word(c, arena_printf(c->arena, "%s others", where), d->others,
               &(struct place){.shape = mapping->target->shape}, &mapping->others);
    if (mapping->others) {
        check_reads(c, program_list(c->program, d->to));
    }
    if (d->approve[0]) {
        struct type want = text;

        want.optional = true;
        mapping->approve = compile_checked(c, arena_printf(c->arena, "%s approve", where),
                                           d->approve, &place, &want);
    }
    c->where = where;
    c->source = d->to;
    if (!mapping->target->is_written && !map_list_is_kept(mapping->target) &&
        (d->fields.count || d->part_count)) {
        check_fail(c, NULL, "%s cannot be written", d->to);
    }
    c->refers = c->sends = c->reads = NULL;
    mapping->refers[mapping->index] = false;
}

static void check_flow(struct checker *c, const struct declared_flow *declared,
                       struct map_flow *flow)
{
    struct place place = {0};

    flow->declared = declared;
    c->where = "flow";
    c->source = declared->name;
    (void)compile_name(c, declared->name);
    flow->guard_count = declared->guards.count;
    flow->reads = c->reads = arena_alloc(c->arena, c->program->list_count + 1, sizeof *flow->reads);
    (void)compile_guards(c, arena_printf(c->arena, "flow %s", declared->name), &declared->guards,
                         &place, &flow->guards);
    c->reads = NULL;
}

void check_flows(struct checker *c, const struct map_overrides *overrides)
{
    struct program *p = c->program;
    struct place answer = {.shape = p->answer};

    for (size_t i = 0; i < p->mapping_count; i++) {
        prepare_rule(c, &p->mappings[i].rule);
    }
    for (size_t i = 0; overrides && i < overrides->count; i++) {
        override_field(c, &overrides->at[i]);
    }
    p->flows = arena_alloc(c->arena, p->connector->flow_count + 1, sizeof *p->flows);
    p->flow_count = p->connector->flow_count;
    for (size_t i = 0; i < p->flow_count; i++) {
        check_flow(c, &p->connector->flows[i], &p->flows[i]);
    }
    for (size_t i = 0; i < p->mapping_count; i++) {
        check_mapping(c, &p->mappings[i]);
    }
    p->answer_count = p->connector->answers.count;
    (void)compile_guards(c, "answers", &p->connector->answers, &answer, &p->answers);
}
