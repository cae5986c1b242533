/* The engine's own structs. Internal to schedule/. */
#ifndef FERRY_SCHEDULE_ENGINE_INTERNAL_H
#define FERRY_SCHEDULE_ENGINE_INTERNAL_H

#include "connectors/connectors.h"
#include "schedule/engine.h"
#include "xero/xero.h"

#define ENGINE_ARENA_MAX ((size_t)1 << 30)

/* One integration of the config, as far as it could be made ready. */
struct site {
    struct engine *engine;
    const struct config_integration *config;
    const struct config_app *app;
    struct integration integration; /* whole only when there is no problem */
    struct site_program *shared;    /* program.c; what it says: */
    const struct declaration *declaration;
    const char *sha256;               /* of the connector's file */
    struct connector_changes changes; /* since it was last confirmed: what it may do that it could
                                       * not before */
    struct arena *arena;
    struct error *problem; /* why it cannot run; NULL: it can. Owned */
    struct error *last;    /* how the last run ended; NULL: well. Owned */
    struct run *run;       /* under way */
    struct question *asker;
    struct timer *timer; /* next run */
    int64_t next_ms, last_ms;
    bool unadopted; /* the store was restored, and what it wrote since the backup is not known */
};

struct engine {
    uv_loop_t *loop;
    struct engine_settings settings;
    const struct config *config;
    struct clock *clock;
    struct store *store;
    struct house house;
    struct crypto_key key;
    struct arena *arena;
    struct arena *scratch; /* while a site is made: what does not stay with it */
    const struct declaration *xero;
    struct site *sites;
    size_t site_count;
    struct site_program *programs;
    size_t works;             /* of questions, on the store's threads */
    struct machine *adoption; /* under way; NULL: none */
    struct question *mends;   /* that wait until nothing is at work */
    void (*stopped)(void *owner);
    void *stopped_owner;
    bool stopping;
};

struct question;
/* What can be asked, and what a question goes on with. */
typedef void ask_fn(struct question *q);

/* One request of a person, until it is answered. */
struct question {
    struct engine *engine;
    struct engine_reply reply;
    struct arena *arena;
    json_t *request; /* owned */
    const char *user;
    struct site *site; /* NULL: all, or none was named */
    json_t *answer;    /* owned until given */
    struct error err;
    struct login_connect connect;
    ask_fn *then; /* after the work on the store's threads, or the mending */
    const char *mend_sha256;
    struct question *next_mend;
};

/* make.c: everything an integration needs before it can run; fills site->problem when not. */
void site_make(struct site *site);
void site_forget(struct site *site);
/* What the config says of a flow; NULL: nothing. */
const struct config_flow *site_flow(const struct site *site, const char *name);
/* Its connector crashed, hung or made a forbidden call, and is not opened again by itself. */
bool site_is_quarantined(const struct site *site);
/* After a consent: pin the organisation. [writer] */
struct site_choice {
    const char *tenant_id, *name;
};
MUST_CHECK bool site_pin(const struct site *site, struct db *db, const struct site_choice *to,
                         struct arena *arena, struct error *err);

/* said.c: where to say why it cannot run, until it turns out that it can; how the last run ended.
 */
struct error *site_problem(struct site *site);
void site_problem_over(struct site *site);
void site_say_last(struct site *site, const struct error *err);
void site_said_done(struct site *site);

/* program.c: declarations and programs, shared by the integrations that have the same. True: there
 * is one of this file already; else begin (the arena of what is described), described, compile. */
bool site_program_use(struct site *site, const char *sha256);
struct arena *site_program_begin(struct site *site, const char *sha256);
void site_program_described(struct site *site, const struct connector_verdict *verdict);
/* What was found out about its connector; empty before. */
const struct connector_verdict *site_verdict(const struct site *site);
/* False with site->problem. */
MUST_CHECK bool site_program_compile(struct site *site);
void site_program_drop(struct site *site);

/* allow.c: what the operator allows; false with site->problem. */
MUST_CHECK bool site_allow(struct site *site);
/* "127.0.0.1:9000" of "http://127.0.0.1:9000/x"; "" for anything but this machine. In arena. */
const char *site_loopback(struct site *site, const char *url);
/* The config gives no login, and the connector reads files. */
bool site_needs_no_login(const struct site *site);

/* confirm.c: what is new in a connector since it was last confirmed; false with site->problem. */
MUST_CHECK bool site_look_confirmed(struct site *site);
/* [writer] This file, as it is now, is what the operator wants. */
MUST_CHECK bool site_confirm(const struct site *site, struct db *db, const char *who,
                             struct error *err);
/* [writer] The same, unless one was confirmed before: whoever connects means the one that is there.
 */
MUST_CHECK bool site_confirm_first(const struct site *site, struct db *db, struct arena *arena,
                                   const char *who, struct error *err);
json_t *site_changes(const struct site *site);

/* restored.c: what may not be written in a store that was restored. False with site->problem. */
MUST_CHECK bool site_look_adopted(struct site *site);
/* Whether this object carries our mark, and something of this integration writes it. */
bool site_adopts(const struct site *site, const struct xero_object *object);
/* [writer] All of these were looked at. */
MUST_CHECK bool site_put_adopted(const struct site *site, struct db *db, struct arena *arena,
                                 struct error *err);

/* runs.c */
/* False with *err when it cannot be started. */
MUST_CHECK bool site_run(struct site *site, enum run_depth depth, const char *why,
                         struct question *asker, struct error *err);
void site_schedule(struct site *site);
/* engine.c: called whenever a run has ended. */
void engine_look_stopped(struct engine *engine);

/* answer.c; NULL is "", and so is the time 0. */
void answer_text(json_t *answer, const char *name, const char *text);
void answer_time(json_t *answer, const char *name, int64_t ms);

/* Answer and forget. */
void question_done(struct question *q);
void question_fail(struct question *q, const struct error *err);
/* Work on the store's threads; when it fails, that is the answer, else `then`. */
void question_read(struct question *q, store_work_fn *work, ask_fn *then);
void question_write(struct question *q, store_work_fn *work, ask_fn *then);

/* mend.c: make the site anew if it has a problem; or all that use this file and have one. */
void mend_site(struct question *q, ask_fn *then);
void mend_users(struct question *q, const char *sha256, ask_fn *then);
/* Whatever was at work is not any more: look whether what waited can be done. */
void mend_waiting(struct engine *engine);

/* ask_*.c: what can be asked */
ask_fn ask_status, ask_held, ask_approvals, ask_approve, ask_sync, ask_plan, ask_apply, ask_retry,
    ask_skip, ask_link, ask_history, ask_audit, ask_accounts, ask_connect, ask_disconnect,
    ask_connectors, ask_connector, ask_explain, ask_doctor, ask_forms, ask_repost, ask_key,
    ask_adopt, ask_confirm, ask_release;
/* What would be done: the answer to a plan; what there is now: the answer to a sync. */
ask_fn ask_changes, ask_summary;

/* ask_documents.c: a document as people are shown it. */
json_t *document_json(const struct question *q, const struct site *site,
                      const struct document *document);
/* ask_deeds.c: whether the request names it: by number, as mapping/key, by its code, or as all. */
bool document_is_meant(const struct question *q, const struct document *document);

struct site *engine_site(struct engine *engine, const char *name);
/* documents: mapping → state → count, into `to`; ret_oldest_ms: of those held, 0: none. */
MUST_CHECK bool count_documents(struct site *site, struct db *db, json_t *to,
                                int64_t *ret_oldest_ms, struct error *err);
/* currency → {"source", "xero"}: of everything that is written. */
MUST_CHECK bool add_totals(struct site *site, struct db *db, json_t *to, struct error *err);
/* The text of a field of the request; "" when absent. */
const char *question_text(const struct question *q, const char *name);
/* The day or instant under "since"; 0 when it was not said. REJECTED "usage". */
MUST_CHECK bool question_since(const struct question *q, int64_t *ret_ms, struct error *err);

#endif
