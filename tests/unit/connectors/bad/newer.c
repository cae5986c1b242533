/* Was built for a later Ferry and uses what is new there. */

#include <stdint.h>

#include "ferry/connector.h"

#include "entry.h"

static void on_entry(struct ferry_connector *table)
{
    table->size += sizeof(uint64_t);
    *(uint64_t *)(table + 1) = 1;
}
BAD_CONNECTOR("newer")
