#include "base/memory.h"
#include "courier/delivery.h"

#include <stdio.h>

/* ---- what is next: removals against the order of references, then everything else along it ----
 */

static bool ready_of(struct delivery *d, struct db *db, const struct map_mapping *mapping,
                     struct documents *ret, struct error *err)
{
    const struct integration *integration = d->courier->integration;
    const char *name = map_mapping_declared(mapping)->name;
    struct ledger_wish wish = {
        .mapping = name,
        .on_demand = map_mapping_is_on_demand(integration->program, mapping),
        .most = 50,
    };

    return ledger_ready(db, integration->id, &wish, d->arena, ret, err);
}

static bool is_removal(const struct document *document)
{
    return strcmp(document->action, "remove") == 0;
}

/* Keep those of one kind with the first; one alone when it has to be looked at, or was refused
 * together with others before. */
static size_t choose(const struct documents *ready, bool removals, struct document **ret)
{
    size_t count = 0;

    for (size_t i = 0; i < ready->count; i++) {
        struct document *document = &ready->at[i];

        if (is_removal(document) != removals) {
            continue;
        }
        if (count && (strcmp(document->action, ret[0]->action) != 0 || document->tries > 0)) {
            break;
        }
        ret[count++] = document;
        if (strcmp(document->action, "create") != 0 || document->tries > 0) {
            break;
        }
    }
    return count;
}

/* Of those chosen, what was written before a restore is linked, and not written again. */
static bool link_written(struct delivery *d, struct db *db, struct document **chosen, size_t *count,
                         struct error *err)
{
    size_t left = 0;

    for (size_t i = 0; i < *count; i++) {
        bool found = false;

        if (!chosen[i]->target_id[0] &&
            !adopt_marked(db, d->courier->integration, chosen[i], d->arena, &found, err)) {
            return false;
        }
        d->courier->counts.linked += found;
        if (!found) {
            chosen[left++] = chosen[i];
        }
    }
    *count = left;
    return true;
}

/* The next documents of a mapping that are to be written. */
static bool choose_ready(struct delivery *d, struct db *db, const struct map_mapping *mapping,
                         bool removals, struct document **ret, size_t *ret_count, struct error *err)
{
    struct documents ready;
    size_t chosen;

    do {
        ready = (struct documents){NULL, 0};
        if (!ready_of(d, db, mapping, &ready, err)) {
            return false;
        }
        *ret_count = chosen = choose(&ready, removals, ret);
        if (!link_written(d, db, ret, ret_count, err)) {
            return false;
        }
    } while (chosen > 0 && *ret_count == 0);
    return true;
}

static bool find_ready(struct delivery *d, struct db *db, bool removals, struct error *err)
{
    const struct program *program = d->courier->integration->program;
    size_t total = map_mapping_count(program);

    for (size_t i = 0; i < total; i++) {
        size_t at = map_sending_order(program)[removals ? total - 1 - i : i];
        const struct map_mapping *mapping = map_mapping_at(program, at);
        const struct declared_list *target = map_list_declared(map_mapping_target(mapping));
        struct document *chosen[50];
        size_t count = 0;

        if (!xero_object_find(target->name) ||
            !map_mapping_is_active(d->courier->integration->active, mapping)) {
            continue;
        }
        if (!choose_ready(d, db, mapping, removals, chosen, &count, err)) {
            return false;
        }
        if (count == 0) {
            continue;
        }
        d->object = xero_object_find(target->name);
        d->write = &target->write;
        count = count > d->object->batch_max && d->object->batch_max ? d->object->batch_max : count;
        d->parcels = arena_alloc(d->arena, count, sizeof *d->parcels);
        d->count = count;
        for (size_t k = 0; k < count; k++) {
            d->parcels[k].document = *chosen[k];
            d->parcels[k].mark = delivery_mark(d->courier->integration, chosen[k], d->arena);
        }
        return true;
    }
    return true;
}

/* ---- the request ---- */

static bool hold(struct delivery *d, struct db *db, const struct parcel *parcel,
                 const struct error *why, struct error *err)
{
    d->courier->counts.refused++;
    return ledger_hold(db, parcel->document.id, why->code, why->text, "", err);
}

/* Bodies of all parcels; one that cannot be built is held and left out. */
static bool build_bodies(struct delivery *d, struct db *db, struct error *err)
{
    size_t kept = 0, bytes = 0;

    for (size_t i = 0; i < d->count; i++) {
        struct error problem = {0};
        struct parcel *parcel = &d->parcels[i];
        AUTO_FREE char *text = NULL;

        if (!body_build(d, db, parcel, &parcel->body, &problem)) {
            if (problem.kind != ERROR_REJECTED) {
                *err = problem;
                return false;
            }
            if (!hold(d, db, parcel, &problem, err)) {
                return false;
            }
            continue;
        }
        text = json_write_text(parcel->body);
        if (kept && bytes + strlen(text) > XERO_BODY_MAX_BYTES) {
            json_decref(parcel->body);
            parcel->body = NULL;
            break; /* the rest goes next time */
        }
        bytes += strlen(text);
        d->parcels[kept++] = *parcel;
    }
    for (size_t i = kept; i < d->count; i++) {
        d->parcels[i].body = NULL;
    }
    d->count = kept;
    return true;
}

static const char *whole_body(struct delivery *d)
{
    json_t *all = json_array(), *envelope = json_object();
    const char *kept;
    AUTO_FREE char *text = NULL;

    for (size_t i = 0; i < d->count; i++) {
        json_array_append(all, d->parcels[i].body);
    }
    json_object_set_new(envelope, d->object->name, all);
    text = json_write_text(d->object->enveloped ? envelope : d->parcels[0].body);
    kept = arena_copy(d->arena, text);
    json_decref(envelope);
    return kept;
}

/* "PUT /path" of the declaration, with the id of the parcel in it where it asks for one. */
static void set_call(struct delivery *d, const char *declared)
{
    const char *blank = strchr(declared, ' '), *brace = strchr(declared, '{');

    d->request.method =
        arena_copy_text(d->arena, (struct text){declared, blank ? (size_t)(blank - declared) : 0});
    d->request.path = blank ? blank + 1 : "";
    if (brace) {
        d->request.path = arena_printf(d->arena, "%.*s%s%s", (int)(brace - blank - 1), blank + 1,
                                       d->parcels[0].document.target_id,
                                       strchr(brace, '}') ? strchr(brace, '}') + 1 : "");
    }
}

static const char *call_of(const struct delivery *d)
{
    const char *action = d->parcels[0].document.action;

    return strcmp(action, "remove") == 0   ? d->write->remove
           : strcmp(action, "update") == 0 ? d->write->update
                                           : d->write->create;
}

static bool intend(struct delivery *d, struct db *db, struct error *err)
{
    struct request_element *elements = arena_alloc(d->arena, d->count + 1, sizeof *elements);
    char key[CRYPTO_UUID_TEXT];

    d->request.integration = d->courier->integration->id;
    d->request.lane = d->courier->integration->xero.lane;
    d->request.idempotency_key = arena_copy(d->arena, crypto_uuid(key));
    d->request.target = d->object->list;
    d->request.action = d->parcels[0].document.action;
    for (size_t i = 0; i < d->count; i++) {
        elements[i] = (struct request_element){d->parcels[i].document.id, d->parcels[i].mark,
                                               d->parcels[i].document.want_hash};
    }
    d->courier->counts.requests++;
    return generation_raise(db, &d->generation, err) &&
           request_intend(db, &d->request, elements, d->count, &d->request.id, err);
}

bool take_intend(struct db *db, void *self, struct error *err)
{
    struct delivery *d = ((struct courier *)self)->delivery;

    if (d->file_path) {
        d->request.file = d->file_path;
        d->request.method = "PUT";
        d->request.path = d->file_on;
        d->request.body = TEXT("");
        return intend(d, db, err);
    }
    if (!call_of(d)[0]) {
        return error_set(err, ERROR_BUG, "no-call",
                         "Xero has no call to %s %s, and it was planned.",
                         d->parcels[0].document.action, d->object->name);
    }
    if (!build_bodies(d, db, err)) {
        return false;
    }
    if (d->count == 0) {
        return true; /* all held */
    }
    d->request.body = text_of(whole_body(d));
    d->request.content_type = "application/json";
    d->request.file = "";
    set_call(d, call_of(d));
    return intend(d, db, err);
}

/* ---- files ---- */

static bool take_file(struct delivery *d, struct db *db, struct error *err)
{
    struct parcel *parcel = &d->parcels[0];
    struct document on = {0};
    json_t *want = NULL;
    const json_t *pair, *file;
    const struct xero_object *object;

    if (!json_read(text_of(parcel->document.want), JSON_DEPTH_MAX, &want, err)) {
        return false;
    }
    pair = json_path(want, "On.@");
    file = json_path(want, "Content.file");
    d->file_url = arena_copy(d->arena, json_is_object(file) ? json_path_text(file, "url")
                                                            : json_string_value(file));
    d->file_name = arena_copy(d->arena, json_path_text(want, "FileName"));
    if (!ledger_find(db, d->courier->integration->id, json_string_value(json_array_get(pair, 0)),
                     json_string_value(json_array_get(pair, 1)), d->arena, &on, err)) {
        json_decref(want);
        return false;
    }
    object = on.target[0] ? xero_object_find(on.target) : NULL;
    d->file_on =
        object ? arena_printf(d->arena, "%s/%s/Attachments/", object->endpoint, on.target_id) : "";
    json_decref(want);
    return true;
}

bool take_next(struct db *db, void *self, struct error *err)
{
    struct delivery *d = ((struct courier *)self)->delivery;

    if (!find_ready(d, db, true, err) || (d->count == 0 && !find_ready(d, db, false, err))) {
        return false;
    }
    if (d->count == 0) {
        return ledger_next_due(db, d->courier->integration->id, &d->wake_ms, err);
    }
    if (strcmp(d->object->name, "Attachments") == 0) {
        return take_file(d, db, err);
    }
    if (d->parcels[0].document.target_id[0]) {
        return true; /* to be looked at before it is changed */
    }
    return take_intend(db, self, err);
}
