#include "store/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

static char *beside(const char *path, const char *ending)
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
    AUTO_FREE char *name = beside(path, ".lock");
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
    *lock = (struct store_lock){fd, beside(path, ".generation")};
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

/* ---- the generation: raised at each opening, in the database and beside it ---- */

static int64_t read_counter(const char *path)
{
    char digits[24] = "";
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        return 0;
    }
    if (read(fd, digits, sizeof digits - 1) < 0) {
        digits[0] = '\0';
    }
    close(fd);
    return strtoll(digits, NULL, 10);
}

static bool write_counter(const char *path, int64_t n, struct error *err)
{
    AUTO_FREE char *fresh = beside(path, ".new");
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%lld\n", (long long)n);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write(fd, digits, (size_t)size) == size && fsync(fd) == 0;

    if (fd >= 0) {
        ok = close(fd) == 0 && ok;
    }
    if (!ok || rename(fresh, path) < 0) {
        return error_set(err, ERROR_TRANSIENT, "store-io", "%s cannot be written: %s", path,
                         strerror(errno));
    }
    return true;
}

static bool set_generation(struct db *db, int64_t n, struct error *err)
{
    return db_do(db, err,
                 "INSERT OR REPLACE INTO meta (name, value) VALUES ('generation', CAST(? AS TEXT))",
                 "i", n);
}

/*
 * The database is written first and the file after it, so that a crash in between leaves the file
 * behind, never ahead. Ahead means: this database is older than what was here before.
 */
bool generation_check(struct db *db, const struct store_lock *lock, bool *ret_restored,
                      struct error *err)
{
    int64_t inside = 0, outside = read_counter(lock->generation_path), next;

    if (!db_number(db, err, &inside,
                   "SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'generation'", "")) {
        return false;
    }
    *ret_restored = outside > inside;
    if (*ret_restored) {
        return true; /* stays so until `ferry adopt` */
    }
    next = inside + 1;
    return set_generation(db, next, err) && write_counter(lock->generation_path, next, err);
}

bool generation_accept(struct db *db, const struct store_lock *lock, struct error *err)
{
    return set_generation(db, read_counter(lock->generation_path), err);
}
