/* Was built for a later Ferry but uses nothing new. */

#include <stdint.h>

#include "ferry/connector.h"

#include "entry.h"

static void on_entry(struct ferry_connector *table)
{
    table->size += sizeof(uint64_t);
}
BAD_CONNECTOR("longer")
