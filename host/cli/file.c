/* Files people name. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/cli_internal.h"

#define READ_BYTES 65536

static bool cannot(const char *path, const char *what, struct error *err)
{
    return error_set(err, ERROR_REJECTED, "file", "%s: cannot be %s: %s.", path, what,
                     strerror(errno));
}

static bool read_all(int fd, const char *path, struct buffer *ret, struct error *err)
{
    char room[READ_BYTES];
    ssize_t n;

    while ((n = read(fd, room, sizeof room)) != 0) {
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return cannot(path, "read", err);
        }
        buffer_add(ret, room, (size_t)n);
        if (ret->overflow) {
            return error_set(err, ERROR_REJECTED, "file", "%s: is over %zu MB.", path,
                             ret->max >> 20);
        }
    }
    return true;
}

bool cli_read_file(const char *path, size_t max, struct buffer *ret, struct error *err)
{
    int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    bool read;

    if (fd < 0) {
        return cannot(path, "read", err);
    }
    buffer_init(ret, max);
    read = read_all(fd, path, ret, err);
    close(fd);
    return read;
}

static bool write_all(int fd, struct text bytes)
{
    while (bytes.size > 0) {
        ssize_t n = write(fd, bytes.at, bytes.size);

        if (n < 0 && errno != EINTR) {
            return false;
        }
        bytes.at += n > 0 ? n : 0;
        bytes.size -= n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) == 0;
}

bool cli_write_file(const char *path, struct text bytes, struct error *err)
{
    AUTO(buffer_done) struct buffer beside = {0};
    int fd;
    bool written;

    buffer_init(&beside, 4096);
    buffer_addf(&beside, "%s.new", path);
    if (beside.overflow) {
        errno = ENAMETOOLONG;
        return cannot(path, "written", err);
    }
    fd = open(beside.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return cannot(path, "written", err);
    }
    written = write_all(fd, bytes);
    written = close(fd) == 0 && written && rename(beside.at, path) == 0;
    if (!written) {
        cannot(path, "written", err);
        unlink(beside.at);
    }
    return written;
}
