/*
 * What a checked connector does with what it takes, for people to look at before anything runs:
 * read from its declaration alone, without a record.
 */
#ifndef FERRY_MAP_OVERVIEW_H
#define FERRY_MAP_OVERVIEW_H

#include "map/map.h"

/* A field of a list's records that is one of some words: a choice, or a text that the mappings
 * compare with several; those end with "(anything else)". */
struct map_choice {
    const char *field;
    const char *const *words;
    size_t word_count;
};
/* Those that stand in the records themselves, not in lists inside them. ret: in arena. */
size_t map_choices(const struct program *program, const struct map_list *list, struct arena *arena,
                   const struct map_choice **ret);

/*
 * Whether a record whose `field` is `word` is never wanted by the mapping, whatever else it holds:
 * a guard is true for certain. False when the word alone does not decide it. The mapping takes the
 * records of a list, or elements inside them.
 */
struct map_refusal {
    enum ferry_verdict verdict;
    const char *code, *sentence; /* as declared */
};
bool map_refuses(const struct map_mapping *mapping, const char *field, const char *word,
                 struct arena *arena, struct map_refusal *ret);

/* The features that people may have to approve for documents of this mapping, as far as its
 * expression names them. ret: in arena. */
size_t map_features(const struct map_mapping *mapping, struct arena *arena,
                    const char *const **ret);

/*
 * How often the connector says what the language has: every function with its count, also those
 * that it does not call; operators, fields of documents ("@.state") and types with theirs. ret: in
 * arena.
 */
struct map_use {
    const char *kind; /* function, operator, document, type */
    const char *name;
    unsigned count;
};
size_t map_uses(const struct program *program, struct arena *arena, const struct map_use **ret);

/*
 * All of that as JSON, for `ferry connector show`. Owned.
 *
 *   becomes    [{"list","mappings":[name],"choices":[{"field","words":[{"word","takes":[mapping],
 *              "refuses":[{"mapping","verdict","code","sentence"}]}]}]}], by the list that mappings
 *              take ("": exactly one document); choices that decide nothing are left out
 *   approvals  [{"feature","mapping"}]
 *   uses       {kind: {name: count}}
 */
json_t *map_overview_json(const struct program *program);

#endif
