/* Looks for the files of other people; a sandbox that lets it is no sandbox. */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>

#include "ferry/connector.h"

#include "entry.h"

static void on_entry(struct ferry_connector *table)
{
    (void)table;
    if (open("/etc/passwd", O_RDONLY) >= 0 || open("/tmp", O_RDONLY) >= 0) {
        abort();
    }
}
BAD_CONNECTOR("reads-files")
