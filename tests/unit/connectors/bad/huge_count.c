/* Says that it has four thousand million lists. */

#include <stdint.h>

#include "ferry/connector.h"

#include "entry.h"

static void on_entry(struct ferry_connector *table)
{
    static const struct ferry_list list = {.name = "a", .record = "*id: text"};

    table->lists.at = &list;
    table->lists.count = UINT32_MAX;
    table->lists.stride = sizeof list;
}
BAD_CONNECTOR("huge-count")
