/* Leaves something to run when the worker ends. */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void last(void)
{
    (void)!write(3, "{\"more\":1}", 10);
    abort();
}

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    on_exit((void (*)(int, void *))(uintptr_t)last, NULL);
}
BAD_CONNECTOR("exits-late")
