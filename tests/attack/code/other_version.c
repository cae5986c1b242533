/* Is not the version that its note says. */
#include <stdint.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    table->version = "9.9.9";
}
BAD_CONNECTOR("other-version")
