/* Makes its own code writable. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    uintptr_t page = (uintptr_t)on_entry & ~(uintptr_t)4095;

    (void)table;
    if (mprotect((char *)page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) == 0) {
        abort();
    }
}
BAD_CONNECTOR("changes-code")
