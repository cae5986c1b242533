/* Is not what its note says. */
#include <stdint.h>

#include "entry.h"
#include "ferry/connector.h"

static void on_entry(struct ferry_connector *table)
{
    table->id = "payhawk";
}
BAD_CONNECTOR("other-id")
