/* What the parsers need of each other. */
#ifndef FERRY_MAP_LEX_PARSE_H
#define FERRY_MAP_LEX_PARSE_H

#include "map/lex.h"

/* An expression at the lexer's place; NULL after failing. */
const struct node *parse_inner_expression(struct lexer *lexer);

struct node *parse_new_node(struct lexer *lexer, enum node_kind kind, unsigned column);

struct items {
    const struct node **at;
    size_t count, capacity;
};
void parse_add_item(struct lexer *lexer, struct items *items, const struct node *node);
/* "a, b)" behind an opening sign. */
void parse_items(struct lexer *lexer, struct items *items, const char *close);
/* "a, b)" behind the name of a function and its bracket. */
const struct node *parse_call(struct lexer *lexer, const char *function, unsigned column);

#endif
