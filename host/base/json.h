/*
 * JSON that keeps digits. Jansson's values, but its reader would make doubles of numbers; so Ferry
 * reads the text itself, and a number is a string with a mark (U+0001) in front, by which
 * `json_is_number_text`, `json_text` and the writer know it again: 70.10 goes out as 70.10. (A
 * U+0001 in the text itself becomes U+FFFD, so the mark is never forged; so does U+0000, which
 * would end it.)
 */
#ifndef FERRY_BASE_JSON_H
#define FERRY_BASE_JSON_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/decimal.h"

/* Caps for what comes from outside. */
#define JSON_DEPTH_MAX 64

#define JSON_NUMBER_MARK '\x01'

/*
 * Parse; numbers are marked strings. REJECTED "json" with line and column for anything wrong,
 * deeper than `max_depth`, or with a name given twice. A UTF-8 byte order mark is skipped.
 * ret: owned, json_decref.
 */
MUST_CHECK bool json_read(struct text t, unsigned max_depth, json_t **ret, struct error *err);

json_t *json_new_number(struct text digits); /* owned; digits must be a JSON number */
json_t *json_new_decimal(struct decimal d);  /* owned */
json_t *json_new_text(struct text t);        /* owned */
json_t *json_new_int(int64_t n);             /* owned */
bool json_is_number_text(const json_t *j);   /* a marked string */
/* The characters of a text or a number (without the mark); TEXT_NONE for anything else. */
struct text json_text(const json_t *j);
/* NULL, or not a number: `otherwise`. */
int64_t json_int(const json_t *j, int64_t otherwise);
/* "a.b.c" step by step through objects; NULL where a step is missing or null. Borrowed. */
json_t *json_path(const json_t *j, const char *path);
/* The text at a path, "" when absent; borrowed, terminated. */
const char *json_path_text(const json_t *j, const char *path);
/* Set at a path, making objects on the way. Takes `value`. */
void json_path_set(json_t *j, const char *path, json_t *value);

/* Canonical: names sorted by bytes, no blanks, marked strings as bare numbers. */
void json_write(const json_t *j, struct buffer *out);
/* The same, owned and terminated. */
char *json_write_text(const json_t *j);
/* Add one JSON string literal, quotes included. */
void json_write_string(struct text t, struct buffer *out);

/* AUTO_JSON json_t *j = NULL; */
void json_decref_at(json_t **j);
#define AUTO_JSON AUTO(json_decref_at)

#endif
