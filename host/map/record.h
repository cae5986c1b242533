/*
 * Records as they come from the other side, checked against their type. Only declared fields are
 * kept, each converted to what it was declared as; so whatever is in the mirror can be trusted to
 * have its type.
 */
#ifndef FERRY_MAP_RECORD_H
#define FERRY_MAP_RECORD_H

#include "base/json.h"
#include "map/record_type.h"

struct record_source {
    const json_t *wire;          /* what was sent */
    const json_t *parent_fields; /* fields known before reading (a kept key, a parent), or NULL */
    const char *absent;          /* what this API writes for nothing: "''", "'' 'none'"; "": null */
};

/*
 * ret_record: owned. ret_key: in arena; key fields joined by '/', with '%' and '/' in them as %25
 * and %2F. REJECTED "field": names the field, what it was, and what it ought to be.
 */
MUST_CHECK bool record_read(const struct record_type *type, const struct record_source *source,
                            struct arena *arena, json_t **ret_record, const char **ret_key,
                            struct error *err);

#endif
