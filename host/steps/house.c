#include "base/memory.h"
#include "steps/steps.h"

/*
 * quota/ and login/ know no timers and no store: here they get both. Quota's next moment is a
 * timer; grants are kept, sealed, by name.
 */
struct fittings {
    struct house *house;
    struct timer *quota_timer;
    bool ticking;
};

/* ---- what is still under way ---- */

static unsigned busy(void *self)
{
    const struct house *house = self;

    return http_in_flight(house->http) + store_busy(house->store) + login_busy(house->login);
}

/* ---- quota ---- */

static void arm_quota(struct fittings *f);

static void on_quota_due(void *owner)
{
    struct fittings *f = owner;

    f->quota_timer = NULL;
    f->ticking = true;
    quota_tick(f->house->quota);
    f->ticking = false;
    arm_quota(f);
}

static void arm_quota(struct fittings *f)
{
    int64_t due_ms = quota_next_due_ms(f->house->quota);

    if (f->quota_timer) {
        timer_stop(f->house->timers, f->quota_timer);
        f->quota_timer = NULL;
    }
    if (due_ms != INT64_MAX) {
        f->quota_timer = timer_start(f->house->timers, due_ms, on_quota_due, f);
    }
}

static void on_quota_wake(void *owner)
{
    struct fittings *f = owner;

    if (!f->ticking) {
        arm_quota(f);
    }
}

/* ---- grants ---- */

#define GRANT_ARENA_MAX ((size_t)1 << 20)

struct grant_job {
    char *name;
    struct arena *arena;
    struct text sealed;
    int64_t generation;
    login_loaded_fn *loaded;
    login_saved_fn *saved;
    void *owner;
};

static struct grant_job *grant_job_new(const char *name, void *owner)
{
    struct grant_job *job = memory_new(1, sizeof *job);

    job->name = memory_copy_text(name);
    job->arena = arena_new(GRANT_ARENA_MAX);
    job->owner = owner;
    return job;
}

static void grant_job_free(struct grant_job *job)
{
    memory_free(job->name);
    arena_free(job->arena);
    memory_free(job);
}

static bool work_load(struct db *db, void *self, struct error *err)
{
    struct grant_job *job = self;

    return kept_get(db, "grant", job->name, job->arena, &job->sealed, err);
}

static void on_loaded(void *self, const struct error *err)
{
    struct grant_job *job = self;

    job->loaded(job->owner, job->sealed, err);
    grant_job_free(job);
}

static void load_grant(void *self, const char *grant, login_loaded_fn *done, void *owner)
{
    struct fittings *f = self;
    struct grant_job *job = grant_job_new(grant, owner);

    job->loaded = done;
    store_read(f->house->store, work_load, job, on_loaded);
}

/* Kept only over an older generation; so of two processes that refreshed, one learns it. */
static bool work_save(struct db *db, void *self, struct error *err)
{
    struct grant_job *job = self;
    struct text known;

    if (!kept_get(db, "grant", job->name, job->arena, &known, err)) {
        return false;
    }
    if (known.size && login_sealed_generation(known) >= job->generation) {
        return error_set(err, ERROR_REJECTED, "stale", "a newer token of %s is kept already",
                         job->name);
    }
    return kept_put(db, "grant", job->name, job->sealed, err);
}

static void on_saved(void *self, const struct error *err)
{
    struct grant_job *job = self;

    job->saved(job->owner, err);
    grant_job_free(job);
}

static void save_grant(void *self, const char *grant, struct text sealed, int64_t generation,
                       login_saved_fn *done, void *owner)
{
    struct fittings *f = self;
    struct grant_job *job = grant_job_new(grant, owner);

    job->sealed = sealed;
    job->generation = generation;
    job->saved = done;
    store_write(f->house->store, work_save, job, on_saved);
}

/* ---- the house ---- */

void house_open(struct house *house, const struct crypto_key *key, const char *ca_file)
{
    struct http_settings http = {.ca_file = ca_file};
    struct fittings *f = memory_new(1, sizeof *f);
    struct login_settings login = {
        .loop = house->loop,
        .clock = house->clock,
        .key = *key,
        .store = {.self = f, .load = load_grant, .save = save_grant},
    };

    f->house = house;
    house->fittings = f;
    house->http = http_new(house->loop, house->clock, &http);
    house->quota = quota_new(house->clock, on_quota_wake, f);
    login.http = house->http;
    house->login = login_new(&login);
    house->timers = timers_new(house->loop, house->clock, busy, house);
}

void house_close(struct house *house)
{
    if (!house->fittings) {
        return;
    }
    login_free(house->login);
    http_free(house->http);
    quota_free(house->quota);
    timers_free(house->timers);
    memory_free(house->fittings);
    house->fittings = NULL;
}
