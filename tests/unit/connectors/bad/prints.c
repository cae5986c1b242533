/* Prints a lot, which nobody asked for. */
#include <stdint.h>
#include <stdio.h>

#include "ferry/connector.h"

#include "entry.h"

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    for (int i = 0; i < 20000; i++) {
        puts("\033[2Jok 2\n{}");
    }
    fflush(stdout);
}
BAD_CONNECTOR("prints")
