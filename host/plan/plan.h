/*
 * plan/: mirror → documents → difference. For every dirty root it evaluates the mapping, compares
 * what ought to be with what the ledger knows, and writes down what is to be done about it. It
 * sends nothing.
 *
 * Evaluation runs in read jobs on the store's reader thread (never on the loop), results are
 * written in write jobs; roots that become dirty in between stay dirty.
 */
#ifndef FERRY_PLAN_PLAN_H
#define FERRY_PLAN_PLAN_H

#include "steps/integration.h"
#include "store/store.h"

struct plan_counts {
    int64_t roots, wanted, skipped, waiting, held, removals;
};

/* One batch of roots with the verdicts on their subjects; made by a read job. */
struct plan_batch;

/*
 * Tell the store what the mappings look at, and look at everything: DIRTY_SOFT, once per connector
 * version, options and mappings of the config, passes over what is written already; DIRTY_HARD is
 * for people who ask for that too.
 */
MUST_CHECK bool plan_subscribe(struct db *db, const struct integration *integration,
                               enum dirtiness how, struct error *err);

/*
 * [writer] Ask the guards of the flows that the config lets run, keep what they say (kind "flow",
 * "<integration>/<flow>" → "code: sentence", empty when ready), and work out what is at work. In
 * arena. only: "" all, else just the flow of this name.
 */
MUST_CHECK bool plan_flows(struct db *db, const struct integration *integration, const char *only,
                           struct arena *arena, const struct map_activity **ret, struct error *err);

struct plan_batch *plan_batch_new(const struct integration *integration);
void plan_batch_free(struct plan_batch *batch);

/*
 * [reader] Take up to PLAN_BATCH_ROOTS dirty roots, in sending order of their mappings, and
 * evaluate them. ret_more: whether there was anything.
 */
#define PLAN_BATCH_ROOTS 200
MUST_CHECK bool plan_evaluate(struct plan_batch *batch, struct db *db, bool *ret_more,
                              struct error *err);

/* [writer] Write the verdicts into the ledger; adds to *counts. */
MUST_CHECK bool plan_apply(struct plan_batch *batch, struct db *db, struct plan_counts *counts,
                           struct error *err);

/*
 * [writer] After the last batch: more than PLAN_REMOVALS_MOST removals, or more than 5 % of what
 * is written, are held for a person.
 */
#define PLAN_REMOVALS_MOST 20
MUST_CHECK bool plan_hold_removals(struct db *db, const struct integration *integration,
                                   struct error *err);

/* Documents about records of a target that no document stands for are kept under the name of the
 * mapping that says so, with this behind it. */
#define PLAN_OTHERS_SUFFIX "#others"

/*
 * What was wanted → what is sent: {"@": [mapping, key]} becomes the id of that document, and the
 * keys of lines ("#") go.
 *
 * ret      owned
 * errors   REJECTED waits-for: what it refers to is not written yet
 */
MUST_CHECK bool plan_resolve(struct db *db, int64_t integration, const json_t *want,
                             struct arena *arena, json_t **ret, struct error *err);

/*
 * [reader] Of the parents of a child list, those that its `only` is true for; they stay in `keys`.
 * The list of `only` is looked up as it was read so far. A parents_fn of intake.
 */
MUST_CHECK bool plan_parents(const struct integration *integration, struct db *db,
                             const struct map_list *list, const char *field, struct arena *arena,
                             struct found_keys *keys, struct error *err);

/* The world of one integration over a connection: what evaluation reads, and what it looked at. */
struct plan_world;
struct plan_world *plan_world_new(const struct integration *integration, struct db *db,
                                  struct arena *arena);
void plan_world_free(struct plan_world *world);
const struct map_world *plan_world_map(struct plan_world *world);
/* What was looked at since the last call; in the world's arena. */
struct world_look {
    uint64_t hash;
    bool moves;
};
size_t plan_world_looks(struct plan_world *world, const struct world_look **ret);
/* As if this document had been asked for. */
void plan_world_look_at(struct plan_world *world, const char *mapping, const char *key);
/* From here on it is looked at for this root of a mapping: a record of `list`, or no record. */
void plan_world_look_for(struct plan_world *world, const struct map_mapping *mapping,
                         const struct map_list *list, const char *root);
/* Steps of all evaluations over it. */
uint64_t plan_world_spent(const struct plan_world *world);
/* Bytes of the records that it holds, as they are in the store. */
size_t plan_world_read(const struct plan_world *world);
/* Set when the store failed under an evaluation: the evaluation is worth nothing then. */
const struct error *plan_world_error(const struct plan_world *world);

#endif
