#include "intake/reading.h"

static json_t *parent_fields(struct reading *r, const json_t *kept)
{
    json_t *fields = json_is_object(kept) ? json_deep_copy(kept) : json_object();

    if (r->parent_field) {
        json_object_set_new(fields, r->parent_field, json_new_text(text_of(r->parents[r->parent])));
    }
    return fields;
}

struct page_work {
    struct reading *r;
    struct intake_record *record;
    size_t records;
};

static bool take_record(void *self, const json_t *wire, const json_t *kept, struct error *err)
{
    struct page_work *w = self;
    AUTO_JSON json_t *fields = parent_fields(w->r, kept);

    w->records++;
    (void)intake_record_place(w->r->list, fields, w->r->place++);
    return intake_record_take(w->record, wire, fields, err);
}

bool page_store(struct db *db, void *self, struct error *err)
{
    struct reading *r = ((struct intake *)self)->reading;
    struct intake_record record = {
        .db = db,
        .program = r->intake->integration->program,
        .list = r->list,
        .scope = r->side->scope,
        .pass = r->pass,
        .arena = arena_new(INTAKE_RECORD_ARENA_MAX),
        .counts = &r->intake->counts,
        .seen = dict_new(),
    };
    struct page_work work = {.r = r, .record = &record};
    json_t *reply = NULL;
    bool ok;

    ok = json_read(r->answer, JSON_DEPTH_MAX, &reply, err) &&
         records_each(reply, r->read->records, take_record, &work, err) &&
         page_next(r, reply, work.records, err);
    json_decref(reply);
    arena_free(record.arena);
    dict_free(record.seen);
    r->intake->counts.pages += ok;
    r->unreadable = r->unreadable || record.unreadable;
    if (!ok) {
        return error_at(err, "%s", map_list_declared(r->list)->name);
    }
    return true;
}
