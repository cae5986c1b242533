#include "schedule/run.h"

#define RUN_ARENA_MAX ((size_t)256 << 20)
#define ROUNDS_MOST   8

static void say(struct run *run, const char *phase, const char *text, int64_t done)
{
    if (run->progress) {
        run->progress(run->progress_owner, phase, text, done);
    }
}

/* ---- open: the record of the run; what the connector looks at ---- */

/* A new version of the connector, or another mapping in the config: everything is looked at anew.
 */
static bool subscribe(struct run *run, struct db *db, struct error *err)
{
    const struct integration *integration = run->integration;
    const char *name = arena_printf(run->arena, "%lld", (long long)integration->id);
    struct text known;

    if (!kept_get(db, "program", name, run->arena, &known, err)) {
        return false;
    }
    if (known.at && text_is(known, integration->program_hash) && !run->remap) {
        return true;
    }
    return plan_subscribe(db, integration, run->remap ? DIRTY_HARD : DIRTY_SOFT, err) &&
           kept_put(db, "program", name, text_of(integration->program_hash), err);
}

static bool work_open(struct db *db, void *self, struct error *err)
{
    struct run *run = self;

    return run_begin(db, run->integration->id, run->flow, run->why, &run->id, err) &&
           (!run->who[0] || audit_add(db, run->who, run->depth == RUN_PLAN ? "plan" : "sync",
                                      run->integration->name, "", err)) &&
           subscribe(run, db, err);
}

static void ask_open(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_open;
}

static const char *go(struct run *run, const struct answer *answer, const char *next)
{
    return answer->err.kind ? machine_fail(&run->machine, &answer->err) : next;
}

static const char *got_open(void *self, const struct answer *answer)
{
    return go(self, answer, "xero");
}

/* ---- reading both sides ---- */

static void ask_lists(struct run *run, struct ask *ask, bool of_xero)
{
    const struct map_list *const *lists = NULL;
    const struct map_activity *known = of_xero ? NULL : run->first;
    size_t count = intake_lists(run->integration, of_xero, known, run->arena, &lists);

    say(run, "intake", of_xero ? "reading Xero" : "reading the source", run->read.read);
    if (count == 0) {
        return;
    }
    intake_init(&run->intake, run->house, run->integration);
    run->intake.everything = run->everything;
    run->intake.since_ms = run->since_ms;
    run->intake.parents = plan_parents;
    run->intake.lists = lists;
    run->intake.list_count = count;
    ask->kind = ASK_MACHINE;
    ask->machine = &run->intake.machine;
}

static const char *got_lists(struct run *run, const struct answer *answer, const char *next)
{
    run_count_read(run);
    intake_done(&run->intake);
    return go(run, answer, next);
}

static void ask_xero(void *self, struct ask *ask)
{
    ask_lists(self, ask, true);
}

static const char *got_xero(void *self, const struct answer *answer)
{
    return got_lists(self, answer, "organisation");
}

/* ---- the organisation is the one that was pinned ---- */

static bool read_organisation(struct run *run, struct db *db, json_t **ret, struct error *err)
{
    struct found_keys keys = {NULL, 0};
    const char *body = NULL;

    if (!mirror_keys(db, run->integration->xero.scope, "xero.Organisation", run->arena, &keys,
                     err)) {
        return false;
    }
    if (keys.count == 0) {
        return error_set(err, ERROR_TRANSIENT, "organisation",
                         "Xero did not show its organisation.");
    }
    if (keys.count > 1) {
        return error_set(err, ERROR_CONFIG, "organisation-swapped",
                         "The connection shows another organisation than the one that was pinned. "
                         "Nothing is written. Connect the right one, or give this integration a "
                         "new name.");
    }
    return mirror_get(db, run->integration->xero.scope, "xero.Organisation", keys.at[0], run->arena,
                      &body, err) &&
           json_read(text_of(body), JSON_DEPTH_MAX, ret, err);
}

static bool work_organisation(struct db *db, void *self, struct error *err)
{
    struct run *run = self;
    json_t *organisation = NULL;
    bool ok;

    if (!read_organisation(run, db, &organisation, err)) {
        return false;
    }
    ok = kept_put(db, "short-code",
                  arena_printf(run->arena, "%lld", (long long)run->integration->id),
                  text_of(json_path_text(organisation, "ShortCode")), err) &&
         plan_flows(db, run->integration, run->flow, run->arena, &run->integration->active, err);
    json_decref(organisation);
    return ok;
}

static void ask_organisation(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_organisation;
}

static const char *got_organisation(void *self, const struct answer *answer)
{
    struct run *run = self;

    return go(run, answer, run->rounds ? "evaluate" : "source");
}

static void ask_source(void *self, struct ask *ask)
{
    ask_lists(self, ask, false);
}

static const char *got_source(void *self, const struct answer *answer)
{
    struct run *run = self;

    return got_lists(run, answer, run->first ? "evaluate" : "flows");
}

/* ---- guards of flows may look at the source too, which is known by now ---- */

static bool work_flows(struct db *db, void *self, struct error *err)
{
    struct run *run = self;

    run->first = run->integration->active;
    return plan_flows(db, run->integration, run->flow, run->arena, &run->integration->active, err);
}

static void ask_flows(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_flows;
}

/* Lists of flows that have become ready are read in the same run; those that were, are not again.
 */
static const char *got_flows(void *self, const struct answer *answer)
{
    return go(self, answer, "source");
}

/* ---- planning ---- */

static bool work_evaluate(struct db *db, void *self, struct error *err)
{
    struct run *run = self;

    return plan_evaluate(run->batch, db, &run->more, err);
}

static void ask_evaluate(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_READ;
    ask->work = work_evaluate;
}

static const char *got_evaluate(void *self, const struct answer *answer)
{
    struct run *run = self;

    return go(run, answer, run->more ? "apply" : "removals");
}

static bool work_apply(struct db *db, void *self, struct error *err)
{
    struct run *run = self;

    return plan_apply(run->batch, db, &run->planned, err);
}

static void ask_apply(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_apply;
}

static const char *got_apply(void *self, const struct answer *answer)
{
    struct run *run = self;

    run->replan = true;
    say(run, "plan", "working out documents", run->planned.roots);
    return go(run, answer, "evaluate");
}

static bool work_removals(struct db *db, void *self, struct error *err)
{
    struct run *run = self;

    return plan_hold_removals(db, run->integration, err);
}

static void ask_removals(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_removals;
}

/* Round and round: what was written may make more ready, until a plan finds nothing new. */
static const char *got_removals(void *self, const struct answer *answer)
{
    struct run *run = self;
    bool again = run->replan && run->rounds < ROUNDS_MOST;

    /* at first, because something may be left from before; and never for a plan */
    again = (again || run->rounds == 0) && run->depth == RUN_DELIVER;
    run->replan = false;
    return go(run, answer, again ? "deliver" : NULL);
}

/* ---- delivering ---- */

static void ask_deliver(void *self, struct ask *ask)
{
    struct run *run = self;

    run->rounds++;
    say(run, "courier", "writing to Xero", run->delivered.created);
    courier_init(&run->courier, run->house, run->integration);
    ask->kind = ASK_MACHINE;
    ask->machine = &run->courier.machine;
}

static const char *got_deliver(void *self, const struct answer *answer)
{
    struct run *run = self;
    bool reread = run->courier.reread;

    run_count_delivered(run);
    courier_done(&run->courier);
    say(run, "courier", "written", run->delivered.created);
    return go(run, answer, reread && run->rounds < ROUNDS_MOST ? "xero" : "evaluate");
}

static const struct step run_steps[] = {
    {"open", ask_open, got_open},                         /* → xero */
    {"xero", ask_xero, got_xero},                         /* → organisation */
    {"organisation", ask_organisation, got_organisation}, /* → source, evaluate */
    {"source", ask_source, got_source},                   /* → flows, evaluate */
    {"flows", ask_flows, got_flows},                      /* → source */
    {"evaluate", ask_evaluate, got_evaluate},             /* → apply, removals */
    {"apply", ask_apply, got_apply},                      /* → evaluate */
    {"removals", ask_removals, got_removals},             /* → deliver, done */
    {"deliver", ask_deliver, got_deliver},                /* → xero, evaluate */
    {NULL, NULL, NULL},
};

/* ---- the whole ---- */

static void on_closed(void *self, const struct error *err)
{
    struct run *run = self;

    if (run->result.kind == ERROR_NONE) {
        run->result = *err;
    }
    run->done(run->owner, &run->result);
}

static void on_ended(void *owner, const struct error *err)
{
    struct run *run = owner;

    run->result = *err;
    store_write(run->house->store, run_close, run, on_closed);
}

void run_init(struct run *run, struct house *house, struct integration *integration)
{
    *run = (struct run){.house = house,
                        .integration = integration,
                        .depth = RUN_DELIVER,
                        .flow = "",
                        .why = "asked for",
                        .who = ""};
    run->arena = arena_new(RUN_ARENA_MAX);
    run->active = integration->active;
    run->batch = plan_batch_new(integration);
    machine_init(&run->machine, house, "run", run_steps, run);
}

void run_start(struct run *run, machine_done_fn *done, void *owner)
{
    run->done = done;
    run->owner = owner;
    run->begun_ms = clock_wall_ms(run->house->clock);
    machine_start(&run->machine, NULL, on_ended, run);
}

void run_done(struct run *run)
{
    run->integration->active = run->active;
    intake_done(&run->intake);
    courier_done(&run->courier);
    plan_batch_free(run->batch);
    arena_free(run->arena);
}
