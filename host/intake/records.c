#include "intake/intake.h"

#define PATH_STEPS_MAX 8

struct walk {
    struct text steps[PATH_STEPS_MAX];
    size_t count;
    record_fn *each;
    void *self;
    json_t *kept; /* key fields picked up on the way */
};

static bool walk_from(struct walk *walk, size_t step, const json_t *j, struct error *err);

static bool walk_all(struct walk *walk, size_t step, const json_t *j, struct error *err)
{
    const char *name;
    json_t *value;
    size_t i;

    json_array_foreach(j, i, value)
    {
        if (!walk_from(walk, step, value, err)) {
            return false;
        }
    }
    json_object_foreach((json_t *)(uintptr_t)j, name, value)
    {
        if (!walk_from(walk, step, value, err)) {
            return false;
        }
    }
    return true;
}

/* "{name}": over the keys of an object; the key becomes the field `name` of what is below. */
static bool walk_keys(struct walk *walk, size_t step, const json_t *j, struct error *err)
{
    struct text field = walk->steps[step];
    const char *name;
    json_t *value;
    char kept[128];

    snprintf(kept, sizeof kept, "%.*s", (int)field.size - 2, field.at + 1);
    json_object_foreach((json_t *)(uintptr_t)j, name, value)
    {
        json_object_set_new(walk->kept, kept, json_new_text(text_of(name)));
        if (!walk_from(walk, step + 1, value, err)) {
            return false;
        }
    }
    json_object_del(walk->kept, kept);
    return true;
}

static bool walk_name(struct walk *walk, size_t step, const json_t *j, struct error *err)
{
    char name[128];
    const json_t *next;

    snprintf(name, sizeof name, "%.*s", TEXT_ARGS(walk->steps[step]));
    next = json_object_get(j, name);
    if (!next) {
        return error_set(err, ERROR_REJECTED, "records", "the answer has no \"%s\"", name);
    }
    return walk_from(walk, step + 1, next, err);
}

/* {"1.5": 8340}: what a key leads to may be no object. Then it is the field `value`. */
static bool take_value(struct walk *walk, const json_t *j, struct error *err)
{
    AUTO_JSON json_t *record = json_object();

    json_object_set_new(record, "value", json_deep_copy(j));
    return walk->each(walk->self, record, walk->kept, err);
}

static bool walk_from(struct walk *walk, size_t step, const json_t *j, struct error *err)
{
    if (json_is_null(j)) {
        return true;
    }
    if (step == walk->count) {
        bool by_key = step > 0 && text_starts(walk->steps[step - 1], "{");

        return by_key && !json_is_object(j) ? take_value(walk, j, err)
                                            : walk->each(walk->self, j, walk->kept, err);
    }
    if (text_is(walk->steps[step], "*")) {
        if (!json_is_array(j) && !json_is_object(j)) {
            return error_set(err, ERROR_REJECTED, "records",
                             "the answer has no list where one belongs");
        }
        return walk_all(walk, step + 1, j, err);
    }
    if (text_starts(walk->steps[step], "{")) {
        return walk_keys(walk, step, j, err);
    }
    return walk_name(walk, step, j, err);
}

bool records_each(const json_t *reply, const char *path, record_fn *each, void *self,
                  struct error *err)
{
    struct walk walk = {.each = each, .self = self, .kept = json_object()};
    struct text rest = text_of(path);
    bool ok = true;

    while (rest.at && rest.size && ok) {
        if (walk.count == PATH_STEPS_MAX) {
            ok = error_set(err, ERROR_REJECTED, "records", "the path \"%s\" is too deep", path);
        } else {
            walk.steps[walk.count++] = text_split(&rest, '.');
        }
    }
    ok = ok && walk_from(&walk, 0, reply, err);
    json_decref(walk.kept);
    return ok;
}
