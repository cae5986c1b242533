#include "fixture.h"

const struct ferry_connector *ferry_connector_entry(void); /* of plugins/payhawk */

static void put_company(struct fixture *f)
{
    fixture_put(f, "xero.Organisation",
                "{\"OrganisationID\":\"o\",\"Name\":\"Harbour\",\"BaseCurrency\":\"GBP\","
                "\"Timezone\":\"GMTSTANDARDTIME\"}");
    fixture_put(f, "xero.Accounts",
                "{\"AccountID\":\"a-400\",\"Code\":\"400\",\"Name\":\"Travel\",\"Type\":"
                "\"EXPENSE\",\"Status\":\"ACTIVE\"}");
    fixture_put(f, "xero.TaxRates",
                "{\"TaxType\":\"INPUT2\",\"Name\":\"20%\",\"Status\":\"ACTIVE\"}");
    fixture_put(f, "fund_accounts",
                "{\"id\":\"f1\",\"currency\":\"EUR\",\"type\":\"debit\","
                "\"status\":\"active\"}");
}

struct seen {
    struct fixture *f;
    char *body;
    enum map_verdict verdict;
    char code[64], field[64];
    unsigned count;
    struct money total;
};

static void see(void *owner, const struct map_subject *subject)
{
    struct seen *seen = owner;

    seen->count++;
    seen->verdict = subject->verdict;
    snprintf(seen->code, sizeof seen->code, "%s", subject->code);
    snprintf(seen->field, sizeof seen->field, "%s", subject->field);
    memory_free(seen->body);
    seen->body = subject->body ? json_write_text(subject->body) : NULL;
    seen->total = subject->total;
}

static struct seen look(struct fixture *f, const char *mapping, const char *root)
{
    struct seen seen = {.f = f};
    struct error err = {0};

    if (!map_evaluate(&f->in, map_mapping_find(f->program, mapping), root, see, &seen, &err)) {
        fail_msg("%s: %s", err.code, err.text);
    }
    return seen;
}

static void payhawk__passes_the_check(void **state)
{
    struct fixture f;

    (void)state;
    fixture_compile(&f, ferry_connector_entry());
    fixture_print_complaints(&f);
    assert_int_equal(f.complaints.count, 0);
    fixture_done(&f);
}

#define EXPENSE                                                                                    \
    "{\"id\":\"7\",\"type\":\"card\",\"status\":\"ready\",\"createdAt\":\"2026-10-03T23:30:00Z\"," \
    "\"settledAt\":\"2026-10-05T10:00:00Z\",\"reviewedAt\":\"2026-10-06T10:00:00Z\",\"isPaid\":"   \
    "true,\"createdBy\":{\"id\":\"u1\",\"email\":\"a@b.c\",\"firstName\":\"Ann\",\"lastName\":"    \
    "\"Lee\"},\"supplier\":{\"name\":\"Caf\\u00e9  Nero\"},\"note\":\"lunch\",\"reconciliation\":" \
    "{\"currency\":\"USD\",\"totalAmount\":100.00},\"lineItems\":[{\"id\":\"l1\","                 \
    "\"reconciliation\":{\"currency\":\"USD\",\"totalAmount\":60.00,\"taxAmount\":10.00,"          \
    "\"accountCode\":\"400\"},\"taxRate\":{\"code\":\"INPUT2\"}},{\"id\":\"l2\","                  \
    "\"reconciliation\":{\"currency\":\"USD\",\"totalAmount\":40.00,\"accountCode\":\"400\"}}],"   \
    "\"document\":{\"files\":[{\"id\":\"abcdef123\",\"url\":\"https://x/y.pdf\"}]}}"

static void put_expense(struct fixture *f)
{
    put_company(f);
    fixture_put(f, "expenses", EXPENSE);
    fixture_put(f, "statement_lines",
                "{\"id\":\"s1\",\"fundAccountId\":\"f1\",\"type\":\"debit\",\"date\":"
                "\"2026-10-05T10:00:00Z\",\"currency\":\"EUR\",\"amount\":33.34,\"expenseIds\":"
                "[\"7\"]}");
    fixture_put(f, "statement_lines",
                "{\"id\":\"s2\",\"fundAccountId\":\"f1\",\"type\":\"debit\",\"date\":"
                "\"2026-10-06T10:00:00Z\",\"currency\":\"EUR\",\"amount\":50.01,\"expenseIds\":"
                "[\"7\"]}");
    json_object_set_new(f->options, "new_suppliers", json_true());
    json_object_set_new(f->options, "account", json_new_text(TEXT("acme")));
    fixture_open_world(f);
}

static void payhawk__books_a_foreign_card_expense_in_the_wallets_currency(void **state)
{
    struct fixture f;
    struct seen seen;

    (void)state;
    fixture_compile(&f, ferry_connector_entry());
    assert_non_null(f.program);
    put_expense(&f);
    seen = look(&f, "bill", "7");
    assert_string_equal(seen.code, "");
    assert_string_equal(
        seen.body,
        "{\"Contact\":{\"ContactID\":{\"@\":[\"supplier\",\"café "
        "nero\"]}},\"CurrencyCode\":\"EUR\","
        "\"Date\":\"2026-10-04\",\"DueDate\":\"2026-10-04\",\"InvoiceNumber\":\"expense-7\","
        "\"LineAmountTypes\":\"Inclusive\",\"LineItems\":[{\"#\":\"line/l1\",\"AccountID\":"
        "\"a-400\",\"Description\":\"Ann Lee | lunch\",\"Quantity\":1,\"TaxType\":\"INPUT2\","
        "\"UnitAmount\":50.01},{\"#\":\"line/l2\",\"AccountID\":\"a-400\",\"Description\":"
        "\"Ann Lee | lunch\",\"Quantity\":1,\"UnitAmount\":33.34}],\"Status\":\"AUTHORISED\","
        "\"Type\":\"ACCPAY\",\"Url\":\"https://portal.payhawk.com/expenses/7?account=acme\"}");
    assert_string_equal(seen.total.currency, "EUR");
    memory_free(seen.body);
    seen = look(&f, "payment", "s1");
    assert_string_equal(seen.code, "");
    assert_int_equal(seen.count, 1);
    assert_string_equal(
        seen.body, "{\"Account\":{\"AccountID\":{\"@\":[\"bank_account\",\"EUR\"]}},\"Amount\":"
                   "33.34,\"Date\":\"2026-10-05\",\"Invoice\":{\"InvoiceID\":{\"@\":[\"bill\","
                   "\"7\"]}}}");
    memory_free(seen.body);
    seen = look(&f, "receipt", "7");
    assert_string_equal(seen.body, "{\"Content\":{\"file\":\"https://x/y.pdf\"},\"On\":{\"@\":["
                                   "\"bill\",\"7\"]}}");
    memory_free(seen.body);
    seen = look(&f, "supplier", "café nero");
    assert_string_equal(seen.body, "{\"Name\":\"Café  Nero\"}");
    memory_free(seen.body);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payhawk__passes_the_check),
        cmocka_unit_test(payhawk__books_a_foreign_card_expense_in_the_wallets_currency),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
