/*
 * Sentences for people, with values in them: "unbalanced: Debits and credits differ by
 * {sum(items, amount)}." Checked once, said while a document is looked at.
 */
#ifndef FERRY_MAP_SENTENCE_H
#define FERRY_MAP_SENTENCE_H

#include "map/check.h"
#include "map/evaluate.h"

struct sentence_piece {
    const char *words;        /* before the value */
    const struct node *value; /* NULL: none, the sentence ends */
};

/*
 * Take "code: sentence" apart and check the {expressions} in it. A brace that is meant is doubled.
 *
 * column   where the text begins in the source of complaints, from 0
 * false    after one complaint
 */
bool reason_check(struct checker *c, const char *text, unsigned column, const struct place *place,
                  struct reason *ret);
/* The sentence with its values, in the evaluation's arena. A value that is not there is "nothing";
 * one that cannot be worked out is "?": a reason is never lost over its own words. */
const char *reason_say(struct evaluation *e, const struct reason *reason,
                       const struct scope *scope);

#endif
