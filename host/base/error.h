/*
 * Errors are values. A fallible function returns bool, is MUST_CHECK, and fills a caller-owned
 * struct error, its last parameter. Kinds are decisions, codes are stable names for people and
 * scripts, texts are one plain sentence with the place and, where there is one, the fix.
 */
#ifndef FERRY_BASE_ERROR_H
#define FERRY_BASE_ERROR_H

#include <stdbool.h>

#define MUST_CHECK        __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

enum error_kind {
    ERROR_NONE,
    ERROR_TRANSIENT, /* try later */
    ERROR_AUTH,      /* log in again */
    ERROR_REJECTED,  /* this record or request is wrong */
    ERROR_CONFIG,    /* the operator must change something */
    ERROR_CANCELLED, /* somebody stopped it */
    ERROR_BUG,       /* ours */
};

struct error {
    enum error_kind kind;
    char code[48];
    char text[720];
};

/* What a call that fails is worth; in view, so that whoever reads one, the analyzer too, sees it.
 */
static inline bool error_false(void)
{
    return false;
}

/* Fill *err (NULL is allowed). error_set is false, so that callers write `return error_set(…)`. */
void error_fill(struct error *err, enum error_kind kind, const char *code, const char *format, ...)
    PRINTF_LIKE(4, 5);
#define error_set(...) (error_fill(__VA_ARGS__), error_false())

/* Put "place: " before the text of an error on its way up. error_at is false. */
void error_add_place(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);
#define error_at(...) (error_add_place(__VA_ARGS__), error_false())

const char *error_kind_name(enum error_kind kind);

#endif
