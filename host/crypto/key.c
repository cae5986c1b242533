#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "crypto/crypto.h"

#define KEY_TEXT_MAX 256

static void set_id(struct crypto_key *key)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];

    crypto_sha256((struct text){(const char *)key->bytes, sizeof key->bytes}, digest);
    memcpy(key->id, digest, sizeof key->id);
}

bool crypto_key_parse(struct text hex, struct crypto_key *ret, struct error *err)
{
    AUTO(buffer_done) struct buffer bytes = {0};
    bool ok;

    buffer_init(&bytes, sizeof ret->bytes);
    hex = text_trim(hex);
    ok = hex.size == 2 * sizeof ret->bytes && crypto_unhex(hex, &bytes, NULL);
    if (ok) {
        memcpy(ret->bytes, bytes.at, sizeof ret->bytes);
        set_id(ret);
    }
    memory_wipe(bytes.at, bytes.size);
    /* the text itself is a secret, so the sentence does not repeat it */
    return ok ? true
              : error_set(err, ERROR_CONFIG, "key",
                          "a key is 64 hex digits; `ferry init` makes one");
}

static bool check_key_file(int fd, const char *path, struct error *err)
{
    struct stat s;

    if (fstat(fd, &s) < 0 || !S_ISREG(s.st_mode)) {
        return error_set(err, ERROR_CONFIG, "key-file", "%s is not a regular file", path);
    }
    if (s.st_mode & 077) {
        return error_set(err, ERROR_CONFIG, "key-file",
                         "%s can be read by others; run: chmod 600 %s", path, path);
    }
    return true;
}

bool crypto_key_load(const char *path, struct crypto_key *ret, struct error *err)
{
    char text[KEY_TEXT_MAX];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t size;
    bool ok;

    if (fd < 0) {
        return error_set(err, ERROR_CONFIG, "key-file", "the key file %s cannot be opened: %s",
                         path, strerror(errno));
    }
    ok = check_key_file(fd, path, err);
    size = ok ? read(fd, text, sizeof text) : 0;
    close(fd);
    ok = ok && crypto_key_parse((struct text){text, size < 0 ? 0 : (size_t)size}, ret, err);
    memory_wipe(text, sizeof text);
    return ok;
}

static bool sync_folder(const char *path)
{
    AUTO_FREE char *copy = memory_copy_text(path);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

bool crypto_key_create(const char *path, struct crypto_key *ret, struct error *err)
{
    AUTO(buffer_done) struct buffer hex = {0};
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool ok;

    if (fd < 0) {
        return error_set(err, ERROR_CONFIG, "key-file", "the key file %s cannot be made: %s", path,
                         strerror(errno));
    }
    crypto_random(ret->bytes, sizeof ret->bytes);
    set_id(ret);
    buffer_init(&hex, KEY_TEXT_MAX);
    crypto_hex((struct text){(const char *)ret->bytes, sizeof ret->bytes}, &hex);
    buffer_add_char(&hex, '\n');
    ok = write(fd, hex.at, hex.size) == (ssize_t)hex.size && fsync(fd) == 0;
    memory_wipe(hex.at, hex.size);
    ok = close(fd) == 0 && ok && sync_folder(path);
    if (!ok) {
        unlink(path);
        return error_set(err, ERROR_CONFIG, "key-file", "the key file %s cannot be written: %s",
                         path, strerror(errno));
    }
    return true;
}

void crypto_key_done(struct crypto_key *key)
{
    memory_wipe(key, sizeof *key);
}
