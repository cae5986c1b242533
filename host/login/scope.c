/* Which of Xero's scopes a call needs: its own answer to a missing one is a bare 401. */
#include <strings.h>

#include "login/login_internal.h"

#define BOTH(scope) (scope), (scope ".read")
#define READ(scope) (scope ".read"), (scope ".read")

#define INVOICES     BOTH("accounting.invoices"), "accounting.transactions"
#define PAYMENTS     BOTH("accounting.payments"), "accounting.transactions"
#define BANK         BOTH("accounting.banktransactions"), "accounting.transactions"
#define SETTINGS     BOTH("accounting.settings"), NULL
#define CONTACTS     BOTH("accounting.contacts"), NULL
#define REPORT(name) READ("accounting.reports." name), "accounting.reports"
#define EMPLOYEES    BOTH("payroll.employees"), NULL
#define PAY_SETTINGS BOTH("payroll.settings"), NULL

struct rule {
    const char *api, *resource; /* NULL: all of that API */
    const char *report;
    const char *write, *read;
    const char *also; /* another that covers it; the broad ones do until 13 September 2027 */
};

static const struct rule rules[] = {
    {"api.xro", "Invoices", NULL, INVOICES},
    {"api.xro", "CreditNotes", NULL, INVOICES},
    {"api.xro", "Quotes", NULL, INVOICES},
    {"api.xro", "PurchaseOrders", NULL, INVOICES},
    {"api.xro", "RepeatingInvoices", NULL, INVOICES},
    {"api.xro", "LinkedTransactions", NULL, INVOICES},
    {"api.xro", "Payments", NULL, PAYMENTS},
    {"api.xro", "BatchPayments", NULL, PAYMENTS},
    {"api.xro", "Overpayments", NULL, PAYMENTS},
    {"api.xro", "Prepayments", NULL, PAYMENTS},
    {"api.xro", "BankTransactions", NULL, BANK},
    {"api.xro", "BankTransfers", NULL, BANK},
    {"api.xro", "ManualJournals", NULL, BOTH("accounting.manualjournals"),
     "accounting.transactions"},
    {"api.xro", "Items", NULL, BOTH("accounting.settings"), "accounting.invoices"},
    {"api.xro", "Accounts", NULL, SETTINGS},
    {"api.xro", "BrandingThemes", NULL, SETTINGS},
    {"api.xro", "Currencies", NULL, SETTINGS},
    {"api.xro", "InvoiceReminders", NULL, SETTINGS},
    {"api.xro", "Organisation", NULL, SETTINGS},
    {"api.xro", "Organisations", NULL, SETTINGS},
    {"api.xro", "Setup", NULL, SETTINGS},
    {"api.xro", "TaxRates", NULL, SETTINGS},
    {"api.xro", "TrackingCategories", NULL, SETTINGS},
    {"api.xro", "Users", NULL, SETTINGS},
    {"api.xro", "Contacts", NULL, CONTACTS},
    {"api.xro", "ContactGroups", NULL, CONTACTS},
    {"api.xro", "Budgets", NULL, READ("accounting.budgets"), NULL},
    {"api.xro", "Journals", NULL, READ("accounting.journals"), NULL},
    {"api.xro", "PaymentServices", NULL, "paymentservices", "paymentservices", NULL},
    {"api.xro", "Reports", "AgedPayablesByContact", REPORT("aged")},
    {"api.xro", "Reports", "AgedReceivablesByContact", REPORT("aged")},
    {"api.xro", "Reports", "BalanceSheet", REPORT("balancesheet")},
    {"api.xro", "Reports", "BankSummary", REPORT("banksummary")},
    {"api.xro", "Reports", "BudgetSummary", REPORT("budgetsummary")},
    {"api.xro", "Reports", "ExecutiveSummary", REPORT("executivesummary")},
    {"api.xro", "Reports", "ProfitAndLoss", REPORT("profitandloss")},
    {"api.xro", "Reports", "TrialBalance", REPORT("trialbalance")},
    {"api.xro", "Reports", "TenNinetyNine", READ("accounting.reports.tenninetynine"), NULL},
    {"api.xro", "Reports", NULL, REPORT("taxreports")},
    {"payroll.xro", "Employees", NULL, EMPLOYEES},
    {"payroll.xro", "LeaveApplications", NULL, EMPLOYEES},
    {"payroll.xro", "Timesheets", NULL, BOTH("payroll.timesheets"), NULL},
    {"payroll.xro", "PayRuns", NULL, BOTH("payroll.payruns"), NULL},
    {"payroll.xro", "Payslip", NULL, BOTH("payroll.payslip"), NULL},
    {"payroll.xro", "Payslips", NULL, BOTH("payroll.payslip"), NULL},
    {"payroll.xro", NULL, NULL, PAY_SETTINGS},
    {"projects.xro", NULL, NULL, BOTH("projects"), NULL},
    {"files.xro", NULL, NULL, BOTH("files"), NULL},
    {"assets.xro", NULL, NULL, BOTH("assets"), NULL},
    {"bankfeeds.xro", NULL, NULL, "bankfeeds", "bankfeeds", NULL},
};

/* Attachments have one scope, whatever they hang on. */
static const struct rule attachments = {"api.xro", NULL, NULL, BOTH("accounting.attachments"),
                                        NULL};

/* ---- finding ---- */

static bool is_same(struct text part, const char *name)
{
    return strlen(name) == part.size && strncasecmp(part.at, name, part.size) == 0;
}

static bool has_attachments(struct text rest)
{
    while (rest.size > 0) {
        if (is_same(text_split(&rest, '/'), "Attachments")) {
            return true;
        }
    }
    return false;
}

/* What follows the host of a whole URL, or the path itself; without its query. */
static struct text path_of(const char *path)
{
    const char *host = strstr(path, "://");

    if (host && strcspn(path, "/?") > (size_t)(host - path)) {
        path = host + 3 + strcspn(host + 3, "/?");
    }
    return (struct text){path, strcspn(path, "?#")};
}

static const struct rule *rule_for(const char *path)
{
    struct text rest = path_of(path), api, resource, report;

    (void)text_split(&rest, '/');
    api = text_split(&rest, '/');
    (void)text_split(&rest, '/'); /* the version */
    resource = text_split(&rest, '/');
    if (is_same(api, attachments.api) && has_attachments(rest)) {
        return &attachments;
    }
    report = text_split(&rest, '/');
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct rule *rule = &rules[i];

        if (is_same(api, rule->api) && (!rule->resource || is_same(resource, rule->resource)) &&
            (!rule->report || is_same(report, rule->report))) {
            return rule;
        }
    }
    return NULL;
}

static bool is_reading(const char *method)
{
    return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
}

const char *login_scope_of(const char *method, const char *path)
{
    const struct rule *rule = rule_for(path);

    if (!rule) {
        return NULL;
    }
    return is_reading(method) ? rule->read : rule->write;
}

/* ---- allowing ---- */

/* Is `scope` among them; for reading also "<scope>.read". */
static bool has(const char *scopes, const char *scope, bool reading)
{
    struct text rest = text_of(scopes);

    while (rest.size > 0) {
        struct text one = text_split(&rest, ' ');

        if (text_is(one, scope)) {
            return true;
        }
        if (reading && text_ends(one, ".read") && one.size == strlen(scope) + 5 &&
            text_starts(one, scope)) {
            return true;
        }
    }
    return false;
}

bool login_scope_allows(const char *scopes, const char *method, const char *path)
{
    const struct rule *rule = rule_for(path);
    bool reading = is_reading(method);

    return !rule || has(scopes, rule->write, reading) ||
           (rule->also && has(scopes, rule->also, reading));
}

const char *login_scope_missing(const struct login *login, const char *grant, const char *method,
                                const char *path)
{
    struct login_status status;

    if (!login_grant_status(login, grant, &status) || !*status.scopes ||
        login_scope_allows(status.scopes, method, path)) {
        return NULL;
    }
    return login_scope_of(method, path);
}
