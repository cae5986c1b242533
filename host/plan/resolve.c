#include "plan/plan.h"

/* What was wanted → what is sent: references become the ids that are known by now. */
struct filling {
    struct db *db;
    int64_t integration;
    struct arena *arena;
    struct error *err;
    bool ok;
};

static json_t *resolve(struct filling *f, const json_t *pair)
{
    const char *mapping = json_string_value(json_array_get(pair, 0));
    const char *key = json_string_value(json_array_get(pair, 1));
    struct document document = {0};

    if (!ledger_find(f->db, f->integration, mapping, key, f->arena, &document, f->err)) {
        f->ok = false;
    } else if (!document.target_id[0]) {
        f->ok = error_set(f->err, ERROR_REJECTED, "waits-for", "%s %s is not written yet.", mapping,
                          key);
    }
    return f->ok ? json_new_text(text_of(document.target_id)) : json_null();
}

static json_t *fill(struct filling *f, const json_t *want)
{
    const json_t *reference = json_object_get(want, "@");
    const char *name;
    json_t *value, *copy;
    size_t i;

    if (reference) {
        return resolve(f, reference);
    }
    if (json_is_array(want)) {
        copy = json_array();
        json_array_foreach(want, i, value)
        {
            json_array_append_new(copy, fill(f, value));
        }
        return copy;
    }
    if (!json_is_object(want)) {
        return json_incref((json_t *)(uintptr_t)want);
    }
    copy = json_object();
    json_object_foreach((json_t *)(uintptr_t)want, name, value)
    {
        if (strcmp(name, "#") != 0) {
            json_object_set_new(copy, name, fill(f, value));
        }
    }
    return copy;
}

bool plan_resolve(struct db *db, int64_t integration, const json_t *want, struct arena *arena,
                  json_t **ret, struct error *err)
{
    struct filling f = {db, integration, arena, err, true};
    json_t *body = fill(&f, want);

    if (!f.ok) {
        json_decref(body);
        return false;
    }
    *ret = body;
    return true;
}
