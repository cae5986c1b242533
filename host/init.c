/* `ferry init`: a folder to begin with. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "crypto/crypto.h"
#include "serve.h"

static bool cannot(const char *path, struct error *err)
{
    return error_set(err, ERROR_CONFIG, "init", "%s cannot be made: %s", path, strerror(errno));
}

/* A new file of mode 0600; one that is there already stays. */
static bool write_new(const char *path, struct text bytes, bool *ret_made, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok;

    *ret_made = fd >= 0;
    if (fd < 0) {
        return errno == EEXIST || cannot(path, err);
    }
    ok = write(fd, bytes.at, bytes.size) == (ssize_t)bytes.size && fsync(fd) == 0;
    close(fd);
    return ok || cannot(path, err);
}

static void say_made(json_t *files, const char *path, bool made)
{
    if (made) {
        json_array_append_new(files, json_new_text(text_of(path)));
    }
}

static bool make_key(const char *path, json_t *files, struct error *err)
{
    struct crypto_key key;

    if (access(path, F_OK) == 0) {
        return true;
    }
    if (!crypto_key_create(path, &key, err)) {
        return false;
    }
    crypto_key_done(&key);
    say_made(files, path, true);
    return true;
}

static json_t *next_steps(const char *config)
{
    json_t *next = json_array();
    AUTO(buffer_done) struct buffer line = {0};

    buffer_init(&line, 4096);
    buffer_addf(&line, "fill in %s, then `ferry check-config`", config);
    json_array_append_new(next, json_new_text(buffer_text(&line)));
    json_array_append_new(next, json_new_text(TEXT("`ferry connect NAME`: consent in Xero")));
    json_array_append_new(next, json_new_text(TEXT("`ferry plan NAME`, then `ferry sync NAME`")));
    return next;
}

bool serve_init(const char *folder, json_t **ret, struct error *err)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    AUTO(buffer_done) struct buffer example = {0};
    const char *config = arena_printf(arena, "%s/ferry.yaml", folder);
    json_t *files = json_array();
    bool made = false, ok;

    buffer_init(&example, 1 << 20);
    config_example(&example);
    ok = (mkdir(folder, 0700) == 0 || errno == EEXIST || cannot(folder, err)) &&
         write_new(config, buffer_text(&example), &made, err) &&
         make_key(arena_printf(arena, "%s/ferry.key", folder), files, err);
    say_made(files, config, made);
    *ret = ok ? json_pack("{s:O, s:o}", "files", files, "next", next_steps(config)) : NULL;
    json_decref(files);
    arena_free(arena);
    return ok;
}
