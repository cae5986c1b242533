/* What a connector may do is the operator's to say: a new version that wants more waits for them.
 */
#include "base/memory.h"
#include "schedule/engine_internal.h"
#include "schedule/shelf.h"

#define CONFIRMED_ARENA_MAX ((size_t)64 << 20) /* two descriptions, one of them read */

struct confirmed {
    const struct site *site;
    struct arena *arena;             /* a description is large, and mostly nothing is new in it */
    struct text sha256, description; /* of the file that was confirmed; "" when it is this one */
};

static bool work_load(struct db *db, void *self, struct error *err)
{
    struct confirmed *c = self;

    if (!kept_get(db, "confirmed", c->site->config->name, c->arena, &c->sha256, err)) {
        return false;
    }
    return c->sha256.size == 0 || text_is(c->sha256, c->site->sha256) ||
           shelf_description(db, arena_copy_text(c->arena, c->sha256), c->arena, &c->description,
                             err);
}

/* A description that is not there, or cannot be read any more, is as if nothing had been
 * confirmed: everything is new. */
static bool compare(struct site *m, const struct confirmed *c)
{
    const struct declaration *before = NULL;
    struct error err;

    if (!declaration_read(c->description, c->arena, &before, &err)) {
        before = NULL;
    }
    connector_changes(before, m->declaration, m->arena, &m->changes);
    return m->changes.count == 0 ||
           error_set(site_problem(m), ERROR_CONFIG, "connector-unconfirmed",
                     "The new version %s of %s wants more than the one before: %s%s. Look with "
                     "`ferry connector show %s`, then `ferry connector confirm %s`.",
                     m->declaration->version, m->declaration->id, m->changes.at[0].text,
                     m->changes.count > 1 ? " and more" : "", m->declaration->id,
                     m->declaration->id);
}

bool site_look_confirmed(struct site *m)
{
    struct confirmed c = {.site = m, .arena = arena_new(CONFIRMED_ARENA_MAX)};
    bool ok;

    m->changes = (struct connector_changes){NULL, 0};
    ok = store_now(m->engine->store, work_load, &c, site_problem(m)) &&
         (c.sha256.size == 0 || text_is(c.sha256, m->sha256) || compare(m, &c));
    arena_free(c.arena);
    return ok;
}

bool site_confirm_first(const struct site *m, struct db *db, struct arena *arena, const char *who,
                        struct error *err)
{
    struct text known;

    return kept_get(db, "confirmed", m->config->name, arena, &known, err) &&
           (known.size > 0 || site_confirm(m, db, who, err));
}

bool site_confirm(const struct site *m, struct db *db, const char *who, struct error *err)
{
    return kept_put(db, "confirmed", m->config->name, text_of(m->sha256), err) &&
           audit_add(db, who, "connector-confirm", m->config->name, m->sha256, err);
}

json_t *site_changes(const struct site *m)
{
    static const char *const kinds[] = {[CONNECTOR_NEW_HOST] = "host",
                                        [CONNECTOR_NEW_WRITE] = "write",
                                        [CONNECTOR_REKEYED] = "rekeyed"};
    json_t *all = json_array();

    for (size_t i = 0; i < m->changes.count; i++) {
        json_t *one = json_object();

        json_object_set_new(one, "kind", json_new_text(text_of(kinds[m->changes.at[i].kind])));
        json_object_set_new(one, "text", json_new_text(text_of(m->changes.at[i].text)));
        json_array_append_new(all, one);
    }
    return all;
}

/* ---- ferry connector release ---- */

static bool work_release(struct db *db, void *self, struct error *err)
{
    struct question *q = self;
    const struct site *m = q->site;

    return shelf_forget(db, m->sha256, err) &&
           audit_add(db, q->user, "connector-release", m->config->connector, m->sha256, err);
}

static void say_released(struct question *q)
{
    const struct site *m = q->site;

    answer_text(
        q->answer, "text",
        !m->problem || m->problem->kind == ERROR_AUTH
            ? arena_printf(q->arena, "%s was opened again: it is fine now.", m->config->connector)
            : m->problem->text);
    question_done(q);
}

static void after_release(struct question *q)
{
    mend_users(q, q->site->sha256, say_released);
}

/* A connector with a good verdict is in use and stays so; what a rule refuses would be refused
 * again. */
void ask_release(struct question *q)
{
    if (!site_is_quarantined(q->site)) {
        error_set(&q->err, ERROR_REJECTED, "not-quarantined", "%s is not in quarantine.",
                  q->site->config->connector);
        question_fail(q, &q->err);
        return;
    }
    question_write(q, work_release, after_release);
}

/* ---- ferry connector confirm ---- */

static bool work_confirm(struct db *db, void *self, struct error *err)
{
    struct question *q = self;

    return site_confirm(q->site, db, q->user, err);
}

static void say_confirmed(struct question *q)
{
    json_object_set_new(q->answer, "connector", json_pack("{s:s}", "hash", q->site->sha256));
    question_done(q);
}

static void after_confirm(struct question *q)
{
    mend_site(q, say_confirmed);
}

void ask_confirm(struct question *q)
{
    const char *hash = question_text(q, "hash");

    if (!q->site->sha256 || strcmp(hash, q->site->sha256) != 0) {
        error_set(&q->err, ERROR_REJECTED, "hash",
                  "The connector is another one by now; look at it again.");
        question_fail(q, &q->err);
        return;
    }
    question_write(q, work_confirm, after_confirm);
}
