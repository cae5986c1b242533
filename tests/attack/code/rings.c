/* Goes past the filter with a ring of calls. */
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    char parameters[120] = "";

    (void)table;
    syscall(SYS_io_uring_setup, 8, parameters);
}
BAD_CONNECTOR("rings")
