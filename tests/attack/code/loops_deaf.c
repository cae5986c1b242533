/* Never comes back, and does not listen to the signal that says so. */
#include <signal.h>
#include <stdint.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    volatile uint32_t *at = &table->size;
    sigset_t all;

    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    while (*at) {
    }
}
BAD_CONNECTOR("loops-deaf")
