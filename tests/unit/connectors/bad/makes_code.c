/* Wants memory that is written and run. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "ferry/connector.h"

#include "entry.h"

static void on_entry(struct ferry_connector *table)
{
    int how = PROT_READ | PROT_WRITE | PROT_EXEC;

    (void)table;
    if (mmap(NULL, 4096, how, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) {
        abort();
    }
}
BAD_CONNECTOR("makes-code")
