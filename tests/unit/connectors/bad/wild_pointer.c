/* Points nowhere. */

#include <stdint.h>

#include "ferry/connector.h"

#include "entry.h"

static void on_entry(struct ferry_connector *table)
{
    table->name = (const char *)(uintptr_t)0x10;
}
BAD_CONNECTOR("wild-pointer")
