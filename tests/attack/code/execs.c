/* Becomes another program. */
#include <stdint.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    char *const nothing[] = {0};

    (void)table;
    execve("/bin/sh", nothing, nothing);
}
BAD_CONNECTOR("execs")
