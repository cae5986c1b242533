#include "store/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

char *store_beside(const char *path, const char *ending)
{
    struct buffer name;

    buffer_init(&name, 4096);
    buffer_addf(&name, "%s%s", path, ending);
    return buffer_take(&name);
}

static bool in_use(int fd, const char *path, struct error *err)
{
    char pid[24] = "";

    if (pread(fd, pid, sizeof pid - 1, 0) < 0) {
        pid[0] = '\0';
    }
    pid[strcspn(pid, "\n")] = '\0';
    return error_set(err, ERROR_CONFIG, "in-use", "%s is in use by the Ferry with process id %s",
                     path, pid[0] ? pid : "unknown");
}

bool lock_take(const char *path, struct store_lock *lock, struct error *err)
{
    AUTO_FREE char *name = store_beside(path, ".lock");
    int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    char pid[24];
    int size;

    if (fd < 0) {
        return error_set(err, ERROR_CONFIG, "store-open", "%s cannot be made: %s", name,
                         strerror(errno));
    }
    if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        (void)!in_use(fd, path, err);
        close(fd);
        return false;
    }
    size = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) < 0 || pwrite(fd, pid, (size_t)size, 0) < 0) {
        /* the pid is for a message only; on a full disk the lock holds all the same */
    }
    *lock = (struct store_lock){fd, store_beside(path, ".generation")};
    return true;
}

void lock_drop(struct store_lock *lock)
{
    if (lock->generation_path) {
        close(lock->fd);
        memory_free(lock->generation_path);
        lock->generation_path = NULL;
    }
}
