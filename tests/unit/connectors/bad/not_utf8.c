/* Writes Latin-1. */
#include <stdint.h>

#include "entry.h"
#include "ferry/connector.h"

static void on_entry(struct ferry_connector *table)
{
    table->name = "M\374ller";
}
BAD_CONNECTOR("not-utf8")
