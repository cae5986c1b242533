/*
 * Landlock by raw system calls. The constants stand here because the headers of a distribution are
 * older than the kernels it runs on; each is part of the kernel's ABI and never changes.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker/worker.h"

#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule       445
#define __NR_landlock_restrict_self  446
#endif

#define CREATE_RULESET_VERSION 1u
#define RULE_PATH_BENEATH      1

#define FS_EXECUTE   (UINT64_C(1) << 0)
#define FS_READ_FILE (UINT64_C(1) << 2)
#define FS_READ_DIR  (UINT64_C(1) << 3)

struct ruleset_attr {
    uint64_t handled_access_fs;
    uint64_t handled_access_net;
    uint64_t scoped;
};

struct path_beneath_attr {
    uint64_t allowed_access;
    int32_t parent_fd;
} __attribute__((packed));

struct landlock_shape landlock_shape_of(int abi)
{
    /* What each ABI added: refer in 2, truncate in 3, TCP in 4, device ioctl in 5, scopes in 6. */
    static const struct landlock_shape shapes[] = {
        {0, 0, 0, 0},       {0x1fff, 0, 0, 8},  {0x3fff, 0, 0, 8},  {0x7fff, 0, 0, 8},
        {0x7fff, 3, 0, 16}, {0xffff, 3, 0, 16}, {0xffff, 3, 3, 24},
    };
    int newest = sizeof shapes / sizeof *shapes - 1;

    return shapes[abi < 0 ? 0 : abi > newest ? newest : abi];
}

int landlock_abi(int most)
{
    long abi = syscall(__NR_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);

    if (abi < 0) {
        return 0; /* ENOSYS: not built in; EOPNOTSUPP: switched off at boot; EPERM: a container */
    }
    return abi < most ? (int)abi : most;
}

/* What is not there needs no rule. */
static bool allow(int ruleset, const char *path, struct error *err)
{
    struct stat status;
    int fd = open(path, O_PATH | O_CLOEXEC);

    if (fd < 0) {
        return true;
    }
    bool folder = fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
    struct path_beneath_attr rule = {
        .allowed_access = FS_READ_FILE | FS_EXECUTE | (folder ? FS_READ_DIR : 0),
        .parent_fd = fd,
    };
    long failed = syscall(__NR_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0);
    int why = errno;
    close(fd);
    /* A file that lives in no folder (a copy in memory) is not subject to rules: EBADFD. */
    if (failed && why != EBADFD) {
        return error_set(err, ERROR_CONFIG, "landlock", "No rule could be made for %s: %s.", path,
                         strerror(why));
    }
    return true;
}

bool landlock_apply(int abi, const char *path, struct error *err)
{
    static const char *const libraries[] = {"/usr/lib", "/usr/lib64",     "/usr/lib32",      "/lib",
                                            "/lib64",   "/usr/local/lib", "/etc/ld.so.cache"};
    struct landlock_shape shape = landlock_shape_of(abi);
    struct ruleset_attr attr = {shape.files, shape.network, shape.scopes};
    int ruleset = (int)syscall(__NR_landlock_create_ruleset, &attr, shape.attr_bytes, 0);
    bool ok = ruleset >= 0;

    if (!ok) {
        return error_set(err, ERROR_CONFIG, "landlock", "No ruleset of ABI %d could be made: %s.",
                         abi, strerror(errno));
    }
    for (size_t i = 0; ok && i < sizeof libraries / sizeof *libraries; i++) {
        ok = allow(ruleset, libraries[i], err);
    }
    ok = ok && allow(ruleset, path, err);
    if (ok && syscall(__NR_landlock_restrict_self, ruleset, 0) != 0) {
        ok = error_set(err, ERROR_CONFIG, "landlock", "The ruleset could not be put on: %s.",
                       strerror(errno));
    }
    close(ruleset);
    return ok;
}
