#include "map/check.h"

/* ---- types ---- */

struct type type_of(enum type_is is)
{
    return (struct type){.is = is};
}

const struct type *check_keep_type(struct checker *c, struct type type)
{
    struct type *kept = arena_alloc(c->arena, 1, sizeof *kept);

    *kept = type;
    return kept;
}

static const char *spelt(struct checker *c, const struct type *type)
{
    return type_spelling(type, c->arena);
}

static const char *source_of(struct checker *c, const struct node *node)
{
    return expression_text(node, c->arena);
}

static bool is_texty(const struct type *type)
{
    return type->is == IS_TEXT || type->is == IS_CHOICE;
}

static bool has_name(const struct type *type, const char *name)
{
    for (size_t i = 0; i < type->name_count; i++) {
        if (strcmp(type->names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool share_name(const struct type *a, const struct type *b)
{
    for (size_t i = 0; i < a->name_count; i++) {
        if (has_name(b, a->names[i])) {
            return true;
        }
    }
    return false;
}

static const char *list_name(const struct type *type)
{
    return type->is == IS_RECORD && type->shape->list ? type->shape->list->declared->name : NULL;
}

bool check_present(struct checker *c, const struct node *node, const struct type *type,
                   const char *what)
{
    return !type->optional
               ? true
               : check_fail(c, node,
                            "%s may be absent; say what then: add '?? …', or a guard with not "
                            "exists(%s)",
                            what, source_of(c, node));
}

bool check_need(struct checker *c, const struct node *node, const struct type *type, unsigned kinds,
                const char *what)
{
    if (type->is == IS_NEVER || (kinds & AS(type->is)) ||
        (type->is == IS_CHOICE && (kinds & AS(IS_TEXT)))) {
        return true;
    }
    for (enum type_is is = IS_TEXT; is <= IS_NEVER; is++) {
        if (kinds & AS(is)) {
            struct type wanted = {.is = is, .names = (const char *const[]){"…"}, .name_count = 1};

            return check_fail(c, node, "%s is %s, but ought to be %s", what, spelt(c, type),
                              is == IS_LIST     ? "a list"
                              : is == IS_RECORD ? "a record"
                                                : spelt(c, &wanted));
        }
    }
    return false;
}

#define CHOICES_MOST 128

static struct type joined_names(struct checker *c, enum type_is is, const struct type *a,
                                const struct type *b)
{
    const char **names = arena_alloc(c->arena, a->name_count + b->name_count + 2, sizeof *names);
    struct type type = {.is = is, .names = names};
    const struct type *both[] = {a, b};

    for (size_t k = 0; k < 2; k++) {
        if (list_name(both[k])) {
            names[type.name_count++] = list_name(both[k]);
        }
        for (size_t i = 0; i < both[k]->name_count; i++) {
            if (!has_name(&type, both[k]->names[i])) {
                names[type.name_count++] = both[k]->names[i];
            }
        }
    }
    return type;
}

/* What a document stands for: a reference to its target's list. */
static struct type as_reference(struct checker *c, const struct type *type)
{
    struct type reference = {.is = IS_REFERENCE};
    const char **names = arena_alloc(c->arena, type->name_count + 1, sizeof *names);

    if (type->is != IS_DOCUMENT) {
        return *type;
    }
    for (size_t i = 0; i < type->name_count; i++) {
        const struct map_mapping *mapping = program_mapping(c->program, type->names[i]);

        names[i] = mapping && mapping->target ? mapping->target->declared->name : "";
    }
    reference.names = names;
    reference.name_count = type->name_count;
    reference.optional = type->optional;
    return reference;
}

static bool is_referring(const struct type *type)
{
    return type->is == IS_DOCUMENT || type->is == IS_REFERENCE ||
           (type->is == IS_RECORD && list_name(type));
}

static bool unify_kinds(struct checker *c, const struct type *a, const struct type *b,
                        struct type *ret);

/* Lists and tables are of one kind when what they hold is; a whole list only with itself. */
static bool unify_contents(struct checker *c, const struct type *a, const struct type *b,
                           struct type *ret)
{
    struct type of;

    if (a->whole != b->whole || !unify_kinds(c, a->of, b->of, &of)) {
        return false;
    }
    of.optional = a->of->optional || b->of->optional;
    *ret = *a;
    ret->of = check_keep_type(c, of);
    return true;
}

static bool unify_kinds(struct checker *c, const struct type *a, const struct type *b,
                        struct type *ret)
{
    if (a->is == b->is && a->of && b->of) {
        return unify_contents(c, a, b, ret);
    }
    if (a->is == IS_NEVER || b->is == IS_NEVER) {
        *ret = a->is == IS_NEVER ? *b : *a;
    } else if (a->is == IS_CHOICE && b->is == IS_CHOICE) {
        *ret = joined_names(c, IS_CHOICE, a, b);
        if (ret->name_count > CHOICES_MOST) {
            *ret = type_of(IS_TEXT); /* as many as no declared choice has */
        }
    } else if (is_texty(a) && is_texty(b)) {
        *ret = type_of(IS_TEXT);
    } else if (a->is == IS_DOCUMENT && b->is == IS_DOCUMENT) {
        *ret = joined_names(c, IS_DOCUMENT, a, b);
    } else if (a->is == IS_RECORD && b->is == IS_RECORD && a->shape == b->shape) {
        *ret = *a;
    } else if (is_referring(a) && is_referring(b)) {
        struct type left = as_reference(c, a), right = as_reference(c, b);

        *ret = joined_names(c, IS_REFERENCE, &left, &right);
    } else if (a->is == b->is && a->is != IS_RECORD) {
        *ret = *a;
    } else {
        return false;
    }
    return true;
}

bool check_unify(struct checker *c, const struct node *node, const struct type *a,
                 const struct type *b, struct type *ret)
{
    bool optional = a->optional || b->optional;

    if (!unify_kinds(c, a, b, ret)) {
        return check_fail(c, node, "%s and %s do not fit together", spelt(c, a), spelt(c, b));
    }
    ret->optional = optional;
    return true;
}

/* ---- what fits where ---- */

static bool fits_reference(const struct type *type, const struct type *want)
{
    if (type->is == IS_RECORD) {
        return list_name(type) && has_name(want, list_name(type));
    }
    if (type->is == IS_TEXT) {
        return type->key_of && has_name(want, type->key_of->declared->name);
    }
    for (size_t i = 0; i < type->name_count; i++) {
        if (!has_name(want, type->names[i])) {
            return false;
        }
    }
    return type->is == IS_REFERENCE;
}

static bool fits_choice(struct checker *c, const struct node *node, const struct type *type,
                        const struct type *want, const char *what)
{
    if (type->is != IS_CHOICE) {
        return check_fail(c, node, "%s wants %s, not %s", what, spelt(c, want), spelt(c, type));
    }
    for (size_t i = 0; i < type->name_count; i++) {
        if (!has_name(want, type->names[i])) {
            return check_fail(c, node, "%s: '%s' is not %s%s", what, type->names[i], spelt(c, want),
                              check_hint(c, type->names[i], want->names, want->name_count));
        }
    }
    return true;
}

static const char *money_hint(const struct type *type, const struct type *want)
{
    if (want->is == IS_MONEY && type->is == IS_DECIMAL) {
        return "; say which currency: money(number, currency)";
    }
    return want->is == IS_DECIMAL && type->is == IS_MONEY
               ? "; value(…) takes the number out of money"
               : "";
}

bool check_fits(struct checker *c, const struct node *node, const struct type *type,
                const struct type *want, const char *what)
{
    struct type referring = as_reference(c, type);

    if (type->optional && !want->optional) {
        return check_fail(c, node,
                          "%s is required, but this may be absent; add '?? …' or "
                          "'?? hold(…)'",
                          what);
    }
    if (type->is == IS_NEVER || (want->is == IS_REFERENCE && fits_reference(&referring, want))) {
        return true;
    }
    if (want->is == IS_CHOICE) {
        return fits_choice(c, node, type, want, what);
    }
    if (want->is == IS_LIST && type->is == IS_LIST && want->of->is != IS_RECORD) {
        return check_fits(c, node, type->of, want->of, what);
    }
    if (want->is == IS_LIST) {
        return check_fail(c, node, "%s is a list of lines; give it a part", what);
    }
    if (want->is != IS_REFERENCE &&
        (want->is == type->is || (want->is == IS_TEXT && type->is == IS_CHOICE))) {
        return true;
    }
    return check_fail(c, node, "%s wants %s, not %s%s", what, spelt(c, want), spelt(c, type),
                      money_hint(type, want));
}

/* ---- comparing ---- */

static bool is_literal_zero(const struct node *node)
{
    return (node->a && node->a->kind == NODE_NUMBER && decimal_sign(node->a->number) == 0) ||
           (node->b && node->b->kind == NODE_NUMBER && decimal_sign(node->b->number) == 0);
}

static bool is_money_with_zero(const struct node *node, const struct type *a, const struct type *b)
{
    return node->kind == NODE_COMPARE && is_literal_zero(node) &&
           ((a->is == IS_MONEY && b->is == IS_DECIMAL) ||
            (a->is == IS_DECIMAL && b->is == IS_MONEY));
}

static bool choices_meet(struct checker *c, const struct node *node, const struct type *a,
                         const struct type *b)
{
    const struct type *literal = a->name_count == 1 ? a : b, *full = literal == a ? b : a;

    if (share_name(a, b)) {
        return true;
    }
    return check_fail(c, node, "'%s' is never %s%s", literal->names[0], spelt(c, full),
                      check_hint(c, literal->names[0], full->names, full->name_count));
}

static bool references_meet(struct checker *c, const struct type *a, const struct type *b)
{
    struct type left = as_reference(c, a), right = as_reference(c, b);
    struct type from_left = joined_names(c, IS_REFERENCE, &left, &(struct type){0});
    struct type from_right = joined_names(c, IS_REFERENCE, &right, &(struct type){0});

    if (a->is == IS_RECORD && b->is == IS_RECORD && a->shape == b->shape) {
        return true;
    }
    if ((a->is == IS_TEXT && a->key_of) || (b->is == IS_TEXT && b->key_of)) {
        const struct type *text = a->is == IS_TEXT ? a : b;

        return has_name(a->is == IS_TEXT ? &from_right : &from_left, text->key_of->declared->name);
    }
    return share_name(&from_left, &from_right);
}

bool check_comparable(struct checker *c, const struct node *node, const struct type *a,
                      const struct type *b)
{
    if (a->is == IS_NEVER || b->is == IS_NEVER || is_money_with_zero(node, a, b)) {
        return true;
    }
    if (a->is == IS_CHOICE && b->is == IS_CHOICE) {
        return choices_meet(c, node, a, b);
    }
    if (is_texty(a) && is_texty(b)) {
        return true;
    }
    if ((is_referring(a) || is_referring(b) || a->is == IS_RECORD) && references_meet(c, a, b)) {
        return true;
    }
    if (a->is == b->is &&
        (AS(a->is) & (AS(IS_DECIMAL) | AS(IS_MONEY) | AS(IS_DATE) | AS(IS_TIME) | AS(IS_BOOL)))) {
        return true;
    }
    return check_fail(c, node, "%s cannot be compared with %s%s", spelt(c, a), spelt(c, b),
                      money_hint(a, b));
}

bool check_ordered(struct checker *c, const struct node *node, const struct type *a,
                   const struct type *b)
{
    if (!check_present(c, node->a, a, "what is compared") ||
        !check_present(c, node->b, b, "what is compared")) {
        return false;
    }
    if (a->is == IS_NEVER || b->is == IS_NEVER || is_money_with_zero(node, a, b) ||
        (a->is == b->is &&
         (AS(a->is) & (AS(IS_DECIMAL) | AS(IS_MONEY) | AS(IS_DATE) | AS(IS_TIME))))) {
        return true;
    }
    return check_fail(c, node, "%s and %s have no order%s", spelt(c, a), spelt(c, b),
                      money_hint(a, b));
}
