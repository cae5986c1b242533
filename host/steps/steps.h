/*
 * steps/: how anything that takes time is written. A sequence is a table of named steps over one
 * struct; each step asks for at most one outside action and is told how it ended. One driver
 * (machine.c) performs the actions and alone owns retry, back-off, token refresh, quota, deadline,
 * cancelling and the trace. So `ask` and `got` decide, and never wait; nothing else survives a
 * wait but the struct.
 *
 * Promises of a machine: `done` runs exactly once, on the loop thread, never before machine_start
 * returns; cancelling still ends in `done`, with CANCELLED; the struct stays put until then.
 */
#ifndef FERRY_STEPS_STEPS_H
#define FERRY_STEPS_STEPS_H

#include <uv.h>

#include "http/http.h"
#include "login/login.h"
#include "quota/quota.h"
#include "steps/integration.h"
#include "store/store.h"

/* What every machine needs of the house. Owned by the engine. */
struct house {
    uv_loop_t *loop;
    struct clock *clock;
    struct store *store;
    struct http *http;
    struct quota *quota;
    struct login *login;
    struct timers *timers;
    struct fittings *fittings; /* house_open's own */
};

/* ---- calls ---- */

struct call {
    const struct side *side;
    enum quota_class class;
    const char *method;
    const char *path;           /* "/api.xro/2.0/Invoices?page=1" */
    const char *const *headers; /* name, value, …, NULL; may be NULL */
    struct text body;
    const char *content_type;
    const char *body_file;   /* instead of body */
    const char *sink_path;   /* the answer goes to this file */
    size_t answer_max_bytes; /* 0: CALL_ANSWER_MAX */
    bool once;               /* a write: never repeated by the driver once a byte may have left */
    bool bare;               /* no token and no lane: a file from the source's file host */
    const char *url;         /* of a bare call: the whole address, instead of path */
    /* For writes: a write job that must be durable before anything leaves. */
    store_work_fn *stamp;
    const char *token; /* set before `stamp` runs: id of the token it is sent under */
};
#define CALL_ANSWER_MAX ((size_t)32 << 20)
#define CALL_TIMEOUT_MS 60000
#define CALL_TRIES_MOST 5

/* How a call ended. `status` 0: no answer at all. */
struct answer {
    struct error err; /* kind ERROR_NONE when there is a complete answer, whatever its status */
    int status;
    bool complete;    /* read to its end */
    bool left;        /* a byte of the request may have left */
    struct text body; /* borrowed while `got` runs */
    const char *content_type;
    const struct http_reply *reply; /* for headers; NULL without an answer */
};

/* ---- steps ---- */

enum ask_kind {
    ASK_NOTHING, /* pure: `got` runs at once, with an empty answer */
    ASK_CALL,
    ASK_READ,    /* work on the store's reader thread */
    ASK_WRITE,   /* work on the store's writer thread */
    ASK_SLEEP,   /* until this time of the boot clock */
    ASK_MACHINE, /* another machine, run to its end */
};

struct machine;
struct ask {
    enum ask_kind kind;
    struct call call;
    store_work_fn *work; /* called with the machine's `self` */
    int64_t until_boot_ms;
    struct machine *machine; /* prepared with machine_init */
};

struct step {
    const char *name;
    /* Fill *ask (zeroed: ASK_NOTHING). NULL: ask for nothing. */
    void (*ask)(void *self, struct ask *ask);
    /* The next step's name; NULL ends the machine. An error in answer->err that `got` does not
     * want to handle is passed on with machine_fail. */
    const char *(*got)(void *self, const struct answer *answer);
};

typedef void machine_done_fn(void *owner, const struct error *err);

struct machine {
    /* set by machine_init */
    struct house *house;
    const char *name;         /* for the trace: "courier" */
    const struct step *steps; /* ends with { 0 } */
    void *self;               /* what ask, got and work are called with */
    /* the driver's */
    const struct step *step;
    machine_done_fn *done;
    void *owner;
    struct ask ask;
    struct answer answer;
    struct error failure;
    struct errand *errand; /* the call under way */
    struct timer *timer;
    bool cancelled, finished, waiting, started;
    bool asking; /* an action is being begun: one that ends at once is seen by the loop of run */
};

/*
 * Wires http, quota, login and timers into *house, over a loop, a clock and a store that are
 * there already. `busy` of the timers is everything that may still call back.
 */
void house_open(struct house *house, const struct crypto_key *key, const char *ca_file);
/* Everything must have ended. */
void house_close(struct house *house);

void machine_init(struct machine *machine, struct house *house, const char *name,
                  const struct step *steps, void *self);
/* Begin at `first` (NULL: the first row). */
void machine_start(struct machine *machine, const char *first, machine_done_fn *done, void *owner);
/* Ask it to end; what is under way is finished or given up, then `done` with CANCELLED. */
void machine_cancel(struct machine *machine);
bool machine_is_running(const struct machine *machine);
/* From inside `got`: end with this error. Returns NULL, so that got says `return machine_fail(…)`.
 */
const char *machine_fail(struct machine *machine, const struct error *err);

/* ---- timers ---- */

/*
 * All waiting of the house goes through these. With a system clock one uv_timer stands behind
 * them; with a shared clock (tests) the clock is advanced to the next due timer whenever nothing
 * is under way, so waiting costs no time.
 */
struct timers;
struct timer;
typedef void timer_fn(void *owner);
struct timers *timers_new(uv_loop_t *loop, struct clock *clock, unsigned (*busy)(void *),
                          void *busy_self);
void timers_free(struct timers *timers);
/* Once, at this time of the boot clock. The handle is gone after it fired or was stopped. */
struct timer *timer_start(struct timers *timers, int64_t boot_ms, timer_fn *fire, void *owner);
void timer_stop(struct timers *timers, struct timer *timer);

#endif
