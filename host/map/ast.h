/*
 * The syntax of expressions, as trees. A node is read-only once parsed and lives in the arena it
 * was parsed into; `column` (1-based) is where it begins in its source, for messages.
 */
#ifndef FERRY_MAP_AST_H
#define FERRY_MAP_AST_H

#include "base/arena.h"
#include "base/decimal.h"

enum node_kind {
    NODE_TEXT, /* 'text' */
    NODE_NUMBER,
    NODE_TRUE,
    NODE_FALSE,
    NODE_NAME,     /* bare name */
    NODE_FIELD,    /* a.text */
    NODE_INDEX,    /* a[b] */
    NODE_LIST,     /* [items] */
    NODE_DOCUMENT, /* @text or @text(a); text "" for bare @ */
    NODE_OR,
    NODE_AND,
    NODE_NOT,     /* not a */
    NODE_COMPARE, /* a operator b */
    NODE_IN,      /* a in (items) */
    NODE_IN_LIST, /* a in b */
    NODE_ADD,
    NODE_SUBTRACT,
    NODE_MULTIPLY,
    NODE_NEGATE, /* -a */
    NODE_ELSE,   /* a ?? b */
    NODE_CALL,   /* text(items; labelled) */
};

enum compare {
    COMPARE_EQUAL,
    COMPARE_UNEQUAL,
    COMPARE_LESS,
    COMPARE_LESS_EQUAL,
    COMPARE_MORE,
    COMPARE_MORE_EQUAL
};

struct node;

/* case('a'|'b': value), else (no names), and group(…, name: key). */
struct labelled {
    const char *const *names;
    size_t name_count; /* 0: else */
    const struct node *value;
};

struct node {
    enum node_kind kind;
    unsigned column;
    const char *text; /* literal, name, field, function or mapping */
    struct decimal number;
    enum compare compare;
    const struct node *a, *b;
    const struct node *const *items;
    size_t item_count;
    const struct labelled *labelled;
    size_t labelled_count;
};

#define EXPRESSION_MAX_BYTES 65536
#define EXPRESSION_MAX_DEPTH 64
/* Operators and dots in a row make a tree as deep as their number, which nesting does not see. */
#define EXPRESSION_MAX_OPERATORS 500

struct syntax_error {
    unsigned column;
    char sentence[200];
};

/* NULL when it is no expression; *err says where and why. */
const struct node *expression_parse(const char *source, struct arena *arena,
                                    struct syntax_error *err);

/* The expression in one canonical spelling: names of indexes, and "the same expression". In arena.
 */
const char *expression_text(const struct node *node, struct arena *arena);

#endif
