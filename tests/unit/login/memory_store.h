/* A login_store in memory that can be told to fail, or to be slow. */
#ifndef FERRY_TESTS_MEMORY_STORE_H
#define FERRY_TESTS_MEMORY_STORE_H

#include <stdio.h>
#include <stdlib.h>

#include "login/login.h"
#include "unit.h"

struct kept {
    char grant[64];
    char *sealed;
    size_t size;
    int64_t generation;
};

struct memory_store {
    uv_loop_t *loop;
    struct kept kept[8];
    size_t count;
    int loads, saves;
    int fail_loads, fail_saves; /* so many more */
    bool slow;                  /* comes back in a later round of the loop */
    void (*before_save)(struct memory_store *store);
    void *self;
};

static inline struct kept *store_at(struct memory_store *store, const char *grant)
{
    for (size_t i = 0; i < store->count; i++) {
        if (strcmp(store->kept[i].grant, grant) == 0) {
            return &store->kept[i];
        }
    }
    if (store->count == sizeof store->kept / sizeof *store->kept) {
        abort();
    }
    snprintf(store->kept[store->count].grant, sizeof store->kept->grant, "%s", grant);
    return &store->kept[store->count++];
}

static inline void store_put(struct memory_store *store, const char *grant, struct text sealed)
{
    struct kept *kept = store_at(store, grant);

    memory_free(kept->sealed);
    kept->sealed = memory_new(sealed.size + 1, 1);
    memcpy(kept->sealed, sealed.at, sealed.size);
    kept->size = sealed.size;
    kept->generation = login_sealed_generation(sealed);
}

struct later {
    uv_timer_t timer;
    struct memory_store *store;
    char grant[64];
    struct text sealed;
    int64_t generation;
    login_loaded_fn *loaded;
    login_saved_fn *saved;
    void *owner;
};

static inline void later_run(struct later *later)
{
    struct memory_store *store = later->store;
    struct kept *kept = store_at(store, later->grant);
    struct error err = {0};

    if (later->loaded) {
        if (store->fail_loads > 0 && store->fail_loads--) {
            (void)error_set(&err, ERROR_TRANSIENT, "store-busy", "told to fail");
        }
        later->loaded(later->owner, (struct text){kept->sealed, kept->size}, &err);
        return;
    }
    if (store->fail_saves > 0 && store->fail_saves--) {
        (void)error_set(&err, ERROR_TRANSIENT, "disk-full", "told to fail");
    } else if (kept->generation >= later->generation) {
        (void)error_set(&err, ERROR_REJECTED, "stale", "another one is newer");
    } else {
        store_put(store, later->grant, later->sealed);
    }
    later->saved(later->owner, &err);
}

static inline void later_free(uv_handle_t *handle)
{
    memory_free(handle->data);
}

static inline void on_later(uv_timer_t *timer)
{
    later_run(timer->data);
    uv_close((uv_handle_t *)timer, later_free);
}

static inline void store_do(struct memory_store *store, struct later *later)
{
    if (!store->slow) {
        later_run(later);
        return;
    }
    struct later *copy = memory_new(1, sizeof *copy);

    *copy = *later;
    copy->timer.data = copy;
    uv_timer_init(store->loop, &copy->timer);
    uv_timer_start(&copy->timer, on_later, 20, 0);
}

static inline void store_load(void *self, const char *grant, login_loaded_fn *done, void *owner)
{
    struct later later = {.store = self, .loaded = done, .owner = owner};

    later.store->loads++;
    snprintf(later.grant, sizeof later.grant, "%s", grant);
    store_do(self, &later);
}

static inline void store_save(void *self, const char *grant, struct text sealed, int64_t generation,
                              login_saved_fn *done, void *owner)
{
    struct later later = {
        .store = self, .saved = done, .owner = owner, .sealed = sealed, .generation = generation};

    later.store->saves++;
    if (later.store->before_save) {
        later.store->before_save(later.store);
    }
    snprintf(later.grant, sizeof later.grant, "%s", grant);
    store_do(self, &later);
}

#endif
