#include "login/login_internal.h"

void task_add(struct login *login, struct task *task, void *owner)
{
    task->login = login;
    task->owner = owner;
    task->next = login->tasks;
    task->at = &login->tasks;
    if (task->next) {
        task->next->at = &task->next;
    }
    login->tasks = task;
    login->task_count++;
}

void task_remove(struct task *task)
{
    if (!task->login) {
        return;
    }
    *task->at = task->next;
    if (task->next) {
        task->next->at = task->at;
    }
    task->login->task_count--;
}

/* ---- */

char *call_host(const char *url)
{
    const char *start = strstr(url, "://");
    struct text host;
    char *copy;

    if (!start) {
        return NULL;
    }
    host = (struct text){start + 3, strcspn(start + 3, "/?#")};
    if (host.size == 0) {
        return NULL;
    }
    copy = memory_new(host.size + 1, 1);
    memcpy(copy, host.at, host.size);
    return copy;
}

static void on_call(void *self, const struct http_reply *reply, const struct error *err)
{
    struct call *call = self;

    task_remove(&call->task);
    if (call->task.owner) {
        call->done(call->task.owner, reply, err);
    }
    secret_free(call->authorization);
    secret_free(call->form);
    memory_free(call->host);
    memory_free(call);
}

struct call *call_start(struct login *login, const char *url, char *authorization,
                        struct buffer *form, call_done_fn *done, void *owner)
{
    struct call *call = memory_new(1, sizeof *call);
    const char *headers[] = {"Accept", "application/json", NULL, NULL, NULL, NULL, NULL};
    struct text body = form ? buffer_text(form) : TEXT_NONE;
    size_t count = 2;

    task_add(login, &call->task, owner);
    call->done = done;
    call->authorization = authorization;
    call->host = call_host(url);
    call->form = form ? buffer_take(form) : NULL;
    body.at = call->form;
    if (form) {
        headers[count++] = "Content-Type";
        headers[count++] = "application/x-www-form-urlencoded";
    }
    if (authorization) {
        headers[count++] = "Authorization";
        headers[count++] = authorization;
    }
    http_send(login->settings.http, &call->op,
              &(struct http_request){
                  .method = form ? "POST" : "GET",
                  .url = url,
                  .headers = headers,
                  .body = body,
                  .allow_hosts = (const char *const[]){call->host, NULL},
                  .timeout_ms = TOKEN_TIMEOUT_MS,
                  .reply_max_bytes = TOKEN_REPLY_MAX,
              },
              on_call, call);
    return call;
}

void call_abandon(struct call *call)
{
    if (call) {
        call->task.owner = NULL;
        http_cancel(call->task.login->settings.http, &call->op);
    }
}
