/*
 * What is dirty when something changes? 100,000 expenses, each evaluated with four look-ups, kept
 * through the store's own tables. Prints figures, asserts nothing.
 *
 *   bench_dirty FOLDER [EXPENSES]
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/store.h"

#define SCOPE_SOURCE 1
#define SCOPE_XERO   2
#define INTEGRATION  1
#define ACCOUNTS     20

struct bench {
    struct clock *clock;
    struct store *store;
    struct pass bill;
    int expenses;
    int64_t dirty;
};

static void must(bool ok, const struct error *err)
{
    if (!ok) {
        fprintf(stderr, "%s: %s\n", err->code, err->text);
        exit(1);
    }
}

static bool put_expense(struct db *db, int i, const char *amount, struct error *err)
{
    char key[24], body[200], account[24], owner[24];
    struct mirror_index entries[] = {{"createdBy.id", owner}, {"accountCode", account}};
    struct mirror_record record = {.key = key, .body = body, .entries = entries, .entry_count = 2};
    enum mirror_change change;

    snprintf(key, sizeof key, "e%d", i);
    snprintf(account, sizeof account, "%d", 400 + i % ACCOUNTS);
    snprintf(owner, sizeof owner, "u%d", i % 200);
    snprintf(body, sizeof body,
             "{\"amount\":%s,\"accountCode\":\"%s\",\"createdBy\":{\"id\":\"%s\"},\"id\":\"%s\"}",
             amount, account, owner, key);
    return mirror_put(db, SCOPE_SOURCE, "expenses", &record, 1, &change, err);
}

static bool put_account(struct db *db, int i, const char *status, struct error *err)
{
    char key[24], code[24], body[100];
    struct mirror_index entry = {"Code", code};
    struct mirror_record record = {.key = key, .body = body, .entries = &entry, .entry_count = 1};
    enum mirror_change change;

    snprintf(key, sizeof key, "a%d", i);
    snprintf(code, sizeof code, "%d", 400 + i);
    snprintf(body, sizeof body, "{\"Code\":\"%s\",\"Status\":\"%s\"}", code, status);
    return mirror_put(db, SCOPE_XERO, "xero.Accounts", &record, 1, &change, err);
}

/* What evaluating one bill looks at: itself, its payments, its account, its supplier. */
static bool note_looks(struct db *db, const struct dirty_root *root, int64_t bit, struct error *err)
{
    char code[24], supplier[24];
    int i = (int)strtol(root->key + 1, NULL, 10);
    struct look looks[4];

    snprintf(code, sizeof code, "%d", 400 + i % ACCOUNTS);
    snprintf(supplier, sizeof supplier, "s%d", i % 500);
    looks[0] = (struct look){look_record(SCOPE_SOURCE, "expenses", root->key), 0, bit};
    looks[1] = (struct look){look_search(SCOPE_SOURCE, "statement", "expense", root->key), bit, 0};
    looks[2] = (struct look){look_search(SCOPE_XERO, "xero.Accounts", "Code", code), 0, bit};
    looks[3] = (struct look){look_document(INTEGRATION, "supplier", supplier), 0, bit};
    return look_replace(db, root, bit, looks, 4, err);
}

static bool plan_bill(struct db *db, int i, enum document_state state, struct error *err)
{
    char key[24];
    struct document_plan plan = {.mapping = "bill",
                                 .key = key,
                                 .root = key,
                                 .target = "xero.Invoices",
                                 .state = state,
                                 .code = "",
                                 .why = "",
                                 .fix = "",
                                 .want = "{}",
                                 .want_hash = "h",
                                 .action = "create",
                                 .approve = "",
                                 .notes = "[]",
                                 .currency = "GBP",
                                 .total = "1.00"};
    int64_t id;

    snprintf(key, sizeof key, "e%d", i);
    return ledger_plan(db, INTEGRATION, &plan, &id, err);
}

static bool work_fill(struct db *db, void *self, struct error *err)
{
    struct bench *b = self;
    bool ok = dirty_subscribe(db, INTEGRATION, "bill", SCOPE_SOURCE, "expenses", &b->bill, err);

    for (int i = 0; ok && i < ACCOUNTS; i++) {
        ok = put_account(db, i, "ACTIVE", err);
    }
    for (int i = 0; ok && i < b->expenses; i++) {
        ok = put_expense(db, i, "10.00", err);
    }
    return ok;
}

static bool work_again(struct db *db, void *self, struct error *err)
{
    struct bench *b = self;
    bool ok = true;

    for (int i = 0; ok && i < b->expenses; i++) {
        ok = put_expense(db, i, "10.00", err);
    }
    return ok;
}

static bool work_looks(struct db *db, void *self, struct error *err)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    struct bench *b = self;
    struct dirty_roots roots = {NULL, 0};
    bool ok = dirty_take(db, &b->bill, (size_t)b->expenses, arena, &roots, err);

    for (size_t i = 0; ok && i < roots.count; i++) {
        ok = note_looks(db, &roots.at[i], b->bill.bit, err);
    }
    arena_free(arena);
    return ok;
}

static bool work_plan(struct db *db, void *self, struct error *err)
{
    struct bench *b = self;
    bool ok = true;

    for (int i = 0; ok && i < b->expenses; i++) {
        ok = plan_bill(db, i, DOCUMENT_READY, err);
    }
    return ok;
}

/* Half of the bills are written. */
static bool work_write_half(struct db *db, void *self, struct error *err)
{
    struct bench *b = self;
    bool ok = true;

    for (int i = 1; ok && i < b->expenses; i += 2) {
        ok = ledger_link(db, i + 1, "x", "bench", err);
    }
    return ok;
}

static bool work_clear(struct db *db, void *self, struct error *err)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    struct bench *b = self;
    struct dirty_roots roots = {NULL, 0};
    bool ok = dirty_take(db, &b->bill, (size_t)b->expenses, arena, &roots, err);

    b->dirty = (int64_t)roots.count;
    for (size_t i = 0; ok && i < roots.count; i++) {
        ok = dirty_clear(db, &roots.at[i], b->bill.bit, err);
    }
    arena_free(arena);
    return ok;
}

static bool work_one_expense(struct db *db, void *self, struct error *err)
{
    (void)self;
    return put_expense(db, 4242, "10.01", err);
}

/* Of the bills on account 407 all are written, of those on 408 none. */
static bool work_written_account(struct db *db, void *self, struct error *err)
{
    (void)self;
    return put_account(db, 7, "ARCHIVED", err);
}

static bool work_open_account(struct db *db, void *self, struct error *err)
{
    (void)self;
    return put_account(db, 8, "ARCHIVED", err);
}

static bool work_one_look_up(struct db *db, void *self, struct error *err)
{
    struct mirror_index entry = {"expense", "e78"};
    struct mirror_record line = {.key = "l1", .body = "{}", .entries = &entry, .entry_count = 1};
    enum mirror_change change;

    (void)self;
    return mirror_put(db, SCOPE_SOURCE, "statement", &line, 1, &change, err);
}

static double timed(struct bench *b, const char *what, store_work_fn *work)
{
    struct error err;
    struct timespec from, to;
    double ms;

    clock_gettime(CLOCK_MONOTONIC, &from);
    must(store_now(b->store, work, b, &err), &err);
    clock_gettime(CLOCK_MONOTONIC, &to);
    ms = (double)(to.tv_sec - from.tv_sec) * 1000 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
    printf("%-52s %10.2f ms", what, ms);
    return ms;
}

static void all(struct bench *b, const char *what, store_work_fn *work)
{
    double ms = timed(b, what, work);

    printf("  %8.0f a second\n", b->expenses / ms * 1000);
}

static void change(struct bench *b, const char *what, store_work_fn *work)
{
    struct error err;

    must(store_now(b->store, work_clear, b, &err), &err);
    timed(b, what, work);
    must(store_now(b->store, work_clear, b, &err), &err);
    printf("  %8lld roots dirty\n", (long long)b->dirty);
}

int main(int count, char **words)
{
    struct bench b = {.clock = clock_open_system(),
                      .expenses = count > 2 ? (int)strtol(words[2], NULL, 10) : 100000};
    char path[512];
    struct store_options options = {.path = path};
    struct error err;
    struct stat size;
    uv_loop_t loop;

    if (count < 2) {
        fprintf(stderr, "usage: bench_dirty FOLDER [EXPENSES]\n");
        return 2;
    }
    snprintf(path, sizeof path, "%s/dirty.db", words[1]);
    uv_loop_init(&loop);
    must(store_open(&options, &loop, b.clock, &b.store, &err), &err);
    all(&b, "mirror: new records, 2 index entries each", work_fill);
    all(&b, "mirror: the same records again", work_again);
    all(&b, "looks: 4 a root", work_looks);
    all(&b, "ledger: new documents", work_plan);
    timed(&b, "ledger: half of them linked", work_write_half);
    printf("\n");
    change(&b, "one look-up added (a statement line)", work_one_look_up);
    change(&b, "one expense changed", work_one_expense);
    change(&b, "an account archived, its bills all written", work_written_account);
    change(&b, "an account archived, its bills all unwritten", work_open_account);
    store_close(b.store);
    uv_run(&loop, UV_RUN_DEFAULT);
    if (stat(path, &size) == 0) {
        printf("%-52s %10.1f MB\n", "size of the database", (double)size.st_size / 1e6);
    }
    return 0;
}
