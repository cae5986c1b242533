#include "base/memory.h"
#include "schedule/engine_internal.h"

/* ---- when ---- */

#define DEFAULT_EVERY_S 900
#define DAY_MINUTES     1440

/* "every 15m" of a declaration, in seconds. */
static uint32_t every_of(const char *when)
{
    static const struct {
        char unit;
        uint32_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    uint32_t n = 0;
    const char *at = strncmp(when, "every ", 6) == 0 ? when + 6 : "";

    while (*at >= '0' && *at <= '9' && n < 1000000) {
        n = n * 10 + (uint32_t)(*at++ - '0');
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (*at == units[i].unit) {
            return n * units[i].seconds;
        }
    }
    return DEFAULT_EVERY_S;
}

/*
 * Many integrations that begin at the same instant would all hold the memory of a run at once, and
 * ask the same APIs together.
 */
#define APART_MS 50

static int64_t turn_ms(const struct site *m)
{
    return (m - m->engine->sites) * APART_MS % 60000;
}

static int64_t next_at(const struct config_flow *flow, int64_t now_ms)
{
    const int64_t minute_ms = 60000, day_ms = DAY_MINUTES * minute_ms;
    int64_t midnight = now_ms - now_ms % day_ms, soonest = INT64_MAX;

    for (size_t i = 0; i < flow->at.count; i++) {
        int64_t at = midnight + flow->at.minute[i] * minute_ms;

        at += at <= now_ms ? day_ms : 0;
        soonest = at < soonest ? at : soonest;
    }
    return soonest;
}

/* The soonest of all flows: a run reads and plans everything, whichever flow it is for. */
static int64_t next_run_ms(const struct site *m, int64_t now_ms)
{
    int64_t soonest = INT64_MAX;

    for (size_t i = 0; i < m->declaration->flow_count; i++) {
        const struct declared_flow *declared = &m->declaration->flows[i];
        const struct config_flow *flow = site_flow(m, declared->name);
        int64_t at;

        if (!m->integration.flows[i]) {
            continue;
        }
        at = flow && flow->when == CONFIG_AT
                 ? next_at(flow, now_ms) + turn_ms(m)
                 : now_ms + 1000 * (int64_t)(flow ? flow->every_s : every_of(declared->when));
        soonest = at < soonest ? at : soonest;
    }
    return soonest;
}

static void on_due(void *owner)
{
    struct site *m = owner;
    struct error err;

    m->timer = NULL;
    if (!site_run(m, RUN_DELIVER, "scheduled", NULL, &err)) {
        site_schedule(m);
    }
}

/* What it waits for otherwise schedules it again: the end of a run or an adoption, a mending. */
static bool may_run(const struct site *m)
{
    return !m->run && !m->problem && m->config->enabled && !m->unadopted && !m->engine->stopping &&
           !m->engine->adoption;
}

void site_schedule(struct site *m)
{
    struct house *house = &m->engine->house;
    int64_t now_ms = clock_wall_ms(house->clock);

    if (m->timer || !may_run(m)) {
        return;
    }
    m->next_ms = m->last_ms ? next_run_ms(m, now_ms) : now_ms + turn_ms(m);
    if (m->next_ms != INT64_MAX) {
        m->timer = timer_start(house->timers, clock_boot_ms(house->clock) + (m->next_ms - now_ms),
                               on_due, m);
    }
}

/* ---- a run ---- */

static void tell(void *owner, const char *phase, const char *text, int64_t done)
{
    struct site *m = owner;
    json_t *progress;

    if (!m->asker) {
        return;
    }
    progress = json_object();
    json_object_set_new(progress, "phase", json_new_text(text_of(phase)));
    json_object_set_new(progress, "text", json_new_text(text_of(text)));
    json_object_set_new(progress, "done", json_new_int(done));
    m->asker->reply.progress(m->asker->reply.self, progress);
}

static void end_run(struct site *m, const struct error *err)
{
    struct run *run = m->run;
    struct question *asker = m->asker;
    bool is_plan = run->depth == RUN_PLAN;

    site_say_last(m, err);
    m->last_ms = clock_wall_ms(m->engine->clock);
    m->run = NULL;
    m->asker = NULL;
    log_event(err->kind ? LOG_WARNING : LOG_INFO, "run-ended", "integration", m->config->name,
              "code", err->code, "text", err->text, NULL);
    if (asker) {
        json_t *counts = run_counts(run);

        json_object_set_new(counts, "seconds", json_new_int((m->last_ms - run->begun_ms) / 1000));
        json_object_update(asker->answer, counts);
        json_decref(counts);
    }
    run_done(run);
    memory_give_back();
    memory_free(run);
    if (asker && err->kind) {
        question_fail(asker, err);
    } else if (asker) {
        /* what would be done, or what waits for a person, comes with the answer */
        (is_plan ? ask_changes : ask_summary)(asker);
    }
    mend_waiting(m->engine);
    if (m->engine->settings.daemon) {
        site_schedule(m);
    }
    engine_look_stopped(m->engine);
}

static void on_run_ended(void *owner, const struct error *err)
{
    struct error how = *err; /* it is the run's, which goes */

    end_run(owner, &how);
}

/* ---- what was asked of it ---- */

static bool is_flow(const struct site *m, const char *name, struct arena *arena, struct error *err)
{
    const struct declaration *d = m->declaration;
    const char **names = arena_alloc(arena, d->flow_count + 1, sizeof *names), *near;

    for (size_t i = 0; i < d->flow_count; i++) {
        names[i] = d->flows[i].name;
        if (strcmp(names[i], name) == 0) {
            return !m->integration.flows || m->integration.flows[i] ||
                   error_set(err, ERROR_REJECTED, "flow-off",
                             "The flow %s of %s is off in the config.", name, m->config->name);
        }
    }
    near = suggest_name(name, names, d->flow_count);
    return error_set(err, ERROR_REJECTED, "no-flow", "%s has no flow %.60s%s%s%s", m->config->name,
                     name, near ? "; did you mean " : "", near ? near : ".", near ? "?" : "");
}

/* flow, since and remap of a question. */
static bool take_wishes(struct site *m, struct run *run, const struct question *asker,
                        struct error *err)
{
    const char *flow = question_text(asker, "flow");

    if (flow[0] && !is_flow(m, flow, run->arena, err)) {
        return false;
    }
    run->flow = arena_copy(run->arena, flow);
    run->remap = json_is_true(json_object_get(asker->request, "remap"));
    return question_since(asker, &run->since_ms, err);
}

static void forget_run(struct site *m)
{
    run_done(m->run);
    memory_free(m->run);
    m->run = NULL;
    site_schedule(m);
}

bool site_run(struct site *m, enum run_depth depth, const char *why, struct question *asker,
              struct error *err)
{
    if (m->problem) {
        *err = *m->problem;
        return false;
    }
    if (!m->config->enabled) {
        return error_set(err, ERROR_CONFIG, "off", "%s is switched off in the config.",
                         m->config->name);
    }
    if (m->run || m->engine->stopping) {
        return error_set(err, ERROR_TRANSIENT, "running", "%s is running already.",
                         m->config->name);
    }
    if (m->engine->adoption) {
        return error_set(err, ERROR_TRANSIENT, "running", "`ferry adopt` is at work.");
    }
    if (m->unadopted && depth == RUN_DELIVER) {
        return error_set(err, ERROR_CONFIG, "restored",
                         "The store was restored from a backup. %s writes nothing until `ferry "
                         "adopt` has read the marks of what was written since.",
                         m->config->name);
    }
    if (m->timer) {
        timer_stop(m->engine->house.timers, m->timer);
        m->timer = NULL;
    }
    m->run = memory_new(1, sizeof *m->run);
    run_init(m->run, &m->engine->house, &m->integration);
    if (asker && !take_wishes(m, m->run, asker, err)) {
        forget_run(m);
        return false;
    }
    m->asker = asker;
    m->run->depth = depth;
    m->run->why = why;
    m->run->who = asker ? asker->user : "";
    m->run->everything = m->last_ms == 0;
    m->run->progress = tell;
    m->run->progress_owner = m;
    run_start(m->run, on_run_ended, m);
    return true;
}
