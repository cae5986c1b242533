/* Writes half a description and waits for ever, without using the processor. */
#include <linux/futex.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    static const char half[] = "ok 1000\n{\"abi\":[0,1],";
    static uint32_t never;

    (void)table;
    (void)!write(3, half, sizeof half - 1);
    for (;;) {
        syscall(SYS_futex, &never, FUTEX_WAIT, 0, NULL, NULL, 0);
    }
}
BAD_CONNECTOR("half-then-sleeps")
