/* Lists, options, and the records of the language itself: made, before anything is checked. */
#include "map/compile.h"

/* ---- lists ---- */

/* A form is a record whose columns are its fields: one type text made of its rows. */
static const char *form_type(struct checker *c, const struct declared_list *declared)
{
    const char *type = "";
    bool has_key = false;

    for (size_t i = 0; i < declared->form.count; i++) {
        const struct declared_option *column = &declared->form.at[i];

        type =
            arena_printf(c->arena, "%s%s%s: %s", type, i ? ", " : "", column->name, column->type);
        has_key = has_key || column->name[0] == '*';
    }
    return has_key ? type : arena_printf(c->arena, "*id: text, %s", type);
}

const char *compile_record_of(struct checker *c, const struct declared_list *declared)
{
    return declared->form.count ? form_type(c, declared) : declared->record;
}

static const char *only_key(const struct record_type *type)
{
    const char *key = NULL;

    for (size_t i = 0; i < type->field_count; i++) {
        if (type->fields[i].is_key && key) {
            return NULL;
        }
        if (type->fields[i].is_key) {
            key = type->fields[i].name;
        }
    }
    return key;
}

static void add_derived(struct checker *c, struct map_list *list)
{
    const struct declared_rows *rows = &list->declared->derive;

    for (size_t i = 0; i < rows->count; i++) {
        const char *where = arena_printf(c->arena, "%s.%s", list->declared->name, rows->at[i].name);
        struct member *member;

        c->where = where;
        c->source = rows->at[i].value;
        if (!compile_name(c, rows->at[i].name)) {
            continue;
        }
        if (shape_member(list->shape, rows->at[i].name)) {
            check_fail(c, NULL, "%s has a field '%s' already", list->declared->name,
                       rows->at[i].name);
            continue;
        }
        member = shape_add(list->shape, rows->at[i].name, c->arena);
        member->kind = MEMBER_DERIVED;
        member->source = rows->at[i].value;
        member->value = compile_expression(c, where, rows->at[i].value);
        member->derived = member->value ? DERIVED_UNCHECKED : DERIVED_WRONG;
    }
}

/* Lists that are read once for each parent, file or window grow with those. */
static bool is_read_in_parts(const struct declared_read *read)
{
    for (const char *at = strchr(read->get, '{'); at; at = strchr(at + 1, '{')) {
        if (strncmp(at, "{option.", 8) != 0) {
            return true;
        }
    }
    return read->window_days || strncmp(read->get, "FILE ", 5) == 0;
}

static bool is_small(const struct declared_list *declared, bool is_xero)
{
    /* tracking options are read category by category, and few all the same */
    return declared->form.count > 0 ||
           (declared->has_read && declared->read.complete && !declared->read.page[0] &&
            (is_xero || !is_read_in_parts(&declared->read)));
}

static void compile_list(struct checker *c, const struct declared_list *declared, bool is_xero,
                         struct map_list *list)
{
    const char *source = compile_record_of(c, declared);
    struct syntax_error err = {0};

    *list = (struct map_list){
        .declared = declared,
        .is_xero = is_xero,
        .is_small = is_small(declared, is_xero),
        .is_written = declared->has_write,
    };
    c->where = arena_printf(c->arena, "list %s", declared->name);
    c->source = source;
    if (!is_xero) {
        (void)compile_name(c, declared->name);
    }
    list->type = record_type_parse(source, c->arena, &err);
    if (!list->type) {
        struct node at = {.column = err.column};

        check_fail(c, &at, "%s", err.sentence);
        list->type = arena_alloc(c->arena, 1, sizeof *list->type);
    }
    list->key = only_key(list->type);
    list->shape = shape_new(declared->name, list->type, list, c->arena);
    if (list->key && shape_member(list->shape, list->key)) {
        shape_member(list->shape, list->key)->type.key_of = list;
    }
    add_derived(c, list);
}

static void check_twice(struct checker *c, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(c->program->lists[i].declared->name, c->program->lists[index].declared->name) ==
            0) {
            c->where = arena_printf(c->arena, "list %s", c->program->lists[i].declared->name);
            c->source = "";
            check_fail(c, NULL, "two lists have this name");
        }
    }
}

void compile_lists(struct checker *c, const struct declaration *xero)
{
    struct program *p = c->program;
    const struct declaration *both[] = {p->connector, xero};

    p->lists =
        arena_alloc(c->arena, p->connector->list_count + xero->list_count + 1, sizeof *p->lists);
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < both[k]->list_count; i++) {
            compile_list(c, &both[k]->lists[i], k == 1, &p->lists[p->list_count]);
            check_twice(c, p->list_count++);
        }
    }
}

/* ---- options, and the language's own records ---- */

static struct shape *own_shape(struct checker *c, const char *name, const char *type)
{
    struct syntax_error err;
    struct shape *shape = shape_new(name, record_type_parse(type, c->arena, &err), NULL, c->arena);

    /* made by the evaluator: their values stand by their place */
    for (size_t i = 0; i < shape->member_count; i++) {
        shape->members[i].kind = MEMBER_KEY;
        shape->members[i].place = i;
    }
    return shape;
}

static void compile_option(struct checker *c, const struct declared_option *declared)
{
    struct shape *shape = c->program->options;
    struct syntax_error err = {0};
    const struct field_type *parsed = field_type_parse(declared->type, c->arena, &err);
    struct field_type *field;
    struct shape *one;

    c->where = arena_printf(c->arena, "option %s", declared->name);
    c->source = declared->type;
    if (!parsed) {
        struct node at = {.column = err.column};

        check_fail(c, &at, "%s", err.sentence);
        return;
    }
    if (!compile_name(c, declared->name)) {
        return;
    }
    if (shape_member(shape, declared->name)) {
        check_fail(c, NULL, "two options have this name");
        return;
    }
    field = arena_alloc(c->arena, 1, sizeof *field);
    *field = *parsed;
    field->name = declared->name;
    /* a default makes an option present */
    field->is_optional = parsed->is_optional && !declared->value[0];
    one = shape_new("option", &(struct record_type){field, 1}, NULL, c->arena);
    *shape_add(shape, declared->name, c->arena) = one->members[0];
}

void compile_options(struct checker *c)
{
    struct program *p = c->program;

    p->options = arena_alloc(c->arena, 1, sizeof *p->options);
    *p->options = (struct shape){.name = "option", .element_of = ""};
    for (size_t i = 0; i < p->connector->options.count; i++) {
        compile_option(c, &p->connector->options.at[i]);
    }
    c->options_used = arena_alloc(c->arena, p->options->member_count + 1, sizeof *c->options_used);
    p->period = own_shape(c, "period", "start: date, end: date");
    p->documents = own_shape(c, "documents",
                             "id: text?, state: 'none'|'waiting'|'held'|'open'|'done'|"
                             "'withdrawn'|'removed', code: text?, why: text?, url: text?");
    p->answer = own_shape(c, "answer", "status: decimal, code: text, text: text");
}
