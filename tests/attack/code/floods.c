/* Prints 4 GiB to its standard streams. */
#include <stdint.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    static char block[1 << 20];

    (void)table;
    for (int i = 0; i < 4096; i++) {
        (void)!write(1 + (i & 1), block, sizeof block);
    }
}
BAD_CONNECTOR("floods")
