#include "store_fixture.h"

/* Several passes over the records of one list. */

static bool put(struct db *db, const char *key, const char *body, struct error *err)
{
    struct mirror_record record = {.key = key, .body = body};
    enum mirror_change change;

    return mirror_put(db, 7, "expenses", &record, 1, &change, err);
}

static struct pass subscribe(struct fixture *f, struct db *db, const char *name)
{
    struct pass pass;

    assert_true(dirty_subscribe(db, 1, name, 7, "expenses", &pass, &f->err));
    return pass;
}

static struct dirty_roots take(struct fixture *f, struct db *db, int64_t place, int64_t bits)
{
    struct pass passes = {place, bits};
    struct dirty_roots roots;

    assert_true(dirty_take(db, &passes, 1000, f->arena, &roots, &f->err));
    return roots;
}

static bool work_shared(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct pass bill = subscribe(f, db, "bill"), payment = subscribe(f, db, "payment");
    struct pass member = subscribe(f, db, "supplier#member");
    struct dirty_roots roots;

    assert_int_equal(bill.place, payment.place);
    assert_int_equal(bill.bit & payment.bit, 0);
    assert_int_not_equal(bill.place, member.place); /* what must be known before the rest */
    assert_true(put(db, "e1", "{}", err));
    roots = take(f, db, bill.place, bill.bit | payment.bit);
    assert_int_equal(roots.count, 1);
    assert_int_equal(roots.at[0].dirty, bill.bit | payment.bit);
    assert_int_equal(roots.at[0].hard, bill.bit | payment.bit);
    assert_int_equal(take(f, db, member.place, member.bit).count, 1);

    /* one of them has looked at it */
    assert_true(dirty_clear(db, &roots.at[0], bill.bit, err));
    assert_int_equal(take(f, db, bill.place, bill.bit).count, 0);
    assert_int_equal(take(f, db, bill.place, payment.bit).count, 1);
    return true;
}

static void passes__over_one_list_share_its_roots(void **state)
{
    NOW((struct fixture *)*state, work_shared, *state);
}

static bool work_each_its_own(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct pass bill = subscribe(f, db, "bill"), payment = subscribe(f, db, "payment");
    uint64_t here = look_search(7, "accounts", "code", "1"), there = look_record(7, "cards", "c");
    struct look looks[] = {{here, 0, bill.bit}, {here, payment.bit, 0}, {there, bill.bit, 0}};
    struct look fewer[] = {{there, payment.bit, 0}};
    struct dirty_roots roots;

    assert_true(put(db, "e1", "{}", err));
    roots = take(f, db, bill.place, bill.bit | payment.bit);
    assert_true(dirty_clear(db, &roots.at[0], bill.bit | payment.bit, err));
    assert_true(look_replace(db, &roots.at[0], bill.bit | payment.bit, looks, 3, err));

    assert_true(dirty_spread(db, there, err));
    roots = take(f, db, bill.place, bill.bit | payment.bit);
    assert_int_equal(roots.at[0].dirty, bill.bit);
    assert_true(dirty_clear(db, &roots.at[0], bill.bit, err));
    assert_true(dirty_spread(db, here, err)); /* nothing is written: a look-up counts as well */
    roots = take(f, db, bill.place, bill.bit | payment.bit);
    assert_int_equal(roots.at[0].dirty, bill.bit | payment.bit);
    assert_true(dirty_clear(db, &roots.at[0], bill.bit | payment.bit, err));

    /* the payment looks again, and elsewhere; what the bill looked at stays */
    assert_true(look_replace(db, &roots.at[0], payment.bit, fewer, 1, err));
    assert_true(dirty_spread(db, here, err));
    roots = take(f, db, bill.place, bill.bit | payment.bit);
    assert_int_equal(roots.at[0].dirty, bill.bit);
    assert_true(dirty_clear(db, &roots.at[0], bill.bit, err));
    assert_true(dirty_spread(db, there, err));
    roots = take(f, db, bill.place, bill.bit | payment.bit);
    assert_int_equal(roots.at[0].dirty, bill.bit | payment.bit);
    return true;
}

static void looks__are_each_pass_its_own(void **state)
{
    NOW((struct fixture *)*state, work_each_its_own, *state);
}

static bool work_soft(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct pass bill = subscribe(f, db, "bill");
    struct dirty_roots roots;

    assert_true(put(db, "e1", "{}", err));
    roots = take(f, db, bill.place, bill.bit);
    assert_true(dirty_clear(db, &roots.at[0], bill.bit, err));
    assert_true(dirty_all(db, &bill, 7, "expenses", DIRTY_SOFT, err));
    roots = take(f, db, bill.place, bill.bit);
    assert_int_equal(roots.at[0].hard, 0);
    assert_true(put(db, "e1", "{\"x\":1}", err));
    roots = take(f, db, bill.place, bill.bit);
    assert_int_equal(roots.at[0].hard, bill.bit);
    return true;
}

static void roots__that_change_are_looked_at_whatever_is_written(void **state)
{
    NOW((struct fixture *)*state, work_soft, *state);
}

static bool work_park(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct pass bill = subscribe(f, db, "bill"), link = subscribe(f, db, "link");
    struct dirty_roots roots;

    assert_true(put(db, "e1", "{}", err));
    assert_true(dirty_park(db, bill.place, bill.bit, err));
    assert_true(put(db, "e2", "{}", err)); /* parked from the start */
    assert_int_equal(take(f, db, bill.place, bill.bit).count, 2);
    assert_int_equal(take(f, db, bill.place, link.bit).count, 0);
    assert_true(dirty_park(db, bill.place, bill.bit | link.bit, err));
    roots = take(f, db, bill.place, link.bit);
    assert_int_equal(roots.count, 2);
    assert_int_equal(roots.at[0].hard, link.bit);
    assert_int_equal(roots.at[1].hard, link.bit);
    return true;
}

static void passes__that_are_not_at_work_find_everything_when_they_are(void **state)
{
    NOW((struct fixture *)*state, work_park, *state);
}

static bool work_many(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct pass pass[PLACE_PASSES_MOST + 5];
    char name[16];

    for (size_t i = 0; i < sizeof pass / sizeof *pass; i++) {
        snprintf(name, sizeof name, "m%zu", i);
        pass[i] = subscribe(f, db, name);
    }
    assert_int_equal(pass[0].place, pass[PLACE_PASSES_MOST - 1].place);
    assert_int_not_equal(pass[0].place, pass[PLACE_PASSES_MOST].place);
    assert_true(put(db, "e1", "{}", err));
    for (size_t i = 0; i < sizeof pass / sizeof *pass; i++) {
        assert_true(pass[i].bit > 0);
        assert_int_equal(take(f, db, pass[i].place, pass[i].bit).count, 1);
    }
    return true;
}

static void passes__may_be_more_than_one_place_has_room_for(void **state)
{
    NOW((struct fixture *)*state, work_many, *state);
}

static bool work_moved(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct pass before = subscribe(f, db, "bill"), after;

    assert_true(dirty_subscribe(db, 1, "bill", 7, "cards", &after, err));
    assert_int_not_equal(before.place, after.place);
    assert_true(put(db, "e1", "{}", err));
    assert_int_equal(take(f, db, after.place, after.bit).count, 0);
    assert_int_equal(take(f, db, before.place, before.bit).count, 0);
    return true;
}

static void passes__may_go_over_another_list_in_another_version(void **state)
{
    NOW((struct fixture *)*state, work_moved, *state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(passes__over_one_list_share_its_roots),
        TEST(looks__are_each_pass_its_own),
        TEST(roots__that_change_are_looked_at_whatever_is_written),
        TEST(passes__that_are_not_at_work_find_everything_when_they_are),
        TEST(passes__may_be_more_than_one_place_has_room_for),
        TEST(passes__may_go_over_another_list_in_another_version),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
