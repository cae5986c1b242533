/* The client: one request, wait, one answer. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "admin/admin_internal.h"
#include "base/memory.h"

#define ANSWER_MAX ((size_t)256 << 20)
#define READ_BYTES 65536

struct asking {
    int fd;
    struct buffer in;
    size_t taken; /* bytes of `in` that were looked at as lines */
    admin_progress_fn *progress;
    void *owner;
    json_t **ret_answer;
};

static bool connect_to(const char *path, int *ret, struct error *err)
{
    struct sockaddr_un address;
    int fd;

    if (!socket_address(path, &address, err)) {
        return false;
    }
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) == 0) {
        *ret = fd;
        return true;
    }
    if (errno == EACCES || errno == EPERM) {
        error_set(err, ERROR_CONFIG, "socket-access",
                  "%s: this user may not talk to the daemon; it must be in the socket's group.",
                  path);
    } else {
        error_set(err, ERROR_TRANSIENT, "no-daemon", "%s: no ferry run listens here (%s).", path,
                  strerror(errno));
    }
    if (fd >= 0) {
        close(fd);
    }
    return false;
}

/* A daemon that refuses may close before it has read everything; its answer is there all the same,
 * so a failure to write is left to the reading. */
static void send_request(int fd, const json_t *request)
{
    AUTO_FREE char *line = json_write_text(request);
    size_t size = strlen(line) + 1, sent = 0;

    line[size - 1] = '\n'; /* in the place of the terminator */
    while (sent < size) {
        ssize_t n = send(fd, line + sent, size - sent, MSG_NOSIGNAL);

        if (n < 0 && errno != EINTR) {
            return;
        }
        sent += n > 0 ? (size_t)n : 0;
    }
}

static enum error_kind kind_named(const char *name)
{
    for (enum error_kind kind = ERROR_TRANSIENT; kind <= ERROR_BUG; kind++) {
        if (strcmp(error_kind_name(kind), name) == 0) {
            return kind;
        }
    }
    return ERROR_BUG;
}

enum heard { HEARD_PROGRESS, HEARD_ANSWER, HEARD_ERROR };

static enum heard hear(struct asking *asking, json_t *line, struct error *err)
{
    json_t *progress = json_object_get(line, "progress"), *error = json_object_get(line, "error"),
           *answer = json_object_get(line, "answer");

    if (answer) {
        *asking->ret_answer = json_incref(answer);
        return HEARD_ANSWER;
    }
    if (error) {
        error_set(err, kind_named(json_path_text(error, "kind")), json_path_text(error, "code"),
                  "%s", json_path_text(error, "text"));
        return HEARD_ERROR;
    }
    if (progress && asking->progress) {
        asking->progress(asking->owner, progress);
    }
    return HEARD_PROGRESS; /* and what a newer daemon may say besides is passed over */
}

/* The lines that have come so far. */
static enum heard hear_lines(struct asking *asking, size_t new_from, struct error *err)
{
    struct buffer *in = &asking->in;
    char *end;
    enum heard heard = HEARD_PROGRESS;

    while (heard == HEARD_PROGRESS &&
           (end = memchr(in->at + new_from, '\n', in->size - new_from)) != NULL) {
        struct text line = {in->at + asking->taken, (size_t)(end - in->at) - asking->taken};
        AUTO_JSON json_t *j = NULL;

        asking->taken = new_from = (size_t)(end - in->at) + 1;
        if (!json_read(line, JSON_DEPTH_MAX + 2, &j, err)) {
            error_at(err, "answer");
            return HEARD_ERROR;
        }
        heard = hear(asking, j, err);
    }
    return heard;
}

/* Hours of progress are not kept. */
static void forget_heard(struct asking *asking)
{
    struct buffer *in = &asking->in;

    if (asking->taken) {
        memmove(in->at, in->at + asking->taken, in->size - asking->taken);
        in->size -= asking->taken;
        asking->taken = 0;
    }
}

static bool wait_for_answer(struct asking *asking, struct error *err)
{
    AUTO_FREE char *room = memory_new(READ_BYTES, 1);
    enum heard heard = HEARD_PROGRESS;

    while (heard == HEARD_PROGRESS) {
        size_t new_from = asking->in.size;
        ssize_t n = recv(asking->fd, room, READ_BYTES, 0);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return error_set(err, ERROR_TRANSIENT, "daemon-gone",
                             "The daemon ended before it answered (%s).",
                             n < 0 ? strerror(errno) : "connection closed");
        }
        buffer_add(&asking->in, room, (size_t)n);
        if (asking->in.overflow) {
            return error_set(err, ERROR_REJECTED, "answer", "The answer is over %zu bytes.",
                             ANSWER_MAX);
        }
        heard = hear_lines(asking, new_from, err);
        forget_heard(asking);
    }
    return heard == HEARD_ANSWER;
}

bool admin_ask(const char *socket_path, const json_t *request, admin_progress_fn *progress,
               void *owner, json_t **ret_answer, struct error *err)
{
    struct asking asking = {.progress = progress, .owner = owner, .ret_answer = ret_answer};
    bool answered;

    if (!connect_to(socket_path, &asking.fd, err)) {
        return false;
    }
    buffer_init(&asking.in, ANSWER_MAX);
    send_request(asking.fd, request);
    answered = wait_for_answer(&asking, err);
    close(asking.fd);
    buffer_done(&asking.in);
    return answered;
}
