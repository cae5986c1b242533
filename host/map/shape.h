/*
 * Shapes: what the checker and the evaluator know of records beyond their types: fields by the
 * names people write, objects inside records, derived fields, elements, groups. Built once by
 * map_compile.
 */
#ifndef FERRY_MAP_SHAPE_H
#define FERRY_MAP_SHAPE_H

#include "map/declaration.h"
#include "map/record_type.h"

/* What an expression is known to yield before it is evaluated. */
enum type_is {
    IS_TEXT,
    IS_DECIMAL,
    IS_BOOL,
    IS_DATE,
    IS_TIME,
    IS_MONEY,
    IS_FILE,
    IS_CHOICE,    /* a text, one of `names` */
    IS_RECORD,    /* of `shape` */
    IS_REFERENCE, /* to a record of one of the lists in `names` */
    IS_LIST,      /* of `of` */
    IS_TABLE,     /* of `of`, by text */
    IS_DOCUMENT,  /* of the mapping `names[0]` */
    IS_NEVER,     /* hold() */
};

struct shape;
struct map_list;

struct type {
    enum type_is is;
    bool optional;
    const char *const *names;
    size_t name_count;
    const struct shape *shape;
    const struct type *of;
    const struct map_list *whole;  /* IS_LIST: all records of this list */
    const struct map_list *key_of; /* IS_TEXT: the key of this list's records */
};

enum member_kind {
    MEMBER_FIELD,
    MEMBER_INSIDE,  /* an object inside the record: a dotted name's first part */
    MEMBER_DERIVED, /* an expression */
    MEMBER_KEY,     /* a key of a group */
    MEMBER_ROWS,    /* the rows of a group */
};

struct member {
    const char *name;
    enum member_kind kind;
    const struct field_type *field; /* MEMBER_FIELD */
    const struct shape *shape;      /* inside, elements (of texts too), rows */
    const struct node *value;       /* MEMBER_DERIVED, MEMBER_KEY */
    const char *source;             /* of value */
    struct type type;               /* of derived ones once checked */
    enum { DERIVED_UNCHECKED, DERIVED_BUSY, DERIVED_CHECKED, DERIVED_WRONG } derived;
    bool *refers; /* of derived ones: mappings they say @ to, by index */
    bool *reads;  /* and lists they look at */
    size_t place; /* of a key among the keys */
};

struct shape {
    const char *name;            /* for messages: "expenses", "expenses[]" */
    const struct map_list *list; /* whose records; NULL for elements, groups and roots */
    const struct shape *outer;   /* of elements */
    const struct shape *root;    /* of objects inside: the record's own */
    const char *element_of;      /* "expenses.lineItems"; "" for what is no element */
    const struct node *group;    /* the call that makes these groups */
    const struct shape *rows;    /* of a group */
    const struct record_type *type;
    struct member *members;
    size_t member_count, member_capacity;
};

/* A shape for every record of `type`; elements and objects inside get theirs too. */
struct shape *shape_new(const char *name, const struct record_type *type,
                        const struct map_list *list, struct arena *arena);
/* For elements that are no records: one member, "value". */
struct shape *shape_of_values(const struct type *of, struct arena *arena);
struct member *shape_add(struct shape *shape, const char *name, struct arena *arena);
/* NULL when there is none. */
struct member *shape_member(const struct shape *shape, const char *name);

/* For messages. In arena. */
const char *type_spelling(const struct type *type, struct arena *arena);

#endif
