/*
 * The generation: a number in the database and, in a file beside it, the same number. Both rise
 * whenever Ferry opens the database and before each request that writes to the other side. So a
 * database that is behind its file is older than what Ferry knew last: it came from a backup.
 *
 * The database is written first and the file after it, so that a crash in between leaves the file
 * behind, never ahead.
 */
#include "base/memory.h"
#include "store/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* -1 when there is no file; one that is there and cannot be read says nothing of a backup. */
static bool read_counter(const char *path, int64_t *ret, struct error *err)
{
    char digits[24] = "";
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok;

    *ret = -1;
    if (fd < 0 && errno == ENOENT) {
        return true;
    }
    ok = fd >= 0 && read(fd, digits, sizeof digits - 1) >= 0;
    if (!ok) {
        error_set(err, ERROR_CONFIG, "store-io", "%s cannot be read: %s", path, strerror(errno));
    }
    if (fd >= 0) {
        close(fd);
    }
    *ret = strtoll(digits, NULL, 10);
    return ok;
}

static bool write_counter(const char *path, int64_t n, struct error *err)
{
    AUTO_FREE char *fresh = store_beside(path, ".new");
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

static bool get_number(struct db *db, const char *name, int64_t *ret, struct error *err)
{
    *ret = 0;
    return db_number(db, err, ret, "SELECT CAST(value AS INTEGER) FROM meta WHERE name = ?", "t",
                     name);
}

static bool set_number(struct db *db, const char *name, int64_t n, struct error *err)
{
    return db_do(db, err, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, CAST(? AS TEXT))",
                 "ti", name, n);
}

/* A database without its file may be the backup on another machine. */
static bool is_older(int64_t inside, int64_t outside)
{
    return outside > inside || (inside > 0 && outside < 0);
}

bool generation_check(struct db *db, const struct store_lock *lock, int64_t *ret_restored,
                      struct error *err)
{
    int64_t inside, outside, next;

    if (!read_counter(lock->generation_path, &outside, err) ||
        !get_number(db, "generation", &inside, err)) {
        return false;
    }
    if (inside == 0 && outside < 0 && !write_counter(lock->generation_path, 0, err)) {
        return false; /* from now on a missing file says something */
    }
    next = 1 + (outside > inside ? outside : inside);
    return (!is_older(inside, outside) || set_number(db, "restored", next, err)) &&
           set_number(db, "generation", next, err) &&
           write_counter(lock->generation_path, next, err) &&
           get_number(db, "restored", ret_restored, err);
}

bool generation_raise(struct db *db, int64_t *ret, struct error *err)
{
    if (!get_number(db, "generation", ret, err)) {
        return false;
    }
    ++*ret;
    return set_number(db, "generation", *ret, err);
}

bool generation_show(const struct store_lock *lock, int64_t n, struct error *err)
{
    int64_t shown;

    return read_counter(lock->generation_path, &shown, err) &&
           (shown >= n || write_counter(lock->generation_path, n, err));
}
