/* What goes to the host. Plain write(2): it must work behind every fence. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "ferry/worker.h"
#include "worker/worker.h"

bool report_write(const void *bytes, size_t size)
{
    const char *at = bytes;

    while (size > 0) {
        ssize_t written = write(FERRY_WORKER_FD, at, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        at += written;
        size -= (size_t)written;
    }
    return true;
}

bool report_line(const char *format, ...)
{
    char line[1024];
    va_list arguments;

    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line - 1, format, arguments);
    va_end(arguments);
    if (size < 0) {
        return false;
    }
    size_t length = (size_t)size < sizeof line - 1 ? (size_t)size : sizeof line - 2;
    for (size_t i = 0; i < length; i++) {
        line[i] = line[i] == '\n' ? ' ' : line[i];
    }
    line[length] = '\n';
    return report_write(line, length + 1);
}
