#include "base/memory.h"
#include "courier/delivery.h"

/* A store from a backup has forgotten what was written since: our marks in Xero remember. */

struct adopting {
    struct adoption *adoption;
    struct db *db;
    const struct xero_object *object;
    struct arena *arena;
};

static bool is_file_of(const struct adopting *a, const struct document *d, const json_t *element)
{
    const char *mark = arena_printf(a->arena, "-%s.", delivery_file_mark(d, a->arena));

    return strcmp(d->root, a->adoption->on) == 0 &&
           strstr(json_path_text(element, "FileName"), mark) != NULL;
}

static const json_t *find_marked(const struct adopting *a, const struct document *d)
{
    const char *mark = delivery_mark(a->adoption->integration, d, a->arena);
    json_t *element;
    size_t i;

    json_array_foreach(a->adoption->elements, i, element)
    {
        if (a->object->mark == XERO_MARK_FILE ? is_file_of(a, d, element)
                                              : xero_mark_matches(a->object, element, mark)) {
            return element;
        }
    }
    return NULL;
}

static bool adopt_one(void *self, const struct document *d, struct error *err)
{
    struct adopting *a = self;
    const json_t *found;
    json_t *want = NULL;
    bool ok;

    if (d->target_id[0] || !d->want[0] || !(found = find_marked(a, d))) {
        return true;
    }
    if (!json_read(text_of(d->want), JSON_DEPTH_MAX, &want, err)) {
        return false;
    }
    a->adoption->linked++;
    ok = ledger_adopt(a->db, d->id, json_path_text(found, a->object->id_field),
                      seen_of_want(want, found, a->arena), err);
    json_decref(want);
    return ok;
}

bool courier_adopt(struct db *db, struct adoption *adoption, struct error *err)
{
    struct adopting a = {adoption, db, xero_object_find(adoption->object),
                         arena_new(DELIVERY_ARENA_MAX)};
    struct ledger_filter filter = {
        .integration = adoption->integration->id, .target = adoption->object, .state = -1};
    bool ok = ledger_each(db, &filter, a.arena, adopt_one, &a, err);

    arena_free(a.arena);
    return ok;
}
