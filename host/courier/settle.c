#include "base/memory.h"
#include "courier/delivery.h"

/* ---- what an answer says ---- */

void settle_done(struct delivery *d, struct parcel *parcel, const char *id, const json_t *now)
{
    const char *type = json_path_text(now, "Type");

    parcel->settled = true;
    parcel->result = (struct element_result){
        .document = parcel->document.id,
        .outcome = ELEMENT_DONE,
        .target_id = arena_copy(d->arena, id),
        .target_seen = parcel->body && now ? seen_of(d, parcel->body, now) : "",
        .url = xero_link(d->object, type, d->courier->integration->short_code, id, d->arena),
    };
}

void settle_refused(struct delivery *d, struct parcel *parcel, const char *code, const char *why,
                    const char *fix)
{
    parcel->settled = true;
    parcel->result = (struct element_result){
        .document = parcel->document.id,
        .outcome = ELEMENT_REFUSED,
        .code = arena_copy(d->arena, code),
        .why = arena_copy(d->arena, why),
        .fix = arena_copy(d->arena, fix),
    };
}

static void settle_later(struct parcel *parcel, int64_t due_ms)
{
    parcel->settled = true;
    parcel->result = (struct element_result){
        .document = parcel->document.id, .outcome = ELEMENT_NOT_RUN, .due_ms = due_ms};
}

void settle_not_run(struct delivery *d, int64_t due_ms)
{
    for (size_t i = 0; i < d->count; i++) {
        settle_later(&d->parcels[i], due_ms);
    }
}

static const char *messages_of(struct delivery *d, const struct xero_element *element)
{
    const char *text =
        element->sentence && element->sentence[0] ? element->sentence : "Xero refused it.";

    return element->message_count
               ? arena_printf(d->arena, "%s Xero says: %s", text, element->messages[0])
               : text;
}

static void read_element(struct delivery *d, struct parcel *parcel,
                         const struct xero_element *element)
{
    switch (element->fate) {
    case XERO_DONE:
        settle_done(d, parcel, element->id, element->body);
        break;
    case XERO_REFUSED:
        d->courier->reread = d->courier->reread || element->taken;
        settle_refused(d, parcel, element->code, messages_of(d, element), element->fix);
        break;
    case XERO_NOT_RUN:
        settle_later(parcel, 0);
        break;
    case XERO_UNKNOWN:
        break;
    }
}

/* Refused together: each on its own will show which of them is wrong. */
static bool to_be_split(const struct delivery *d, const struct xero_reply *reply)
{
    return reply->whole_refused && d->count > 1;
}

/* What was said of each parcel. */
static void read_said(struct delivery *d)
{
    const json_t **sent = arena_alloc(d->arena, d->count + 1, sizeof *sent);
    const char **marks = arena_alloc(d->arena, d->count + 1, sizeof *marks);
    struct xero_exchange exchange = {
        .object = d->object,
        .sent = sent,
        /* a file's mark is in its name, which the answer repeats */
        .marks = d->object->mark == XERO_MARK_FILE ? NULL : marks,
        .count = d->count,
        .status = d->said.status,
        .complete = d->said.complete,
        .content_type = d->said.content_type,
        .www_authenticate = d->said.www_authenticate,
        .body = d->said.body,
    };
    struct xero_reply reply = {0};

    for (size_t i = 0; i < d->count; i++) {
        sent[i] = d->parcels[i].body;
        marks[i] = d->parcels[i].mark;
    }
    xero_reply_read(&exchange, d->arena, &reply);
    for (size_t i = 0; i < d->count && i < reply.element_count; i++) {
        if (to_be_split(d, &reply)) {
            settle_later(&d->parcels[i], 0);
        } else {
            read_element(d, &d->parcels[i], &reply.elements[i]);
        }
    }
    if (reply.not_run == XERO_SCOPE_MISSING || reply.not_run == XERO_DISCONNECTED ||
        reply.not_run == XERO_FORBIDDEN || reply.not_run == XERO_TOKEN_EXPIRED) {
        error_set(&d->problem, ERROR_AUTH, reply.code && reply.code[0] ? reply.code : "refused",
                  "%s", reply.sentence ? reply.sentence : "Xero refuses this connection.");
    } else if (reply.not_run == XERO_RATE_LIMITED) {
        error_set(&d->problem, ERROR_TRANSIENT, "rate-limited", "Xero's limit is reached.");
    }
    xero_reply_done(&reply);
}

/* ---- writing it down ---- */

static void count(struct delivery *d, const struct parcel *parcel)
{
    struct courier_counts *counts = &d->courier->counts;

    if (parcel->result.outcome == ELEMENT_REFUSED) {
        counts->refused++;
    } else if (parcel->result.outcome == ELEMENT_DONE) {
        counts->created += strcmp(d->request.action, "create") == 0;
        counts->updated += strcmp(d->request.action, "update") == 0;
        counts->removed += strcmp(d->request.action, "remove") == 0;
    }
}

bool settle_unknown(struct db *db, void *self, struct error *err)
{
    struct delivery *d = ((struct courier *)self)->delivery;

    d->courier->counts.unknown++;
    return request_unknown(db, d->request.id, d->problem.text, clock_wall_ms(db_clock(db)), err);
}

bool settle_results(struct db *db, void *self, struct error *err)
{
    struct delivery *d = ((struct courier *)self)->delivery;
    bool all = true;

    if (d->said.is_there) {
        d->said.is_there = false;
        read_said(d);
    }
    for (size_t i = 0; i < d->count; i++) {
        struct parcel *parcel = &d->parcels[i];

        if (!parcel->settled) {
            all = false;
        } else if (!request_element_settle(db, d->request.id, &parcel->result, err)) {
            return false;
        } else {
            count(d, parcel);
        }
    }
    if (!all) {
        return d->request.state == REQUEST_UNKNOWN || settle_unknown(db, self, err);
    }
    return request_settle(db, d->request.id, err);
}

bool settle_stamp(struct db *db, void *self, struct error *err)
{
    struct courier *courier = self;
    struct delivery *d = courier->delivery;
    const char *token = courier->machine.ask.call.token;

    if (d->was_open && d->request.token_generation[0] &&
        strcmp(token, d->request.token_generation) != 0) {
        /* Xero may have forgotten the key with the old token */
        return error_set(err, ERROR_CANCELLED, "other-token", "the token changed meanwhile");
    }
    /* from here on a copy of the store from before the request is known as one */
    return store_show_generation(courier->house->store, d->generation, err) &&
           request_sent(db, d->request.id, token, err);
}
