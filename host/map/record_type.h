/*
 * The type language: what the fields of a record are. Read-only once parsed, in the arena it was
 * parsed into. Names of lists are as written; whether they exist is the checker's business.
 */
#ifndef FERRY_MAP_RECORD_TYPE_H
#define FERRY_MAP_RECORD_TYPE_H

#include "map/ast.h"

enum type_kind {
    TYPE_TEXT,
    TYPE_DECIMAL,
    TYPE_BOOL,
    TYPE_DATE,
    TYPE_TIME,
    TYPE_FILE,
    TYPE_POSITION,  /* the place of an element in its list */
    TYPE_MONEY,     /* money(currency): a number in major units */
    TYPE_MINOR,     /* minor(currency): a number in minor units; money from there on */
    TYPE_CHOICE,    /* one of `names` */
    TYPE_REFERENCE, /* a record of one of the lists in `names` */
    TYPE_RECORDS,   /* a list inside the record */
};

struct record_type;

struct field_type {
    const char *name; /* wire name, dots for nesting */
    unsigned column;
    enum type_kind kind;
    const char *const *names; /* of a choice or a reference */
    size_t name_count;
    const struct node *currency;       /* of money and minor */
    const struct record_type *records; /* of a list inside */
    unsigned text_most;                /* text(n); 0: no limit */
    bool is_key, is_optional, is_read_only;
    bool is_list, is_table; /* type[] and type{} */
};

struct record_type {
    const struct field_type *fields;
    size_t field_count;
};

/* NULL when it is no record type. */
const struct record_type *record_type_parse(const char *source, struct arena *arena,
                                            struct syntax_error *err);
/* The type of an option or of a column of a form; NULL when it is none. */
const struct field_type *field_type_parse(const char *source, struct arena *arena,
                                          struct syntax_error *err);
/* The field of this full name; NULL when there is none. */
const struct field_type *record_type_field(const struct record_type *type, const char *name);

#endif
