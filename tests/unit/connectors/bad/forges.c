/* Writes into the protocol itself. */
#include <stdint.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "entry.h"

static void on_entry(struct ferry_connector *table)
{
    static const char lies[] = "ok 5\n[1,2]";

    (void)table;
    (void)!write(3, lies, sizeof lies - 1);
}
BAD_CONNECTOR("forges")
