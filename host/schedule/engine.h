/*
 * schedule/: when things happen, and who they happen for. The engine holds the store, the house
 * and the integrations of a config; it starts runs when they are due, and answers what people ask:
 * one JSON object in, one out, with progress in between. Loop thread only.
 */
#ifndef FERRY_SCHEDULE_ENGINE_H
#define FERRY_SCHEDULE_ENGINE_H

#include "config/config.h"
#include "schedule/run.h"

struct engine;

struct engine_settings {
    const struct config *config; /* borrowed until engine_close */
    const char *worker_path;     /* of ferry-worker */
    const char *hide;            /* tests: what ferry-worker does not see of the kernel; or NULL */
    bool daemon;                 /* start runs when they are due */
};

/*
 * Open the store (and with it the lock: a second process gets CONFIG "in-use"), read the key, make
 * the integrations ready. One that cannot be made ready is no error: it says why in its status.
 */
MUST_CHECK bool engine_open(uv_loop_t *loop, const struct engine_settings *settings,
                            struct engine **ret, struct error *err);
/* Stop runs: no new sends; what is under way gets its answer. Then `stopped` is called. */
void engine_stop(struct engine *engine, void (*stopped)(void *owner), void *owner);
void engine_close(struct engine *engine);

/* How an answer is given: progress as often as one likes, then done or failed, once. */
struct engine_reply {
    void *self;
    void (*progress)(void *self, json_t *progress); /* takes it */
    void (*done)(void *self, json_t *answer);       /* takes it */
    void (*failed)(void *self, const struct error *err);
};
/* request: {"do": "status", …}; borrowed during the call. reply: copied. */
void engine_ask(struct engine *engine, const char *user, const json_t *request,
                const struct engine_reply *reply);
/* Prometheus text. */
void engine_metrics(struct engine *engine, struct buffer *out);

#endif
