/*
 * A borrowed run of bytes, not terminated. Printed with "%.*s", TEXT_ARGS(t).
 */
#ifndef FERRY_BASE_TEXT_H
#define FERRY_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct text {
    const char *at;
    size_t size;
};

#define TEXT(literal) ((struct text){(literal), sizeof(literal) - 1})
#define TEXT_ARGS(t)  (int)(t).size, (t).at
#define TEXT_NONE     ((struct text){NULL, 0})

/* NULL gives TEXT_NONE. */
static inline struct text text_of(const char *terminated)
{
    return (struct text){terminated, terminated ? strlen(terminated) : 0};
}
static inline bool text_is(struct text a, const char *b)
{
    return a.at && strlen(b) == a.size && memcmp(a.at, b, a.size) == 0;
}
static inline bool text_equal(struct text a, struct text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}
bool text_starts(struct text whole, const char *start);
bool text_ends(struct text whole, const char *end);
/* Without blanks and newlines at both ends. */
struct text text_trim(struct text t);
/* Cut *rest at the first `separator`: returns what is before it, *rest is what follows. */
struct text text_split(struct text *rest, char separator);
/* Valid UTF-8 without U+0000; surrogates and overlong forms are refused. */
bool text_is_utf8(struct text t);
/* Make it UTF-8, in place: a character cut off at the end goes, other wrong bytes become '?'. */
void text_mend(char *terminated);

#endif
