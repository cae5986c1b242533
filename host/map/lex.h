/* Tokens of the mapping language; internal to the parsers. */
#ifndef FERRY_MAP_LEX_H
#define FERRY_MAP_LEX_H

#include "map/ast.h"

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_TEXT, TOKEN_SIGN, TOKEN_BAD };

struct token {
    enum token_kind kind;
    struct text text; /* as written; for TOKEN_TEXT without the quotes, '' not yet undone */
    unsigned column;
};

struct lexer {
    const char *source;
    size_t size, at;
    struct token now; /* the token that was not taken yet */
    struct arena *arena;
    struct syntax_error *err;
    bool failed;
    unsigned depth, operators;
};

void lexer_start(struct lexer *lexer, const char *source, struct arena *arena,
                 struct syntax_error *err);
void lexer_next(struct lexer *lexer);
/* Whether the token at hand is this sign or word. */
bool lexer_sees(const struct lexer *lexer, const char *sign_or_word);
/* Take it when it is. */
bool lexer_takes(struct lexer *lexer, const char *sign_or_word);
/* Take it, or fail saying what was expected. */
bool lexer_needs(struct lexer *lexer, const char *sign);
/* A name that is no word of the language; NULL after failing. In arena. */
const char *lexer_name(struct lexer *lexer);
/* The characters of a text token, '' undone. In arena. */
const char *lexer_literal(struct lexer *lexer);
/* The first failure stays; returns NULL so that parsers can return it. */
void *lexer_fail(struct lexer *lexer, const char *format, ...) PRINTF_LIKE(2, 3);
bool is_language_word(struct text name);

#endif
