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
    struct arena *words; /* of one document's fate */
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

typedef bool row_fn(struct db *db, sqlite3_stmt *row, void *self, struct error *err);

/* Only what is counted is read: a document is a hundred times as much. */
static bool each_row(struct db *db, const char *sql, int64_t integration, row_fn *each, void *self,
                     struct error *err)
{
    sqlite3_stmt *rows = NULL;
    enum db_row row = DB_FAILED;
    bool ok = db_ask(db, err, &rows, sql, "i", integration);

    while (ok && (row = db_row(db, rows, err)) == DB_ROW) {
        ok = each(db, rows, self, err);
    }
    db_close_rows(db, rows);
    return ok && row != DB_FAILED;
}

static bool add_row(struct db *db, sqlite3_stmt *row, void *self, struct error *err)
{
    struct sums *sums = self;
    struct document d = {.id = sqlite3_column_int64(row, 0),
                         .integration = sqlite3_column_int64(row, 1),
                         .mapping = borrowed(row, 2),
                         .target = borrowed(row, 3),
                         .state = (enum document_state)sqlite3_column_int(row, 4),
                         .code = borrowed(row, 5),
                         .currency = borrowed(row, 6),
                         .total = borrowed(row, 7),
                         .changed_ms = sqlite3_column_int64(row, 8),
                         .action = borrowed(row, 9)};

    arena_reset(sums->words);
    return ledger_fate(db, &d, sums->words, err) && add_document(sums, &d, err);
}

bool ledger_count_each(struct db *db, int64_t integration, ledger_count_fn *each, void *self,
                       struct error *err)
{
    struct sums sums = {.arena = arena_new((size_t)64 << 20), .words = arena_new((size_t)1 << 20)};
    char digits[DECIMAL_TEXT_MAX];
    bool ok = each_row(db,
                       "SELECT id, integration, mapping, target, state, code, currency, total, "
                       "changed_ms, action FROM document WHERE integration = ?",
                       integration, add_row, &sums, err);

    for (size_t i = 0; ok && i < sums.count; i++) {
        sums.at[i].count.total = decimal_format(sums.at[i].total, digits);
        ok = each(self, &sums.at[i].count, err);
    }
    memory_free(sums.at);
    arena_free(sums.words);
    arena_free(sums.arena);
    return ok;
}

struct showing {
    ledger_seen_fn *each;
    void *self;
};

static bool show_row(struct db *db, sqlite3_stmt *row, void *self, struct error *err)
{
    const struct showing *showing = self;
    struct ledger_seen seen = {borrowed(row, 0), borrowed(row, 1), borrowed(row, 2)};

    (void)db;
    return showing->each(showing->self, &seen, err);
}

bool ledger_seen_each(struct db *db, int64_t integration, ledger_seen_fn *each, void *self,
                      struct error *err)
{
    struct showing showing = {each, self};

    return each_row(db,
                    "SELECT currency, total, target_seen FROM document WHERE integration = ? AND "
                    "state = 5 AND total <> '' AND target_seen <> ''",
                    integration, show_row, &showing, err);
}

_Static_assert(DOCUMENT_DONE == 5, "the numbers of states stand in SQL and in databases");

bool ledger_count_removals(struct db *db, int64_t integration, int64_t *ret, struct error *err)
{
    return db_number(db, err, ret,
                     "SELECT COUNT(*) FROM document WHERE integration = ? AND action = 'remove' "
                     "AND state = 2 AND approved <> '" REMOVAL_ALLOWED "'",
                     "i", integration);
}
