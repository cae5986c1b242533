/* How many documents there are of a kind, and what they come to. Part of store/store.h. */
#ifndef FERRY_STORE_COUNTS_H
#define FERRY_STORE_COUNTS_H

#include "store/ledger.h"

struct ledger_count {
    const char *mapping, *target, *code, *currency, *total; /* total: exact sum of digits */
    enum document_state state;
    int64_t count, oldest_ms;
};
typedef bool ledger_count_fn(void *self, const struct ledger_count *count, struct error *err);
/* Grouped by mapping, state, code and currency. */
MUST_CHECK bool ledger_count_each(struct db *db, int64_t integration, ledger_count_fn *each,
                                  void *self, struct error *err);

/* What documents come to, and the object as the answer to their writing showed it: JSON. */
struct ledger_seen {
    const char *currency, *total, *object;
};
typedef bool ledger_seen_fn(void *self, const struct ledger_seen *seen, struct error *err);
/* Of those that are written and have a total. */
MUST_CHECK bool ledger_seen_each(struct db *db, int64_t integration, ledger_seen_fn *each,
                                 void *self, struct error *err);

#endif
