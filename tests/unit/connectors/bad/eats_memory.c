/* Takes all memory there is, then goes on. */
#include "entry.h"
#include "ferry/connector.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void on_entry(struct ferry_connector *table)
{
    char *at;

    (void)table;
    for (int i = 0; i < 4096 && (at = malloc(1 << 20)); i++) {
        memset(at, 1, 4096);
    }
}
BAD_CONNECTOR("eats-memory")
