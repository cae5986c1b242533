/* Documents of a ledger, planned, sent and looked at in one line each. */
#ifndef FERRY_TESTS_LEDGER_FIXTURE_H
#define FERRY_TESTS_LEDGER_FIXTURE_H

#include "store_fixture.h"

static inline struct document_plan a_plan(const char *key, enum document_state state,
                                          const char *hash)
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

static inline int64_t planned(struct fixture *f, struct db *db, const char *key,
                              enum document_state state, const char *hash)
{
    struct document_plan plan = a_plan(key, state, hash);
    int64_t id = 0;

    assert_true(ledger_plan(db, 1, &plan, &id, &f->err));
    return id;
}

static inline struct document get(struct fixture *f, struct db *db, int64_t id)
{
    struct document document;

    assert_true(ledger_get(db, id, f->arena, &document, &f->err));
    assert_int_equal(document.id, id);
    return document;
}

static inline int64_t intended(struct fixture *f, struct db *db, int64_t document, const char *hash)
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

#endif
