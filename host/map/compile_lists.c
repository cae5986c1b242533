#include <stdio.h>

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
    bool is_form = declared->form.count > 0;
    const char *source = is_form ? form_type(c, declared) : declared->record;
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

/* ---- what lists say ---- */

static const struct {
    const char *words[8];
} host_words = {{"since", "ids", "page", "offset", "cursor", "from", "to", NULL}};

static bool is_host_word(struct text name)
{
    for (size_t i = 0; host_words.words[i]; i++) {
        if (text_is(name, host_words.words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
}

void check_template(struct checker *c, const char *where, const char *source,
                    const struct shape *shape)
{
    const struct place place = {.shape = shape};
    const struct type any_text = {.is = IS_TEXT, .optional = true};

    for (const char *at = strchr(source, '{'); at; at = strchr(at + 1, '{')) {
        struct text name = {at + 1, 0};
        const struct node *node;
        struct type type;

        while (is_name_character(name.at[name.size])) {
            name.size++;
        }
        if (name.size == 0 || name.at[name.size] != '}' || is_host_word(name)) {
            continue; /* a brace of the address itself */
        }
        node = compile_expression(c, where, arena_copy_text(c->arena, name));
        if (node && check_infer(c, node, &place, &type) && type.is != IS_REFERENCE &&
            type.is != IS_DECIMAL && type.is != IS_DATE) {
            (void)check_fits(c, node, &type, &any_text, where);
        }
    }
}

static void check_condition(struct checker *c, struct map_list *list, const char *name,
                            const char *source)
{
    const struct place place = {.shape = list->shape};
    const struct type truth = {.is = IS_BOOL};
    const struct node *node;

    if (!source[0]) {
        return;
    }
    node = compile_checked(c, arena_printf(c->arena, "list %s read.%s", list->declared->name, name),
                           source, &place, &truth);
    list->conditions[list->condition_count++] = (struct map_condition_of_list){source, node};
}

/* `source`: of the whole record, which columns count from also inside its lists. */
static void check_currencies(struct checker *c, const struct shape *shape, const char *source)
{
    const struct place outer = {.shape = shape->outer};
    const struct shape *root = shape->root ? shape->root : shape;
    const struct place place = {.shape = root, .parent = root->outer ? &outer : NULL};

    for (size_t i = 0; i < shape->member_count; i++) {
        const struct member *member = &shape->members[i];
        struct type type;

        if (member->kind == MEMBER_FIELD && member->field->currency) {
            c->where = arena_printf(c->arena, "%s.%s", shape->name, member->name);
            c->source = source;
            if (check_infer(c, member->field->currency, &place, &type)) {
                (void)check_need(c, NULL, &type, AS(IS_TEXT), "the currency");
            }
        }
        if (member->shape && member->kind != MEMBER_ROWS) {
            check_currencies(c, member->shape, source);
        }
    }
}

static void check_references(struct checker *c, const struct record_type *type, const char *name)
{
    for (size_t i = 0; type && i < type->field_count; i++) {
        const struct field_type *field = &type->fields[i];

        c->where = arena_printf(c->arena, "%s.%s", name, field->name);
        c->source = "";
        for (size_t k = 0; field->kind == TYPE_REFERENCE && k < field->name_count; k++) {
            if (!program_list(c->program, field->names[k])) {
                check_fail(c, NULL, "there is no list or type '%s'", field->names[k]);
            }
        }
        if (field->kind == TYPE_RECORDS) {
            check_references(c, field->records, c->where);
        }
    }
}

/* Columns see their row, and what is filled in before them. */
static void check_default(struct checker *c, struct map_list *list,
                          const struct declared_option *column)
{
    const char *name = column->name + (column->name[0] == '*');
    const struct member *member = shape_member(list->shape, name);
    const struct place place = {.shape = list->shape};
    struct type want;

    if (!member || !member->field) {
        return; /* said where the type is read */
    }
    want = member->type;
    want.optional = true;
    list->defaults[list->default_count++] = (struct map_default){
        member->field,
        compile_checked(c, arena_printf(c->arena, "form %s.%s", list->declared->name, name),
                        column->value, &place, &want)};
}

static void check_defaults(struct checker *c, struct map_list *list)
{
    const struct declared_options *columns = &list->declared->form;

    list->defaults = arena_alloc(c->arena, columns->count + 1, sizeof *list->defaults);
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->at[i].value[0]) {
            check_default(c, list, &columns->at[i]);
        }
    }
}

static void check_list(struct checker *c, struct map_list *list)
{
    const struct declared_list *d = list->declared;
    const char *where = arena_printf(c->arena, "list %s", d->name);
    bool was_read = list->is_read;

    check_currencies(c, list->shape, d->form.count ? form_type(c, d) : d->record);
    for (size_t i = 0; i < list->shape->member_count; i++) {
        struct type type;

        if (list->shape->members[i].kind == MEMBER_DERIVED) {
            (void)check_member(c, NULL, &list->shape->members[i], list->shape, &type);
        }
    }
    if (d->has_read) {
        check_template(c, where, d->read.get, list->shape);
        check_template(c, where, d->read.page, list->shape);
        check_condition(c, list, "only", d->read.only);
        if (strcmp(d->read.gone, "absent") != 0) {
            check_condition(c, list, "gone", d->read.gone);
        }
    }
    if (d->has_write) {
        check_template(c, where, d->write.create, list->shape);
        check_template(c, where, d->write.update, list->shape);
        check_template(c, where, d->write.remove, list->shape);
    }
    check_defaults(c, list);
    /* what a list says of itself is no reason to read it */
    list->is_read = was_read;
}

static void check_option_default(struct checker *c, const struct declared_option *declared,
                                 const struct node **ret)
{
    struct type want = shape_member(c->program->options, declared->name)->type;

    want.optional = true;
    if (declared->value[0]) {
        *ret = compile_checked(c, arena_printf(c->arena, "option %s", declared->name),
                               declared->value, NULL, &want);
    }
}

void check_lists(struct checker *c)
{
    struct program *p = c->program;

    p->option_defaults =
        arena_alloc(c->arena, p->connector->options.count + 1, sizeof *p->option_defaults);
    for (size_t i = 0; i < p->list_count; i++) {
        check_references(c, p->lists[i].type, p->lists[i].declared->name);
    }
    for (size_t i = 0; i < p->connector->options.count; i++) {
        check_option_default(c, &p->connector->options.at[i], &p->option_defaults[i]);
    }
    for (size_t i = 0; i < p->connector->list_count; i++) {
        check_list(c, &p->lists[i]);
    }
}
