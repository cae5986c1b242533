/* Time zones from the system's tzdata, internal to base/date.h's instant_day. */
#ifndef FERRY_BASE_ZONE_H
#define FERRY_BASE_ZONE_H

#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

/* Seconds east of Greenwich at this instant. REJECTED "zone" for a name that is unknown. */
MUST_CHECK bool zone_offset_s(struct text name, int64_t unix_s, int32_t *ret, struct error *err);
/* The IANA name for one of Xero's Organisation.Timezone values; NULL: not one of them. */
const char *zone_from_xero(struct text name);

#endif
