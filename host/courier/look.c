/* Looking at an object before it is changed: what people did to it since is not written over. */
#include "courier/delivery.h"

void look_ask(struct delivery *d, struct ask *ask)
{
    d->url =
        arena_printf(d->arena, "%s/%s%s", d->object->endpoint, d->parcels[0].document.target_id,
                     d->object->batch_max > 1 && strcmp(d->object->name, "Contacts") != 0 &&
                             strcmp(d->object->name, "Payments") != 0
                         ? "?unitdp=4"
                         : "");
    ask->kind = ASK_CALL;
    ask->call = (struct call){.side = &d->courier->integration->xero,
                              .class = QUOTA_DOCUMENT,
                              .method = "GET",
                              .path = d->url};
}

/* What people did since we wrote it; NULL: nothing. */
static const char *change_by_hand(const struct parcel *parcel, const json_t *now,
                                  const char **ret_why)
{
    const char *status = json_path_text(now, "Status");

    if (xero_is_taken_away(status)) {
        *ret_why = "Somebody voided or deleted it in Xero.";
        return "removed-by-hand";
    }
    if (strcmp(status, "PAID") == 0) {
        *ret_why = "It is paid in Xero, so it is not changed any more.";
        return "paid";
    }
    if (parcel->document.target_seen[0] && !seen_is_same(parcel->document.target_seen, now)) {
        *ret_why = "Somebody changed it in Xero since it was written.";
        return "changed-by-hand";
    }
    return NULL;
}

bool look_read(struct delivery *d, const struct answer *answer)
{
    const char *code, *why = "";
    json_t *reply = NULL, *now;

    if (answer->status == 404) {
        return error_set(&d->problem, ERROR_REJECTED, "removed-by-hand",
                         "It is not in Xero any more.");
    }
    if (answer->status != 200 || !json_read(answer->body, JSON_DEPTH_MAX, &reply, &d->problem)) {
        return error_set(&d->problem, ERROR_TRANSIENT, "look", "Xero answered %d", answer->status);
    }
    now = json_array_get(json_object_get(reply, d->object->name), 0);
    d->now_status = arena_copy(d->arena, json_path_text(now, "Status"));
    code = change_by_hand(&d->parcels[0], now, &why);
    json_decref(reply);
    return !code || error_set(&d->problem, ERROR_REJECTED, code, "%s", why);
}
