#include "store/store_internal.h"

#include <pthread.h>

/* Jobs of one transaction at most, so that the first of them does not wait for ever. */
#define GROUP_MOST 256

struct job {
    store_work_fn *work;
    void *self;
    store_done_fn *done;
    struct error err;
    struct job *next;
};

struct queue {
    struct job *first, **last;
};

/*
 * A thread with a connection. Jobs wait in `waiting`, are carried out, and come back to the loop
 * through `finished`. Only `lock` is shared; the connection belongs to the thread.
 */
struct worker {
    struct db *db;
    bool writes, stopping;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_mutex_t db_in_use; /* by the thread, or by a job that is done here and now */
    pthread_cond_t more;
    struct queue waiting, finished;
    unsigned busy; /* loop thread only */
    uv_async_t *async;
};

static void queue_init(struct queue *queue)
{
    queue->first = NULL;
    queue->last = &queue->first;
}

static void queue_add(struct queue *queue, struct job *job)
{
    job->next = NULL;
    *queue->last = job;
    queue->last = &job->next;
}

/* Cut off the first `most` jobs and return them. */
static struct job *queue_take(struct queue *queue, size_t most)
{
    struct job *taken = queue->first, **end = &taken;

    for (size_t i = 0; i < most && *end; i++) {
        end = &(*end)->next;
    }
    queue->first = *end;
    *end = NULL;
    if (!queue->first) {
        queue->last = &queue->first;
    }
    return taken;
}

/* ---- carrying out ---- */

static bool simple(struct db *db, const char *sql, struct error *err)
{
    return db_do(db, err, sql, "");
}

/* Each job in a savepoint: one that fails undoes only itself. */
static void carry_out(struct db *db, struct job *job)
{
    job->err.kind = ERROR_NONE;
    if (!simple(db, "SAVEPOINT job", &job->err)) {
        return;
    }
    if (job->work(db, job->self, &job->err)) {
        job->err.kind = ERROR_NONE; /* what it got over on its way is no failure */
        if (!simple(db, "RELEASE job", &job->err)) {
            (void)!simple(db, "ROLLBACK TO job", NULL);
        }
        return;
    }
    if (job->err.kind == ERROR_NONE) {
        (void)!error_set(&job->err, ERROR_BUG, "store", "a job failed without saying why");
    }
    if (simple(db, "ROLLBACK TO job", NULL)) {
        (void)!simple(db, "RELEASE job", NULL);
    }
}

/* What was not committed did not happen, whatever each job thought. */
static void fail_all(struct job *jobs, const struct error *err)
{
    for (struct job *job = jobs; job; job = job->next) {
        if (job->err.kind == ERROR_NONE) {
            job->err = *err;
        }
    }
}

static void carry_out_group(struct db *db, bool writes, struct job *jobs)
{
    struct error err = {0};
    bool begun = simple(db, writes ? "BEGIN IMMEDIATE" : "BEGIN", &err);

    for (struct job *job = jobs; begun && job; job = job->next) {
        carry_out(db, job);
    }
    if (begun && writes) {
        fault_point("store.commit.before");
    }
    if (!begun || !simple(db, "COMMIT", &err)) {
        fail_all(jobs, &err);
        if (!sqlite3_get_autocommit(db->sqlite)) {
            (void)!simple(db, "ROLLBACK", NULL);
        }
    } else if (writes) {
        fault_point("store.commit.after");
    }
}

static void give_back(struct worker *worker, struct job *jobs)
{
    pthread_mutex_lock(&worker->lock);
    while (jobs) {
        struct job *next = jobs->next;

        queue_add(&worker->finished, jobs);
        jobs = next;
    }
    pthread_mutex_unlock(&worker->lock);
    uv_async_send(worker->async);
}

static void *run(void *self)
{
    struct worker *worker = self;

    pthread_mutex_lock(&worker->lock);
    for (;;) {
        struct job *jobs;

        while (!worker->waiting.first && !worker->stopping) {
            pthread_cond_wait(&worker->more, &worker->lock);
        }
        if (!worker->waiting.first) {
            break;
        }
        jobs = queue_take(&worker->waiting, worker->writes ? GROUP_MOST : 1);
        pthread_mutex_unlock(&worker->lock);
        pthread_mutex_lock(&worker->db_in_use);
        carry_out_group(worker->db, worker->writes, jobs);
        pthread_mutex_unlock(&worker->db_in_use);
        give_back(worker, jobs);
        pthread_mutex_lock(&worker->lock);
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

/* ---- the loop's side ---- */

static void deliver(struct worker *worker)
{
    struct job *jobs;

    pthread_mutex_lock(&worker->lock);
    jobs = queue_take(&worker->finished, SIZE_MAX);
    pthread_mutex_unlock(&worker->lock);
    while (jobs) {
        struct job *next = jobs->next;

        if (--worker->busy == 0) {
            uv_unref((uv_handle_t *)worker->async);
        }
        jobs->done(jobs->self, &jobs->err);
        memory_free(jobs);
        jobs = next;
    }
}

static void on_async(uv_async_t *async)
{
    if (async->data) {
        deliver(async->data);
    }
}

struct worker *worker_start(struct db *db, uv_loop_t *loop, bool writes)
{
    struct worker *worker = memory_new(1, sizeof *worker);

    worker->db = db;
    worker->writes = writes;
    queue_init(&worker->waiting);
    queue_init(&worker->finished);
    pthread_mutex_init(&worker->lock, NULL);
    pthread_mutex_init(&worker->db_in_use, NULL);
    pthread_cond_init(&worker->more, NULL);
    worker->async = memory_new(1, sizeof *worker->async);
    worker->async->data = worker;
    uv_async_init(loop, worker->async, on_async);
    /* what waits for the store keeps the loop alive by itself; the store alone does not */
    uv_unref((uv_handle_t *)worker->async);
    pthread_create(&worker->thread, NULL, run, worker);
    return worker;
}

static void free_handle(uv_handle_t *handle)
{
    memory_free(handle);
}

void worker_stop(struct worker *worker)
{
    if (!worker) {
        return;
    }
    pthread_mutex_lock(&worker->lock);
    worker->stopping = true;
    pthread_cond_signal(&worker->more);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    deliver(worker);
    worker->async->data = NULL;
    uv_close((uv_handle_t *)worker->async, free_handle);
    pthread_mutex_destroy(&worker->lock);
    pthread_mutex_destroy(&worker->db_in_use);
    pthread_cond_destroy(&worker->more);
    memory_free(worker);
}

void worker_add(struct worker *worker, store_work_fn *work, void *self, store_done_fn *done)
{
    struct job *job = memory_new(1, sizeof *job);

    *job = (struct job){.work = work, .self = self, .done = done};
    if (worker->busy++ == 0) {
        uv_ref((uv_handle_t *)worker->async);
    }
    pthread_mutex_lock(&worker->lock);
    queue_add(&worker->waiting, job);
    pthread_cond_signal(&worker->more);
    pthread_mutex_unlock(&worker->lock);
}

void worker_now(struct worker *worker, store_work_fn *work, void *self, struct error *err)
{
    struct job job = {.work = work, .self = self};

    pthread_mutex_lock(&worker->db_in_use);
    if (simple(worker->db, "BEGIN IMMEDIATE", &job.err)) {
        carry_out(worker->db, &job);
        if (!simple(worker->db, "COMMIT", job.err.kind ? NULL : &job.err)) {
            (void)!simple(worker->db, "ROLLBACK", NULL);
        }
    }
    pthread_mutex_unlock(&worker->db_in_use);
    *err = job.err;
}

unsigned worker_busy(const struct worker *worker)
{
    return worker->busy;
}
