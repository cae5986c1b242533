/* Never comes back. */
#include <stdint.h>

#include "entry.h"
#include "ferry/connector.h"

static void on_entry(struct ferry_connector *table)
{
    volatile uint32_t *at = &table->size;

    while (*at) {
    }
}
BAD_CONNECTOR("loops")
