/*
 * One run of one integration: read both sides, plan what became dirty, deliver until nothing is
 * ready. A machine of steps/; every part of it can be cut off anywhere and taken up again.
 */
#ifndef FERRY_SCHEDULE_RUN_H
#define FERRY_SCHEDULE_RUN_H

#include "courier/courier.h"
#include "intake/intake.h"
#include "plan/plan.h"

/* How far a run goes. */
enum run_depth {
    RUN_PLAN,    /* read and plan; write nothing to the other side */
    RUN_DELIVER, /* and deliver */
};

struct run;
/* phase: "intake", "plan", "courier"; text: what is being done. */
typedef void run_progress_fn(void *owner, const char *phase, const char *text, int64_t done);

struct run {
    struct machine machine;
    struct house *house;
    struct integration *integration;
    enum run_depth depth;
    const char *flow, *why; /* for the record of runs; flow: only this one, "" all */
    int64_t since_ms;       /* read again what changed since then; 0: as cursors say */
    const char *who;        /* asked for it; "" nobody */
    bool everything;        /* read completely, not only what changed */
    bool remap;             /* look at what is written, too */
    run_progress_fn *progress;
    void *progress_owner;
    /* what came of it */
    struct intake_counts read;
    struct plan_counts planned;
    struct courier_counts delivered;
    int64_t begun_ms;
    /* its own */
    int64_t id;
    int rounds;
    bool more, replan;
    const struct map_activity *first;  /* what the source was read for; NULL: not read yet */
    const struct map_activity *active; /* of the integration, before its flows were asked */
    struct arena *arena;
    struct intake intake;
    struct courier courier;
    struct plan_batch *batch;
    machine_done_fn *done;
    void *owner;
    struct error result;
};

void run_init(struct run *run, struct house *house, struct integration *integration);
/* `done` after the run is on record; its err says how it ended. */
void run_start(struct run *run, machine_done_fn *done, void *owner);
void run_done(struct run *run);
/* The counts as JSON, owned: read, new, changed, planned, delivered. */
json_t *run_counts(const struct run *run);

/* ---- run_record.c, for run.c ---- */

/* Add what its reading, or its courier, counted. */
void run_count_read(struct run *run);
void run_count_delivered(struct run *run);
/* [writer] Put its counts and its end on record. */
MUST_CHECK bool run_close(struct db *db, void *self, struct error *err);

#endif
