/* key: the key that seals tokens; a new one seals all of them again. */
#include "base/memory.h"
#include "schedule/engine_internal.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

struct rotation {
    struct question *q;
    struct db *db;
    struct crypto_key fresh;
    int64_t sealed;
    struct error err;
};

static bool seal_again(void *self, const char *name, struct text sealed, struct error *err)
{
    struct rotation *r = self;
    AUTO(buffer_done) struct buffer out = {0};

    buffer_init(&out, LOGIN_SEALED_MAX);
    if (!login_reseal(name, sealed, &r->q->engine->key, &r->fresh, &out, err)) {
        return false;
    }
    r->sealed++;
    return kept_put(r->db, "grant", name, buffer_text(&out), err);
}

/* The new file stands beside the old one before anything is sealed with it; both are kept until
 * the tokens are durable under the new key. */
static bool work_rotate(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    const char *path = q->engine->config->key.name;
    const char *next = arena_printf(q->arena, "%s.new", path);
    struct rotation r = {.q = q, .db = db};

    if (unlink(next) != 0 && errno != ENOENT) {
        return error_set(err, ERROR_CONFIG, "key-file", "%s is in the way", next);
    }
    if (!crypto_key_create(next, &r.fresh, err) || !kept_each(db, "grant", seal_again, &r, err) ||
        !audit_add(db, q->user, "key-rotate", "key", "", err)) {
        return false;
    }
    json_object_set_new(q->answer, "keys", json_new_int(r.sealed));
    crypto_key_done(&r.fresh);
    return true;
}

static void on_rotated(void *self, const struct error *err)
{
    struct question *q = self;
    const char *path = q->engine->config->key.name;
    char sentence[] = "The tokens are sealed with a new key. Start Ferry again.";

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
    store_write(q->engine->store, work_rotate, q, on_rotated);
}
