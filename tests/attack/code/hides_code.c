/* Wants a file of its own that lies nowhere, to run from it. */
#include <stdint.h>
#include <sys/mman.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    (void)memfd_create("code", 0);
}
BAD_CONNECTOR("hides-code")
