/* What a body may hold: shapes of objects, and whether a body fits one. */
#ifndef FERRY_TWIN_STRICT_H
#define FERRY_TWIN_STRICT_H

#include "base/base.h"

struct shape {
    const char *name, *fields; /* fields NULL: anything goes */
};
extern const struct shape shapes[];
extern const size_t shape_count;

/* False: `why` says what is unknown or of the wrong type. `shape` is a name of shapes. */
bool strict_check(const char *shape, const json_t *j, char *why, size_t why_size);

#endif
