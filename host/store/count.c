#include "store/store_internal.h"

/* Totals are digits, and SQL would add them as binary fractions: so they are added here. */
struct sum {
    struct ledger_count count;
    struct decimal total;
};

struct sums {
    struct sum *at;
    size_t count, capacity;
    struct arena *arena;
};

static bool belongs(const struct ledger_count *a, const struct document *d)
{
    return a->state == d->state && strcmp(a->mapping, d->mapping) == 0 &&
           strcmp(a->code, d->code) == 0 && strcmp(a->currency, d->currency) == 0;
}

static struct sum *sum_of(struct sums *sums, const struct document *d)
{
    struct sum *fresh;

    for (size_t i = 0; i < sums->count; i++) {
        if (belongs(&sums->at[i].count, d)) {
            return &sums->at[i];
        }
    }
    memory_grow(&sums->at, &sums->capacity, sums->count, sizeof *sums->at);
    fresh = &sums->at[sums->count++];
    *fresh = (struct sum){.count = {
                              .mapping = arena_copy(sums->arena, d->mapping),
                              .target = arena_copy(sums->arena, d->target),
                              .code = arena_copy(sums->arena, d->code),
                              .currency = arena_copy(sums->arena, d->currency),
                              .state = d->state,
                              .oldest_ms = INT64_MAX,
                          }};
    return fresh;
}

static bool add_document(void *self, const struct document *d, struct error *err)
{
    struct sum *sum = sum_of(self, d);
    struct decimal amount;

    sum->count.count++;
    if (d->changed_ms < sum->count.oldest_ms) {
        sum->count.oldest_ms = d->changed_ms;
    }
    if (!d->total[0]) {
        return true;
    }
    return decimal_parse(text_of(d->total), &amount, err) &&
           decimal_add(sum->total, amount, &sum->total, err);
}

bool ledger_count_each(struct db *db, int64_t integration, ledger_count_fn *each, void *self,
                       struct error *err)
{
    struct sums sums = {.arena = arena_new((size_t)64 << 20)};
    struct ledger_filter filter = {.integration = integration, .state = -1};
    char digits[DECIMAL_TEXT_MAX];
    bool ok = ledger_scan(db, &filter, add_document, &sums, err);

    for (size_t i = 0; ok && i < sums.count; i++) {
        sums.at[i].count.total = decimal_format(sums.at[i].total, digits);
        ok = each(self, &sums.at[i].count, err);
    }
    memory_free(sums.at);
    arena_free(sums.arena);
    return ok;
}

bool ledger_count_removals(struct db *db, int64_t integration, int64_t *ret, struct error *err)
{
    return db_number(db, err, ret,
                     "SELECT COUNT(*) FROM document WHERE integration = ? AND action = 'remove' "
                     "AND state = 2 AND approved <> '" REMOVAL_ALLOWED "'",
                     "i", integration);
}
