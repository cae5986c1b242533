/* Says that its description is 4 GiB long, and ends. */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    static const char lies[] = "ok 4294967296\n{";

    (void)table;
    (void)!write(3, lies, sizeof lies - 1);
    _exit(0);
}
BAD_CONNECTOR("says-4-gib")
