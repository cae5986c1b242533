/* Was built for an ABI that nobody knows. */
#include <stdint.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    table->abi = UINT32_MAX;
}
BAD_CONNECTOR("other-abi")
