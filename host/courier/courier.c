#include "base/memory.h"
#include "courier/delivery.h"

/* ---- begin: what was left open first ---- */

static bool work_begin(struct db *db, void *self, struct error *err)
{
    struct delivery *d = ((struct courier *)self)->delivery;

    if (!open_find(d, db, err)) {
        return false;
    }
    if (!d->request.id) {
        return take_next(db, self, err);
    }
    if (d->request.state == REQUEST_INTENT) {
        settle_not_run(d, 0); /* it never left */
        return settle_results(db, self, err);
    }
    if (d->request.state == REQUEST_SENT) {
        /* nobody is left who waits for its answer */
        return request_unknown(db, d->request.id, "stopped while it was on its way",
                               clock_wall_ms(db_clock(db)), err);
    }
    return true;
}

static void ask_begin(void *self, struct ask *ask)
{
    struct courier *courier = self;

    delivery_forget(courier->delivery);
    ask->kind = ASK_WRITE;
    ask->work = work_begin;
}

static bool may_resend(const struct courier *courier)
{
    const struct delivery *d = courier->delivery;
    int64_t age = clock_age_ms(courier->house->clock, d->request.first_sent_wall_ms,
                               d->request.first_sent_boot_ms, d->request.boot_id);

    return age < RESEND_MOST_MS && d->request.sends < 2 && d->request.probes == 0 &&
           d->request.file[0] == '\0' && strcmp(d->request.action, "create") == 0;
}

static const char *after_open(struct courier *courier)
{
    struct delivery *d = courier->delivery;

    if (d->request.state == REQUEST_INTENT) {
        return "begin";
    }
    d->request.state = REQUEST_UNKNOWN;
    d->probe_page = 1;
    return may_resend(courier) ? "send" : "probe";
}

static const char *got_begin(void *self, const struct answer *answer)
{
    struct courier *courier = self;
    struct delivery *d = courier->delivery;

    if (answer->err.kind) {
        return machine_fail(&courier->machine, &answer->err);
    }
    if (d->was_open) {
        return after_open(courier);
    }
    if (d->request.id) {
        return "send";
    }
    if (d->count == 0) {
        return "rest";
    }
    return d->file_url ? "fetch" : d->parcels[0].document.target_id[0] ? "look" : "begin";
}

/* ---- look before changing what is there already ---- */

static void ask_look(void *self, struct ask *ask)
{
    look_ask(((struct courier *)self)->delivery, ask);
}

static const char *got_look(void *self, const struct answer *answer)
{
    struct courier *courier = self;
    struct delivery *d = courier->delivery;

    if (answer->err.kind) {
        return machine_fail(&courier->machine, &answer->err);
    }
    if (look_read(d, answer)) {
        return "intend";
    }
    return d->problem.kind == ERROR_REJECTED ? "hold"
                                             : machine_fail(&courier->machine, &d->problem);
}

static bool work_hold(struct db *db, void *self, struct error *err)
{
    struct delivery *d = ((struct courier *)self)->delivery;

    return ledger_hold(db, d->parcels[0].document.id, d->problem.code, d->problem.text,
                       "Look at it in Xero; then `ferry retry` to write it again, or `ferry skip`.",
                       err);
}

static void ask_hold(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = work_hold;
}

static const char *got_written(void *self, const struct answer *answer)
{
    struct courier *courier = self;

    if (answer->err.kind) {
        return machine_fail(&courier->machine, &answer->err);
    }
    if (courier->delivery->problem.kind == ERROR_AUTH ||
        courier->delivery->problem.kind == ERROR_TRANSIENT) {
        struct error problem = courier->delivery->problem;

        return machine_fail(&courier->machine, &problem);
    }
    return "begin";
}

static void ask_intend(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = take_intend;
}

static const char *got_intend(void *self, const struct answer *answer)
{
    struct courier *courier = self;

    fault_point("courier.intended");
    if (answer->err.kind) {
        return machine_fail(&courier->machine, &answer->err);
    }
    return courier->delivery->request.id ? "send" : "begin";
}

/* ---- fetch a file ---- */

static void ask_fetch(void *self, struct ask *ask)
{
    file_ask_fetch(((struct courier *)self)->delivery, ask);
}

static const char *got_fetch(void *self, const struct answer *answer)
{
    struct courier *courier = self;
    struct delivery *d = courier->delivery;

    if (file_got(d, answer)) {
        return "intend";
    }
    if (d->problem.kind) {
        return machine_fail(&courier->machine, &d->problem);
    }
    error_set(&d->problem, ERROR_REJECTED, d->parcels[0].result.code, "%s",
              d->parcels[0].result.why);
    return "hold";
}

/* ---- send ---- */

static void ask_send(void *self, struct ask *ask)
{
    struct courier *courier = self;
    struct delivery *d = courier->delivery;

    d->headers[0] = "Idempotency-Key";
    d->headers[1] = d->request.idempotency_key;
    d->headers[2] = NULL;
    ask->kind = ASK_CALL;
    ask->call = (struct call){
        .side = &courier->integration->xero,
        .class = d->request.file[0] ? QUOTA_ATTACHMENT : QUOTA_DOCUMENT,
        .method = d->request.method,
        .path = d->request.path,
        .headers = d->headers,
        .body = d->request.body,
        .content_type = d->request.content_type,
        .body_file = d->request.file[0] ? d->request.file : NULL,
        .once = true,
        .stamp = settle_stamp,
    };
}

static const char *got_send(void *self, const struct answer *answer)
{
    struct courier *courier = self;
    struct delivery *d = courier->delivery;

    fault_point("courier.answered");
    if (answer->err.kind == ERROR_CANCELLED && strcmp(answer->err.code, "other-token") == 0) {
        return "probe";
    }
    if (answer->left) {
        d->problem = answer->err;
        d->problem.kind = ERROR_NONE;
        delivery_keep_said(d, answer);
        return "settle";
    }
    if (d->was_open) {
        return "probe"; /* sent once before: nothing is known of that */
    }
    settle_not_run(d, clock_wall_ms(courier->house->clock) + LATER_MS);
    d->problem = answer->err;
    return "settle";
}

static void ask_settle(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = settle_results;
}

/* ---- read back ---- */

static void ask_probe(void *self, struct ask *ask)
{
    probe_ask(((struct courier *)self)->delivery, ask);
}

static const char *got_probe(void *self, const struct answer *answer)
{
    struct courier *courier = self;

    if (answer->err.kind) {
        return machine_fail(&courier->machine, &answer->err);
    }
    delivery_keep_said(courier->delivery, answer);
    return "compare";
}

static void ask_compare(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_READ;
    ask->work = probe_read;
}

static const char *got_compare(void *self, const struct answer *answer)
{
    struct courier *courier = self;

    if (answer->err.kind) {
        return machine_fail(&courier->machine, &answer->err);
    }
    return courier->delivery->probe_more ? "probe" : "conclude";
}

static void ask_conclude(void *self, struct ask *ask)
{
    (void)self;
    ask->kind = ASK_WRITE;
    ask->work = probe_conclude;
}

/* ---- rest: until something is due, or for good ---- */

#define PATIENCE_MS ((int64_t)20 * 60 * 1000)

static int64_t rest_ms(const struct courier *courier)
{
    int64_t wake = courier->delivery->wake_ms;

    return wake == INT64_MAX ? INT64_MAX : wake - clock_wall_ms(courier->house->clock);
}

static void ask_rest(void *self, struct ask *ask)
{
    struct courier *courier = self;
    int64_t rest = rest_ms(courier);

    if (rest <= PATIENCE_MS) {
        ask->kind = ASK_SLEEP;
        ask->until_boot_ms = clock_boot_ms(courier->house->clock) + (rest > 0 ? rest : 1);
    }
}

static const char *got_rest(void *self, const struct answer *answer)
{
    (void)answer;
    return rest_ms(self) <= PATIENCE_MS ? "begin" : NULL;
}

static const struct step courier_steps[] = {
    {"begin", ask_begin, got_begin},         /* → send, probe, look, fetch, rest */
    {"look", ask_look, got_look},            /* → intend, hold */
    {"hold", ask_hold, got_written},         /* → begin */
    {"fetch", ask_fetch, got_fetch},         /* → intend, hold */
    {"intend", ask_intend, got_intend},      /* → send, begin */
    {"send", ask_send, got_send},            /* → settle, probe */
    {"settle", ask_settle, got_written},     /* → begin */
    {"probe", ask_probe, got_probe},         /* → compare */
    {"compare", ask_compare, got_compare},   /* → probe, conclude */
    {"conclude", ask_conclude, got_written}, /* → begin */
    {"rest", ask_rest, got_rest},            /* → begin, done */
    {NULL, NULL, NULL},
};

void courier_init(struct courier *courier, struct house *house,
                  const struct integration *integration)
{
    struct delivery *d = memory_new(1, sizeof *d);

    *courier = (struct courier){.house = house, .integration = integration, .delivery = d};
    d->courier = courier;
    d->arena = arena_new(DELIVERY_ARENA_MAX);
    machine_init(&courier->machine, house, "courier", courier_steps, courier);
}

void courier_done(struct courier *courier)
{
    if (courier->delivery) {
        delivery_forget(courier->delivery);
        arena_free(courier->delivery->arena);
        memory_free(courier->delivery);
        courier->delivery = NULL;
    }
}

void courier_start(struct courier *courier, machine_done_fn *done, void *owner)
{
    machine_start(&courier->machine, NULL, done, owner);
}
