#include "plan/plan_internal.h"

/* A source that suddenly shows nothing must not empty the books: many removals wait for a person.
 */
struct removals {
    struct db *db;
    int64_t written, wanted;
};

static bool count_written(void *self, const struct ledger_count *count, struct error *err)
{
    struct removals *r = self;

    (void)err;
    if (count->state == DOCUMENT_DONE || count->state == DOCUMENT_READY) {
        r->written += count->count;
    }
    return true;
}

static bool hold_removal(void *self, const struct document *document, struct error *err)
{
    struct removals *r = self;

    if (strcmp(document->action, "remove") != 0 ||
        strcmp(document->approved, REMOVAL_ALLOWED) == 0) {
        return true;
    }
    return ledger_hold(r->db, document->id, "many-removals",
                       "An unusual number of documents would be removed in this run.",
                       "Look at the source; then `ferry retry` those that are really to go.", err);
}

bool plan_hold_removals(struct db *db, const struct integration *integration, struct error *err)
{
    struct removals removals = {.db = db};
    struct ledger_filter filter = {.integration = integration->id, .state = DOCUMENT_READY};
    struct arena *arena = arena_new(PLAN_ARENA_MAX);
    bool ok;

    ok = ledger_count_removals(db, integration->id, &removals.wanted, err) &&
         (removals.wanted == 0 ||
          ledger_count_each(db, integration->id, count_written, &removals, err));
    if (ok && removals.wanted > 0 &&
        (removals.wanted > PLAN_REMOVALS_MOST || removals.wanted * 20 > removals.written + 20)) {
        ok = ledger_each(db, &filter, arena, hold_removal, &removals, err);
    }
    arena_free(arena);
    return ok;
}
