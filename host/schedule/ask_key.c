/* key: the key that seals tokens; a new one seals all of them again. */
#include "base/memory.h"
#include "schedule/engine_internal.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

struct resealed {
    const char *name;
    struct text sealed;
    struct resealed *next;
};
struct rotation {
    struct question *q;
    struct crypto_key fresh;
    struct resealed *all;
};

static bool seal_again(void *self, const char *name, struct text sealed, struct error *err)
{
    struct rotation *r = self;
    struct arena *arena = r->q->arena;
    struct resealed *one = arena_alloc(arena, 1, sizeof *one);
    AUTO(buffer_done) struct buffer out = {0};

    buffer_init(&out, LOGIN_SEALED_MAX);
    if (!login_reseal(name, sealed, &r->q->engine->key, &r->fresh, &out, err)) {
        return false;
    }
    one->name = arena_copy(arena, name);
    one->sealed = (struct text){arena_copy_text(arena, buffer_text(&out)), out.size};
    one->next = r->all;
    r->all = one;
    return true;
}

/* After all were read: a row that is written while rows are gone through may be met again. */
static bool put_all(const struct rotation *r, struct db *db, int64_t *ret_count, struct error *err)
{
    for (const struct resealed *one = r->all; one; one = one->next, ++*ret_count) {
        if (!kept_put(db, "grant", one->name, one->sealed, err)) {
            return false;
        }
    }
    return true;
}

/* The new file stands beside the old one before anything is sealed with it; both are kept until
 * the tokens are durable under the new key. */
static bool work_rotate(struct db *db, void *self, struct error *err)
{
    struct rotation *r = self;
    struct question *q = r->q;
    const char *path = q->engine->config->key.name;
    const char *next = arena_printf(q->arena, "%s.new", path);
    int64_t count = 0;

    if (unlink(next) != 0 && errno != ENOENT) {
        return error_set(err, ERROR_CONFIG, "key-file", "%s is in the way", next);
    }
    if (!crypto_key_create(next, &r->fresh, err) || !kept_each(db, "grant", seal_again, r, err) ||
        !put_all(r, db, &count, err) || !audit_add(db, q->user, "key-rotate", "key", "", err)) {
        return false;
    }
    json_object_set_new(q->answer, "keys", json_new_int(count));
    return true;
}

/* What is refreshed from now on is sealed with the new key, too. */
static void take_over(struct rotation *r, bool done)
{
    if (done) {
        crypto_key_done(&r->q->engine->key);
        r->q->engine->key = r->fresh;
    }
    crypto_key_done(&r->fresh);
    memory_free(r);
}

static void on_rotated(void *self, const struct error *err)
{
    struct rotation *r = self;
    struct question *q = r->q;
    const char *path = q->engine->config->key.name;
    char sentence[] = "The tokens are sealed with a new key, which is in use from now on.";

    take_over(r, err->kind == ERROR_NONE);
    if (err->kind) {
        question_fail(q, err);
        return;
    }
    if (rename(arena_printf(q->arena, "%s.new", path), path) != 0) {
        error_set(&q->err, ERROR_CONFIG, "key-file", "The new key could not take the place of %s.",
                  path);
        question_fail(q, &q->err);
        return;
    }
    json_object_set_new(q->answer, "text", json_new_text(text_of(sentence)));
    question_done(q);
}

void ask_key(struct question *q)
{
    const struct config_secret *key = &q->engine->config->key;
    struct rotation *rotation;

    if (strcmp(question_text(q, "verb"), "rotate") != 0) {
        json_object_set_new(
            q->answer, "text",
            json_new_text(text_of(arena_printf(q->arena, "The key is read from %s.", key->name))));
        question_done(q);
        return;
    }
    if (key->kind != CONFIG_SECRET_FILE) {
        error_set(&q->err, ERROR_CONFIG, "key-place",
                  "Only a key in a file can be rotated; this one comes from elsewhere.");
        question_fail(q, &q->err);
        return;
    }
    rotation = memory_new(1, sizeof *rotation);
    rotation->q = q;
    store_write(q->engine->store, work_rotate, rotation, on_rotated);
}
