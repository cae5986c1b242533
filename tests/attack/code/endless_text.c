/* A text that has no end. */
#include <stdint.h>
#include <string.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

static void on_entry(struct ferry_connector *table)
{
    static char text[1 << 20];

    memset(text, 'a', sizeof text - 1);
    table->about = text;
}
BAD_CONNECTOR("endless-text")
