#include "intake/reading.h"

#define RECORD_ARENA_MAX ((size_t)512 << 20)

/* What a page holds: every record of it ends in the mirror, readable or not. */
struct page_work {
    struct reading *r;
    struct db *db;
    size_t records;
    struct arena *arena; /* of one record */
};

/* A record without a readable key is still accounted for, under a key made of its bytes. */
static const char *key_of_bad(struct page_work *w, const json_t *wire)
{
    const char *id = json_path_text(wire, "id");
    AUTO_FREE char *bytes = NULL;

    if (id[0]) {
        return arena_copy(w->arena, id);
    }
    bytes = json_write_text(wire);
    return arena_printf(w->arena, "unreadable-%016llx",
                        (unsigned long long)hash_text(HASH_START, text_of(bytes)));
}

static bool keep_bad(struct page_work *w, const json_t *wire, const struct error *problem,
                     struct error *err)
{
    struct mirror_record record = {
        .key = key_of_bad(w, wire),
        .bad = arena_printf(w->arena, "%s: %s", problem->code, problem->text),
    };
    enum mirror_change change;

    w->r->intake->counts.bad++;
    return mirror_put(w->db, w->r->side->scope, map_list_declared(w->r->list)->name, &record,
                      w->r->pass, &change, err);
}

static json_t *parent_fields(struct page_work *w, const json_t *kept)
{
    json_t *fields = json_is_object(kept) ? json_deep_copy(kept) : json_object();

    if (w->r->parent_field) {
        json_object_set_new(fields, w->r->parent_field,
                            json_new_text(text_of(w->r->parents[w->r->parent])));
    }
    return fields;
}

static bool is_gone(struct page_work *w, const json_t *record, bool *ret, struct error *err)
{
    struct map_context in = {w->r->intake->integration->program, NULL, w->arena};

    *ret = false;
    if (!w->r->read->gone[0]) {
        return true;
    }
    return map_condition(&in, w->r->list, w->r->read->gone, record, ret, err);
}

static bool put_record(struct page_work *w, const char *key, const json_t *record,
                       struct error *err)
{
    const struct program *program = w->r->intake->integration->program;
    const char *list = map_list_declared(w->r->list)->name;
    const struct map_index_entry *entries = NULL;
    size_t count = map_index_entries(program, w->r->list, record, w->arena, &entries);
    struct mirror_index *index = arena_alloc(w->arena, count + 1, sizeof *index);
    AUTO_FREE char *body = json_write_text(record);
    struct mirror_record put = {.key = key, .body = body, .entries = index, .entry_count = count};
    enum mirror_change change;

    for (size_t i = 0; i < count; i++) {
        index[i] = (struct mirror_index){entries[i].index, entries[i].value};
    }
    if (!mirror_put(w->db, w->r->side->scope, list, &put, w->r->pass, &change, err)) {
        return false;
    }
    w->r->intake->counts.fresh += change == MIRROR_NEW;
    w->r->intake->counts.changed += change == MIRROR_CHANGED;
    return true;
}

static bool take_record(void *self, const json_t *wire, const json_t *kept, struct error *err)
{
    struct page_work *w = self;
    const struct program *program = w->r->intake->integration->program;
    AUTO_JSON json_t *fields = parent_fields(w, kept);
    struct map_read read = {0};
    struct error problem = {0};
    bool gone = false, ok;

    w->records++;
    w->r->intake->counts.read++;
    arena_reset(w->arena);
    if (!map_record(program, w->r->list, wire, fields, w->arena, &read, &problem)) {
        return keep_bad(w, wire, &problem, err);
    }
    if (!is_gone(w, read.record, &gone, &problem)) {
        ok = keep_bad(w, wire, &problem, err);
    } else if (gone) {
        w->r->intake->counts.gone++;
        ok = mirror_remove(w->db, w->r->side->scope, map_list_declared(w->r->list)->name, read.key,
                           err);
    } else {
        ok = put_record(w, read.key, read.record, err);
    }
    json_decref(read.record);
    return ok;
}

bool page_store(struct db *db, void *self, struct error *err)
{
    struct reading *r = ((struct intake *)self)->reading;
    struct page_work work = {.r = r, .db = db, .arena = arena_new(RECORD_ARENA_MAX)};
    json_t *reply = NULL;
    bool ok;

    ok = json_read(r->answer, JSON_DEPTH_MAX, &reply, err) &&
         records_each(reply, r->read->records, take_record, &work, err) &&
         page_next(r, reply, work.records, err);
    json_decref(reply);
    arena_free(work.arena);
    r->intake->counts.pages += ok;
    if (!ok) {
        return error_at(err, "%s", map_list_declared(r->list)->name);
    }
    return true;
}
