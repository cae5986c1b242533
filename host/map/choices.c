/* Which words the fields of a list are known by, and which features a mapping names. */
#include <string.h>

#include "map/overview.h"
#include "map/program.h"

#define WORDS_MOST    40
#define SOME_WORDS    3 /* a text that is compared with fewer is not one of some kinds */
#define ANYTHING_ELSE "(anything else)"

/* The texts that one field is compared with. */
struct words {
    const char *field;
    const char **at;
    size_t count;
    struct arena *arena;
};

static void add_word(struct words *w, const char *word)
{
    for (size_t i = 0; i < w->count; i++) {
        if (strcmp(w->at[i], word) == 0) {
            return;
        }
    }
    if (w->count < WORDS_MOST && word[0]) {
        w->at[w->count++] = word;
    }
}

static bool is_field(const struct words *w, const struct node *node)
{
    return node && (node->kind == NODE_NAME || node->kind == NODE_FIELD) &&
           strcmp(expression_text(node, w->arena), w->field) == 0;
}

static void add_compared(struct words *w, const struct node *node)
{
    bool left = is_field(w, node->a);

    if (node->kind == NODE_COMPARE && (left || is_field(w, node->b))) {
        const struct node *other = left ? node->b : node->a;

        if (other->kind == NODE_TEXT) {
            add_word(w, other->text);
        }
    }
    for (size_t i = 0; node->kind == NODE_IN && left && i < node->item_count; i++) {
        if (node->items[i]->kind == NODE_TEXT) {
            add_word(w, node->items[i]->text);
        }
    }
}

static void add_cases(struct words *w, const struct node *call)
{
    if (strcmp(call->text, "case") != 0 || !is_field(w, call->items[0])) {
        return;
    }
    for (size_t i = 0; i < call->labelled_count; i++) {
        for (size_t k = 0; k < call->labelled[i].name_count; k++) {
            add_word(w, call->labelled[i].names[k]);
        }
    }
}

/* Inside where(), any() and the like names are other records'. */
static bool is_about_elements(const struct node *node)
{
    static const char *const functions[] = {"where", "find", "any",   "all",  "sum",
                                            "min",   "max",  "group", "share"};

    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (node->kind == NODE_CALL && strcmp(node->text, functions[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void collect_words(struct words *w, const struct node *node)
{
    if (!node || is_about_elements(node)) {
        return;
    }
    if (node->kind == NODE_CALL) {
        add_cases(w, node);
    } else if (node->kind == NODE_COMPARE || node->kind == NODE_IN) {
        add_compared(w, node);
    }
    collect_words(w, node->a);
    collect_words(w, node->b);
    for (size_t i = 0; i < node->item_count; i++) {
        collect_words(w, node->items[i]);
    }
    for (size_t i = 0; i < node->labelled_count; i++) {
        collect_words(w, node->labelled[i].value);
    }
}

/* A text need not be declared as a choice to be one of some kinds that mappings know. */
static bool words_of_text(const struct program *program, const struct map_list *list,
                          struct map_choice *choice, struct arena *arena)
{
    struct words w = {choice->field, arena_alloc(arena, WORDS_MOST + 1, sizeof *w.at), 0, arena};

    for (size_t i = 0; i < list->shape->member_count; i++) {
        if (list->shape->members[i].kind == MEMBER_DERIVED) {
            collect_words(&w, list->shape->members[i].value);
        }
    }
    for (size_t i = 0; i < program->mapping_count; i++) {
        const struct map_mapping *mapping = &program->mappings[i];

        for (size_t k = 0;
             mapping->base == list && mapping->from == FROM_LIST && k < mapping->rule.guard_count;
             k++) {
            collect_words(&w, mapping->rule.guards[k].when);
        }
    }
    choice->words = w.at;
    choice->word_count = w.count + 1;
    w.at[w.count] = ANYTHING_ELSE;
    return w.count >= SOME_WORDS;
}

size_t map_choices(const struct program *program, const struct map_list *list, struct arena *arena,
                   const struct map_choice **ret)
{
    const struct record_type *type = list->type;
    struct map_choice *all = arena_alloc(arena, type->field_count + 1, sizeof *all);
    size_t count = 0;

    for (size_t i = 0; i < type->field_count; i++) {
        const struct field_type *field = &type->fields[i];

        if (field->is_list || field->is_table) {
            continue;
        }
        all[count] = (struct map_choice){field->name, field->names, field->name_count};
        count += field->kind == TYPE_CHOICE ||
                 (field->kind == TYPE_TEXT && words_of_text(program, list, &all[count], arena));
    }
    *ret = all;
    return count;
}

/* ---- what people may have to approve ---- */

#define FEATURES_MOST 16

struct features {
    const char **at;
    size_t count;
};

/* The texts that an expression may come to. */
static void collect(struct features *f, const struct node *node)
{
    if (node->kind == NODE_TEXT) {
        for (size_t i = 0; i < f->count; i++) {
            if (strcmp(f->at[i], node->text) == 0) {
                return;
            }
        }
        if (f->count < FEATURES_MOST) {
            f->at[f->count++] = node->text;
        }
    } else if (node->kind == NODE_ELSE) {
        collect(f, node->a);
        collect(f, node->b);
    } else if (node->kind == NODE_CALL) {
        for (size_t i = 1; i < node->item_count && strcmp(node->text, "if") == 0; i++) {
            collect(f, node->items[i]);
        }
        for (size_t i = 0; i < node->labelled_count; i++) {
            collect(f, node->labelled[i].value);
        }
    }
}

size_t map_features(const struct map_mapping *mapping, struct arena *arena, const char *const **ret)
{
    struct features f = {.at = arena_alloc(arena, FEATURES_MOST, sizeof *f.at)};

    if (mapping->approve) {
        collect(&f, mapping->approve);
    }
    *ret = f.at;
    return f.count;
}
