#include "map/lex_parse.h"

/* Calls: f(a, b), and the two functions whose arguments have labels. */
struct labels {
    struct labelled *at;
    size_t count, capacity;
};

static void add_label(struct lexer *l, struct labels *labels, struct labelled label)
{
    if (labels->count == labels->capacity) {
        size_t capacity = labels->capacity ? labels->capacity * 2 : 4;
        struct labelled *grown = arena_alloc(l->arena, capacity, sizeof *grown);

        if (labels->count) {
            memcpy(grown, labels->at, labels->count * sizeof *grown);
        }
        labels->at = grown;
        labels->capacity = capacity;
    }
    labels->at[labels->count++] = label;
}

#define CASE_NAMES_MAX 64

/* 'a'|'b': value, or else: value */
static void parse_case_label(struct lexer *l, struct labels *labels)
{
    struct labelled label = {NULL, 0, NULL};
    const char **names = arena_alloc(l->arena, CASE_NAMES_MAX, sizeof *names);

    if (!lexer_takes(l, "else")) {
        do {
            if (l->now.kind != TOKEN_TEXT || label.name_count == CASE_NAMES_MAX) {
                lexer_fail(l, "case takes 'value': result, and else: result");
                return;
            }
            names[label.name_count++] = lexer_literal(l);
        } while (lexer_takes(l, "|"));
        label.names = names;
    }
    if (lexer_needs(l, ":")) {
        label.value = parse_inner_expression(l);
        add_label(l, labels, label);
    }
}

/* name: key */
static void parse_group_label(struct lexer *l, struct labels *labels)
{
    const char **name = arena_alloc(l->arena, 1, sizeof *name);
    struct labelled label = {name, 1, NULL};

    *name = lexer_name(l);
    if (*name && lexer_needs(l, ":")) {
        label.value = parse_inner_expression(l);
        add_label(l, labels, label);
    }
}

/* Functions whose arguments after the first have labels. */
static const struct {
    const char *function;
    void (*parse)(struct lexer *l, struct labels *labels);
} labelled_functions[] = {
    {"case", parse_case_label},
    {"group", parse_group_label},
};

static void (*label_parser(const char *function))(struct lexer *, struct labels *)
{
    for (size_t i = 0; i < sizeof labelled_functions / sizeof *labelled_functions; i++) {
        if (strcmp(labelled_functions[i].function, function) == 0) {
            return labelled_functions[i].parse;
        }
    }
    return NULL;
}

const struct node *parse_call(struct lexer *l, const char *function, unsigned column)
{
    void (*parse_label)(struct lexer *, struct labels *) = label_parser(function);
    struct node *node = parse_new_node(l, NODE_CALL, column);
    struct labels labels = {0};
    struct items items = {0};

    node->text = function;
    if (!parse_label) {
        parse_items(l, &items, ")");
    } else {
        parse_add_item(l, &items, parse_inner_expression(l));
        while (!l->failed && lexer_takes(l, ",")) {
            parse_label(l, &labels);
        }
        (void)lexer_needs(l, ")");
    }
    node->items = items.at;
    node->item_count = items.count;
    node->labelled = labels.at;
    node->labelled_count = labels.count;
    return node;
}
