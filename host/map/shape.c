#include "map/shape.h"

#include "base/text.h"

struct member *shape_add(struct shape *shape, const char *name, struct arena *arena)
{
    struct member *member;

    if (shape->member_count == shape->member_capacity) {
        size_t capacity = shape->member_capacity ? shape->member_capacity * 2 : 8;
        struct member *grown = arena_alloc(arena, capacity, sizeof *grown);

        if (shape->member_count) {
            memcpy(grown, shape->members, shape->member_count * sizeof *grown);
        }
        shape->members = grown;
        shape->member_capacity = capacity;
    }
    member = &shape->members[shape->member_count++];
    member->name = name;
    return member;
}

struct member *shape_member(const struct shape *shape, const char *name)
{
    for (size_t i = 0; shape && i < shape->member_count; i++) {
        const char *other = shape->members[i].name;

        /* most names differ in what they begin with, and this is asked all the time */
        if (other[0] == name[0] && strcmp(other, name) == 0) {
            return &shape->members[i];
        }
    }
    return NULL;
}

/* ---- types of fields ---- */

static struct type type_of_kind(const struct field_type *field)
{
    static const enum type_is kinds[] = {
        [TYPE_TEXT] = IS_TEXT,     [TYPE_DECIMAL] = IS_DECIMAL,     [TYPE_BOOL] = IS_BOOL,
        [TYPE_DATE] = IS_DATE,     [TYPE_TIME] = IS_TIME,           [TYPE_FILE] = IS_FILE,
        [TYPE_POSITION] = IS_TEXT, [TYPE_MONEY] = IS_MONEY,         [TYPE_MINOR] = IS_MONEY,
        [TYPE_CHOICE] = IS_CHOICE, [TYPE_REFERENCE] = IS_REFERENCE, [TYPE_RECORDS] = IS_LIST,
    };

    return (struct type){
        .is = kinds[field->kind], .names = field->names, .name_count = field->name_count};
}

static const struct type *keep(struct type type, struct arena *arena)
{
    struct type *kept = arena_alloc(arena, 1, sizeof *kept);

    *kept = type;
    return kept;
}

static struct type type_of_field(const struct field_type *field, const struct shape *elements,
                                 struct arena *arena)
{
    struct type one = type_of_kind(field), type = one;

    if (field->kind == TYPE_RECORDS) {
        struct type element = {.is = IS_RECORD, .shape = elements};

        type.of = keep(element, arena);
    } else if (field->is_list || field->is_table) {
        type = (struct type){.is = field->is_list ? IS_LIST : IS_TABLE, .of = keep(one, arena)};
    }
    type.optional = field->is_optional;
    return type;
}

/* ---- shapes of records ---- */

static void fill(struct shape *shape, const struct record_type *type, struct arena *arena);

static struct shape *inside(struct shape *shape, const char *name, struct arena *arena)
{
    struct member *member = shape_member(shape, name);
    struct shape *new;

    if (member) {
        return (struct shape *)(uintptr_t)member->shape;
    }
    new = arena_alloc(arena, 1, sizeof *new);
    *new = (struct shape){
        .name = arena_printf(arena, "%s.%s", shape->name, name),
        .element_of = "",
        .root = shape->root ? shape->root : shape,
    };
    member = shape_add(shape, name, arena);
    member->kind = MEMBER_INSIDE;
    member->shape = new;
    member->type = (struct type){.is = IS_RECORD, .shape = new};
    return new;
}

static const char *elements_path(const struct shape *shape, const struct field_type *field,
                                 struct arena *arena)
{
    const struct shape *root = shape->root ? shape->root : shape;

    return arena_printf(arena, "%s.%s", root->element_of[0] ? root->element_of : root->name,
                        field->name);
}

static struct shape *elements_of(const struct shape *shape, const struct field_type *field,
                                 struct arena *arena)
{
    const struct shape *root = shape->root ? shape->root : shape;
    struct shape *new = arena_alloc(arena, 1, sizeof *new);

    *new = (struct shape){
        .name = arena_printf(arena, "%s.%s[]", root->name, field->name),
        .element_of = elements_path(shape, field, arena),
        .outer = root,
        .type = field->records,
    };
    fill(new, field->records, arena);
    return new;
}

static void add_field(struct shape *shape, const struct field_type *field, struct arena *arena)
{
    struct text rest = text_of(field->name), part = text_split(&rest, '.');
    struct shape *elements = NULL;
    struct member *member;

    while (rest.at) {
        shape = inside(shape, arena_copy_text(arena, part), arena);
        part = text_split(&rest, '.');
    }
    if (field->kind == TYPE_RECORDS) {
        elements = elements_of(shape, field, arena);
    }
    member = shape_add(shape, arena_copy_text(arena, part), arena);
    member->kind = MEMBER_FIELD;
    member->field = field;
    member->shape = elements;
    member->type = type_of_field(field, elements, arena);
    if (field->is_list) {
        struct shape *values = shape_of_values(member->type.of, arena);

        values->name = arena_printf(arena, "%s.%s[]", shape->name, field->name);
        values->element_of = elements_path(shape, field, arena);
        values->outer = shape->root ? shape->root : shape;
        member->shape = values;
    }
}

static void fill(struct shape *shape, const struct record_type *type, struct arena *arena)
{
    for (size_t i = 0; type && i < type->field_count; i++) {
        add_field(shape, &type->fields[i], arena);
    }
}

struct shape *shape_new(const char *name, const struct record_type *type,
                        const struct map_list *list, struct arena *arena)
{
    struct shape *shape = arena_alloc(arena, 1, sizeof *shape);

    *shape = (struct shape){.name = name, .list = list, .type = type, .element_of = ""};
    fill(shape, type, arena);
    return shape;
}

struct shape *shape_of_values(const struct type *of, struct arena *arena)
{
    struct shape *shape = arena_alloc(arena, 1, sizeof *shape);
    struct member *member;

    *shape = (struct shape){.name = "value", .element_of = ""};
    member = shape_add(shape, "value", arena);
    member->kind = MEMBER_KEY;
    member->type = *of;
    return shape;
}

/* ---- messages ---- */

static const char *joined(const char *before, const char *const *names, size_t count,
                          const char *separator, struct arena *arena)
{
    const char *text = before;

    for (size_t i = 0; i < count; i++) {
        text = arena_printf(arena, "%s%s%s", text, i ? separator : "", names[i]);
    }
    return text;
}

static const char *spelling_of(const struct type *type, struct arena *arena)
{
    static const char *const words[] = {
        [IS_TEXT] = "text",
        [IS_DECIMAL] = "decimal",
        [IS_BOOL] = "bool",
        [IS_DATE] = "date",
        [IS_TIME] = "time",
        [IS_MONEY] = "money",
        [IS_FILE] = "file",
        [IS_NEVER] = "hold()",
        [IS_CHOICE] = "one of ",
        [IS_REFERENCE] = "a reference to ",
        [IS_DOCUMENT] = "the document ",
    };

    switch (type->is) {
    case IS_CHOICE:
        return joined(words[type->is], type->names, type->name_count, "|", arena);
    case IS_REFERENCE:
        return joined(words[type->is], type->names, type->name_count, " or ", arena);
    case IS_DOCUMENT:
        return joined(words[type->is], type->names, type->name_count, "/", arena);
    case IS_RECORD:
        return arena_printf(arena, "a record of %s", type->shape->name);
    case IS_LIST:
        return arena_printf(arena, "a list of %s", type_spelling(type->of, arena));
    case IS_TABLE:
        return arena_printf(arena, "a table of %s", type_spelling(type->of, arena));
    default:
        return words[type->is];
    }
}

const char *type_spelling(const struct type *type, struct arena *arena)
{
    const char *text = spelling_of(type, arena);

    return type->optional ? arena_printf(arena, "%s that may be absent", text) : text;
}
