#include "map/lex.h"

#include <stdarg.h>
#include <stdio.h>

/* Longer signs first. */
static const char *const signs[] = {"??", "==", "!=", "<=", ">=", "-", "+", "*", "<", ">", "(", ")",
                                    "[",  "]",  "{",  "}",  ".",  ",", ":", "@", "|", "?", "!"};
static const char *const words[] = {"and", "or", "not", "in", "true", "false", "else"};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_language_word(struct text name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_is(name, words[i])) {
            return true;
        }
    }
    return false;
}

void *lexer_fail(struct lexer *lexer, const char *format, ...)
{
    va_list args;

    if (!lexer->failed) {
        lexer->failed = true;
        lexer->err->column = lexer->now.column;
        va_start(args, format);
        vsnprintf(lexer->err->sentence, sizeof lexer->err->sentence, format, args);
        va_end(args);
        text_mend(lexer->err->sentence); /* what is quoted may be cut short */
    }
    return NULL;
}

/* Length of the quoted text at `at`, both quotes included; 0 when it does not end. */
static size_t quoted_size(const struct lexer *lexer)
{
    size_t at = lexer->at + 1;

    while (at < lexer->size) {
        if (lexer->source[at] != '\'') {
            at++;
        } else if (lexer->source[at + 1] == '\'') {
            at += 2;
        } else {
            return at + 1 - lexer->at;
        }
    }
    return 0;
}

static size_t run_of(const struct lexer *lexer, size_t from, bool (*is)(char))
{
    size_t n = from;

    while (is(lexer->source[lexer->at + n])) {
        n++;
    }
    return n;
}

static bool is_name_part(char c)
{
    return is_letter(c) || is_digit(c);
}

static size_t number_size(const struct lexer *lexer)
{
    size_t n = run_of(lexer, 0, is_digit);

    if (lexer->source[lexer->at + n] == '.' && is_digit(lexer->source[lexer->at + n + 1])) {
        n = run_of(lexer, n + 1, is_digit);
    }
    return n;
}

static void take(struct lexer *lexer, enum token_kind kind, size_t size)
{
    lexer->now = (struct token){kind, {lexer->source + lexer->at, size}, (unsigned)lexer->at + 1};
    lexer->at += size;
}

static void take_quoted(struct lexer *lexer)
{
    size_t size = quoted_size(lexer);

    if (size == 0) {
        take(lexer, TOKEN_BAD, 1);
        lexer_fail(lexer,
                   "a text that begins here does not end; texts stand between single quotes");
        return;
    }
    take(lexer, TOKEN_TEXT, size);
    lexer->now.text = (struct text){lexer->now.text.at + 1, size - 2};
}

static void take_sign(struct lexer *lexer)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t size = strlen(signs[i]);

        if (strncmp(lexer->source + lexer->at, signs[i], size) == 0) {
            take(lexer, TOKEN_SIGN, size);
            return;
        }
    }
    take(lexer, TOKEN_BAD, 1);
    lexer_fail(lexer, "\"%.8s\" cannot be read", lexer->source + lexer->at - 1);
}

void lexer_next(struct lexer *lexer)
{
    char c;

    while (lexer->at < lexer->size && strchr(" \t\n", lexer->source[lexer->at])) {
        lexer->at++;
    }
    c = lexer->source[lexer->at];
    if (lexer->at >= lexer->size) {
        take(lexer, TOKEN_END, 0);
    } else if (c == '\'') {
        take_quoted(lexer);
    } else if (is_letter(c)) {
        take(lexer, TOKEN_NAME, run_of(lexer, 0, is_name_part));
    } else if (is_digit(c)) {
        take(lexer, TOKEN_NUMBER, number_size(lexer));
    } else {
        take_sign(lexer);
    }
}

void lexer_start(struct lexer *lexer, const char *source, struct arena *arena,
                 struct syntax_error *err)
{
    *lexer = (struct lexer){.source = source, .size = strlen(source), .arena = arena, .err = err};
    if (lexer->size > EXPRESSION_MAX_BYTES) {
        lexer_fail(lexer, "it is longer than %d bytes", EXPRESSION_MAX_BYTES);
        lexer->size = 0;
    }
    lexer_next(lexer);
}

bool lexer_sees(const struct lexer *lexer, const char *sign_or_word)
{
    return (lexer->now.kind == TOKEN_SIGN || lexer->now.kind == TOKEN_NAME) &&
           text_is(lexer->now.text, sign_or_word);
}

bool lexer_takes(struct lexer *lexer, const char *sign_or_word)
{
    if (!lexer_sees(lexer, sign_or_word)) {
        return false;
    }
    lexer_next(lexer);
    return true;
}

/* How the token at hand is called in a message. */
static struct text described(const struct lexer *lexer)
{
    return lexer->now.kind == TOKEN_END ? TEXT("the end") : lexer->now.text;
}

bool lexer_needs(struct lexer *lexer, const char *sign)
{
    if (lexer_takes(lexer, sign)) {
        return true;
    }
    lexer_fail(lexer, "expected %s before %.*s", sign, TEXT_ARGS(described(lexer)));
    return false;
}

const char *lexer_name(struct lexer *lexer)
{
    const char *name;

    if (lexer->now.kind != TOKEN_NAME || is_language_word(lexer->now.text)) {
        return lexer_fail(lexer, "expected a name before %.*s", TEXT_ARGS(described(lexer)));
    }
    name = arena_copy_text(lexer->arena, lexer->now.text);
    lexer_next(lexer);
    return name;
}

const char *lexer_literal(struct lexer *lexer)
{
    struct text t = lexer->now.text;
    char *out = arena_alloc(lexer->arena, t.size + 1, 1);
    size_t n = 0;

    for (size_t i = 0; i < t.size; i++) {
        out[n++] = t.at[i];
        i += t.at[i] == '\'';
    }
    lexer_next(lexer);
    return out;
}
