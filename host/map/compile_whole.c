#include "map/compile.h"

/* ---- cycles and the order of sending ---- */

struct ordering {
    struct checker *c;
    enum { NOT_SEEN, ON_THE_WAY, PLACED } * states;
    const char *trail; /* for the message */
    size_t count;
};

static bool place_mapping(struct ordering *o, size_t index, const char *trail)
{
    struct program *p = o->c->program;
    const char *name = p->mappings[index].rule.declared->name;

    if (o->states[index] == PLACED) {
        return true;
    }
    if (o->states[index] == ON_THE_WAY) {
        o->c->where = arena_printf(o->c->arena, "%s/%s", p->mappings[index].flow, name);
        o->c->source = "";
        return check_fail(o->c, NULL, "goes round in a circle: %s%s; one of them must do without @",
                          trail, name);
    }
    o->states[index] = ON_THE_WAY;
    for (size_t i = 0; i < p->mapping_count; i++) {
        if (p->mappings[index].refers && p->mappings[index].refers[i] &&
            !place_mapping(o, i, arena_printf(o->c->arena, "%s%s → ", trail, name))) {
            return false;
        }
    }
    o->states[index] = PLACED;
    p->order[o->count++] = index;
    return true;
}

static void find_order(struct checker *c)
{
    struct ordering o = {.c = c};

    o.states = arena_alloc(c->arena, c->program->mapping_count + 1, sizeof *o.states);
    c->program->order =
        arena_alloc(c->arena, c->program->mapping_count + 1, sizeof *c->program->order);
    for (size_t i = 0; i < c->program->mapping_count; i++) {
        if (!place_mapping(&o, i, "")) {
            return;
        }
    }
}

/* ---- options ---- */

static void use_in_template(struct checker *c, const char *template)
{
    for (size_t i = 0; i < c->program->options->member_count; i++) {
        const char *name =
            arena_printf(c->arena, "{option.%s}", c->program->options->members[i].name);

        if (strstr(template, name)) {
            c->options_used[i] = true;
        }
    }
}

static void find_unused_options(struct checker *c)
{
    use_in_template(c, c->program->connector->headers);
    use_in_template(c, c->program->connector->login);
    use_in_template(c, c->program->connector->hosts);
    for (size_t i = 0; i < c->program->options->member_count; i++) {
        if (!c->options_used[i]) {
            c->where = arena_printf(c->arena, "option %s", c->program->options->members[i].name);
            c->source = "";
            check_fail(c, NULL, "nothing uses it");
        }
    }
}

/* ---- one writer for each target ---- */

static bool is_same_source(const struct map_mapping *a, const struct map_mapping *b)
{
    return strcmp(a->rule.declared->from, b->rule.declared->from) == 0;
}

static bool has_guards(const struct map_mapping *mapping)
{
    return mapping->rule.guard_count > 0;
}

/* Two mappings over the same records, to the same list, both always: everything would be twice. */
static void find_two_writers(struct checker *c)
{
    struct program *p = c->program;

    for (size_t i = 0; i < p->mapping_count; i++) {
        for (size_t k = 0; k < i; k++) {
            const struct map_mapping *a = &p->mappings[k], *b = &p->mappings[i];

            if (a->target == b->target && a->from == FROM_LIST && b->from == FROM_LIST &&
                is_same_source(a, b) && !has_guards(a) && !has_guards(b)) {
                c->where = arena_printf(c->arena, "%s/%s", b->flow, b->rule.declared->name);
                c->source = b->rule.declared->to;
                check_fail(c, NULL,
                           "'%s' writes %s from the same records; give both a guard, so "
                           "that only one of them makes each document",
                           a->rule.declared->name, b->rule.declared->to);
            }
        }
    }
}

/* ---- no echo ---- */

/* A mapping that only links makes nothing that could come back. */
static bool makes(const struct map_mapping *mapping)
{
    return mapping->base && mapping->rule.field_count + mapping->rule.part_count > 0;
}

/*
 * What one made in a list is known when the other looks at that list record by record: then it is
 * never a subject. In groups, elements and longer rings it is not seen, and would go round, unless
 * the other asks the ledger itself: skip what exists(@bill(parent)).
 */
static bool is_seen(const struct map_mapping *a, const struct map_mapping *b)
{
    return b->refers[a->index] || (a->target == b->base && b->target == a->base &&
                                   a->from == FROM_LIST && b->from == FROM_LIST);
}

static bool comes_back(const struct program *p, const struct map_mapping *from,
                       const struct map_list *home, bool *seen)
{
    for (size_t i = 0; i < p->mapping_count; i++) {
        const struct map_mapping *next = &p->mappings[i];

        if (seen[i] || !makes(next) || next->base != from->target || is_seen(from, next)) {
            continue;
        }
        seen[i] = true;
        if (next->target == home || comes_back(p, next, home, seen)) {
            return true;
        }
    }
    return false;
}

static void find_echoes(struct checker *c)
{
    struct program *p = c->program;

    for (size_t i = 0; i < p->mapping_count; i++) {
        const struct map_mapping *mapping = &p->mappings[i];
        bool *seen = arena_alloc(c->arena, p->mapping_count + 1, sizeof *seen);

        if (makes(mapping) && mapping->target != mapping->base &&
            comes_back(p, mapping, mapping->base, seen)) {
            c->where = arena_printf(c->arena, "%s/%s", mapping->flow, mapping->rule.declared->name);
            c->source = mapping->rule.declared->to;
            check_fail(c, NULL,
                       "what it makes in %s comes back to %s by other mappings, and would go round "
                       "for ever; skip what exists(@%s(…)), or let both ways go over records, "
                       "from list to list",
                       mapping->rule.declared->to, mapping->base->declared->name,
                       mapping->rule.declared->name);
            return; /* the others of the ring would say the same */
        }
    }
}

/* An old name is one that nobody has any more. */
static void check_old_names(struct checker *c)
{
    struct program *p = c->program;

    for (size_t i = 0; i < p->mapping_count; i++) {
        const struct map_mapping *mapping = &p->mappings[i];
        const char *was = mapping->rule.declared->was;

        if (was[0] && program_mapping(p, was)) {
            c->where = arena_printf(c->arena, "%s/%s", mapping->flow, mapping->rule.declared->name);
            c->source = was;
            check_fail(c, NULL, "it was '%s', but there is a mapping of that name", was);
        }
    }
}

/* Whoever writes to Xero needs its directory: what is set up there, which is small. */
static void read_directory(struct checker *c)
{
    bool writes = false;

    for (size_t i = 0; i < c->program->mapping_count; i++) {
        writes = writes || c->program->mappings[i].target->is_xero;
    }
    for (size_t i = 0; i < c->program->list_count; i++) {
        struct map_list *list = &c->program->lists[i];
        /* the organisation is looked at by every run: is it the one that was pinned? */
        bool always = strcmp(list->declared->name, "xero.Organisation") == 0;

        list->is_read = list->is_read || always || (writes && list->is_xero && list->is_small);
    }
}

void compile_finish(struct checker *c)
{
    read_directory(c);
    find_order(c);
    find_unused_options(c);
    find_two_writers(c);
    find_echoes(c);
    check_old_names(c);
}
