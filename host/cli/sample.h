/* A list guessed from one answer of an API: where its records are, and what type each field has. */
#ifndef FERRY_CLI_SAMPLE_H
#define FERRY_CLI_SAMPLE_H

#include "base/arena.h"
#include "base/json.h"

struct sample {
    const char *records;  /* path to the records in the answer: "payouts.*", "*", "" */
    const char *type;     /* of a record; a line for each field */
    const char *key;      /* its key field; "" when no field may be one */
    const char *name;     /* the field that looks most like a name; always a text, else the key */
    const char *left_out; /* fields that cannot be declared, and why; "" none */
    const json_t *first;  /* the first record, borrowed from the answer */
};

/* REJECTED "sample": there are no records in it. Texts in the arena. */
MUST_CHECK bool sample_read(const json_t *answer, struct arena *arena, struct sample *ret,
                            struct error *err);

#endif
