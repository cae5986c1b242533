/* Elements that go on behind the end of everything. */
#include <stdint.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    static const struct ferry_list list = {.name = "a", .record = "*id: text"};

    table->lists.at = &list;
    table->lists.count = 60000;
    table->lists.stride = 4096;
}
BAD_CONNECTOR("wild-stride")
