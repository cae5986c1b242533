/* Stops and steers the process that holds the tokens. */
#include <stdint.h>
#include <sys/ptrace.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    (void)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
    _exit(0);
}
BAD_CONNECTOR("traces-parent")
