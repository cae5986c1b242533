#include "store_fixture.h"

struct putting {
    const char *key, *body, *code;
    int64_t pass;
};

/* What it was to the mirror; -1 when it failed. */
static int put(struct db *db, struct putting p, struct error *err)
{
    struct mirror_index entry = {"code", p.code};
    struct mirror_record record = {
        .key = p.key, .body = p.body, .entries = &entry, .entry_count = 1};
    enum mirror_change change;

    return mirror_put(db, 7, "expenses", &record, p.pass, &change, err) ? (int)change : -1;
}

static struct dirty_roots take(struct fixture *f, struct db *db, const char *name)
{
    struct dirty_roots roots = {NULL, 0};
    struct pass pass;

    assert_true(pass_find(db, 1, name, &pass, &f->err));
    if (pass.bit) {
        assert_true(dirty_take(db, &pass, 1000, f->arena, &roots, &f->err));
    }
    return roots;
}

static size_t count_dirty(struct fixture *f, struct db *db, const char *name)
{
    return take(f, db, name).count;
}

static bool clear_dirty(struct fixture *f, struct db *db, const char *name)
{
    struct dirty_roots roots = take(f, db, name);
    bool ok = true;

    for (size_t i = 0; ok && i < roots.count; i++) {
        ok = dirty_clear(db, &roots.at[i], roots.at[i].dirty, &f->err);
    }
    return ok;
}

static struct dirty_root first_of(struct dirty_roots roots)
{
    assert_int_not_equal(roots.count, 0);
    return roots.at ? roots.at[0] : (struct dirty_root){0};
}

/* A root of the pass, clean. */
static struct dirty_root a_root(struct fixture *f, struct db *db, const char *name, const char *key)
{
    struct dirty_roots roots;

    assert_true(dirty_add(db, 1, name, key, DIRTY_HARD, &f->err));
    roots = take(f, db, name);
    assert_int_equal(roots.count, 1);
    assert_true(clear_dirty(f, db, name));
    return first_of(roots);
}

static bool work_changes(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    const char *body = NULL;
    struct pass pass;

    assert_true(dirty_subscribe(db, 1, "bill", 7, "expenses", &pass, err));
    assert_int_equal(put(db, (struct putting){"e1", "{\"a\":1}", "429", 1}, err), MIRROR_NEW);
    assert_int_equal(count_dirty(f, db, "bill"), 1);
    assert_true(clear_dirty(f, db, "bill"));
    assert_int_equal(put(db, (struct putting){"e1", "{\"a\":1}", "429", 2}, err), MIRROR_SAME);
    assert_int_equal(count_dirty(f, db, "bill"), 0);
    assert_int_equal(put(db, (struct putting){"e1", "{\"a\":1.0}", "429", 3}, err), MIRROR_CHANGED);
    assert_int_equal(count_dirty(f, db, "bill"), 1);
    assert_true(mirror_get(db, 7, "expenses", "e1", f->arena, &body, err));
    assert_string_equal(body, "{\"a\":1.0}");
    return true;
}

/* Lines of a journal have places as keys, and people read them in order. */
static bool work_order(struct db *db, void *self, struct error *err)
{
    static const char *const keys[] = {"7/1", "7/2", "7/2a", "7/10", "7/010", "8", "a", "b/3"};
    static const unsigned put_in[] = {4, 7, 2, 0, 5, 3, 6, 1};
    struct mirror_index code = {"code", "429"};
    struct fixture *f = self;
    struct found_keys found[2];

    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(put(db, (struct putting){keys[put_in[i]], "{}", "429", 1}, err),
                         MIRROR_NEW);
    }
    assert_true(mirror_keys(db, 7, "expenses", f->arena, &found[0], err));
    assert_true(mirror_search(db, 7, "expenses", &code, f->arena, &found[1], err));
    for (size_t k = 0; k < 2; k++) {
        assert_int_equal(found[k].count, 8);
        assert_string_equal(found[k].at[0], "7/1");
        assert_string_equal(found[k].at[1], "7/2");
        assert_string_equal(found[k].at[2], "7/2a");
        assert_string_equal(found[k].at[3], "7/010"); /* alike: by bytes, so that it is sure */
        assert_string_equal(found[k].at[4], "7/10");
        assert_string_equal(found[k].at[5], "8");
        assert_string_equal(found[k].at[6], "a");
        assert_string_equal(found[k].at[7], "b/3");
    }
    return true;
}

static void mirror__finds_in_the_order_that_people_count(void **state)
{
    NOW((struct fixture *)*state, work_order, *state);
}

static void mirror__says_what_changed(void **state)
{
    NOW((struct fixture *)*state, work_changes, *state);
}

static bool work_looks(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct look looks[] = {{look_search(7, "expenses", "code", "429"), 0, 1},
                           {look_record(7, "expenses", "e9"), 0, 1},
                           {look_record(7, "expenses", "e9"), 0, 1}};
    struct dirty_root root = a_root(f, db, "bill", "r1");

    assert_true(look_replace(db, &root, 1, looks, 3, err));
    assert_true(put(db, (struct putting){"e1", "{}", "404", 1}, err) >= 0);
    assert_int_equal(count_dirty(f, db, "bill"), 0);
    assert_true(put(db, (struct putting){"e1", "{\"x\":1}", "429", 1}, err) >=
                0); /* now it would be found */
    assert_int_equal(count_dirty(f, db, "bill"), 1);
    assert_true(clear_dirty(f, db, "bill"));
    assert_true(put(db, (struct putting){"e1", "{\"x\":2}", "500", 1}, err) >=
                0); /* and now no longer */
    assert_int_equal(count_dirty(f, db, "bill"), 1);
    assert_true(clear_dirty(f, db, "bill"));
    assert_true(put(db, (struct putting){"e9", "{}", "1", 1}, err) >= 0);
    assert_int_equal(count_dirty(f, db, "bill"), 1);
    assert_true(clear_dirty(f, db, "bill"));
    assert_true(look_replace(db, &root, 1, looks, 0, err));
    assert_true(mirror_remove(db, 7, "expenses", "e9", err));
    assert_int_equal(count_dirty(f, db, "bill"), 0);
    return true;
}

static void looks__make_dirty_what_looked(void **state)
{
    NOW((struct fixture *)*state, work_looks, *state);
}

static bool plan_document(struct db *db, enum document_state state, struct error *err)
{
    struct document_plan plan = {
        .mapping = "bill",
        .key = "r1",
        .root = "r1",
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
        .total = "1.00",
    };
    int64_t id;

    return ledger_plan(db, 1, &plan, &id, err);
}

static bool work_written(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct look look = {look_search(7, "expenses", "code", "429"), 0, 1};
    struct dirty_root root = a_root(f, db, "bill", "r1");

    assert_true(plan_document(db, DOCUMENT_READY, err));
    assert_true(ledger_link(db, 1, "x-1", "test", err));
    assert_true(clear_dirty(f, db, "bill"));
    assert_true(look_replace(db, &root, 1, &look, 1, err));
    assert_true(put(db, (struct putting){"e1", "{}", "429", 1}, err) >= 0);
    assert_int_equal(count_dirty(f, db, "bill"), 0);
    look = (struct look){look.hash, 1, 0};
    assert_true(look_replace(db, &root, 1, &look, 1, err));
    assert_true(put(db, (struct putting){"e2", "{}", "429", 1}, err) >= 0);
    assert_int_equal(count_dirty(f, db, "bill"), 1);
    return true;
}

static void looks__move_what_is_written_only_when_it_is_made_of_them(void **state)
{
    NOW((struct fixture *)*state, work_written, *state);
}

static bool work_again(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct dirty_root root;

    assert_true(dirty_add(db, 1, "bill", "r1", DIRTY_HARD, err));
    root = first_of(take(f, db, "bill"));
    assert_true(
        dirty_add(db, 1, "bill", "r1", DIRTY_HARD, err)); /* it changed while it was evaluated */
    assert_true(dirty_clear(db, &root, root.dirty, err));
    assert_int_equal(count_dirty(f, db, "bill"), 1);
    return true;
}

static void dirty__stays_when_it_became_dirty_meanwhile(void **state)
{
    NOW((struct fixture *)*state, work_again, *state);
}

static bool work_sweep(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct mirror_count count;
    struct mirror_record bad = {.key = "e3", .bad = "field: amount is no number"};
    enum mirror_change change;
    const char *why = NULL;
    int64_t gone = 0;

    assert_true(put(db, (struct putting){"e1", "{}", "1", 1}, err) >= 0);
    assert_true(put(db, (struct putting){"e2", "{}", "1", 1}, err) >= 0);
    assert_true(mirror_put(db, 7, "expenses", &bad, 1, &change, err));
    assert_true(put(db, (struct putting){"e1", "{}", "1", 2}, err) >= 0);
    assert_true(mirror_put(db, 7, "expenses", &bad, 2, &change, err));
    assert_int_equal(change, MIRROR_SAME);
    assert_true(mirror_sweep(db, 7, "expenses", 2, &gone, err));
    assert_int_equal(gone, 1);
    assert_true(mirror_count(db, 7, "expenses", &count, err));
    assert_int_equal(count.live, 1);
    assert_int_equal(count.bad, 1);
    assert_int_equal(count.gone, 1);
    assert_true(mirror_bad(db, 7, "expenses", "e3", f->arena, &why, err));
    assert_string_equal(why, "field: amount is no number");
    assert_int_equal(put(db, (struct putting){"e2", "{}", "1", 3}, err),
                     MIRROR_NEW); /* it is back */
    return true;
}

static void mirror__sweeps_what_a_complete_reading_did_not_show(void **state)
{
    NOW((struct fixture *)*state, work_sweep, *state);
}

static bool work_members(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct member first = {"supplier", "e1", "acme"}, second = {"supplier", "e2", "acme"};
    struct found_keys keys = {NULL, 0};
    const char *old = "x";

    assert_true(member_put(db, 1, &first, f->arena, &old, err));
    assert_null(old);
    assert_true(member_put(db, 1, &second, f->arena, &old, err));
    first.group = "other";
    assert_true(member_put(db, 1, &first, f->arena, &old, err));
    assert_string_equal(old, "acme");
    assert_true(member_list(db, 1, "supplier", "acme", f->arena, &keys, err));
    assert_int_equal(keys.count, 1);
    assert_string_equal(keys.at[0], "e2");
    second.group = NULL;
    assert_true(member_put(db, 1, &second, f->arena, &old, err));
    assert_true(member_list(db, 1, "supplier", "acme", f->arena, &keys, err));
    assert_int_equal(keys.count, 0);
    return true;
}

static void members__move_between_groups(void **state)
{
    NOW((struct fixture *)*state, work_members, *state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(mirror__says_what_changed),
        TEST(mirror__finds_in_the_order_that_people_count),
        TEST(looks__make_dirty_what_looked),
        TEST(looks__move_what_is_written_only_when_it_is_made_of_them),
        TEST(dirty__stays_when_it_became_dirty_meanwhile),
        TEST(mirror__sweeps_what_a_complete_reading_did_not_show),
        TEST(members__move_between_groups),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
