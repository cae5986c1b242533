/* Declares no host that could be one. */
#include <stdint.h>

#include "entry.h"
#include "ferry/connector.h"

static void on_entry(struct ferry_connector *table)
{
    table->hosts = "api *";
}
BAD_CONNECTOR("bad-host")
