#include "store/store_internal.h"

struct store {
    struct store_lock lock;
    struct db *write_db, *read_db;
    struct worker *writer, *reader;
    int64_t restored;
};

static bool open_connections(struct store *store, const struct store_options *options,
                             struct clock *clock, struct error *err)
{
    return db_open(options, clock, true, &store->write_db, err) &&
           schema_prepare(store->write_db, options->path, err) &&
           generation_check(store->write_db, &store->lock, &store->restored, err) &&
           db_open(options, clock, false, &store->read_db, err);
}

bool store_open(const struct store_options *options, uv_loop_t *loop, struct clock *clock,
                struct store **ret, struct error *err)
{
    struct store *store = memory_new(1, sizeof *store);

    if (!lock_take(options->path, &store->lock, err) ||
        !open_connections(store, options, clock, err)) {
        store_close(store);
        return false;
    }
    store->writer = worker_start(store->write_db, loop, true);
    store->reader = worker_start(store->read_db, loop, false);
    *ret = store;
    return true;
}

void store_close(struct store *store)
{
    if (!store) {
        return;
    }
    worker_stop(store->reader);
    worker_stop(store->writer);
    db_close(store->read_db);
    db_close(store->write_db);
    lock_drop(&store->lock);
    memory_free(store);
}

int64_t store_restored(const struct store *store)
{
    return store->restored;
}

bool store_show_generation(struct store *store, int64_t n, struct error *err)
{
    return generation_show(&store->lock, n, err);
}

void store_write(struct store *store, store_work_fn *work, void *self, store_done_fn *done)
{
    worker_add(store->writer, work, self, done);
}

void store_read(struct store *store, store_work_fn *work, void *self, store_done_fn *done)
{
    worker_add(store->reader, work, self, done);
}

unsigned store_busy(const struct store *store)
{
    return worker_busy(store->writer) + worker_busy(store->reader);
}

bool store_now(struct store *store, store_work_fn *work, void *self, struct error *err)
{
    struct error how = {0};

    worker_now(store->writer, work, self, &how);
    if (how.kind) {
        *err = how;
    }
    return how.kind == ERROR_NONE;
}
