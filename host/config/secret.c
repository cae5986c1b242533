/* Secrets, fetched from where the config says they are. */
#include "config/config_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void config_secret_wipe(char **secret)
{
    if (*secret) {
        memory_wipe(*secret, strlen(*secret));
        memory_free(*secret);
        *secret = NULL;
    }
}

/* Exactly one newline at the end goes; then it must be a text. Takes `bytes`. */
static bool finish(char *bytes, size_t size, const char *what, char **ret, struct error *err)
{
    size_t all = size;

    if (size && bytes[size - 1] == '\n') {
        size -= size > 1 && bytes[size - 2] == '\r' ? 2 : 1;
    }
    bytes[size] = '\0';
    if (size == 0 || strlen(bytes) != size) {
        memory_wipe(bytes, all);
        memory_free(bytes);
        return size == 0 ? error_set(err, ERROR_CONFIG, "secret-missing", "%s is empty", what)
                         : error_set(err, ERROR_CONFIG, "secret-wrong",
                                     "%s holds a zero byte; a secret is text", what);
    }
    *ret = bytes;
    return true;
}

static bool check_file(int file, const char *path, struct error *err)
{
    struct stat about;

    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
        return error_set(err, ERROR_CONFIG, "secret-wrong", "%s is not a file", path);
    }
    if (about.st_mode & (S_IROTH | S_IWOTH)) {
        return error_set(err, ERROR_CONFIG, "secret-readable",
                         "every user of this machine can read or change %s; run: chmod o-rwx %s",
                         path, path);
    }
    if (about.st_size > (off_t)CONFIG_SECRET_MAX) {
        return error_set(err, ERROR_CONFIG, "secret-wrong",
                         "%s is over 64 KB; that is more than a secret", path);
    }
    return true;
}

static bool read_all(int file, const char *path, char **ret, struct error *err)
{
    /* one block for all of it, so that no copy is left behind by growing */
    char *bytes = memory_new(CONFIG_SECRET_MAX + 2, 1);
    size_t size = 0;
    ssize_t got;

    do {
        got = read(file, bytes + size, CONFIG_SECRET_MAX + 1 - size);
        size += got > 0 ? (size_t)got : 0;
    } while ((got > 0 && size <= CONFIG_SECRET_MAX) || (got < 0 && errno == EINTR));
    if (got < 0 || size > CONFIG_SECRET_MAX) {
        memory_wipe(bytes, size);
        memory_free(bytes);
        return error_set(err, ERROR_CONFIG, "secret-wrong",
                         got < 0 ? "%s cannot be read" : "%s is over 64 KB", path);
    }
    return finish(bytes, size, path, ret, err);
}

static bool read_file(const char *path, char **ret, struct error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool ok;

    if (file < 0) {
        return error_set(err, ERROR_CONFIG, "secret-missing", "%s cannot be opened: %s", path,
                         errno == ENOENT   ? "there is no such file"
                         : errno == EACCES ? "this user may not read it"
                                           : "the system refuses");
    }
    ok = check_file(file, path, err) && read_all(file, path, ret, err);
    close(file);
    return ok;
}

static bool read_credential(const char *name, char **ret, struct error *err)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    AUTO(buffer_done) struct buffer path = {0};

    if (!folder || folder[0] != '/') {
        return error_set(err, ERROR_CONFIG, "secret-missing",
                         "credential %s: systemd gave none; the service needs "
                         "LoadCredential=%s:/path",
                         name, name);
    }
    buffer_init(&path, 8192);
    buffer_addf(&path, "%s/%s", folder, name);
    if (path.overflow) {
        return error_set(err, ERROR_CONFIG, "secret-missing", "credential %s: its path is too long",
                         name);
    }
    return read_file(path.at, ret, err);
}

/* Somebody may have written the secret itself where its variable's name belongs. */
static const char *shown_name(const char *name)
{
    size_t size = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    return name[size] == '\0' ? name : "named here";
}

static bool read_text(const char *what, const char *text, char **ret, struct error *err)
{
    size_t size = text ? strlen(text) : 0;

    if (!text) {
        return error_set(err, ERROR_CONFIG, "secret-missing",
                         "the environment variable %s is not set", shown_name(what));
    }
    if (size > CONFIG_SECRET_MAX) {
        return error_set(err, ERROR_CONFIG, "secret-wrong", "%s is over 64 KB", what);
    }
    return finish(memory_copy_text(text), size, what, ret, err);
}

/* ---- the environment ---- */

/* Written by config_hide_variables, before there are threads. */
static struct {
    char *name, *value;
} * hidden;
static size_t hidden_count, hidden_capacity;

static void hide_variable(const struct config_secret *secret)
{
    char *value = secret->kind == CONFIG_SECRET_ENV ? getenv(secret->name) : NULL;

    if (value) {
        memory_grow(&hidden, &hidden_capacity, hidden_count, sizeof *hidden);
        hidden[hidden_count].name = memory_copy_text(secret->name);
        hidden[hidden_count++].value = memory_copy_text(value);
        memory_wipe(value, strlen(value));
        unsetenv(secret->name);
    }
}

void config_hide_variables(const struct config *config)
{
    hide_variable(&config->key);
    for (size_t i = 0; i < config->apps.count; i++) {
        hide_variable(&config->apps.at[i].client_secret);
    }
    for (size_t i = 0; i < config->integrations.count; i++) {
        const struct config_login *login = &config->integrations.at[i].login;
        const struct config_secret *secrets[] = {&login->api_key,       &login->token,
                                                 &login->password,      &login->user,
                                                 &login->client_secret, &login->client_id};

        for (size_t k = 0; k < COUNT_OF(secrets); k++) {
            hide_variable(secrets[k]);
        }
    }
}

/* The environment first: somebody may have set it again. */
static const char *find_variable(const char *name)
{
    const char *value = getenv(name);

    for (size_t i = hidden_count; !value && i-- > 0;) {
        value = strcmp(hidden[i].name, name) == 0 ? hidden[i].value : NULL;
    }
    return value;
}

static bool read_kind(const struct config_secret *secret, char **ret, struct error *err)
{
    switch (secret->kind) {
    case CONFIG_SECRET_FILE:
        return read_file(secret->name, ret, err);
    case CONFIG_SECRET_ENV:
        return read_text(secret->name, find_variable(secret->name), ret, err);
    case CONFIG_SECRET_CREDENTIAL:
        return read_credential(secret->name, ret, err);
    case CONFIG_SECRET_TEXT:
        return read_text("this text", secret->name, ret, err);
    default:
        return error_set(err, ERROR_CONFIG, "secret-missing", "this secret is not in the config");
    }
}

bool config_secret_read(const struct config_secret *secret, char **ret, struct error *err)
{
    if (read_kind(secret, ret, err)) {
        return true;
    }
    if (secret->place.file) {
        error_at(err, "%s:%u:%u", secret->place.file, secret->place.line, secret->place.column);
    }
    return false;
}
