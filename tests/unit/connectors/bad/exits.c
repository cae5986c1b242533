/* Ends the worker as if all were well. */
#include "entry.h"
#include "ferry/connector.h"
#include <stdint.h>
#include <stdlib.h>

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    exit(0);
}
BAD_CONNECTOR("exits")
