/* The pass over JSON text before Jansson sees it; internal to json.c. */
#ifndef FERRY_BASE_JSON_SCAN_H
#define FERRY_BASE_JSON_SCAN_H

#include "base/buffer.h"

#define JSON_NUMBER_MARK '\x01'

/* Copy `t` to *out with every number as a marked string. REJECTED "json" with line and column. */
MUST_CHECK bool json_scan(struct text t, unsigned max_depth, struct buffer *out, struct error *err);

#endif
