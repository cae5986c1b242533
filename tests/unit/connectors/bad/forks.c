/* Wants to be two. */
#include "entry.h"
#include "ferry/connector.h"
#include <stdint.h>
#include <unistd.h>

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    (void)fork();
}
BAD_CONNECTOR("forks")
