/* Writes a whole description itself, of a connector that people trust. */
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    static const char lies[] =
        "{\"abi\":[0,1],\"hosts\":\"api api.payhawk.com\",\"id\":\"payhawk\","
        "\"name\":\"Payhawk\",\"version\":\"1.0.0\"}";
    char line[32];
    int size = snprintf(line, sizeof line, "ok %zu\n", sizeof lies - 1);

    (void)table;
    (void)!write(3, line, (size_t)size);
    (void)!write(3, lies, sizeof lies - 1);
    _exit(0);
}
BAD_CONNECTOR("forges-another")
