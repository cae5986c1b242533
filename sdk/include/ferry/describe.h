/*
 * ferry/describe.h: write down what a connector declares (libferrysdk, libc only).
 *
 * Version history
 *   0.1  ferry_describe
 *
 * Connectors do not need this header. Ferry's worker uses it, and test kits may.
 */
#ifndef FERRY_DESCRIBE_H
#define FERRY_DESCRIBE_H

#include <stddef.h>

#include "ferry/connector.h"

#define FERRY_TEXT_MAX  65536 /* bytes of one string */
#define FERRY_ROWS_MAX  65536 /* elements of all arrays together */
#define FERRY_DEPTH_MAX 16    /* arrays inside arrays */

/* Takes the bytes as they are written, in order; returns 0 to stop. */
struct ferry_sink {
    void *self;
    int (*add)(void *self, const char *bytes, size_t size);
};

/* Why a connector was not written down; both terminated, ASCII. */
struct ferry_problem {
    char code[32];
    char sentence[320]; /* with the place: "lists[3].derive[0].name …" */
};

/*
 * Write the tables as canonical JSON: names sorted by bytes, no blanks, what was not said (NULL,
 * 0, an empty array) left out, verdicts as "skip" "wait" "hold" "retry" "taken", and "abi" as
 * [major,minor].
 *
 * The rules of ferry/connector.h are kept: arrays are walked by their stride, structs are read up
 * to their own size, what is longer must be zero. Pointers cannot be checked: a bad one ends the
 * process, so a connector that is not trusted is only described in ferry-worker.
 *
 * Returns 1, or 0 with *ret filled. Codes: too-new (needs a newer Ferry), abi, no-id, stride,
 * size, verdict, not-utf8, text-too-long, too-many-rows, too-deep, empty-array, sink.
 * Any thread; no allocation; uses about 12 KiB of stack.
 */
int ferry_describe(const struct ferry_connector *connector, const struct ferry_sink *sink,
                   struct ferry_problem *ret);

#endif
