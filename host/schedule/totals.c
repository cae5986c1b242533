/* Control totals: what the source says the written documents come to, and what Xero made of them.
 */
#include "schedule/engine_internal.h"

struct totalling {
    json_t *to; /* currency → {"source", "xero"} */
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

static bool add_seen(void *self, const struct ledger_seen *seen, struct error *err)
{
    struct totalling *t = self;
    AUTO_JSON json_t *object = NULL;
    struct text total;
    json_t *sums;

    if (!json_read(text_of(seen->object), JSON_DEPTH_MAX, &object, err)) {
        return false;
    }
    total = json_text(json_object_get(object, "Total"));
    if (!total.at) {
        return true;
    }
    sums = json_object_get(t->to, seen->currency);
    if (!sums) {
        sums = json_object();
        json_object_set_new(t->to, seen->currency, sums);
    }
    return add_to(sums, "source", text_of(seen->total), err) && add_to(sums, "xero", total, err);
}

bool add_totals(struct site *m, struct db *db, json_t *to, struct error *err)
{
    struct totalling t = {to};

    return ledger_seen_each(db, m->integration.id, add_seen, &t, err);
}
