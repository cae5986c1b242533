/* Says that its table is four thousand million bytes long. */
#include <stdint.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    table->size = UINT32_MAX;
}
BAD_CONNECTOR("lies-size")
