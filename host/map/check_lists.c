/* Every expression of lists and options, checked. */
#include "map/compile.h"

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

    check_currencies(c, list->shape, compile_record_of(c, d));
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
