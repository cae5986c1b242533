/*
 * A store from a backup has forgotten what was written since; our marks in Xero remember. Those
 * that no document of ours is known for are kept, and whenever a document of one is about to be
 * written for the first time, be it years later, it is linked instead.
 */
#include "base/memory.h"
#include "courier/delivery.h"

#define MARKED    "marked" /* kept: "xero.Invoices/MARK" → the element as Xero showed it */
#define PAGE_MOST 500

static const char *name_of(const struct xero_object *object, const char *mark, struct arena *arena)
{
    return arena_printf(arena, "%s/%s", object->list, mark);
}

/* ---- keeping marks ---- */

static bool found_known(void *self, const struct document *d, struct error *err)
{
    (void)d;
    (void)err;
    *(bool *)self = true;
    return true;
}

/* By any integration: several may write to one organisation. */
static bool is_known(struct db *db, const char *id, struct arena *arena, bool *ret,
                     struct error *err)
{
    struct ledger_filter filter = {.integration = -1, .target_id = id, .state = -1, .most = 1};

    *ret = false;
    return ledger_each(db, &filter, arena, found_known, ret, err);
}

static bool is_dead(const json_t *element)
{
    const char *status = json_path_text(element, "Status");

    return strcmp(status, "VOIDED") == 0 || strcmp(status, "DELETED") == 0;
}

/* Of two with one mark the living: the other was written anew after a person took it away. */
static bool is_better(const json_t *element, struct text kept)
{
    json_t *before = NULL;
    bool better = kept.size == 0 || !json_read(kept, JSON_DEPTH_MAX, &before, NULL) ||
                  (is_dead(before) && !is_dead(element));

    json_decref(before);
    return better;
}

static bool keep_one(struct db *db, const struct xero_object *object, const json_t *element,
                     struct arena *arena, int64_t *kept, struct error *err)
{
    const char *mark = xero_mark_read(object, element, arena), *name;
    struct text before = TEXT_NONE;
    AUTO_FREE char *body = NULL;
    bool known;

    if (!mark) {
        return true;
    }
    name = name_of(object, mark, arena);
    if (!is_known(db, json_path_text(element, object->id_field), arena, &known, err) ||
        !kept_get(db, MARKED, name, arena, &before, err)) {
        return false;
    }
    if (known || !is_better(element, before)) {
        return true;
    }
    ++*kept;
    body = json_write_text(element);
    return kept_put(db, MARKED, name, text_of(body), err);
}

bool courier_keep_marks(struct db *db, struct adoption *adoption, struct error *err)
{
    const struct xero_object *object = xero_object_find(adoption->object);
    struct arena *arena = arena_new(DELIVERY_ARENA_MAX);
    json_t *element;
    size_t i;
    bool ok = true;

    json_array_foreach(adoption->elements, i, element)
    {
        ok = ok && keep_one(db, object, element, arena, &adoption->found, err);
    }
    arena_free(arena);
    return ok;
}

/* ---- linking ---- */

static bool link_to(struct db *db, const struct xero_object *object, const struct document *d,
                    const json_t *element, struct arena *arena, struct error *err)
{
    json_t *want = NULL;
    bool ok;

    if (!json_read(text_of(d->want), JSON_DEPTH_MAX, &want, err)) {
        return false;
    }
    ok = ledger_adopt(db, d->id, json_path_text(element, object->id_field),
                      seen_of_want(want, element, arena), err);
    json_decref(want);
    return ok;
}

/* What Xero keeps unique by a name or code carries no mark, and needs none. */
static bool is_linkable(const struct xero_object *object, const struct document *d)
{
    return object && object->mark != XERO_MARK_NONE && object->mark != XERO_MARK_KEY &&
           d->want[0] && !d->target_id[0];
}

bool adopt_marked(struct db *db, const struct integration *integration, const struct document *d,
                  struct arena *arena, bool *ret_linked, struct error *err)
{
    const struct xero_object *object = xero_object_find(d->target);
    const char *name;
    struct text kept = TEXT_NONE;
    json_t *element = NULL;
    bool ok;

    *ret_linked = false;
    if (!is_linkable(object, d)) {
        return true;
    }
    name = name_of(object, delivery_mark(integration, d, arena), arena);
    if (!kept_get(db, MARKED, name, arena, &kept, err)) {
        return false;
    }
    if (kept.size == 0) {
        return true;
    }
    if (!json_read(kept, JSON_DEPTH_MAX, &element, err)) {
        return false;
    }
    /* a mark serves once: what is posted anew later is another */
    ok = link_to(db, object, d, element, arena, err) && kept_delete(db, MARKED, name, err);
    json_decref(element);
    *ret_linked = ok;
    return ok;
}

struct linking {
    struct db *db;
    struct adoption *adoption;
    struct arena *arena;
    int64_t seen, last_id; /* of the page at hand */
};

static bool link_document(void *self, const struct document *d, struct error *err)
{
    struct linking *l = self;
    bool linked;

    l->seen++;
    l->last_id = d->id;
    if (!adopt_marked(l->db, l->adoption->integration, d, l->arena, &linked, err)) {
        return false;
    }
    l->adoption->linked += linked;
    return true;
}

bool courier_link_marked(struct db *db, struct adoption *adoption, struct error *err)
{
    struct linking l = {.db = db, .adoption = adoption, .arena = arena_new(DELIVERY_ARENA_MAX)};
    struct ledger_filter filter = {
        .integration = adoption->integration->id, .state = -1, .most = PAGE_MOST};
    bool ok;

    do {
        l.seen = 0;
        filter.after_id = l.last_id;
        ok = ledger_each(db, &filter, l.arena, link_document, &l, err);
        arena_reset(l.arena);
    } while (ok && l.seen == PAGE_MOST);
    arena_free(l.arena);
    return ok;
}

/* ---- files: known by their name, among those of one object ---- */

static const json_t *find_file(const struct adoption *adoption, const struct document *d,
                               struct arena *arena)
{
    const char *mark = arena_printf(arena, "-%s.", delivery_file_mark(d, arena));
    json_t *element;
    size_t i;

    json_array_foreach(adoption->elements, i, element)
    {
        if (strstr(json_path_text(element, "FileName"), mark)) {
            return element;
        }
    }
    return NULL;
}

static bool link_file(void *self, const struct document *d, struct error *err)
{
    struct linking *l = self;
    const json_t *found;

    if (d->target_id[0] || !d->want[0] || !(found = find_file(l->adoption, d, l->arena))) {
        return true;
    }
    l->adoption->linked++;
    return link_to(l->db, xero_object_find(d->target), d, found, l->arena, err);
}

bool courier_link_files(struct db *db, struct adoption *adoption, struct error *err)
{
    struct linking l = {.db = db, .adoption = adoption, .arena = arena_new(DELIVERY_ARENA_MAX)};
    struct ledger_filter filter = {.integration = adoption->integration->id,
                                   .target = adoption->object,
                                   .root = adoption->on,
                                   .state = -1};
    bool ok = ledger_each(db, &filter, l.arena, link_file, &l, err);

    arena_free(l.arena);
    return ok;
}
