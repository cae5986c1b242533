/* Has a mapping that is a part of itself. */

#include <stdint.h>

#include "ferry/connector.h"

#include "entry.h"

static void on_entry(struct ferry_connector *table)
{
    static struct ferry_mapping mapping = {.name = "a", .to = "b"};
    static struct ferry_flow flow = {.name = "f"};

    mapping.parts.at = &mapping;
    mapping.parts.count = 1;
    mapping.parts.stride = sizeof mapping;
    flow.mappings = mapping.parts;
    table->flows.at = &flow;
    table->flows.count = 1;
    table->flows.stride = sizeof flow;
}
BAD_CONNECTOR("endless-parts")
