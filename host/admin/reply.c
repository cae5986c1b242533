/* The road back to a client that may have gone. */
#include "admin/admin_internal.h"
#include "base/memory.h"

/* Progress waiting to be read by a slow client; more than this is left out. */
#define PROGRESS_WAITING_MAX ((size_t)1 << 20)

json_t *error_json(const struct error *err)
{
    json_t *j = json_object();

    json_object_set_new(j, "kind", json_string(error_kind_name(err->kind)));
    json_object_set_new(j, "code", json_new_text(text_of(err->code)));
    json_object_set_new(j, "text", json_new_text(text_of(err->text)));
    return j;
}

struct admin_reply *reply_new(struct connection *connection)
{
    struct admin_reply *reply = memory_new(1, sizeof *reply);

    reply->connection = connection;
    return reply;
}

void admin_reply_progress(struct admin_reply *reply, json_t *progress)
{
    struct connection *connection = reply->connection;

    if (!connection ||
        uv_stream_get_write_queue_size((uv_stream_t *)&connection->pipe) > PROGRESS_WAITING_MAX) {
        json_decref(progress);
        return;
    }
    connection_say(connection, "progress", progress);
}

static void end(struct admin_reply *reply, const char *name, json_t *value)
{
    struct connection *connection = reply->connection;

    memory_free(reply);
    if (!connection) {
        json_decref(value);
        return;
    }
    connection->reply = NULL;
    connection_say(connection, name, value);
    connection_work(connection);
}

void admin_reply_done(struct admin_reply *reply, json_t *answer)
{
    end(reply, "answer", answer);
}

void admin_reply_error(struct admin_reply *reply, const struct error *err)
{
    end(reply, "error", error_json(err));
}

bool admin_reply_is_unwanted(const struct admin_reply *reply)
{
    return !reply->connection;
}
