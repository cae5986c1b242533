#include "map/function.h"

static const struct function *const tables[] = {
    functions_of_choice, functions_of_text,  functions_of_numbers,
    functions_of_days,   functions_of_lists, functions_of_groups,
};
#define TABLE_COUNT (sizeof tables / sizeof *tables)
#define NAMES_MOST  64

const struct function *function_find(const char *name)
{
    for (size_t t = 0; t < TABLE_COUNT; t++) {
        for (const struct function *f = tables[t]; f->name; f++) {
            if (strcmp(f->name, name) == 0) {
                return f;
            }
        }
    }
    return NULL;
}

const struct function *function_at(size_t index)
{
    for (size_t t = 0; t < TABLE_COUNT; t++) {
        for (const struct function *f = tables[t]; f->name; f++) {
            if (index-- == 0) {
                return f;
            }
        }
    }
    return NULL;
}

static bool unknown_function(struct checker *c, const struct node *node)
{
    const char *names[NAMES_MOST];
    const struct function *f;
    size_t count = 0;

    while (count < NAMES_MOST && (f = function_at(count)) != NULL) {
        names[count++] = f->name;
    }
    return check_fail(c, node, "there is no function '%s'%s", node->text,
                      check_hint(c, node->text, names, count));
}

bool check_call(struct checker *c, const struct node *node, const struct place *place,
                struct type *ret)
{
    const struct function *f = function_find(node->text);

    if (!f) {
        return unknown_function(c, node);
    }
    if (node->item_count < f->least || node->item_count > f->most) {
        return f->least == f->most ? check_fail(c, node, "%s takes %u arguments, not %zu", f->name,
                                                f->least, node->item_count)
                                   : check_fail(c, node, "%s takes %u to %u arguments, not %zu",
                                                f->name, f->least, f->most, node->item_count);
    }
    return f->check(c, node, place, ret);
}

bool evaluate_call(struct evaluation *e, const struct node *node, const struct scope *scope,
                   struct value *ret)
{
    return function_find(node->text)->evaluate(e, node, scope, ret);
}

bool check_argument(struct checker *c, const struct node *call, size_t i, const struct place *place,
                    unsigned kinds, struct type *ret)
{
    return check_infer(c, call->items[i], place, ret) &&
           check_need(c, call->items[i], ret, kinds,
                      arena_printf(c->arena, "argument %zu of %s", i + 1, call->text));
}

bool check_argument_present(struct checker *c, const struct node *call, size_t i,
                            const struct place *place, unsigned kinds, struct type *ret)
{
    return check_argument(c, call, i, place, kinds, ret) &&
           check_present(c, call->items[i], ret,
                         arena_printf(c->arena, "argument %zu of %s", i + 1, call->text));
}

bool check_small(struct checker *c, const struct node *node, const struct type *list)
{
    return !list->whole || list->whole->is_small
               ? true
               : check_fail(c, node,
                            "this would read the whole of %s; use where(…) with a comparison",
                            list->whole->declared->name);
}

static bool is_code_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool reason_read(const char *text, struct arena *arena, struct reason *ret)
{
    size_t size = 0;

    while (is_code_character(text[size])) {
        size++;
    }
    if (size == 0 || size > 40 || text[size] != ':' || text[size + 1] != ' ' || !text[size + 2]) {
        return false;
    }
    ret->code = arena_copy_text(arena, (struct text){text, size});
    ret->sentence = arena_copy(arena, text + size + 2);
    return true;
}
