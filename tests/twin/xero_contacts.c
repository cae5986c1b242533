/* Contacts: names are unique among the active ones, letters' case does not count. */
#include "xero.h"

static struct record *active_by_name(const struct write *w, const char *name)
{
    const struct shelf *shelf = &w->org->shelves[CONTACTS];

    for (size_t i = 0; i < shelf->count; i++) {
        const json_t *j = shelf->records[i]->json;
        if (same_text(json_path_text(j, "Name"), name) &&
            strcmp(json_path_text(j, "ContactStatus"), "ACTIVE") == 0) {
            return shelf->records[i];
        }
    }
    return NULL;
}

static bool odd_blanks(const char *name)
{
    size_t size = strlen(name);

    return size > 0 && (name[0] == ' ' || name[size - 1] == ' ' || strstr(name, "  "));
}

static void check_name(const struct write *w, const json_t *element, struct outcome *o)
{
    const char *name = json_path_text(o->made, "Name");
    struct record *other = active_by_name(w, name);

    (void)element;
    if (!*name) {
        refuse(o, "The contact name must be specified.");
    } else if (strpbrk(name, "<>") || odd_blanks(name)) {
        refuse(o, "The contact name holds characters that are not allowed.");
    } else if (other && other != o->record) {
        refuse(o,
               "The contact name %s is already assigned to another contact. The contact name must "
               "be unique across all active contacts.",
               name);
    }
}

static void check_number(const struct write *w, struct outcome *o)
{
    const char *number = json_path_text(o->made, "ContactNumber");
    struct record *other =
        *number ? shelf_find_by(&w->org->shelves[CONTACTS], "ContactNumber", number, true) : NULL;

    if (other && other != o->record) {
        refuse(o, "The contact number %s is already assigned to another contact.", number);
    }
}

/* POST finds by id, then number, then name; PUT never does. */
static void find(const struct write *w, const json_t *element, struct outcome *o)
{
    const struct shelf *shelf = &w->org->shelves[CONTACTS];
    const char *id = json_path_text(element, "ContactID");
    const char *number = json_path_text(element, "ContactNumber");

    if (*id) {
        o->record = shelf_find(shelf, id);
        o->not_found = !o->record;
    } else if (!w->create) {
        o->record = *number ? shelf_find_by(shelf, "ContactNumber", number, true) : NULL;
        o->record = o->record ? o->record : active_by_name(w, json_path_text(element, "Name"));
    }
    if (*id && w->create) {
        refuse(o, "An id cannot be given when creating.");
    }
}

void contact_prepare(struct write *w, const json_t *element, struct outcome *o)
{
    const char *status;
    json_t *copy;

    find(w, element, o);
    if (o->not_found || refused(o)) {
        return;
    }
    o->made = o->record ? json_deep_copy(o->record->json) : json_object();
    status = json_path_text(o->made, "ContactStatus");
    if (o->record && strcmp(status, "ARCHIVED") == 0 &&
        strcmp(json_path_text(element, "ContactStatus"), "ACTIVE") != 0) {
        refuse(o, "The specified contact details matched an archived contact. Archived contacts "
                  "cannot currently be edited via the API.");
        return;
    }
    copy = json_deep_copy(element);
    json_object_update(o->made, copy);
    json_decref(copy);
    if (!value_has(o->made, "ContactStatus")) {
        value_set_text(o->made, "ContactStatus", "ACTIVE");
    }
    if (!word_in(json_path_text(o->made, "ContactStatus"), "ACTIVE ARCHIVED")) {
        refuse(o, "ContactStatus must be ACTIVE or ARCHIVED.");
    }
    if (json_array_size(json_object_get(o->made, "ContactPersons")) > 5) {
        refuse(o, "A contact can have at most five contact persons.");
    }
    if (strcmp(json_path_text(o->made, "ContactStatus"), "ACTIVE") == 0) {
        check_name(w, element, o);
    }
    check_number(w, o);
    if (value_has(o->made, "DefaultCurrency") &&
        !shelf_find(&w->org->shelves[CURRENCIES], json_path_text(o->made, "DefaultCurrency"))) {
        refuse(o, "Organisation is not subscribed to currency %s",
               json_path_text(o->made, "DefaultCurrency"));
    }
}

struct record *contact_apply(struct write *w, struct outcome *o)
{
    json_t *made = o->made;
    char id[CRYPTO_UUID_TEXT];

    o->made = NULL;
    if (o->record) {
        record_replace(o->record, made, twin_now(w->twin));
        return o->record;
    }
    value_set_text(made, "ContactID", crypto_uuid(id));
    json_object_set_new(made, "IsSupplier", json_false());
    json_object_set_new(made, "IsCustomer", json_false());
    json_object_set_new(made, "HasAttachments", json_false());
    if (!value_has(made, "Addresses")) {
        json_object_set_new(made, "Addresses", json_array());
    }
    if (!value_has(made, "Phones")) {
        json_object_set_new(made, "Phones", json_array());
    }
    return shelf_add(&w->org->shelves[CONTACTS], id, made, twin_now(w->twin));
}
