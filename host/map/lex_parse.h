/* What the parser of types needs of the parser of expressions. */
#ifndef FERRY_MAP_LEX_PARSE_H
#define FERRY_MAP_LEX_PARSE_H

#include "map/lex.h"

/* An expression at the lexer's place; NULL after failing. */
const struct node *parse_inner_expression(struct lexer *lexer);

#endif
