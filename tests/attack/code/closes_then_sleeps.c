/* Closes the protocol, as if it had ended, and stays. */
#include <linux/futex.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    static uint32_t never;

    (void)table;
    close(3);
    for (;;) {
        syscall(SYS_futex, &never, FUTEX_WAIT, 0, NULL, NULL, 0);
    }
}
BAD_CONNECTOR("closes-then-sleeps")
