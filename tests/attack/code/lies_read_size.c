/* A struct inside says that it has no size at all. */
#include <stdint.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    static const struct ferry_read read = {.size = 3, .get = "GET /x"};
    static const struct ferry_list list = {.name = "a", .record = "*id: text", .read = &read};

    table->lists.at = &list;
    table->lists.count = 1;
    table->lists.stride = sizeof list;
}
BAD_CONNECTOR("lies-read-size")
