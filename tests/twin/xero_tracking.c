/* Tracking categories and their options. */
#include "xero.h"

static void reply_category(struct twin *twin, struct request *q, struct reply *r,
                           const struct record *record)
{
    json_t *list = json_array();

    json_array_append_new(list, xero_view(twin, q->org, TRACKING, record));
    xero_reply_list(twin, r, "TrackingCategories", list, NULL);
}

static void reply_options(struct twin *twin, struct reply *r, json_t *options)
{
    xero_reply_list(twin, r, "Options", options, NULL);
}

static void invalid(struct twin *twin, struct reply *r, const char *message)
{
    xero_reply_error(r, 10, "A validation exception occurred",
                     json_pack("[{s[{ss}]}]", "ValidationErrors", "Message", message));
    record_event(twin, "invalid", "TrackingCategories: %s", message);
}

static size_t count_active(const struct shelf *shelf)
{
    size_t n = 0;

    for (size_t i = 0; i < shelf->count; i++) {
        n += strcmp(json_path_text(shelf->records[i]->json, "Status"), "ACTIVE") == 0;
    }
    return n;
}

void xero_put_category(struct twin *twin, struct request *q, struct reply *r)
{
    struct shelf *shelf = &q->org->shelves[TRACKING];
    json_t *list = xero_elements(twin, q, r, "TrackingCategories", "TrackingCategory");
    const char *name = json_path_text(json_array_get(list, 0), "Name");
    char id[CRYPTO_UUID_TEXT];
    json_t *made;

    if (!list) {
        return;
    }
    if (!*name || shelf_find_by(shelf, "Name", name, true)) {
        invalid(twin, r, "Please enter a unique Name.");
    } else if (count_active(shelf) >= 2 || shelf->count >= 4) {
        invalid(twin, r, "The organisation already has as many tracking categories as it may.");
    } else {
        made = json_pack("{ssssss,s[]}", "Name", name, "Status", "ACTIVE", "TrackingCategoryID",
                         crypto_uuid(id), "Options");
        reply_category(twin, q, r, shelf_add(shelf, id, made, twin_now(twin)));
    }
    json_decref(list);
}

static struct record *category_of(struct request *q, struct reply *r)
{
    struct record *category = shelf_find(&q->org->shelves[TRACKING], q->parts[0]);

    if (!category) {
        xero_reply_not_found(r);
    }
    return category;
}

void xero_post_category(struct twin *twin, struct request *q, struct reply *r)
{
    struct record *category = category_of(q, r);
    json_t *list;

    if (!category) {
        return;
    }
    list = xero_elements(twin, q, r, "TrackingCategories", "TrackingCategory");
    if (list) {
        json_object_update(category->json, json_array_get(list, 0));
        record_touch(category, twin_now(twin));
        reply_category(twin, q, r, category);
        json_decref(list);
    }
}

void xero_delete_category(struct twin *twin, struct request *q, struct reply *r)
{
    struct record *category = category_of(q, r);

    if (category) {
        value_set_text(category->json, "Status", "DELETED");
        record_touch(category, twin_now(twin));
        reply_category(twin, q, r, category);
    }
}

static json_t *option_at(const struct record *category, const char *field, const char *value)
{
    size_t i;
    json_t *option;

    json_array_foreach(json_object_get(category->json, "Options"), i, option)
    {
        if (same_text(json_path_text(option, field), value)) {
            return option;
        }
    }
    return NULL;
}

void xero_put_options(struct twin *twin, struct request *q, struct reply *r)
{
    struct record *category = category_of(q, r);
    json_t *list, *one, *made;
    size_t i;

    list = category ? xero_elements(twin, q, r, "Options", "TrackingOption") : NULL;
    if (!list) {
        return;
    }
    made = json_array();
    json_array_foreach(list, i, one)
    {
        const char *name = json_path_text(one, "Name");
        json_t *option;
        if (!*name || option_at(category, "Name", name)) {
            invalid(twin, r, "Please enter a unique Name.");
            json_decref(made);
            json_decref(list);
            return;
        }
        option = json_pack("{ssss}", "Name", name, "Status", "ACTIVE");
        json_object_set_new(option, "TrackingOptionID", value_uuid());
        json_array_append(json_object_get(category->json, "Options"), option);
        json_array_append_new(made, option);
    }
    record_touch(category, twin_now(twin));
    reply_options(twin, r, json_deep_copy(made));
    json_decref(made);
    json_decref(list);
}

static json_t *option_of(struct request *q, struct reply *r)
{
    struct record *category = category_of(q, r);
    json_t *option = category ? option_at(category, "TrackingOptionID", q->parts[1]) : NULL;

    if (category && !option) {
        xero_reply_not_found(r);
    }
    return option;
}

static void reply_one_option(struct twin *twin, struct reply *r, json_t *option)
{
    json_t *list = json_array();

    json_array_append_new(list, json_deep_copy(option));
    reply_options(twin, r, list);
}

void xero_post_option(struct twin *twin, struct request *q, struct reply *r)
{
    json_t *option = option_of(q, r);
    json_t *list = option ? xero_elements(twin, q, r, "Options", "TrackingOption") : NULL;

    if (list) {
        json_object_update(option, json_array_get(list, 0));
        reply_one_option(twin, r, option);
        json_decref(list);
    }
}

void xero_delete_option(struct twin *twin, struct request *q, struct reply *r)
{
    json_t *option = option_of(q, r);

    if (option) {
        value_set_text(option, "Status", "DELETED");
        reply_one_option(twin, r, option);
    }
}
