#include "ledger_fixture.h"

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
        TEST(references__are_written_first),
        TEST(open_requests__are_found_again),
        TEST(counts__add_up_exactly),
        TEST(audit__is_a_chain),
        TEST(mapping__of_another_name_keeps_its_documents),
        TEST(fate__is_that_of_the_first_cause),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
