/* The file of a connector: looked at once, copied, and only the copy is used from then on. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "connectors/connectors.h"
#include "crypto/crypto.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 8u
#endif

static bool check_owner(int fd, const char *path, struct error *err)
{
    struct stat status;

    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        return error_set(err, ERROR_CONFIG, "connector-file", "%s is not a regular file.", path);
    }
    if (status.st_size <= 0 || status.st_size > (off_t)CONNECTOR_FILE_MAX) {
        return error_set(err, ERROR_CONFIG, "connector-file",
                         "%s is empty or larger than %u MiB, which no connector is.", path,
                         CONNECTOR_FILE_MAX >> 20);
    }
    if (status.st_uid != 0 && status.st_uid != geteuid()) {
        return error_set(err, ERROR_CONFIG, "connector-owner",
                         "%s belongs to user %u; it must belong to root or to the user that runs "
                         "ferry.",
                         path, (unsigned)status.st_uid);
    }
    if (status.st_mode & (S_IWGRP | S_IWOTH | S_ISUID | S_ISGID)) {
        return error_set(err, ERROR_CONFIG, "connector-mode",
                         "%s may be changed by others (mode %03o); run: chmod go-w,ug-s on it.",
                         path, (unsigned)status.st_mode & 07777);
    }
    return true;
}

static bool read_whole(int fd, struct buffer *out)
{
    char block[65536];
    ssize_t size;

    do {
        size = read(fd, block, sizeof block);
        if (size > 0) {
            buffer_add(out, block, (size_t)size);
        }
    } while (size > 0 || (size < 0 && errno == EINTR));
    return size == 0 && !out->overflow;
}

static bool write_whole(int fd, struct text bytes)
{
    while (bytes.size > 0) {
        ssize_t size = write(fd, bytes.at, bytes.size);
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size <= 0) {
            return false;
        }
        bytes.at += size;
        bytes.size -= (size_t)size;
    }
    return true;
}

/* A copy in memory that nobody can change any more, opened for reading only. */
static bool seal(struct text bytes, int *ret_fd, struct error *err)
{
    unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    int fd = memfd_create("connector", flags | MFD_NOEXEC_SEAL);

    if (fd < 0 && errno == EINVAL) {
        fd = memfd_create("connector", flags); /* before Linux 6.3 */
    }
    if (fd >= 0 && write_whole(fd, bytes) &&
        fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0) {
        *ret_fd = fd;
        return true;
    }
    error_set(err, ERROR_TRANSIENT, "connector-file", "No copy could be made in memory: %s.",
              strerror(errno));
    if (fd >= 0) {
        close(fd);
    }
    return false;
}

static bool open_checked(const char *path, struct buffer *bytes, struct error *err)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0) {
        return error_set(err, ERROR_CONFIG, "connector-file", "%s cannot be opened: %s.", path,
                         errno == ELOOP ? "it is a symbolic link" : strerror(errno));
    }
    bool ok = check_owner(fd, path, err);
    if (ok && !read_whole(fd, bytes)) {
        ok = error_set(err, ERROR_CONFIG, "connector-file", "%s cannot be read.", path);
    }
    close(fd);
    return ok;
}

bool connector_open(const char *path, struct connector_file *ret, struct error *err)
{
    AUTO(buffer_done) struct buffer bytes;

    *ret = (struct connector_file){.fd = -1};
    buffer_init(&bytes, CONNECTOR_FILE_MAX);
    if (!open_checked(path, &bytes, err)) {
        return false;
    }
    crypto_sha256_hex(buffer_text(&bytes), ret->sha256);
    if (!elf_check(buffer_text(&bytes), &ret->note, err)) {
        return error_at(err, "%s", path);
    }
    return seal(buffer_text(&bytes), &ret->fd, err);
}

void connector_close(struct connector_file *file)
{
    if (file->fd >= 0) {
        close(file->fd);
    }
    file->fd = -1;
}
