#include "map/lex_parse.h"

/*
 * Recursive descent, one function a level, loosest first: or, and, not, comparison, sum, product,
 * ??, sign, what follows a value, values.
 */
static const struct node *parse_or(struct lexer *l);

struct node *parse_new_node(struct lexer *l, enum node_kind kind, unsigned column)
{
    struct node *node = arena_alloc(l->arena, 1, sizeof *node);

    node->kind = kind;
    node->column = column;
    node->text = "";
    return node;
}

static struct node *pair(struct lexer *l, enum node_kind kind, const struct node *a,
                         const struct node *b)
{
    struct node *node = parse_new_node(l, kind, a ? a->column : 0);

    node->a = a;
    node->b = b;
    return node;
}

/* One more level of nesting; false when it is too deep. Ends with l->depth--. */
static bool go_deeper(struct lexer *l)
{
    if (++l->depth > EXPRESSION_MAX_DEPTH) {
        lexer_fail(l, "it is nested more than %d levels deep", EXPRESSION_MAX_DEPTH);
        return false;
    }
    return !l->failed;
}

/* One more operator; false when there are too many. */
static bool go_on(struct lexer *l)
{
    if (++l->operators > EXPRESSION_MAX_OPERATORS) {
        lexer_fail(l, "it has more than %d operators; derive parts of it",
                   EXPRESSION_MAX_OPERATORS);
    }
    return !l->failed;
}

/* ---- lists of expressions ---- */

void parse_add_item(struct lexer *l, struct items *items, const struct node *node)
{
    if (items->count == items->capacity) {
        size_t capacity = items->capacity ? items->capacity * 2 : 4;
        const struct node **grown = arena_alloc(l->arena, capacity, sizeof *grown);

        for (size_t i = 0; i < items->count; i++) {
            grown[i] = items->at[i];
        }
        items->at = grown;
        items->capacity = capacity;
    }
    items->at[items->count++] = node;
}

/* "a, b)" behind an opening sign. */
void parse_items(struct lexer *l, struct items *items, const char *close)
{
    if (lexer_takes(l, close)) {
        return;
    }
    do {
        parse_add_item(l, items, parse_or(l));
    } while (!l->failed && lexer_takes(l, ","));
    (void)lexer_needs(l, close);
}

/* ---- values ---- */

static const struct node *parse_document(struct lexer *l, unsigned column)
{
    struct node *node = parse_new_node(l, NODE_DOCUMENT, column);

    if (l->now.kind == TOKEN_NAME && !is_language_word(l->now.text)) {
        node->text = lexer_name(l);
        if (lexer_takes(l, "(")) {
            node->a = parse_or(l);
            (void)lexer_needs(l, ")");
        }
    }
    return node;
}

static const struct node *parse_number(struct lexer *l)
{
    struct node *node = parse_new_node(l, NODE_NUMBER, l->now.column);

    if (!decimal_parse(l->now.text, &node->number, NULL)) {
        return lexer_fail(l, "%.*s has too many digits", TEXT_ARGS(l->now.text));
    }
    node->text = arena_copy_text(l->arena, l->now.text);
    lexer_next(l);
    return node;
}

static const struct node *parse_named(struct lexer *l)
{
    unsigned column = l->now.column;
    struct node *node;
    const char *name;

    if (lexer_sees(l, "true") || lexer_sees(l, "false")) {
        node = parse_new_node(l, lexer_sees(l, "true") ? NODE_TRUE : NODE_FALSE, column);
        lexer_next(l);
        return node;
    }
    name = lexer_name(l);
    if (!name) {
        return NULL;
    }
    if (lexer_takes(l, "(")) {
        return parse_call(l, name, column);
    }
    node = parse_new_node(l, NODE_NAME, column);
    node->text = name;
    return node;
}

static const struct node *parse_list(struct lexer *l, unsigned column)
{
    struct node *node = parse_new_node(l, NODE_LIST, column);
    struct items items = {0};

    parse_items(l, &items, "]");
    node->items = items.at;
    node->item_count = items.count;
    return node;
}

static const struct node *parse_value(struct lexer *l)
{
    unsigned column = l->now.column;
    const struct node *inner;
    struct node *node;

    switch (l->now.kind) {
    case TOKEN_NUMBER:
        return parse_number(l);
    case TOKEN_TEXT:
        node = parse_new_node(l, NODE_TEXT, column);
        node->text = lexer_literal(l);
        return node;
    case TOKEN_NAME:
        return parse_named(l);
    default:
        break;
    }
    if (lexer_takes(l, "(")) {
        inner = parse_or(l);
        return lexer_needs(l, ")") ? inner : NULL;
    }
    if (lexer_takes(l, "[")) {
        return parse_list(l, column);
    }
    if (lexer_takes(l, "@")) {
        return parse_document(l, column);
    }
    return lexer_fail(l, "a value is missing before %.*s",
                      l->now.kind == TOKEN_END ? 7 : (int)l->now.text.size,
                      l->now.kind == TOKEN_END ? "the end" : l->now.text.at);
}

/* ---- operators ---- */

static const struct node *parse_behind(struct lexer *l)
{
    const struct node *node = parse_value(l);

    while (!l->failed) {
        struct node *next;

        if ((lexer_sees(l, ".") || lexer_sees(l, "[")) && !go_on(l)) {
            break;
        }
        if (lexer_takes(l, ".")) {
            next = pair(l, NODE_FIELD, node, NULL);
            next->text = lexer_name(l);
        } else if (lexer_takes(l, "[")) {
            next = pair(l, NODE_INDEX, node, parse_or(l));
            (void)lexer_needs(l, "]");
        } else {
            break;
        }
        node = next;
    }
    return node;
}

static const struct node *parse_sign(struct lexer *l)
{
    unsigned column = l->now.column;
    struct node *node;

    if (!lexer_takes(l, "-")) {
        return parse_behind(l);
    }
    node = parse_new_node(l, NODE_NEGATE, column);
    if (go_deeper(l)) {
        node->a = parse_sign(l);
    }
    l->depth--;
    return node;
}

/* Levels of the kind "one or more of the next level, joined by signs". */
struct level {
    const struct node *(*next)(struct lexer *l);
    struct {
        const char *sign;
        enum node_kind kind;
    } signs[3];
};

static const struct node *parse_level(struct lexer *l, const struct level *level)
{
    const struct node *node = level->next(l);
    size_t i = 0;

    while (!l->failed && level->signs[i].sign) {
        if (lexer_sees(l, level->signs[i].sign) && !go_on(l)) {
            break;
        }
        if (lexer_takes(l, level->signs[i].sign)) {
            node = pair(l, level->signs[i].kind, node, level->next(l));
            i = 0;
        } else {
            i++;
        }
    }
    return node;
}

static const struct node *parse_else(struct lexer *l)
{
    static const struct level level = {parse_sign, {{"??", NODE_ELSE}}};

    return parse_level(l, &level);
}

static const struct node *parse_product(struct lexer *l)
{
    static const struct level level = {parse_else, {{"*", NODE_MULTIPLY}}};

    return parse_level(l, &level);
}

static const struct node *parse_sum(struct lexer *l)
{
    static const struct level level = {parse_product, {{"+", NODE_ADD}, {"-", NODE_SUBTRACT}}};

    return parse_level(l, &level);
}

static const struct node *parse_in(struct lexer *l, const struct node *a)
{
    struct items items = {0};
    struct node *node;

    if (!lexer_takes(l, "(")) {
        return pair(l, NODE_IN_LIST, a, parse_behind(l));
    }
    node = pair(l, NODE_IN, a, NULL);
    parse_items(l, &items, ")");
    node->items = items.at;
    node->item_count = items.count;
    if (items.count == 0) {
        lexer_fail(l, "in () needs at least one value");
    }
    return node;
}

static const struct node *parse_comparison(struct lexer *l)
{
    static const char *const comparisons[] = {
        [COMPARE_EQUAL] = "==",      [COMPARE_UNEQUAL] = "!=", [COMPARE_LESS] = "<",
        [COMPARE_LESS_EQUAL] = "<=", [COMPARE_MORE] = ">",     [COMPARE_MORE_EQUAL] = ">="};
    const struct node *a = parse_sum(l);

    for (size_t i = 0; !l->failed && i < sizeof comparisons / sizeof *comparisons; i++) {
        if (lexer_takes(l, comparisons[i])) {
            struct node *node = pair(l, NODE_COMPARE, a, parse_sum(l));

            node->compare = (enum compare)i;
            return node;
        }
    }
    return !l->failed && lexer_takes(l, "in") ? parse_in(l, a) : a;
}

static const struct node *parse_not(struct lexer *l)
{
    unsigned column = l->now.column;
    struct node *node;

    if (!lexer_takes(l, "not")) {
        return parse_comparison(l);
    }
    node = parse_new_node(l, NODE_NOT, column);
    if (go_deeper(l)) {
        node->a = parse_not(l);
    }
    l->depth--;
    return node;
}

static const struct node *parse_and(struct lexer *l)
{
    static const struct level level = {parse_not, {{"and", NODE_AND}}};

    return parse_level(l, &level);
}

static const struct node *parse_or(struct lexer *l)
{
    static const struct level level = {parse_and, {{"or", NODE_OR}}};
    const struct node *node = NULL;

    if (go_deeper(l)) {
        node = parse_level(l, &level);
    }
    l->depth--;
    return node;
}

const struct node *expression_parse(const char *source, struct arena *arena,
                                    struct syntax_error *err)
{
    struct lexer l;
    const struct node *node;

    lexer_start(&l, source, arena, err);
    node = parse_or(&l);
    if (!l.failed && l.now.kind != TOKEN_END) {
        lexer_fail(&l, "%.*s was not expected here", TEXT_ARGS(l.now.text));
    }
    return l.failed ? NULL : node;
}

const struct node *parse_inner_expression(struct lexer *lexer)
{
    return parse_or(lexer);
}
