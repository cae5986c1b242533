#include <sqlite3.h>

#include "store_fixture.h"

/* A store of before: what was dirty stays so, in its order, and whoever looked is found. */

static void read_script(char *sql, size_t size)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/tests/unit/store/schema-6.sql", getenv("FERRY_SOURCE"));
    file = fopen(path, "r");
    assert_non_null(file);
    sql[fread(sql, 1, size - 1, file)] = '\0';
    fclose(file);
}

static void lay_down(struct fixture *f)
{
    char sql[16384];
    sqlite3 *raw = NULL;

    fixture_close(f);
    assert_int_equal(unlink(f->path), 0);
    read_script(sql, sizeof sql);
    assert_int_equal(sqlite3_open(f->path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
    assert_true(fixture_open(f, 0));
}

static struct pass find(struct fixture *f, struct db *db, const char *name)
{
    struct pass pass;

    assert_true(pass_find(db, 1, name, &pass, &f->err));
    assert_int_not_equal(pass.bit, 0);
    return pass;
}

static struct dirty_roots take(struct fixture *f, struct db *db, int64_t place, int64_t bits)
{
    struct pass passes = {place, bits};
    struct dirty_roots roots;

    assert_true(dirty_take(db, &passes, 100, f->arena, &roots, &f->err));
    return roots;
}

static bool work_taken_over(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    struct pass bill = find(f, db, "bill"), payment = find(f, db, "payment");
    struct pass supplier = find(f, db, "supplier"), member = find(f, db, "supplier#member");
    struct dirty_roots roots;

    assert_int_equal(bill.place, payment.place);
    assert_int_equal(bill.bit & payment.bit, 0);
    assert_int_not_equal(bill.place, member.place);
    roots = take(f, db, bill.place, bill.bit | payment.bit);
    assert_int_equal(roots.count, 2);
    assert_string_equal(roots.at[0].key, "e9");
    assert_int_equal(roots.at[0].dirty, bill.bit | payment.bit);
    assert_int_equal(roots.at[0].hard, payment.bit);
    assert_string_equal(roots.at[1].key, "e1");
    assert_int_equal(roots.at[1].dirty, bill.bit);
    assert_int_equal(take(f, db, supplier.place, supplier.bit).count, 1);
    assert_int_equal(take(f, db, member.place, member.bit).count, 0);

    /* e5 is not written: both of its passes are found */
    assert_true(dirty_spread(db, 77, err));
    roots = take(f, db, bill.place, bill.bit | payment.bit);
    assert_int_equal(roots.count, 3);
    assert_string_equal(roots.at[2].key, "e5");
    assert_int_equal(roots.at[2].dirty, bill.bit | payment.bit);
    return true;
}

static void leave_behind(const struct fixture *f, const char *ending)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s%s", f->path, ending);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("half", file);
    fclose(file);
}

static void what_was_dirty__stays_so_in_a_newer_schema(void **state)
{
    struct fixture *f = *state;
    char backup[96];

    leave_behind(f, ".before-7"); /* of an upgrade before, or one that was cut off */
    leave_behind(f, ".before-7.part");
    lay_down(f);
    NOW(f, work_taken_over, f);
    snprintf(backup, sizeof backup, "%s.before-7", f->path);
    assert_int_equal(unlink(backup), 0); /* was kept */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_dirty__stays_so_in_a_newer_schema, fixture_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
