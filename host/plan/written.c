#include "plan/plan_internal.h"

/*
 * Whether a root is done with: it has documents, and all of them are written or withdrawn. Those
 * keep what they have when the connector, an option, or a mapping in the config changes; `ferry
 * plan --remap` asks for them too. What Ferry keeps itself counts as what was made of it.
 */
struct asking {
    struct plan_batch *batch;
    struct db *db;
    size_t documents, open;
};

static bool is_over(const struct document *document)
{
    return document->state == DOCUMENT_DONE || document->state == DOCUMENT_WITHDRAWN ||
           document->state == DOCUMENT_TOMBSTONE;
}

static bool count_further(void *self, const struct document *document, struct error *err)
{
    struct asking *a = self;

    (void)err;
    a->documents++;
    a->open += !is_over(document);
    return true;
}

static bool is_kept(const struct asking *a, const struct document *document)
{
    const struct map_list *target = map_list_find(a->batch->integration->program, document->target);

    return target && map_list_is_kept(target);
}

static bool count_document(void *self, const struct document *document, struct error *err)
{
    struct asking *a = self;
    struct asking further = {a->batch, a->db, 0, 0};
    struct ledger_filter filter = {
        .integration = a->batch->integration->id, .root = document->target_id, .state = -1};

    if (!is_kept(a, document) || !is_over(document)) {
        return count_further(self, document, err);
    }
    if (!ledger_each(a->db, &filter, a->batch->arena, count_further, &further, err)) {
        return false;
    }
    a->documents++;
    a->open += further.documents == 0 || further.open > 0;
    return true;
}

bool root_is_written(struct plan_batch *batch, struct db *db, const struct plan_root *root,
                     bool *ret, struct error *err)
{
    struct asking a = {batch, db, 0, 0};
    struct ledger_filter filter = {.integration = batch->integration->id,
                                   .mapping = root->duty->name,
                                   .root = root->key,
                                   .state = -1};

    if (!ledger_each(db, &filter, batch->arena, count_document, &a, err)) {
        return false;
    }
    *ret = a.documents > 0 && a.open == 0;
    return true;
}
