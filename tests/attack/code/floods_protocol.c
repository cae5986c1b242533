/* Writes 4 GiB where its description belongs. */
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    static char block[1 << 20];

    (void)table;
    memset(block, 'a', sizeof block);
    for (int i = 0; i < 4096; i++) {
        (void)!write(3, block, sizeof block);
    }
}
BAD_CONNECTOR("floods-protocol")
