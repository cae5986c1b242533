/* Elements of one byte each, so that every one of them is another reading of the same. */
#include <stdint.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    static const struct ferry_list list = {.name = "a", .record = "*id: text"};

    table->lists.at = &list;
    table->lists.count = 8;
    table->lists.stride = 1;
}
BAD_CONNECTOR("lies-stride")
