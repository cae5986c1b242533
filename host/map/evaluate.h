/* The evaluator: what an expression yields for one record. Pure but for what the world tells. */
#ifndef FERRY_MAP_EVALUATE_H
#define FERRY_MAP_EVALUATE_H

#include "map/program.h"
#include "map/value.h"

/* The record in scope, and what is one step out. */
struct scope {
    struct record_value here; /* shape NULL: no record */
    const struct scope *parent;
};

#define NOTES_MOST           64
#define EVALUATION_MAX_BYTES ((size_t)64 << 20) /* of memory for one root */
#define EVALUATION_MAX_DEPTH 800

struct evaluation {
    const struct program *program;
    const struct map_world *world; /* NULL: the record alone */
    struct arena *arena;
    struct dict *memo;     /* derived fields that were worked out, by record and name */
    uint64_t steps, spent; /* left of this subject; spent on all of them */
    size_t memory_start;
    unsigned depth;
    bool held;  /* hold(), or a value that cannot be worked out: why is in code, sentence */
    bool waits; /* and it is no person's business: a WAIT of a part */
    const char *code, *sentence;
    struct error bug; /* kind other than NONE: the evaluation is worth nothing */
    const char *notes[NOTES_MOST];
    size_t note_count;
    const struct record_value *answer; /* of an API, for guards over answers */
};

void evaluation_start(struct evaluation *e, const struct program *program,
                      const struct map_world *world, struct arena *arena);
void evaluation_done(struct evaluation *e);
/* For the next subject: steps, verdict and notes anew; what is remembered stays. */
void evaluation_next(struct evaluation *e);

/* All return false when the subject is held or something is wrong. */
bool evaluate(struct evaluation *e, const struct node *node, const struct scope *scope,
              struct value *ret);
/* A condition: absent counts as false. */
bool evaluate_truth(struct evaluation *e, const struct node *node, const struct scope *scope,
                    bool *ret);
bool evaluate_names(struct evaluation *e, const struct node *node, const struct scope *scope,
                    struct value *ret);
bool evaluate_field(struct evaluation *e, const struct node *node, const struct scope *scope,
                    struct value *ret);
bool evaluate_index(struct evaluation *e, const struct node *node, const struct scope *scope,
                    struct value *ret);
bool evaluate_document(struct evaluation *e, const struct node *node, const struct scope *scope,
                       struct value *ret);
bool evaluate_call(struct evaluation *e, const struct node *node, const struct scope *scope,
                   struct value *ret);

/* Every node costs a step, and so does every element that is gone over; false: none are left. */
bool evaluation_spend(struct evaluation *e, size_t steps);
/* Both are false, as error_set is. A REJECTED error holds the subject, any other is a bug. */
#define evaluation_hold(...) (evaluation_set_held(__VA_ARGS__), error_false())
#define evaluation_fail(...) (evaluation_set_failed(__VA_ARGS__), error_false())
void evaluation_set_held(struct evaluation *e, const char *code, const char *format, ...)
    PRINTF_LIKE(3, 4);
void evaluation_set_failed(struct evaluation *e, const struct error *err);

/* ---- records (read_value.c) ---- */

/* A record by list and key; not read yet. */
struct record_value record_of(const struct map_list *list, const char *key);
/* Read it; holds with "not-read" when it is not there. */
bool record_load(struct evaluation *e, struct record_value *record);
bool record_member(struct evaluation *e, const struct record_value *record,
                   const struct member *member, struct value *ret);
/* The elements of a list inside a record. */
bool record_elements(struct evaluation *e, const struct record_value *record,
                     const struct member *member, struct value *ret);

/* ---- lists (lists.c) ---- */

/*
 * The elements that `list` yields, as a list of values; of a whole list only those that the index
 * of `predicate` finds (NULL: all of them), which the condition must still be asked of.
 */
bool list_items(struct evaluation *e, const struct node *list, const struct node *predicate,
                const struct scope *scope, struct value *ret);
/* The scope of one element; `call` is where the element's shape was kept if it is no record. */
bool list_scope(struct evaluation *e, const struct node *call, const struct value *element,
                const struct scope *outer, struct scope *ret);
/* The records of list `to` that fit a condition. */
bool list_where(struct evaluation *e, const struct map_list *list, const struct node *predicate,
                const struct scope *outer, struct value *ret);

/* ---- groups ---- */

/* The spelt key of what `call` puts a record into; absent parts hold with "group-key". */
bool group_key(struct evaluation *e, const struct node *call, const struct scope *row,
               struct value *ret_keys, const char **ret_key);
/* The key of the group of a mapping that a record is in; *ret_key NULL: in none. */
bool group_of_row(struct evaluation *e, const struct map_mapping *mapping, const struct scope *row,
                  const char **ret_key);
struct record_value group_record(struct evaluation *e, const struct shape *shape, const char *key,
                                 const struct value *keys, struct value rows);

/* ---- documents ---- */

/* The document of a mapping that a record is in; key NULL: none. */
bool document_of(struct evaluation *e, const struct map_mapping *mapping,
                 const struct record_value *record, struct value *ret);
bool document_field(struct evaluation *e, const struct value *document, const char *field,
                    struct value *ret);
/* Held with this code: a field of a document that nobody knows yet was asked for. */
#define UNKNOWN_DOCUMENT "unknown-document"
/* What it was written to, as a reference; absent before. For comparing it with records. */
struct value document_object(struct evaluation *e, const struct value *document);
bool document_exists(struct evaluation *e, const struct value *document);

#endif
