#include "base/memory.h"
#include "courier/delivery.h"
#include "plan/plan.h"

/* ---- lines keep their ids ---- */

static const json_t *line_with(const json_t *lines, const char *key)
{
    json_t *line;
    size_t i;

    json_array_foreach(lines, i, line)
    {
        if (strcmp(json_path_text(line, "#"), key) == 0) {
            return line;
        }
    }
    return NULL;
}

/* Every list of lines in what is wanted, with the ids that the same lines had when last seen. */
static void keep_line_ids(const json_t *want, const json_t *seen, json_t *body)
{
    const char *name;
    json_t *lines, *line;
    size_t i;

    json_object_foreach((json_t *)(uintptr_t)want, name, lines)
    {
        json_array_foreach(lines, i, line)
        {
            const json_t *known = line_with(json_object_get(seen, name), json_path_text(line, "#"));
            json_t *sent = json_array_get(json_object_get(body, name), i);

            if (json_object_get(known, "LineItemID")) {
                json_object_set(sent, "LineItemID", json_object_get(known, "LineItemID"));
            }
        }
    }
}

static bool add_identity(struct delivery *d, const struct parcel *parcel, const json_t *want,
                         json_t *body, struct error *err)
{
    json_t *seen = NULL;

    if (!parcel->document.target_id[0]) {
        return true;
    }
    json_object_set_new(body, d->object->id_field,
                        json_new_text(text_of(parcel->document.target_id)));
    if (parcel->document.target_seen[0] &&
        !json_read(text_of(parcel->document.target_seen), JSON_DEPTH_MAX, &seen, err)) {
        return false;
    }
    keep_line_ids(want, seen, body);
    json_decref(seen);
    return true;
}

static json_t *removal(struct delivery *d, const struct parcel *parcel)
{
    json_t *body = json_object();

    json_object_set_new(body, d->object->id_field,
                        json_new_text(text_of(parcel->document.target_id)));
    json_object_set_new(
        body, "Status",
        json_new_text(text_of(xero_remove_status(d->object, d->now_status ? d->now_status : ""))));
    return body;
}

bool body_build(struct delivery *d, struct db *db, const struct parcel *parcel, json_t **ret,
                struct error *err)
{
    AUTO_JSON json_t *want = NULL;
    bool ok;

    if (strcmp(parcel->document.action, "remove") == 0) {
        *ret = removal(d, parcel);
        return true;
    }
    if (!json_read(text_of(parcel->document.want), JSON_DEPTH_MAX, &want, err)) {
        return false;
    }
    if (!plan_resolve(db, d->courier->integration->id, want, d->arena, ret, err)) {
        return false;
    }
    ok = add_identity(d, parcel, want, *ret, err) &&
         xero_mark_put(d->object, *ret, parcel->mark, "https://ferry.invalid/", err);
    if (!ok) {
        json_decref(*ret);
        *ret = NULL;
    }
    return ok;
}

/* ---- what was seen ---- */

static json_t *project(const json_t *by, const json_t *now);

static json_t *project_lines(const json_t *by, const json_t *now)
{
    json_t *all = json_array(), *line, *seen;
    size_t i;

    json_array_foreach(by, i, line)
    {
        const json_t *there = json_array_get(now, i);

        seen = json_is_object(line) ? project(line, there) : json_deep_copy(there);
        if (json_is_object(seen) && json_object_get(there, "LineItemID")) {
            json_object_set(seen, "LineItemID", json_object_get(there, "LineItemID"));
        }
        json_array_append_new(all, seen ? seen : json_null());
    }
    /* one more than we know of is a change too */
    for (i = json_array_size(by); i < json_array_size(now); i++) {
        json_array_append_new(all, json_true());
    }
    return all;
}

static json_t *project(const json_t *by, const json_t *now)
{
    json_t *seen = json_object(), *value;
    const char *name;

    json_object_foreach((json_t *)(uintptr_t)by, name, value)
    {
        const json_t *there = json_object_get(now, name);

        if (strcmp(name, "#") == 0) {
            json_object_set(seen, name, value);
        } else if (json_is_array(value)) {
            json_object_set_new(seen, name, project_lines(value, there));
        } else if (json_is_object(value)) {
            json_object_set_new(seen, name, project(value, there));
        } else if (there) {
            json_object_set(seen, name, (json_t *)(uintptr_t)there);
        }
    }
    return seen;
}

/* Lines of what was sent carry no keys any more: they stand in the order of what was wanted. */
static void name_lines(const json_t *want, json_t *seen)
{
    const char *name;
    json_t *lines, *line;
    size_t i;

    json_object_foreach((json_t *)(uintptr_t)want, name, lines)
    {
        json_array_foreach(lines, i, line)
        {
            json_t *there = json_array_get(json_object_get(seen, name), i);

            if (json_is_object(there) && json_object_get(line, "#")) {
                json_object_set(there, "#", json_object_get(line, "#"));
            }
        }
    }
}

/* What Xero makes of it: compared with what was meant, and looked at before it is changed. */
static void add_made(json_t *seen, const json_t *now)
{
    static const char *const made[] = {"Status", "Total"};

    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        if (json_object_get(now, made[i])) {
            json_object_set(seen, made[i], json_object_get(now, made[i]));
        }
    }
}

const char *seen_of_want(const json_t *want, const json_t *now, struct arena *arena)
{
    json_t *seen = project(want, now);
    AUTO_FREE char *text = NULL;

    name_lines(want, seen);
    add_made(seen, now);
    text = json_write_text(seen);
    json_decref(seen);
    return arena_copy(arena, text);
}

const char *seen_of(struct delivery *d, const json_t *sent, const json_t *now)
{
    json_t *seen = project(sent, now);
    const char *kept;
    AUTO_FREE char *text = NULL;

    for (size_t i = 0; i < d->count; i++) {
        json_t *want = NULL;

        if (d->parcels[i].body == sent && d->parcels[i].document.want[0] &&
            json_read(text_of(d->parcels[i].document.want), JSON_DEPTH_MAX, &want, NULL)) {
            name_lines(want, seen);
            json_decref(want);
        }
    }
    add_made(seen, now);
    text = json_write_text(seen);
    kept = arena_copy(d->arena, text);
    json_decref(seen);
    return kept;
}

/* 100.0 and 100.00 are the same amount. */
static bool same_number(const json_t *a, const json_t *b)
{
    struct decimal left, right;

    return json_is_number_text(a) && json_is_number_text(b) &&
           decimal_parse(json_text(a), &left, NULL) && decimal_parse(json_text(b), &right, NULL) &&
           decimal_compare(left, right) == 0;
}

static bool same(const json_t *a, const json_t *b)
{
    const char *name;
    json_t *value;
    size_t i;

    if (json_is_object(a) && json_is_object(b)) {
        json_object_foreach((json_t *)(uintptr_t)a, name, value)
        {
            if (strcmp(name, "#") != 0 && !same(value, json_object_get(b, name))) {
                return false;
            }
        }
        return true;
    }
    if (json_is_array(a) && json_is_array(b)) {
        json_array_foreach(a, i, value)
        {
            if (!same(value, json_array_get(b, i))) {
                return false;
            }
        }
        return json_array_size(a) == json_array_size(b);
    }
    return same_number(a, b) || json_equal(a, b);
}

bool seen_is_same(const char *seen, const json_t *now)
{
    json_t *was = NULL, *is;
    bool ok;

    if (!json_read(text_of(seen), JSON_DEPTH_MAX, &was, NULL)) {
        return false;
    }
    is = project(was, now);
    ok = same(was, is);
    json_decref(was);
    json_decref(is);
    return ok;
}
