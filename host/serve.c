#include "serve.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "schedule/engine.h"

#define GRACE_MS     10000
#define IN_USE_TRIES 50 /* of 100 ms each: commands hold the store for moments */

/* ferry-worker lies beside ferry, or in libexec. */
const char *serve_worker_path(char out[4096])
{
    ssize_t size = readlink("/proc/self/exe", out, 4000);
    char *slash;

    out[size > 0 ? size : 0] = '\0';
    slash = strrchr(out, '/');
    if (slash) {
        snprintf(slash + 1, 4096 - (size_t)(slash + 1 - out), "ferry-worker");
    }
    if (access(out, X_OK) != 0) {
        snprintf(out, 4096, "/usr/libexec/ferry/ferry-worker");
    }
    return out;
}

/* For tests: with less of a kernel a connector needs more consent, so nothing is opened by it. */
static const char *hidden(void)
{
#ifdef FERRY_FAULTS
    return getenv("FERRY_WORKER_HIDE");
#else
    return NULL;
#endif
}

static bool open_engine(uv_loop_t *loop, const struct config *config, bool daemon,
                        struct engine **ret, struct error *err)
{
    char worker[4096];
    struct engine_settings settings = {
        .config = config,
        .worker_path = serve_worker_path(worker),
        .hide = hidden(),
        .daemon = daemon,
    };

    return engine_open(loop, &settings, ret, err);
}

/* Whether it is worth another try, a moment later; real time, also when a test's clock stands. */
static bool try_again(const struct error *err, unsigned *tries)
{
    if (strcmp(err->code, "in-use") != 0 || ++*tries > IN_USE_TRIES) {
        return false;
    }
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    return true;
}

static void close_loop(uv_loop_t *loop)
{
    while (uv_run(loop, UV_RUN_NOWAIT) || uv_loop_close(loop) != 0) {
    }
}

/* ---- in this process ---- */

struct asking {
    uv_loop_t *loop;
    admin_progress_fn *progress;
    void *owner;
    json_t *answer;
    struct error err;
    bool over, stopped;
};

static void on_progress(void *self, json_t *progress)
{
    struct asking *a = self;

    if (a->progress) {
        a->progress(a->owner, progress);
    }
    json_decref(progress);
}

/* A timer may have answered, after which there is nothing left to wait for: do not. */
static void end_asking(struct asking *a)
{
    a->over = true;
    uv_stop(a->loop);
}

static void on_done(void *self, json_t *answer)
{
    struct asking *a = self;

    a->answer = answer;
    end_asking(a);
}

static void on_failed(void *self, const struct error *err)
{
    struct asking *a = self;

    a->err = *err;
    end_asking(a);
}

static void on_stopped(void *owner)
{
    ((struct asking *)owner)->stopped = true;
}

static void on_interrupt(uv_signal_t *signal, int number)
{
    (void)number;
    uv_signal_stop(signal);
    engine_stop(signal->data, on_stopped, signal->loop->data);
}

static const char *user_name(void)
{
    const struct passwd *who = getpwuid(getuid());

    return who ? who->pw_name : "unknown";
}

static bool ask_here(const struct config *config, const json_t *request, struct asking *a)
{
    struct engine_reply reply = {a, on_progress, on_done, on_failed};
    struct engine *engine = NULL;
    uv_signal_t interrupt;
    uv_loop_t loop;

    uv_loop_init(&loop);
    loop.data = a;
    a->loop = &loop;
    if (!open_engine(&loop, config, false, &engine, &a->err)) {
        close_loop(&loop);
        return false;
    }
    uv_signal_init(&loop, &interrupt);
    interrupt.data = engine;
    uv_signal_start(&interrupt, on_interrupt, SIGINT);
    engine_ask(engine, user_name(), request, &reply);
    do {
        uv_run(&loop, UV_RUN_DEFAULT); /* consumes uv_stop, also when there was no wait */
    } while (!a->over);
    uv_close((uv_handle_t *)&interrupt, NULL);
    engine_close(engine);
    close_loop(&loop);
    return a->err.kind == ERROR_NONE;
}

bool serve_ask(const struct config *config, const json_t *request, admin_progress_fn *progress,
               void *owner, json_t **ret, struct error *err)
{
    struct asking a;
    unsigned tries = 0;

    do {
        if (admin_ask(config->socket, request, progress, owner, ret, err)) {
            return true;
        }
        if (strcmp(err->code, "no-daemon") != 0) {
            return false;
        }
        a = (struct asking){.progress = progress, .owner = owner};
        if (ask_here(config, request, &a)) {
            *ret = a.answer;
            *err = (struct error){0};
            return true;
        }
        *err = a.err;
    } while (try_again(err, &tries));
    return false;
}

/* ---- the daemon ---- */

struct daemon {
    struct engine *engine;
    struct admin *admin;
    uv_signal_t signals[2];
    uv_timer_t grace;
    bool stopping, over;
};

static void reply_progress(void *self, json_t *progress)
{
    admin_reply_progress(self, progress);
}

static void reply_done(void *self, json_t *answer)
{
    admin_reply_done(self, answer);
}

static void reply_failed(void *self, const struct error *err)
{
    admin_reply_error(self, err);
}

static void handle(void *self, const char *user, const json_t *request, struct admin_reply *reply)
{
    struct engine_reply how = {reply, reply_progress, reply_done, reply_failed};

    engine_ask(((struct daemon *)self)->engine, user, request, &how);
}

static void metrics(void *self, struct buffer *out)
{
    engine_metrics(((struct daemon *)self)->engine, out);
}

static void end_daemon(struct daemon *d)
{
    d->over = true;
    uv_stop(d->grace.loop);
}

static void on_daemon_stopped(void *owner)
{
    end_daemon(owner);
}

static void on_grace_over(uv_timer_t *timer)
{
    end_daemon(timer->data); /* what is left is settled at the next start */
}

static void on_signal(uv_signal_t *signal, int number)
{
    struct daemon *d = signal->data;

    (void)number;
    if (d->stopping) {
        end_daemon(d);
        return;
    }
    d->stopping = true;
    uv_timer_start(&d->grace, on_grace_over, GRACE_MS, 0);
    engine_stop(d->engine, on_daemon_stopped, d);
}

static void listen_for_signals(struct daemon *d, uv_loop_t *loop)
{
    static const int numbers[] = {SIGTERM, SIGINT};

    for (size_t i = 0; i < 2; i++) {
        uv_signal_init(loop, &d->signals[i]);
        d->signals[i].data = d;
        uv_signal_start(&d->signals[i], on_signal, numbers[i]);
    }
    uv_timer_init(loop, &d->grace);
    d->grace.data = d;
}

static bool start_admin(struct daemon *d, uv_loop_t *loop, const struct config *config,
                        struct error *err)
{
    char listen[128];
    struct admin_service service = {d, handle, metrics};
    struct admin_settings settings = {.socket_path = config->socket};

    if (config->metrics.host) {
        snprintf(listen, sizeof listen, strchr(config->metrics.host, ':') ? "[%s]:%u" : "%s:%u",
                 config->metrics.host, config->metrics.port);
        settings.metrics_listen = listen;
    }
    d->admin = admin_start(loop, &settings, &service, err);
    return d->admin != NULL;
}

bool serve_daemon(const struct config *config, struct error *err)
{
    struct daemon d = {0};
    uv_loop_t loop;
    unsigned tries = 0;
    bool ok;

    uv_loop_init(&loop);
    do {
        ok = open_engine(&loop, config, true, &d.engine, err);
    } while (!ok && try_again(err, &tries));
    if (ok && start_admin(&d, &loop, config, err)) {
        listen_for_signals(&d, &loop);
        log_event(LOG_INFO, "running", "socket", config->socket, NULL);
        while (!d.over) {
            uv_run(&loop, UV_RUN_DEFAULT);
        }
        for (size_t i = 0; i < 2; i++) {
            uv_close((uv_handle_t *)&d.signals[i], NULL);
        }
        uv_close((uv_handle_t *)&d.grace, NULL);
    } else {
        ok = false;
    }
    admin_stop(d.admin);
    if (d.engine) {
        engine_close(d.engine);
    }
    close_loop(&loop);
    return ok;
}
