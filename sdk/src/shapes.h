/*
 * Which fields the structs of ferry/connector.h have, sorted by name so that what is written from
 * them is canonical without sorting.
 */
#ifndef FERRY_SHAPES_H
#define FERRY_SHAPES_H

#include "ferry/connector.h"

enum kind {
    KIND_TEXT,    /* const char * */
    KIND_NUMBER,  /* uint32_t */
    KIND_VERDICT, /* uint32_t, written as a word */
    KIND_ABI,     /* uint32_t, major and minor */
    KIND_ARRAY,   /* struct array of `shape` */
    KIND_TEXTS,   /* struct array of const char * */
    KIND_STRUCT,  /* pointer to a struct that begins with its size */
};

struct shape;
struct field {
    const char *name;
    size_t offset;
    enum kind kind;
    const struct shape *shape;
};
struct shape {
    const struct field *fields; /* sorted by name */
    size_t field_count;
    size_t size;
};

extern const struct shape ferry_connector_shape;

#endif
