#include "unit/login/person.h"

static void check(const char *method, const char *path, const char *scope)
{
    const char *found = login_scope_of(method, path);

    if (strcmp(found ? found : "", scope) != 0) {
        fail_msg("%s %s: \"%s\" instead of \"%s\"", method, path, found ? found : "", scope);
    }
}

static void scope__of_a_call(void **state)
{
    (void)state;
    check("GET", "/api.xro/2.0/Invoices?page=1", "accounting.invoices.read");
    check("POST", "/api.xro/2.0/invoices/", "accounting.invoices");
    check("PUT", "https://api.xero.com/api.xro/2.0/Payments", "accounting.payments");
    check("GET", "/api.xro/2.0/Invoices/1/Attachments", "accounting.attachments.read");
    check("PUT", "/api.xro/2.0/ManualJournals/1/Attachments/a.pdf", "accounting.attachments");
    check("PUT", "/api.xro/2.0/Invoices/1/History", "accounting.invoices");
    check("GET", "/api.xro/2.0/Reports/TrialBalance?date=2026-01-01",
          "accounting.reports.trialbalance.read");
    check("GET", "/api.xro/2.0/Reports/42", "accounting.reports.taxreports.read");
    check("GET", "/payroll.xro/2.0/Timesheets/1", "payroll.timesheets.read");
    check("POST", "/payroll.xro/1.0/PayItems", "payroll.settings");
    check("GET", "/projects.xro/2.0/Projects", "projects.read");
    check("GET", "/connections", "");
    check("GET", "/api.xro/2.0/Unknown", "");
    check("GET", "", "");
}

static void scope__wider_and_old_names_are_enough(void **state)
{
    const char *path = "/api.xro/2.0/Invoices";

    (void)state;
    assert_true(login_scope_allows("openid accounting.invoices", "POST", path));
    assert_true(login_scope_allows("openid accounting.invoices", "GET", path));
    assert_true(login_scope_allows("accounting.invoices.read", "GET", path));
    assert_false(login_scope_allows("accounting.invoices.read", "POST", path));
    assert_true(login_scope_allows("accounting.transactions", "POST", path));
    assert_true(login_scope_allows("accounting.transactions.read", "GET", path));
    assert_false(login_scope_allows("accounting.transactions.read", "PUT", path));
    assert_false(login_scope_allows("accounting.payments accounting.invoicesx", "GET", path));
    assert_true(
        login_scope_allows("accounting.reports.read", "GET", "/api.xro/2.0/Reports/BalanceSheet"));
    assert_true(login_scope_allows("", "GET", "/connections"));
}

static void scope__that_a_grant_lacks(void **state)
{
    struct fixture *f = *state;

    assert_null(login_scope_missing(f->login, "xero/main", "PUT", "/api.xro/2.0/Payments"));
    connect_person(f);
    assert_null(login_scope_missing(f->login, "xero/main", "PUT", "/api.xro/2.0/Invoices"));
    assert_string_equal(login_scope_missing(f->login, "xero/main", "PUT", "/api.xro/2.0/Payments"),
                        "accounting.payments");
    assert_null(login_scope_missing(f->login, "nobody", "PUT", "/api.xro/2.0/Payments"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(scope__of_a_call),
        TEST(scope__wider_and_old_names_are_enough),
        TEST(scope__that_a_grant_lacks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
