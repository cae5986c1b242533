#include "store_fixture.h"

static struct document_plan a_plan(const char *key, enum document_state state, const char *hash)
{
    return (struct document_plan){
        .mapping = "bill",
        .key = key,
        .root = key,
        .target = "xero.Invoices",
        .state = state,
        .code = "",
        .why = "",
        .fix = "",
        .want = "{}",
        .want_hash = hash,
        .action = state == DOCUMENT_READY ? "create" : "",
        .approve = "",
        .notes = "[]",
        .currency = "GBP",
        .total = "12.50",
    };
}

static int64_t planned(struct fixture *f, struct db *db, const char *key, enum document_state state,
                       const char *hash)
{
    struct document_plan plan = a_plan(key, state, hash);
    int64_t id = 0;

    assert_true(ledger_plan(db, 1, &plan, &id, &f->err));
    return id;
}

static struct document get(struct fixture *f, struct db *db, int64_t id)
{
    struct document document;

    assert_true(ledger_get(db, id, f->arena, &document, &f->err));
    assert_int_equal(document.id, id);
    return document;
}

static int64_t intended(struct fixture *f, struct db *db, int64_t document, const char *hash)
{
    struct request request = {.integration = 1,
                              .lane = "l",
                              .method = "PUT",
                              .path = "/Invoices",
                              .body = TEXT("{}"),
                              .content_type = "application/json",
                              .file = "",
                              .idempotency_key = "k",
                              .target = "xero.Invoices",
                              .action = "create"};
    struct request_element element = {document, "#ferry=1", hash};
    int64_t id = 0;

    assert_true(request_intend(db, &request, &element, 1, &id, &f->err));
    return id;
}

static bool work_life(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    int64_t id = planned(f, db, "e1", DOCUMENT_READY, "h1"), request;
    struct element_result done = {.outcome = ELEMENT_DONE,
                                  .document = id,
                                  .target_id = "x-1",
                                  .target_seen = "{\"a\":1}",
                                  .url = "https://go"};

    assert_int_equal(get(f, db, id).state, DOCUMENT_READY);
    request = intended(f, db, id, "h1");
    assert_int_equal(get(f, db, id).state, DOCUMENT_SENDING);
    assert_int_equal(planned(f, db, "e1", DOCUMENT_READY, "h2"),
                     id); /* changed while it was on its way */
    assert_int_equal(get(f, db, id).state, DOCUMENT_SENDING);
    assert_true(request_sent(db, request, "t1", err));
    assert_false(request_settle(db, request, err));
    assert_true(request_element_settle(db, request, &done, err));
    assert_true(request_settle(db, request, err));
    /* h1 is there, h2 is wanted; what is to become of that is for the plan to say */
    assert_int_equal(get(f, db, id).state, DOCUMENT_WAITING);
    assert_string_equal(get(f, db, id).action, "update");
    assert_string_equal(get(f, db, id).done_hash, "h1");
    planned(f, db, "e1", DOCUMENT_READY, "h1");
    assert_int_equal(get(f, db, id).state, DOCUMENT_DONE); /* and back again: nothing to do */
    assert_string_equal(get(f, db, id).target_id, "x-1");
    assert_false(request_element_settle(db, request, &done, err)); /* once only */
    return true;
}

static void document__lives_from_plan_to_done(void **state)
{
    NOW((struct fixture *)*state, work_life, *state);
}

static bool work_unknown(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    int64_t id = planned(f, db, "e1", DOCUMENT_READY, "h1"), request = intended(f, db, id, "h1");
    struct element_result absent = {.outcome = ELEMENT_ABSENT, .document = id};

    assert_true(request_sent(db, request, "t1", err));
    assert_true(request_unknown(db, request, "reset", 5, err));
    assert_int_equal(get(f, db, id).state, DOCUMENT_UNKNOWN);
    assert_true(ledger_skip(db, id, "kim", "not ours", err));
    assert_int_equal(get(f, db, id).state,
                     DOCUMENT_UNKNOWN); /* nobody can say no to what may be there */
    assert_true(request_element_settle(db, request, &absent, err));
    assert_int_equal(get(f, db, id).state, DOCUMENT_READY);
    assert_int_equal(get(f, db, id).epoch, 1);
    return true;
}

static void unknown__becomes_ready_in_a_new_epoch(void **state)
{
    NOW((struct fixture *)*state, work_unknown, *state);
}

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

static bool note_state(void *self, const struct document *document, struct error *err)
{
    (void)err;
    ((int *)self)[document->key[0] == 'p'] = (int)document->state;
    return true;
}

static bool work_references(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    static const char *const mappings[] = {"bill"}, *const keys[] = {"e1"};
    struct document_plan payment = a_plan("p1", DOCUMENT_READY, "h");
    struct ledger_filter all = {.integration = 1, .state = -1};
    struct documents ready = {NULL, 9};
    int states[2];
    int64_t id, bill;

    payment.mapping = "payment";
    payment.ref_mappings = mappings;
    payment.ref_keys = keys;
    payment.ref_count = 1;
    assert_true(ledger_plan(db, 1, &payment, &id, err));
    assert_true(
        ledger_ready(db, 1, &(struct ledger_wish){"payment", false, 10}, f->arena, &ready, err));
    assert_int_equal(ready.count, 0);
    bill = planned(f, db, "e1", DOCUMENT_HELD, "");
    assert_true(ledger_each(db, &all, f->arena, note_state, states, err));
    assert_int_equal(states[1], DOCUMENT_HELD); /* fate travels along the reference */
    planned(f, db, "e1", DOCUMENT_READY, "h1");
    assert_true(ledger_each(db, &all, f->arena, note_state, states, err));
    assert_int_equal(states[1], DOCUMENT_WAITING);
    assert_true(ledger_link(db, bill, "x-9", "kim", err));
    assert_true(
        ledger_ready(db, 1, &(struct ledger_wish){"payment", false, 10}, f->arena, &ready, err));
    assert_int_equal(ready.count, 1);
    return true;
}

static void references__are_written_first(void **state)
{
    NOW((struct fixture *)*state, work_references, *state);
}

static bool see_request(void *self, const struct request *request,
                        const struct request_element *elements, size_t count, struct error *err)
{
    (void)err;
    assert_int_equal(count, 1);
    assert_string_equal(elements[0].marker, "#ferry=1");
    assert_true(text_is(request->body, "{}"));
    ++*(int *)self;
    return true;
}

static bool work_open(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    int64_t id = planned(f, db, "e1", DOCUMENT_READY, "h1"), request = intended(f, db, id, "h1");
    struct element_result later = {.outcome = ELEMENT_NOT_RUN, .document = id, .due_ms = 77};
    int seen = 0;

    assert_true(request_each_open(db, 1, f->arena, see_request, &seen, err));
    assert_int_equal(seen, 1);
    assert_true(request_element_settle(db, request, &later, err) &&
                request_settle(db, request, err));
    assert_true(request_each_open(db, 1, f->arena, see_request, &seen, err));
    assert_int_equal(seen, 1);
    assert_int_equal(get(f, db, id).due_ms, 77);
    return true;
}

static void open_requests__are_found_again(void **state)
{
    NOW((struct fixture *)*state, work_open, *state);
}

static bool see_count(void *self, const struct ledger_count *count, struct error *err)
{
    (void)err;
    assert_string_equal(count->total, "37.50");
    assert_int_equal(count->count, 3);
    ++*(int *)self;
    return true;
}

static bool work_count(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    int groups = 0;

    planned(f, db, "e1", DOCUMENT_READY, "h1");
    planned(f, db, "e2", DOCUMENT_READY, "h2");
    planned(f, db, "e3", DOCUMENT_READY, "h3");
    assert_true(ledger_count_each(db, 1, see_count, &groups, err));
    assert_int_equal(groups, 1);
    return true;
}

static void counts__add_up_exactly(void **state)
{
    NOW((struct fixture *)*state, work_count, *state);
}

static bool work_audit(struct db *db, void *self, struct error *err)
{
    struct fixture *f = self;
    int64_t id = planned(f, db, "e1", DOCUMENT_READY, "h1");

    assert_true(ledger_skip(db, id, "kim", "x", err));
    assert_true(audit_add(db, "dana", "approve", "plan 7", "", err));
    assert_true(audit_verify(db, err));
    return true;
}

static void audit__is_a_chain(void **state)
{
    NOW((struct fixture *)*state, work_audit, *state);
}

static bool find(struct fixture *f, struct db *db, const char *mapping, struct document *ret)
{
    assert_true(ledger_find(db, 1, mapping, "e1", f->arena, ret, &f->err));
    return ret->id != 0;
}

static bool work_rename(struct db *db, void *self, struct error *err)
{
    static const char *const refs[] = {"bill"}, *const keys[] = {"e1"};
    struct fixture *f = self;
    struct document_plan payment = a_plan("p1", DOCUMENT_READY, "h2");
    int64_t bill = planned(f, db, "e1", DOCUMENT_READY, "h1"), id;
    struct document found;
    struct documents ready;
    struct ledger_wish wish = {.mapping = "payment", .most = 10};

    payment.mapping = "payment";
    payment.ref_mappings = refs;
    payment.ref_keys = keys;
    payment.ref_count = 1;
    assert_true(ledger_plan(db, 1, &payment, &id, err));
    assert_true(ledger_link(db, bill, "x-1", "kim", err));
    assert_true(dirty_add(db, 1, "bill#member", "r", DIRTY_HARD, err));

    assert_true(ledger_rename(db, 1, "bill", "invoice", err));
    assert_false(find(f, db, "bill", &found));
    assert_true(find(f, db, "invoice", &found));
    assert_string_equal(found.target_id, "x-1");
    /* what refers to it still does */
    assert_true(ledger_ready(db, 1, &wish, f->arena, &ready, err));
    assert_int_equal(ready.count, 1);
    /* other integrations have a mapping of that name too */
    assert_true(ledger_rename(db, 2, "invoice", "other", err));
    return find(f, db, "invoice", &found);
}

static void mapping__of_another_name_keeps_its_documents(void **state)
{
    NOW((struct fixture *)*state, work_rename, *state);
}

static bool work_fate(struct db *db, void *self, struct error *err)
{
    static const char *const maps[] = {"c1", "c2", "c3", "c4"};
    struct fixture *f = self;
    int64_t ids[4];
    struct document found;

    for (size_t i = 0; i < 4; i++) {
        struct document_plan plan = a_plan("k", i ? DOCUMENT_READY : DOCUMENT_HELD, "h");
        const char *keys[] = {"k"};

        plan.mapping = maps[i];
        plan.code = i ? "" : "contact-archived";
        plan.why = i ? "" : "It is archived.";
        plan.ref_mappings = i ? &maps[i - 1] : NULL;
        plan.ref_keys = keys;
        plan.ref_count = i ? 1 : 0;
        assert_true(ledger_plan(db, 1, &plan, &ids[i], err));
    }
    found = get(f, db, ids[3]);
    assert_true(ledger_fate(db, &found, f->arena, err));
    assert_int_equal(found.state, DOCUMENT_HELD);
    assert_string_equal(found.code, "contact-archived");
    assert_string_equal(found.why, "It is archived.");
    /* a circle, which the checker refuses, would still end */
    assert_true(ledger_link(db, ids[0], "x", "kim", err));
    found = get(f, db, ids[3]);
    assert_true(ledger_fate(db, &found, f->arena, err));
    assert_string_equal(found.code, "waits-for");
    return true;
}

static void fate__is_that_of_the_first_cause(void **state)
{
    NOW((struct fixture *)*state, work_fate, *state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(document__lives_from_plan_to_done),
        TEST(unknown__becomes_ready_in_a_new_epoch),
        TEST(refused__stays_held_until_something_changes),
        TEST(unreadable__is_ready_again_when_it_is_read),
        TEST(retry__is_no_approval),
        TEST(skipped_by_hand__stays_skipped),
        TEST(references__are_written_first),
        TEST(open_requests__are_found_again),
        TEST(counts__add_up_exactly),
        TEST(audit__is_a_chain),
        TEST(mapping__of_another_name_keeps_its_documents),
        TEST(fate__is_that_of_the_first_cause),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
