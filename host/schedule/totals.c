/* Control totals: what the source says the written documents come to, and what Xero made of them.
 */
#include "schedule/engine_internal.h"

struct totalling {
    json_t *to; /* currency → {"source", "xero"} */
    struct arena *arena;
};

static bool add_to(json_t *sums, const char *side, struct text digits, struct error *err)
{
    struct decimal sum = decimal_of(0), more;
    struct text before = json_text(json_object_get(sums, side));

    if (before.at && !decimal_parse(before, &sum, err)) {
        return false;
    }
    if (!decimal_parse(digits, &more, err) || !decimal_add(sum, more, &sum, err)) {
        return false;
    }
    json_object_set_new(sums, side, json_new_decimal(sum));
    return true;
}

static bool add_document(void *self, const struct document *d, struct error *err)
{
    struct totalling *t = self;
    json_t *seen = NULL, *sums;
    struct text total;
    bool ok = true;

    if (!d->total[0] || !d->target_seen[0] ||
        !json_read(text_of(d->target_seen), JSON_DEPTH_MAX, &seen, err)) {
        return !d->total[0] || !d->target_seen[0];
    }
    total = json_text(json_object_get(seen, "Total"));
    if (total.at) {
        sums = json_object_get(t->to, d->currency);
        if (!sums) {
            sums = json_object();
            json_object_set_new(t->to, d->currency, sums);
        }
        ok = add_to(sums, "source", text_of(d->total), err) && add_to(sums, "xero", total, err);
    }
    json_decref(seen);
    return ok;
}

bool add_totals(struct site *m, struct db *db, json_t *to, struct arena *arena, struct error *err)
{
    struct totalling t = {to, arena};
    struct ledger_filter filter = {.integration = m->integration.id, .state = DOCUMENT_DONE};

    return ledger_scan(db, &filter, add_document, &t, err);
}
