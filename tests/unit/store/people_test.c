#include "ledger_fixture.h"

/* What people do to documents, and what stays until they do. */

static bool work_refused(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    int64_t id = planned(f, db, "e1", DOCUMENT_READY, "h1"), request = intended(f, db, id, "h1");
    struct element_result refused = {.outcome = ELEMENT_REFUSED,
                                     .document = id,
                                     .code = "locked-period",
                                     .why = "Locked.",
                                     .fix = "Move the lock date."};

    assert_true(request_element_settle(db, request, &refused, err));
    planned(f, db, "e1", DOCUMENT_READY, "h1");
    assert_int_equal(get(f, db, id).state,
                     DOCUMENT_HELD); /* the same again would be refused again */
    assert_string_equal(get(f, db, id).code, "locked-period");
    planned(f, db, "e1", DOCUMENT_READY, "h2");
    assert_int_equal(get(f, db, id).state, DOCUMENT_READY);
    request = intended(f, db, id, "h2");
    assert_true(request_element_settle(db, request, &refused, err));
    assert_true(ledger_retry(db, id, "dana", err));
    assert_int_equal(get(f, db, id).state, DOCUMENT_READY);
    return true;
}

static bool work_unreadable(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    int64_t id = planned(f, db, "e1", DOCUMENT_READY, "h1");

    assert_true(ledger_hold(db, id, "unreadable", "It cannot be read.", "", err));
    assert_true(ledger_retry(db, id, "dana", err));
    assert_int_equal(get(f, db, id).state, DOCUMENT_HELD); /* that mends no record */
    assert_true(ledger_hold(db, id, "unreadable", "It cannot be read.", "", err));
    planned(f, db, "e1", DOCUMENT_READY, "h1");
    assert_int_equal(get(f, db, id).state, DOCUMENT_READY);
    return true;
}

static void unreadable__is_ready_again_when_it_is_read(void **state)
{
    NOW((struct fixture *)*state, work_unreadable, *state);
}

static bool work_not_approved(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    int64_t id = planned(f, db, "e1", DOCUMENT_WAITING, "h1");
    int64_t rejected = planned(f, db, "e2", DOCUMENT_WAITING, "h1");

    assert_true(ledger_retry(db, id, "dana", err));
    assert_int_equal(get(f, db, id).state, DOCUMENT_WAITING);
    assert_true(ledger_skip(db, rejected, "kim", "not ours", err));
    assert_true(ledger_retry(db, rejected, "dana", err));
    assert_int_equal(get(f, db, rejected).state, DOCUMENT_SKIPPED); /* until it is planned */
    return true;
}

static void retry__is_no_approval(void **state)
{
    NOW((struct fixture *)*state, work_not_approved, *state);
}

static void refused__stays_held_until_something_changes(void **state)
{
    NOW((struct fixture *)*state, work_refused, *state);
}

static bool work_skip(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    int64_t id = planned(f, db, "e1", DOCUMENT_READY, "h1");

    assert_true(ledger_skip(db, id, "kim", "typed in by hand", err));
    planned(f, db, "e1", DOCUMENT_READY, "h2");
    assert_int_equal(get(f, db, id).state, DOCUMENT_SKIPPED);
    assert_string_equal(get(f, db, id).why, "typed in by hand");
    assert_true(ledger_retry(db, id, "kim", err));
    planned(f, db, "e1", DOCUMENT_READY, "h2");
    assert_int_equal(get(f, db, id).state, DOCUMENT_READY);
    assert_false(ledger_skip(db, 999, "kim", "x", err));
    assert_string_equal(err->code, "no-document");
    return true;
}

static void skipped_by_hand__stays_skipped(void **state)
{
    NOW((struct fixture *)*state, work_skip, *state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(refused__stays_held_until_something_changes),
        TEST(unreadable__is_ready_again_when_it_is_read),
        TEST(retry__is_no_approval),
        TEST(skipped_by_hand__stays_skipped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
