#include "base/memory.h"
#include "schedule/engine_internal.h"

#define QUESTION_ARENA_MAX ((size_t)256 << 20)

/* What can be asked, and whether an integration must, may, or cannot be named. */
static const struct {
    const char *name;
    ask_fn *ask;
    bool needs_site;
} questions[] = {
    {"status", ask_status, false},
    {"held", ask_held, false},
    {"approvals", ask_approvals, false},
    {"approve", ask_approve, true},
    {"sync", ask_sync, true},
    {"plan", ask_plan, true},
    {"apply", ask_apply, true},
    {"retry", ask_retry, true},
    {"skip", ask_skip, true},
    {"link", ask_link, true},
    {"repost", ask_repost, true},
    {"history", ask_history, false},
    {"audit", ask_audit, false},
    {"accounts", ask_accounts, true},
    {"connect", ask_connect, true},
    {"disconnect", ask_disconnect, true},
    {"connector", ask_connector, false},
    {"map", ask_explain, true},
    {"doctor", ask_doctor, false},
    {"do", ask_forms, true},
    {"key", ask_key, false},
    {"adopt", ask_adopt, false},
};

static void forget(struct question *q)
{
    json_decref(q->request);
    json_decref(q->answer);
    arena_free(q->arena);
    memory_free(q);
}

void question_done(struct question *q)
{
    /* so that whoever prints it can say how long ago something was */
    answer_time(q->answer, "clock", clock_wall_ms(q->engine->clock));
    q->reply.done(q->reply.self, json_incref(q->answer));
    forget(q);
}

void question_fail(struct question *q, const struct error *err)
{
    q->reply.failed(q->reply.self, err);
    forget(q);
}

static void on_worked(void *self, const struct error *err)
{
    struct question *q = self;
    struct engine *engine = q->engine;

    engine->works--;
    if (err->kind) {
        question_fail(q, err);
    } else {
        q->then(q);
    }
    mend_waiting(engine);
    engine_look_stopped(engine);
}

void question_read(struct question *q, store_work_fn *work, ask_fn *then)
{
    q->then = then;
    q->engine->works++;
    store_read(q->engine->store, work, q, on_worked);
}

void question_write(struct question *q, store_work_fn *work, ask_fn *then)
{
    q->then = then;
    q->engine->works++;
    store_write(q->engine->store, work, q, on_worked);
}

const char *question_text(const struct question *q, const char *name)
{
    return json_path_text(q->request, name);
}

bool question_since(const struct question *q, int64_t *ret_ms, struct error *err)
{
    const char *since = question_text(q, "since");
    char instant[64];

    *ret_ms = 0;
    snprintf(instant, sizeof instant, "%.40s%s", since, strchr(since, 'T') ? "" : "T00:00:00Z");
    return !since[0] || instant_parse(text_of(instant), ret_ms, NULL) ||
           error_set(err, ERROR_REJECTED, "usage",
                     "\"%.40s\" is no day; write 2026-03-01 or 2026-03-01T08:00:00Z.", since);
}

static bool find_site(struct question *q, bool needed)
{
    const char *name = question_text(q, "name");

    if (!name[0]) {
        name = json_path_text(q->request, "plan.name");
    }
    q->site = name[0] ? engine_site(q->engine, name) : NULL;
    if (!name[0] && q->engine->site_count == 1) {
        q->site = &q->engine->sites[0];
    }
    if (needed && !q->site) {
        return error_set(
            &q->err, ERROR_REJECTED, "no-integration",
            name[0] ? "There is no integration %s in the config; `ferry status` lists them."
                    : "Say which integration%s: there are several.",
            name);
    }
    return true;
}

void engine_ask(struct engine *e, const char *user, const json_t *request,
                const struct engine_reply *reply)
{
    struct question *q = memory_new(1, sizeof *q);
    const char *what = json_path_text(request, "do");

    q->engine = e;
    q->reply = *reply;
    q->arena = arena_new(QUESTION_ARENA_MAX);
    q->request = json_incref((json_t *)(uintptr_t)request);
    q->answer = json_object();
    q->user = arena_copy(q->arena, user);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (strcmp(questions[i].name, what) == 0) {
            if (!find_site(q, questions[i].needs_site)) {
                question_fail(q, &q->err);
            } else {
                questions[i].ask(q);
            }
            return;
        }
    }
    error_set(&q->err, ERROR_REJECTED, "unknown", "This Ferry does not know how to \"%.60s\".",
              what);
    question_fail(q, &q->err);
}
