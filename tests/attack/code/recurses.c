/* Uses up its stack. */
#include <stdint.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static volatile int depth;

static int deeper(volatile char *outer)
{
    volatile char room[4096];

    room[0] = outer ? outer[0] : 1;
    depth++;
    return deeper(room) + room[0];
}

static void on_entry(struct ferry_connector *table)
{
    table->abi += (uint32_t)deeper(0) & 0;
}
BAD_CONNECTOR("recurses")
