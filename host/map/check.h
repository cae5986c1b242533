/* The checker: the type of every expression, before anything is evaluated. */
#ifndef FERRY_MAP_CHECK_H
#define FERRY_MAP_CHECK_H

#include "map/program.h"

/* Something that was tested to be present, in canonical spelling. */
struct fact {
    const char *text;
    const struct fact *next;
};

/* Where an expression stands: the record in scope, and what is one step out. */
struct place {
    const struct shape *shape; /* NULL: no record */
    const struct place *parent;
    const struct fact *facts;
};

#define COMPLAINTS_MOST 500

struct checker {
    struct program *program;
    struct arena *arena;
    bool *refers; /* by mapping index: what the expression at hand says @ to; may be NULL */
    bool *sends;  /* by mapping index: whose ids go into the body at hand; may be NULL */
    bool *reads;  /* by list: what it looks at; may be NULL */
    const char *where, *source; /* for complaints */
    struct complaint *complaints;
    size_t count, capacity;
    bool *options_used;
    unsigned depth; /* expressions inside expressions, through derived fields too */
    size_t steps;   /* expressions looked at */
};

/* Whoever declares more than this wants something else than to be checked. */
#define CHECK_MAX_DEPTH 800
#define CHECK_MAX_STEPS 1000000
#define CHECK_MAX_BYTES ((size_t)256 << 20)

/* Record a complaint; check_fail is false, as error_set is. node NULL: the whole source. */
#define check_fail(...) (check_complain(__VA_ARGS__), error_false())
void check_complain(struct checker *c, const struct node *node, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* "; did you mean 'x'?" or "". */
const char *check_hint(struct checker *c, const char *name, const char *const *names, size_t count);
const char *check_hint_member(struct checker *c, const char *name, const struct shape *shape);

/* The type of an expression; false after one complaint. */
bool check_infer(struct checker *c, const struct node *node, const struct place *place,
                 struct type *ret);
/* It must be one of these kinds (a bit each), and present unless `optional`. */
#define AS(is) (1u << (is))
bool check_need(struct checker *c, const struct node *node, const struct type *type, unsigned kinds,
                const char *what);
bool check_present(struct checker *c, const struct node *node, const struct type *type,
                   const char *what);
/* A whole list is only gone through when it is small. */
bool check_small(struct checker *c, const struct node *node, const struct type *list);
/* What two branches have in common. */
bool check_unify(struct checker *c, const struct node *node, const struct type *a,
                 const struct type *b, struct type *ret);
/* Whether a value of this type may go into such a field. */
bool check_fits(struct checker *c, const struct node *node, const struct type *type,
                const struct type *want, const char *what);
bool check_comparable(struct checker *c, const struct node *node, const struct type *a,
                      const struct type *b);
bool check_ordered(struct checker *c, const struct node *node, const struct type *a,
                   const struct type *b);

/* check_names.c */
bool check_name(struct checker *c, const struct node *node, const struct place *place,
                struct type *ret);
bool check_field(struct checker *c, const struct node *node, const struct place *place,
                 struct type *ret);
bool check_index(struct checker *c, const struct node *node, const struct place *place,
                 struct type *ret);
/* The expression at hand looks at records of this list. */
void check_reads(struct checker *c, struct map_list *list);
/* The type of a member, its derivation checked first. */
bool check_member(struct checker *c, const struct node *node, struct member *member,
                  const struct shape *shape, struct type *ret);
/* The list that a name or xero.Name is; NULL when it is none. */
struct map_list *check_list_of(struct checker *c, const struct node *node,
                               const struct place *place);

/* check_document.c */
bool check_document(struct checker *c, const struct node *node, const struct place *place,
                    struct type *ret);

/* facts.c */
const struct fact *facts_if_true(struct checker *c, const struct node *node,
                                 const struct fact *facts);
const struct fact *facts_if_false(struct checker *c, const struct node *node,
                                  const struct fact *facts);
/* Whether this expression was tested to be present. */
bool facts_say_present(struct checker *c, const struct node *node, const struct place *place);
bool facts_say_filled(struct checker *c, const struct node *node, const struct place *place);

/* relation.c: how a record of a shape and the documents of a mapping belong together. */
enum relation {
    RELATION_NONE,
    RELATION_ONE,     /* the mapping has exactly one document */
    RELATION_TARGET,  /* the record is what the document was written to */
    RELATION_RECORD,  /* the record is the subject */
    RELATION_ROW,     /* the record is in the subject, a group */
    RELATION_GROUP,   /* the group is the subject */
    RELATION_ELEMENT, /* the element is the subject */
};
enum relation relation_of(const struct map_mapping *mapping, const struct shape *shape);

/* search.c: find the index for a condition over a whole list; complains when there is none. */
bool check_search(struct checker *c, const struct node *call, struct map_list *list,
                  const struct place *element);

/* function.c */
bool check_call(struct checker *c, const struct node *node, const struct place *place,
                struct type *ret);
const struct type *check_keep_type(struct checker *c, struct type type);
struct type type_of(enum type_is is);

#endif
