/* Closes the protocol and then declares itself, which nobody hears. */
#include <stdint.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    close(3);
}
BAD_CONNECTOR("closes")
