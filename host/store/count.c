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

static bool add_document(struct sums *sums, const struct document *d, struct error *err)
{
    struct sum *sum = sum_of(sums, d);
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

/* As the row has it; good until the next row. */
static const char *borrowed(sqlite3_stmt *rows, int column)
{
    return (const char *)sqlite3_column_text(rows, column);
}

/* Only what is counted: a document is a hundred times as much. */
static bool add_all(struct db *db, int64_t integration, struct sums *sums, struct error *err)
{
    struct arena *arena = arena_new((size_t)1 << 20); /* for the words of a fate */
    sqlite3_stmt *rows = NULL;
    enum db_row row = DB_FAILED;
    bool ok = db_ask(db, err, &rows,
                     "SELECT id, mapping, target, state, code, currency, total, changed_ms, action "
                     "FROM document WHERE integration = ?",
                     "i", integration);

    while (ok && (row = db_row(db, rows, err)) == DB_ROW) {
        struct document d = {.id = sqlite3_column_int64(rows, 0),
                             .integration = integration,
                             .mapping = borrowed(rows, 1),
                             .target = borrowed(rows, 2),
                             .state = (enum document_state)sqlite3_column_int(rows, 3),
                             .code = borrowed(rows, 4),
                             .currency = borrowed(rows, 5),
                             .total = borrowed(rows, 6),
                             .changed_ms = sqlite3_column_int64(rows, 7),
                             .action = borrowed(rows, 8)};

        arena_reset(arena);
        ok = ledger_fate(db, &d, arena, err) && add_document(sums, &d, err);
    }
    db_close_rows(db, rows);
    arena_free(arena);
    return ok && row != DB_FAILED;
}

bool ledger_count_each(struct db *db, int64_t integration, ledger_count_fn *each, void *self,
                       struct error *err)
{
    struct sums sums = {.arena = arena_new((size_t)64 << 20)};
    char digits[DECIMAL_TEXT_MAX];
    bool ok = add_all(db, integration, &sums, err);

    for (size_t i = 0; ok && i < sums.count; i++) {
        sums.at[i].count.total = decimal_format(sums.at[i].total, digits);
        ok = each(self, &sums.at[i].count, err);
    }
    memory_free(sums.at);
    arena_free(sums.arena);
    return ok;
}

bool ledger_seen_each(struct db *db, int64_t integration, ledger_seen_fn *each, void *self,
                      struct error *err)
{
    sqlite3_stmt *rows = NULL;
    enum db_row row = DB_FAILED;
    bool ok = db_ask(db, err, &rows,
                     "SELECT currency, total, target_seen FROM document WHERE integration = ? AND "
                     "state = 5 AND total <> '' AND target_seen <> ''",
                     "i", integration);

    while (ok && (row = db_row(db, rows, err)) == DB_ROW) {
        struct ledger_seen seen = {borrowed(rows, 0), borrowed(rows, 1), borrowed(rows, 2)};

        ok = each(self, &seen, err);
    }
    db_close_rows(db, rows);
    return ok && row != DB_FAILED;
}

bool ledger_count_removals(struct db *db, int64_t integration, int64_t *ret, struct error *err)
{
    return db_number(db, err, ret,
                     "SELECT COUNT(*) FROM document WHERE integration = ? AND action = 'remove' "
                     "AND state = 2 AND approved <> '" REMOVAL_ALLOWED "'",
                     "i", integration);
}
