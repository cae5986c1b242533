/*
 * Text to pointer. Keys are copied, values are borrowed. Iteration is in order of insertion.
 */
#ifndef FERRY_BASE_DICT_H
#define FERRY_BASE_DICT_H

#include "base/text.h"

struct dict;

struct dict *dict_new(void);
void dict_free(struct dict *dict); /* NULL ok; values are the caller's */
void dict_set(struct dict *dict, struct text key, void *value);
void *dict_get(const struct dict *dict, struct text key); /* NULL when absent */
bool dict_remove(struct dict *dict, struct text key);
size_t dict_count(const struct dict *dict);
/* Start with *cursor = 0; false at the end. */
bool dict_next(const struct dict *dict, size_t *cursor, struct text *key, void **value);

#endif
