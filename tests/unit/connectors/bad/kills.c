/* Wants to end the host. */
#include "entry.h"
#include "ferry/connector.h"
#include <signal.h>
#include <stdint.h>
#include <unistd.h>

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    (void)kill(getppid(), SIGKILL);
}
BAD_CONNECTOR("kills")
