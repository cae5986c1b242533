/* What was left open, by a crash or by an answer that was lost: it goes before anything new. */
#include "courier/delivery.h"

/* The body that was sent, taken apart again, so that answers can be compared with it. */
static bool read_bodies(struct delivery *d, struct error *err)
{
    json_t *whole = NULL, *all;

    if (d->request.body.size == 0) {
        return true;
    }
    if (!json_read(d->request.body, JSON_DEPTH_MAX, &whole, err)) {
        return false;
    }
    all = d->object->enveloped ? json_object_get(whole, d->object->name) : NULL;
    for (size_t i = 0; i < d->count; i++) {
        const char *mark = d->parcels[i].mark;
        size_t k;
        json_t *body;

        d->parcels[i].body = json_incref(d->count == 1 && !all ? whole : json_array_get(all, i));
        json_array_foreach(all, k, body)
        {
            /* elements that were settled before are not among the parcels: go by the mark */
            if (d->object->mark != XERO_MARK_KEY && d->object->mark != XERO_MARK_FILE &&
                xero_mark_matches(d->object, body, mark)) {
                json_decref(d->parcels[i].body);
                d->parcels[i].body = json_incref(body);
            }
        }
    }
    json_decref(whole);
    return true;
}

static bool take_open(struct delivery *d, struct db *db, const struct request *request,
                      const struct request_element *elements, size_t count, struct error *err)
{
    const struct map_list *list = map_list_find(d->courier->integration->program, request->target);

    d->request = *request;
    d->was_open = true;
    d->object = xero_object_find(request->target);
    d->write = list ? &map_list_declared(list)->write : NULL;
    d->parcels = arena_alloc(d->arena, count + 1, sizeof *d->parcels);
    d->count = count;
    for (size_t i = 0; i < count; i++) {
        d->parcels[i].mark = elements[i].marker;
        if (!ledger_get(db, elements[i].document, d->arena, &d->parcels[i].document, err)) {
            return false;
        }
    }
    return read_bodies(d, err);
}

struct opening {
    struct delivery *d;
    struct db *db;
};

static bool look_at_open(void *self, const struct request *request,
                         const struct request_element *elements, size_t count, struct error *err)
{
    struct opening *o = self;
    bool is_due = request->state != REQUEST_UNKNOWN ||
                  request->probe_due_ms <= clock_wall_ms(db_clock(o->db));

    if (o->d->request.id || !is_due) {
        return true;
    }
    return take_open(o->d, o->db, request, elements, count, err);
}

bool open_find(struct delivery *d, struct db *db, struct error *err)
{
    struct opening opening = {d, db};

    return request_each_open(db, d->courier->integration->id, d->arena, look_at_open, &opening,
                             err);
}
