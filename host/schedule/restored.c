/*
 * A store from a backup does not know what was written since. An organisation is adopted when the
 * marks on its objects have been kept: until then, an integration that would write one of these
 * objects writes nothing. What was looked at is on record by name, because a flow that is switched
 * on later may write others.
 */
#include "base/memory.h"
#include "schedule/engine_internal.h"

#define ADOPTED          "adopted" /* kept: tenant id → "12 xero.Invoices xero.Payments" */
#define RECORD_ARENA_MAX ((size_t)1 << 20)

/* Something at work in this integration writes it. */
static bool is_written(const struct site *m, const struct xero_object *object)
{
    const struct program *program = m->integration.program;

    for (size_t i = 0; i < map_mapping_count(program); i++) {
        const struct map_mapping *mapping = map_mapping_at(program, i);

        if (map_mapping_is_active(m->integration.active, mapping) &&
            strcmp(map_mapping_declared(mapping)->to, object->list) == 0) {
            return true;
        }
    }
    return false;
}

bool site_adopts(const struct site *m, const struct xero_object *object)
{
    return object->create_method[0] &&
           (object->mark == XERO_MARK_URL || object->mark == XERO_MARK_FIELD ||
            object->mark == XERO_MARK_LINE) &&
           is_written(m, object);
}

/* ---- what is on record ---- */

struct record {
    const struct site *site;
    struct arena *arena;
    struct text adopted; /* as kept */
};

static bool work_look(struct db *db, void *self, struct error *err)
{
    struct record *r = self;

    return kept_get(db, ADOPTED, r->site->integration.tenant_id, r->arena, &r->adopted, err);
}

/* Of this restoring. */
static const char *serial_of(const struct record *r)
{
    return arena_printf(r->arena, "%lld", (long long)store_restored(r->site->engine->store));
}

static bool has_word(struct text words, const char *word)
{
    while (words.size) {
        if (text_is(text_split(&words, ' '), word)) {
            return true;
        }
    }
    return false;
}

/* The objects on record; nothing when that was before the store was restored once more. */
static struct text objects_of(const struct record *r)
{
    struct text rest = r->adopted;

    return text_is(text_split(&rest, ' '), serial_of(r)) ? rest : TEXT_NONE;
}

static bool is_adopted(const struct record *r)
{
    struct text objects = objects_of(r);

    for (size_t i = 0; i < xero_object_count(); i++) {
        const struct xero_object *object = xero_object_at(i);

        if (site_adopts(r->site, object) && !has_word(objects, object->list)) {
            return false;
        }
    }
    return true;
}

bool site_look_adopted(struct site *m)
{
    struct record r = {.site = m};
    bool ok;

    m->unadopted = store_restored(m->engine->store) != 0;
    if (!m->unadopted) {
        return true;
    }
    r.arena = arena_new(RECORD_ARENA_MAX);
    ok = store_now(m->engine->store, work_look, &r, site_problem(m));
    site_problem_over(m);
    m->unadopted = !ok || !is_adopted(&r);
    arena_free(r.arena);
    return ok;
}

bool site_put_adopted(const struct site *m, struct db *db, struct arena *arena, struct error *err)
{
    struct record r = {.site = m, .arena = arena};
    const char *all;

    if (!work_look(db, &r, err)) {
        return false;
    }
    all = arena_printf(arena, "%s %.*s", serial_of(&r), TEXT_ARGS(objects_of(&r)));
    for (size_t i = 0; i < xero_object_count(); i++) {
        if (site_adopts(m, xero_object_at(i))) {
            all = arena_printf(arena, "%s %s", all, xero_object_at(i)->list);
        }
    }
    return kept_put(db, ADOPTED, m->integration.tenant_id, text_of(all), err);
}
