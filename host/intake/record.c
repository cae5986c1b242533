#include "base/memory.h"
#include "intake/intake.h"
#include "map/record_type.h"

#define RECORD_MAX_BYTES ((size_t)1 << 20)

/* A record without a readable key is still accounted for, under a key made of its bytes. */
static const char *key_of_bad(struct intake_record *r, const json_t *wire)
{
    const char *id = json_path_text(wire, "id");
    AUTO_FREE char *bytes = NULL;

    if (id[0]) {
        return arena_copy(r->arena, id);
    }
    bytes = json_write_text(wire);
    return arena_printf(r->arena, "unreadable-%016llx",
                        (unsigned long long)hash_text(HASH_START, text_of(bytes)));
}

static bool keep_bad(struct intake_record *r, const char *key, const struct error *problem,
                     struct error *err)
{
    struct mirror_record record = {
        .key = key,
        .bad = arena_printf(r->arena, "%s: %s", problem->code, problem->text),
    };
    enum mirror_change change;

    r->counts->bad++;
    r->unreadable = true;
    r->problem = *problem;
    return mirror_put(r->db, r->scope, map_list_declared(r->list)->name, &record, r->pass, &change,
                      err);
}

static bool is_gone(struct intake_record *r, const json_t *record, bool *ret, struct error *err)
{
    struct map_context in = {r->program, NULL, r->arena};
    const char *gone = map_list_declared(r->list)->read.gone;

    *ret = false;
    return !gone[0] || map_condition(&in, r->list, gone, record, ret, err);
}

/* Two records of one answer with one key: the second is kept beside, or one would hide the other.
 */
static bool is_twin(struct intake_record *r, const char *key, const char *body,
                    struct error *ret_problem)
{
    uint64_t hash = hash_text(HASH_START, text_of(body)) | 1;
    void *before = r->seen ? dict_get(r->seen, text_of(key)) : NULL;

    if (r->seen && !before) {
        dict_set(r->seen, text_of(key), (void *)(uintptr_t)hash);
    }
    return before && before != (void *)(uintptr_t)hash &&
           !error_set(ret_problem, ERROR_REJECTED, "key-twice",
                      "The source shows two different records with the key %.80s at once; only the "
                      "first is looked at.",
                      key);
}

static bool is_too_big(const char *body, struct error *ret_problem)
{
    return strlen(body) > RECORD_MAX_BYTES &&
           !error_set(ret_problem, ERROR_REJECTED, "record-too-big",
                      "The record is larger than %zu MB.", RECORD_MAX_BYTES >> 20);
}

bool intake_record_put(struct intake_record *r, const char *key, const json_t *record,
                       struct error *err)
{
    const struct map_index_entry *entries = NULL;
    size_t count = map_index_entries(r->program, r->list, record, r->arena, &entries);
    struct mirror_index *index = arena_alloc(r->arena, count + 1, sizeof *index);
    AUTO_FREE char *body = json_write_text(record);
    struct mirror_record put = {.key = key, .body = body, .entries = index, .entry_count = count};
    enum mirror_change change;
    struct error problem = {0};

    if (is_twin(r, key, body, &problem)) {
        return keep_bad(r, arena_printf(r->arena, "%s (twice)", key), &problem, err);
    }
    if (is_too_big(body, &problem)) {
        return keep_bad(r, key, &problem, err);
    }
    for (size_t i = 0; i < count; i++) {
        index[i] = (struct mirror_index){entries[i].index, entries[i].value};
    }
    if (!mirror_put(r->db, r->scope, map_list_declared(r->list)->name, &put, r->pass, &change,
                    err)) {
        return false;
    }
    r->counts->fresh += change == MIRROR_NEW;
    r->counts->changed += change == MIRROR_CHANGED;
    return true;
}

bool intake_record_place(const struct map_list *list, json_t *fields, size_t place)
{
    const struct record_type *type = map_list_type(list);
    bool any = false;

    for (size_t i = 0; i < type->field_count; i++) {
        if (type->fields[i].kind == TYPE_POSITION) {
            json_path_set(fields, type->fields[i].name, json_new_int((int64_t)place));
            any = true;
        }
    }
    return any;
}

bool intake_record_take(struct intake_record *r, const json_t *wire, const json_t *fields,
                        struct error *err)
{
    struct map_read read = {0};
    struct error problem = {0};
    bool gone = false, ok;

    r->counts->read++;
    arena_reset(r->arena);
    if (!map_record(r->program, r->list, wire, fields, r->arena, &read, &problem)) {
        return keep_bad(r, key_of_bad(r, wire), &problem, err);
    }
    if (!is_gone(r, read.record, &gone, &problem)) {
        ok = keep_bad(r, key_of_bad(r, wire), &problem, err);
    } else if (gone) {
        r->counts->gone++;
        ok = mirror_remove(r->db, r->scope, map_list_declared(r->list)->name, read.key, err);
    } else {
        ok = intake_record_put(r, read.key, read.record, err);
    }
    json_decref(read.record);
    return ok;
}
