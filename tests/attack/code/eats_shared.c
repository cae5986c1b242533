/* Takes memory that is not counted as its own. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

#define STEP ((size_t)64 << 20)

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    for (size_t got = 0; got < 64 * STEP; got += STEP) {
        if (mmap(0, STEP, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0) ==
            MAP_FAILED) {
            return;
        }
    }
    abort(); /* 4 GiB */
}
BAD_CONNECTOR("eats-shared")
