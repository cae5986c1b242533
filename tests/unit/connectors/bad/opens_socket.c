/* Wants to talk to somebody. */
#include "entry.h"
#include "ferry/connector.h"
#include <stdint.h>
#include <sys/socket.h>

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    (void)socket(AF_INET, SOCK_STREAM, 0);
}
BAD_CONNECTOR("opens-socket")
