/* A compiled connector, as the files of this room see it. Read-only once compiled. */
#ifndef FERRY_MAP_PROGRAM_H
#define FERRY_MAP_PROGRAM_H

#include "base/dict.h"
#include "map/map.h"
#include "map/shape.h"

struct map_index {
    const char *name; /* canonical text of the expression */
    const struct node *value;
    bool over_list; /* one entry for each element */
};

struct map_condition_of_list {
    const char *source;
    const struct node *value;
};

/* What a form proposes for a column that is left empty. */
struct map_default {
    const struct field_type *field;
    const struct node *value;
};

struct map_list {
    const struct declared_list *declared;
    const struct record_type *type;
    struct shape *shape;
    const char *key; /* the only key field; NULL when there are several */
    bool is_xero, is_small, is_read, is_written;
    struct map_index *indexes;
    size_t index_count, index_capacity;
    struct map_condition_of_list conditions[3];
    size_t condition_count;
    struct map_default *defaults;
    size_t default_count;
};

struct sentence_piece;

/* "code: sentence" taken apart. */
struct reason {
    const char *code, *sentence;         /* as declared */
    const struct sentence_piece *pieces; /* of the sentence, with its values; see sentence.h */
};

struct rule_guard {
    enum ferry_verdict verdict;
    const struct node *when;
    const char *source;
    struct reason why;
};

struct rule_field {
    const char *name, *source;
    const struct node *value;
    const struct field_type *target;
};

/* What a mapping and a part of one have in common. */
struct rule {
    const struct declared_mapping *declared;
    const struct node *from;   /* of a part: a list; NULL: the same record */
    const struct shape *shape; /* of what is looked at; NULL: nothing */
    const char *to;            /* of a part: the field that holds the lines */
    struct rule_guard *guards;
    size_t guard_count;
    struct rule_field *fields;
    size_t field_count;
    struct rule *parts;
    size_t part_count;
};

enum from_kind { FROM_NOTHING, FROM_LIST, FROM_ELEMENTS, FROM_GROUP };

#define FROM_STEPS_MOST 4

struct map_mapping {
    struct rule rule;
    const char *flow;
    size_t index;
    enum from_kind from;
    const struct map_list *base, *target;
    const struct member *steps[FROM_STEPS_MOST]; /* of FROM_ELEMENTS, from the record inwards */
    const struct shape *step_shapes[FROM_STEPS_MOST];
    size_t step_count;
    const char *element_of;       /* of FROM_ELEMENTS */
    const struct node *group;     /* of FROM_GROUP: the call, of the whole list */
    const struct node *member_if; /* of FROM_GROUP: which records are in groups; NULL: all */
    const struct node *const *match;
    size_t match_count;
    const struct node *gone, *others, *approve;
    bool *refers; /* by mapping index: sent after, planned after */
    bool *sends;  /* by mapping index: its bodies hold their ids */
    bool *reads;  /* by list: looked at */
};

struct map_flow {
    const struct declared_flow *declared;
    struct rule_guard *guards;
    size_t guard_count;
    bool *reads; /* by list: its guards look at them */
};

/* How where(), find(), any() and all() look into a whole list: by one index. */
struct search {
    const struct map_list *list;
    const char *index;
    const struct node *value; /* what is searched for; does not look at the element */
};

struct program {
    const struct declaration *connector;
    struct arena *arena;
    struct map_list *lists;
    size_t list_count;
    struct map_mapping *mappings;
    size_t mapping_count;
    struct map_flow *flows;
    size_t flow_count;
    struct rule_guard *answers;
    size_t answer_count;
    struct shape *options, *answer, *period, *documents;
    const struct node **option_defaults; /* by option; NULL: none */
    struct dict *searches;               /* predicate (its address) → struct search */
    struct dict *shapes;  /* a call that makes records of its own (its address) → struct shape */
    struct dict *reasons; /* a call of hold or note (its address) → struct reason */
    struct dict *document_fields; /* names of documents' fields (their address) */
    struct dict *number_sums; /* sum() of plain numbers (its address): 0 of nothing, not money */
    size_t *order;
};

struct map_list *program_list(const struct program *program, const char *name);
struct map_mapping *program_mapping(const struct program *program, const char *name);
const struct search *program_search(const struct program *program, const struct node *predicate);
const struct shape *program_shape(const struct program *program, const struct node *call);
/* The address of a node as a key. */
#define NODE_KEY(node) ((struct text){(const char *)&(node), sizeof(node)})

#endif
