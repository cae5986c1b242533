/*
 * A store from a backup has forgotten what was written since; our marks in Xero remember. Those
 * that no document of ours is known for are kept, and whenever a document of one is about to be
 * written for the first time, be it years later, it is linked instead.
 */
#include "base/memory.h"
#include "courier/delivery.h"

#define MARKED    "marked" /* kept: "xero.Invoices/MARK" → the element as Xero showed it */
#define KNOWN     "-"      /* or this: a document of ours is known for one with this mark */
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
    return xero_is_taken_away(json_path_text(element, "Status"));
}

/*
 * Of two with one mark the living: the other was written anew after it was taken away. As it is
 * shown last, and nothing where a document stands for one of them.
 */
static bool is_better(const struct xero_object *object, const json_t *element, struct text kept)
{
    json_t *before = NULL;
    bool better;

    if (kept.size == 0 || text_is(kept, KNOWN) || !json_read(kept, JSON_DEPTH_MAX, &before, NULL)) {
        return kept.size == 0;
    }
    better = (is_dead(before) && !is_dead(element)) ||
             strcmp(json_path_text(before, object->id_field),
                    json_path_text(element, object->id_field)) == 0;
    json_decref(before);
    return better;
}

static bool keep_one(struct db *db, const struct xero_object *object, const json_t *element,
                     struct arena *arena, int64_t *found, struct error *err)
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
    if (known) {
        return kept_put(db, MARKED, name, TEXT(KNOWN), err);
    }
    if (!is_better(object, element, before)) {
        return true;
    }
    *found += before.size == 0;
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

/* Xero keeps two places. What says nothing of an amount is taken at its word. */
static bool is_of_amount(const struct document *d, const json_t *element)
{
    const struct decimal cent = {.coefficient = 1, .scale = 2};
    json_t *total = json_object_get(element, "Total");
    struct text there = json_text(total ? total : json_object_get(element, "Amount"));
    struct decimal is, wanted, apart;

    if (!there.at || !d->currency[0] || !decimal_parse(there, &is, NULL) ||
        !decimal_parse(text_of(d->total), &wanted, NULL) ||
        !decimal_subtract(is, wanted, &apart, NULL)) {
        return true;
    }
    return decimal_compare(decimal_absolute(apart), cent) < 0;
}

/* Of another amount: the plan has it updated, or held where that cannot be. */
static bool link_to(struct db *db, const struct document *d, const char *id, const json_t *element,
                    struct arena *arena, struct error *err)
{
    struct ledger_found found = {.target_id = id, .is_wanted = is_of_amount(d, element)};
    json_t *want = NULL;

    if (!json_read(text_of(d->want), JSON_DEPTH_MAX, &want, err)) {
        return false;
    }
    found.target_seen = seen_of_want(want, element, arena);
    json_decref(want);
    return ledger_adopt(db, d->id, &found, err);
}

/* A person, or Ferry, took it away: which of them is not known any more. */
static bool ask_person(struct db *db, const struct document *d, const char *id,
                       const json_t *element, struct arena *arena, struct error *err)
{
    (void)element;
    return ledger_hold(db, d->id, "taken-away",
                       arena_printf(arena,
                                    "Before the store was restored it was written as %s, and "
                                    "taken away again.",
                                    id),
                       "`ferry retry` writes it anew, `ferry skip` leaves it away.", err);
}

/* What Xero keeps unique by a name or code carries no mark, and needs none. What is on its way is
 * settled by its request. */
static bool is_linkable(const struct xero_object *object, const struct document *d)
{
    return object && object->mark != XERO_MARK_NONE && object->mark != XERO_MARK_KEY &&
           d->state != DOCUMENT_SENDING && d->state != DOCUMENT_UNKNOWN && d->want[0] &&
           !d->target_id[0];
}

struct kept_mark {
    const char *name;
    struct text element;
};

/* Under the present name of its mapping, or under the one before. */
static bool find_kept(struct db *db, const struct integration *integration,
                      const struct document *d, struct arena *arena, struct kept_mark *ret,
                      struct error *err)
{
    const struct xero_object *object = xero_object_find(d->target);
    const struct map_mapping *mapping = map_mapping_find(integration->program, d->mapping);
    struct document before = *d;

    before.mapping = mapping ? map_mapping_declared(mapping)->was : "";
    ret->name = name_of(object, delivery_mark(integration, d, arena), arena);
    if (!kept_get(db, MARKED, ret->name, arena, &ret->element, err)) {
        return false;
    }
    if (ret->element.size || !before.mapping[0]) {
        return true;
    }
    ret->name = name_of(object, delivery_mark(integration, &before, arena), arena);
    return kept_get(db, MARKED, ret->name, arena, &ret->element, err);
}

bool adopt_marked(struct db *db, const struct integration *integration, const struct document *d,
                  struct arena *arena, bool *ret_found, struct error *err)
{
    const struct xero_object *object = xero_object_find(d->target);
    struct kept_mark kept = {NULL, TEXT_NONE};
    json_t *element = NULL;
    bool ok;

    *ret_found = false;
    if (!is_linkable(object, d)) {
        return true;
    }
    if (!find_kept(db, integration, d, arena, &kept, err)) {
        return false;
    }
    if (kept.element.size == 0 || text_is(kept.element, KNOWN)) {
        return true;
    }
    if (!json_read(kept.element, JSON_DEPTH_MAX, &element, err)) {
        return false;
    }
    /* a mark serves once: what is posted anew later is another */
    ok = (is_dead(element) ? ask_person : link_to)(db, d, json_path_text(element, object->id_field),
                                                   element, arena, err) &&
         kept_delete(db, MARKED, kept.name, err);
    json_decref(element);
    *ret_found = ok;
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
    bool found;

    l->seen++;
    l->last_id = d->id;
    if (!adopt_marked(l->db, l->adoption->integration, d, l->arena, &found, err)) {
        return false;
    }
    l->adoption->linked += found;
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
    const struct xero_object *object = xero_object_find(d->target);
    const json_t *found;

    if (d->target_id[0] || !d->want[0] || !(found = find_file(l->adoption, d, l->arena))) {
        return true;
    }
    l->adoption->linked++;
    return link_to(l->db, d, json_path_text(found, object->id_field), found, l->arena, err);
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
