/* Looks for secrets in the environment and beside itself; gives up loudly when it finds one. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ferry/connector.h"

#include "../../unit/connectors/bad/entry.h"

extern char **environ;

static void on_entry(struct ferry_connector *table)
{
    char name[64];

    (void)table;
    snprintf(name, sizeof name, "/proc/%d/environ", getppid());
    if ((environ && environ[0]) || open(name, O_RDONLY) >= 0 ||
        open("/proc/self/maps", O_RDONLY) >= 0 || open("ferry.db", O_RDONLY) >= 0 ||
        open("/proc/self/fd/4", O_RDWR) >= 0) {
        abort();
    }
    for (int fd = 5; fd < 64; fd++) {
        if (lseek(fd, 0, SEEK_CUR) >= 0) {
            abort();
        }
    }
}
BAD_CONNECTOR("looks-around")
