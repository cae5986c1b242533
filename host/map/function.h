/* The functions of the language: how each is checked and what it yields, in one row. */
#ifndef FERRY_MAP_FUNCTION_H
#define FERRY_MAP_FUNCTION_H

#include "map/check.h"
#include "map/evaluate.h"

struct function {
    const char *name;
    unsigned least, most; /* arguments */
    bool (*check)(struct checker *c, const struct node *call, const struct place *place,
                  struct type *ret);
    bool (*evaluate)(struct evaluation *e, const struct node *call, const struct scope *scope,
                     struct value *ret);
};

/* Each ends with { NULL }. */
extern const struct function functions_of_choice[];
extern const struct function functions_of_text[];
extern const struct function functions_of_numbers[];
extern const struct function functions_of_days[];
extern const struct function functions_of_lists[];
extern const struct function functions_of_groups[];

/* The first argument is a list; one that may be absent is taken as one without elements. */
bool check_list_argument(struct checker *c, const struct node *call, const struct place *place,
                         struct type *ret);
/* What a function over a list sees of one element; kept for the evaluator when it is no record. */
bool check_element_place(struct checker *c, const struct node *call, const struct type *list,
                         const struct place *place, struct place *ret);

const struct function *function_find(const char *name);
const struct function *function_at(size_t index); /* NULL behind the last */

/* "code: sentence"; false when it is no such text. */
bool reason_read(const char *text, struct arena *arena, struct reason *ret);
/* The type of argument i, one of `kinds`; it may be absent. */
bool check_argument(struct checker *c, const struct node *call, size_t i, const struct place *place,
                    unsigned kinds, struct type *ret);
/* The same, and it must be present. */
bool check_argument_present(struct checker *c, const struct node *call, size_t i,
                            const struct place *place, unsigned kinds, struct type *ret);

#endif
