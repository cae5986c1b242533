#include "cli/sample.h"

#include <string.h>

#include "base/date.h"
#include "base/memory.h"

#define DEPTH_MOST   6
#define RECORDS_MOST 1000

/* Records, or the values of one field in all of them. Absent ones are NULL. */
struct column {
    const json_t **at;
    size_t count;
};

struct guessing {
    struct arena *arena;
    struct buffer *type; /* what is known of the record so far */
    struct sample *ret;
    unsigned depth;
    bool is_inside; /* in a list inside the record */
};

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
#define DIGITS  "0123456789"

static bool is_name(const char *name)
{
    return strspn(name, LETTERS) > 0 && name[strspn(name, LETTERS DIGITS)] == '\0';
}

/* ---- where the records are ---- */

static bool is_list_of_objects(const json_t *j)
{
    return json_is_array(j) && json_is_object(json_array_get(j, 0));
}

/* The first list of objects, a few objects deep. */
static const json_t *find_records(const json_t *j, const char *path, struct guessing *g)
{
    const json_t *found = NULL;
    const char *name;
    json_t *value;

    if (is_list_of_objects(j)) {
        g->ret->records = arena_printf(g->arena, "%s*", path);
        return j;
    }
    json_object_foreach((json_t *)(uintptr_t)j, name, value)
    {
        if (!found && is_name(name) && is_list_of_objects(value)) {
            found = find_records(value, arena_printf(g->arena, "%s%s.", path, name), g);
        }
    }
    json_object_foreach((json_t *)(uintptr_t)j, name, value)
    {
        if (!found && is_name(name) && json_is_object(value) && g->depth < DEPTH_MOST) {
            g->depth++;
            found = find_records(value, arena_printf(g->arena, "%s%s.", path, name), g);
            g->depth--;
        }
    }
    return found;
}

/* ---- what one value is ---- */

enum guess { NOTHING, A_TEXT, A_DECIMAL, A_BOOL, A_DATE, A_TIME, AN_OBJECT, A_LIST };

static enum guess characters_are(struct text t)
{
    struct decimal number;
    struct date date;
    struct error err;
    int64_t ms;

    if (t.size == strlen("2026-10-31") && date_parse(t, &date, &err)) {
        return A_DATE;
    }
    if (instant_parse(t, &ms, &err)) {
        return A_TIME;
    }
    /* "12.50" is an amount; "12" may as well be a number of an account */
    return memchr(t.at, '.', t.size) && decimal_parse(t, &number, &err) ? A_DECIMAL : A_TEXT;
}

static enum guess value_is(const json_t *j)
{
    if (!j || json_is_null(j)) {
        return NOTHING;
    }
    if (json_is_object(j) || json_is_array(j)) {
        return json_is_object(j) ? AN_OBJECT : A_LIST;
    }
    if (json_is_boolean(j)) {
        return A_BOOL;
    }
    return json_is_number_text(j) ? A_DECIMAL : characters_are(json_text(j));
}

/* What all values are; texts where they differ. */
static enum guess column_is(const struct column *column, bool *ret_optional)
{
    enum guess all = NOTHING;

    for (size_t i = 0; i < column->count; i++) {
        enum guess one = value_is(column->at[i]);

        *ret_optional |= one == NOTHING;
        if (one != NOTHING && all != NOTHING && one != all) {
            all = one >= AN_OBJECT || all >= AN_OBJECT ? NOTHING : A_TEXT;
            break;
        }
        all = one == NOTHING ? all : one;
    }
    return all;
}

/* ---- fields ---- */

static void leave_out(struct guessing *g, const char *name, const char *why)
{
    g->ret->left_out = arena_printf(g->arena, "%s%s%s (%s)", g->ret->left_out,
                                    *g->ret->left_out ? ", " : "", name, why);
}

static void say(struct guessing *g, const char *name, const char *type, bool optional)
{
    bool is_key = !g->is_inside && strcmp(name, g->ret->key) == 0;

    buffer_addf(g->type, "%s%s%s%s: %s%s", g->type->size ? "," : "",
                g->type->size ? (g->is_inside ? " " : "\n") : "", is_key ? "*" : "", name,
                is_key ? "text" : type, optional && !is_key ? "?" : "");
}

static void add_object(struct guessing *g, const struct column *objects, const char *before,
                       bool optional);

/* The elements of all lists of a column, one after another. */
static struct column elements_of(struct guessing *g, const struct column *lists)
{
    struct column all = {arena_alloc(g->arena, RECORDS_MOST, sizeof *all.at), 0};

    for (size_t i = 0; i < lists->count; i++) {
        for (size_t k = 0; k < json_array_size(lists->at[i]) && all.count < RECORDS_MOST; k++) {
            all.at[all.count++] = json_array_get(lists->at[i], k);
        }
    }
    return all;
}

static const char *const type_names[] = {[A_TEXT] = "text",
                                         [A_DECIMAL] = "decimal",
                                         [A_BOOL] = "bool",
                                         [A_DATE] = "date",
                                         [A_TIME] = "time"};

/* [*id: text, …]; without an id, an element is told by its place. */
static void add_records(struct guessing *g, const char *name, const struct column *elements,
                        bool optional)
{
    AUTO(buffer_done) struct buffer inside = {0};
    struct guessing in = *g;
    bool has_id = elements->count > 0;

    for (size_t i = 0; i < elements->count; i++) {
        has_id = has_id && value_is(json_object_get(elements->at[i], "id")) != NOTHING;
    }
    buffer_init(&inside, 1 << 20);
    in.type = &inside;
    in.is_inside = true;
    buffer_add_cstr(&inside, has_id ? "*id: text" : "*place: position");
    add_object(&in, elements, "", false);
    g->ret->left_out = in.ret->left_out;
    say(g, name, arena_printf(g->arena, "[%s]", inside.at), optional);
}

static void add_list(struct guessing *g, const char *name, const struct column *lists,
                     bool optional)
{
    struct column elements = elements_of(g, lists);
    bool ignored = false;
    enum guess of = column_is(&elements, &ignored);

    if (of == AN_OBJECT && !g->is_inside) {
        add_records(g, name, &elements, optional);
    } else if (of > NOTHING && of < AN_OBJECT) {
        say(g, name, arena_printf(g->arena, "%s[]", type_names[of]), optional);
    } else {
        leave_out(g, name,
                  of == NOTHING ? "an empty list, or one of several kinds" : "lists in lists");
    }
}

static void add_field(struct guessing *g, const char *name, const struct column *values,
                      bool optional)
{
    enum guess is = column_is(values, &optional);

    if (is == AN_OBJECT) {
        add_object(g, values, arena_printf(g->arena, "%s.", name), optional);
    } else if (is == A_LIST) {
        add_list(g, name, values, optional);
    } else if (is == NOTHING) {
        leave_out(g, name, "empty, or of several kinds");
    } else if (!g->is_inside || strcmp(name, "id") != 0) {
        say(g, name, type_names[is], optional);
    }
}

/* Whether an earlier object has this member. */
static bool was_seen(const struct column *objects, size_t before, const char *name)
{
    for (size_t i = 0; i < before; i++) {
        if (json_object_get(objects->at[i], name)) {
            return true;
        }
    }
    return false;
}

/* One member, as all objects have it. */
static void add_member(struct guessing *g, const struct column *objects, const char *before,
                       const char *name, bool optional)
{
    struct column values = {arena_alloc(g->arena, objects->count, sizeof *values.at),
                            objects->count};
    const char *full = arena_printf(g->arena, "%s%s", before, name);

    for (size_t i = 0; i < objects->count; i++) {
        values.at[i] = json_object_get(objects->at[i], name);
    }
    if (is_name(name)) {
        add_field(g, full, &values, optional);
    } else {
        leave_out(g, full, "not a name");
    }
}

/* Every member of all objects, in the order in which they first appear. */
static void add_object(struct guessing *g, const struct column *objects, const char *before,
                       bool optional)
{
    const char *name;
    json_t *value;

    if (g->depth == DEPTH_MOST) {
        leave_out(g, before, "too deep");
        return;
    }
    g->depth++;
    for (size_t i = 0; i < objects->count; i++) {
        json_object_foreach((json_t *)(uintptr_t)objects->at[i], name, value)
        {
            if (!was_seen(objects, i, name)) {
                add_member(g, objects, before, name, optional);
            }
        }
    }
    g->depth--;
}

/* ---- the key, and the name ---- */

static bool is_in_all(const struct column *records, const char *name, bool as_text)
{
    for (size_t i = 0; i < records->count; i++) {
        enum guess is = value_is(json_object_get(records->at[i], name));

        if (is == NOTHING || is >= AN_OBJECT || (as_text && is != A_TEXT)) {
            return false;
        }
    }
    return true;
}

/* The first of `names` that all records have as a plain value; "" none. */
static const char *first_in_all(const struct column *records, const char *const *names,
                                bool as_text)
{
    for (; *names; names++) {
        if (is_in_all(records, *names, as_text)) {
            return *names;
        }
    }
    return "";
}

static bool no_key(struct error *err)
{
    return error_set(
        err, ERROR_REJECTED, "sample",
        "No field of these records looks like a key (id, uuid, guid, key, code, number). "
        "Rename one in the sample, and put its name back afterwards.");
}

bool sample_read(const json_t *answer, struct arena *arena, struct sample *ret, struct error *err)
{
    static const char *const keys[] = {"id", "uuid", "guid", "key", "code", "number", NULL};
    static const char *const names[] = {"name",         "display_name", "displayName", "full_name",
                                        "company_name", "companyName",  "title",       NULL};
    AUTO(buffer_done) struct buffer type = {0};
    struct guessing g = {.arena = arena, .type = &type, .ret = ret};
    struct column records = {arena_alloc(arena, RECORDS_MOST, sizeof *records.at), 0};
    const json_t *found;

    *ret = (struct sample){.records = "", .left_out = ""};
    found = find_records(answer, "", &g);
    for (size_t i = 0; i < json_array_size(found) && records.count < RECORDS_MOST; i++) {
        records.at[records.count++] = json_array_get(found, i);
    }
    if (!found && json_object_size(answer) > 0) {
        records.at[records.count++] = answer;
    }
    if (records.count == 0) {
        return error_set(err, ERROR_REJECTED, "sample",
                         "There are no records in the sample. It ought to be an answer of the API "
                         "with at least one.");
    }
    ret->first = records.at[0];
    ret->key = first_in_all(&records, keys, false);
    if (!*ret->key) {
        return no_key(err);
    }
    ret->name = first_in_all(&records, names, true);
    ret->name = *ret->name ? ret->name : ret->key;
    buffer_init(&type, 1 << 20);
    add_object(&g, &records, "", false);
    ret->type = arena_copy_text(arena, buffer_text(&type));
    return true;
}
