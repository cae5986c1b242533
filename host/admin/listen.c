/* The socket file: made with its mode from the start, and only where nobody listens. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "admin/admin_internal.h"

#define SOCKET_MODE 0660

bool socket_address(const char *path, struct sockaddr_un *ret, struct error *err)
{
    size_t size = strlen(path);

    if (size == 0 || size >= sizeof ret->sun_path) {
        return error_set(err, ERROR_CONFIG, "socket",
                         "The path of the socket must have 1 to %zu characters: \"%s\".",
                         sizeof ret->sun_path - 1, path);
    }
    *ret = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(ret->sun_path, path, size + 1);
    return true;
}

static bool cannot(const char *path, const char *what, struct error *err)
{
    return error_set(err, ERROR_CONFIG, "socket", "%s: the socket cannot be %s: %s.", path, what,
                     strerror(errno));
}

static bool somebody_answers(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool answers;

    if (fd < 0) {
        return true; /* not known: leave it alone */
    }
    /* a full queue (EAGAIN), or one we may not enter (EACCES), is somebody too */
    answers = connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 ||
              (errno != ECONNREFUSED && errno != ENOENT);
    close(fd);
    return answers;
}

/* What a process left behind that did not end well. */
static bool clear_the_way(const struct sockaddr_un *address, struct error *err)
{
    const char *path = address->sun_path;
    struct stat there;

    if (lstat(path, &there) != 0) {
        return errno == ENOENT || cannot(path, "made", err);
    }
    if (!S_ISSOCK(there.st_mode)) {
        return error_set(err, ERROR_CONFIG, "socket", "%s: this is not a socket; it stays.", path);
    }
    if (somebody_answers(address)) {
        return error_set(err, ERROR_CONFIG, "in-use", "%s: another ferry run listens here.", path);
    }
    return unlink(path) == 0 || errno == ENOENT || cannot(path, "replaced", err);
}

bool socket_bind(const char *path, int *ret, struct error *err)
{
    struct sockaddr_un address;
    int fd;

    if (!socket_address(path, &address, err) || !clear_the_way(&address, err)) {
        return false;
    }
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return cannot(path, "made", err);
    }
    /* before bind: the file is never open to more people than it should; after: without umask */
    if (fchmod(fd, SOCKET_MODE) != 0 ||
        bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
        chmod(path, SOCKET_MODE) != 0) {
        cannot(path, "made", err);
        close(fd);
        return false;
    }
    *ret = fd;
    return true;
}
