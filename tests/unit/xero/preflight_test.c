/* What is found before anything is sent, against a directory of a few records. */
#include "object_named.h"
#include "unit.h"
#include "xero/xero.h"

#define LOCKED_TO "2026-05-31"

/* clang-format off */
static const char *const records[][3] = { /* list, key, record */
    {"xero.Accounts", "acc-1", "{\"AccountID\":\"acc-1\",\"Code\":\"400\",\"Name\":\"Travel\","
     "\"Status\":\"ACTIVE\",\"Class\":\"EXPENSE\",\"Type\":\"EXPENSE\"}"},
    {"xero.Accounts", "acc-2", "{\"AccountID\":\"acc-2\",\"Code\":\"401\",\"Name\":\"Old\","
     "\"Status\":\"ARCHIVED\",\"Class\":\"EXPENSE\",\"Type\":\"EXPENSE\"}"},
    {"xero.Accounts", "bank", "{\"AccountID\":\"bank\",\"Code\":\"090\",\"Name\":\"Cards\","
     "\"Status\":\"ACTIVE\",\"Class\":\"ASSET\",\"Type\":\"BANK\"}"},
    {"xero.Accounts", "wages", "{\"AccountID\":\"wages\",\"Code\":\"800\",\"Name\":\"Owed\","
     "\"Status\":\"ACTIVE\",\"Class\":\"LIABILITY\",\"Type\":\"CURRLIAB\","
     "\"EnablePaymentsToAccount\":true}"},
    {"xero.Accounts", "old-bank", "{\"AccountID\":\"old-bank\",\"Name\":\"Gone\","
     "\"Status\":\"ARCHIVED\",\"Class\":\"ASSET\",\"Type\":\"BANK\"}"},
    {"xero.TaxRates", "INPUT", "{\"TaxType\":\"INPUT\",\"Name\":\"VAT in\",\"Status\":\"ACTIVE\","
     "\"CanApplyToExpenses\":true,\"CanApplyToLiabilities\":true}"},
    {"xero.TaxRates", "OUTPUT", "{\"TaxType\":\"OUTPUT\",\"Name\":\"VAT out\","
     "\"Status\":\"ACTIVE\",\"CanApplyToExpenses\":false,\"CanApplyToRevenue\":true}"},
    {"xero.TaxRates", "TAX009", "{\"TaxType\":\"TAX009\",\"Name\":\"Was\","
     "\"Status\":\"DELETED\"}"},
    {"xero.TrackingCategories", "cat", "{\"TrackingCategoryID\":\"cat\",\"Status\":\"ACTIVE\"}"},
    {"xero.TrackingCategories", "cat-old",
     "{\"TrackingCategoryID\":\"cat-old\",\"Status\":\"ARCHIVED\"}"},
    {"xero.TrackingOptions", "opt", "{\"TrackingOptionID\":\"opt\",\"Status\":\"ACTIVE\"}"},
    {"xero.TrackingOptions", "opt-old",
     "{\"TrackingOptionID\":\"opt-old\",\"Status\":\"ARCHIVED\"}"},
    {"xero.Contacts", "con", "{\"ContactID\":\"con\",\"Name\":\"Acme\","
     "\"ContactStatus\":\"ACTIVE\"}"},
    {"xero.Contacts", "con-old", "{\"ContactID\":\"con-old\",\"Name\":\"Past\","
     "\"ContactStatus\":\"ARCHIVED\"}"},
    {"xero.Currencies", "USD", "{\"Code\":\"USD\"}"},
};

#define REF(mapping, key) "{\"@\":[\"" mapping "\",\"" key "\"]}"
#define GOOD                                                                                       \
    "\"Type\":\"ACCPAY\",\"Status\":\"AUTHORISED\",\"Date\":\"2026-06-01\",\"CurrencyCode\":\"EUR\","   \
    "\"Contact\":{\"ContactID\":\"con\"},"
#define LINE "{\"AccountID\":\"acc-1\",\"TaxType\":\"INPUT\"}"
#define LINES(line) "{" GOOD "\"LineItems\":[" LINE "," line "]}"
#define TRACKED(which, id) \
    LINES("{\"AccountID\":\"acc-1\",\"Tracking\":[{\"" which "\":\"" id "\"}]}")
#define DATED(status, day) "{\"Status\":\"" status "\",\"Date\":\"" day "\"}"

static const struct {
    const char *object, *body;
    const char *code, *field, *list, *key; /* code NULL: nothing found */
} cases[] = {
    {"Invoices", LINES(LINE), 0, 0, 0, 0},
    {"Invoices", "{}", 0, 0, 0, 0},
    {"Invoices", LINES("{\"AccountCode\":\"400\",\"TaxType\":\"INPUT\",\"Tracking\":["
     "{\"TrackingCategoryID\":\"cat\",\"TrackingOptionID\":\"opt\"}]}"), 0, 0, 0, 0},
    /* lock dates: the later of both counts, the day itself is locked, drafts are not booked */
    {"Invoices", DATED("AUTHORISED", "2026-05-31"), "locked-period", "Date", "xero.Organisation",
     "org"},
    {"ManualJournals", DATED("POSTED", "2026-01-15"), "locked-period", "Date",
     "xero.Organisation", "org"},
    {"Payments", "{\"Date\":\"2025-12-31\"}", "locked-period", "Date", "xero.Organisation",
     "org"},
    {"Invoices", DATED("AUTHORISED", "2026-06-01"), 0, 0, 0, 0},
    {"Invoices", DATED("DRAFT", "2026-05-31"), 0, 0, 0, 0},
    {"Invoices", DATED("SUBMITTED", "2020-01-01"), 0, 0, 0, 0},
    {"Invoices", DATED("AUTHORISED", "soon"), 0, 0, 0, 0},
    /* currencies */
    {"Invoices", "{\"CurrencyCode\":\"EUR\"}", 0, 0, 0, 0},
    {"Invoices", "{\"CurrencyCode\":\"USD\"}", 0, 0, 0, 0},
    {"Invoices", "{\"CurrencyCode\":\"NOK\"}", "currency-unknown", "CurrencyCode",
     "xero.Currencies", "NOK"},
    /* contacts: one that is not in the directory may be new */
    {"Invoices", "{\"Contact\":{\"ContactID\":\"con-old\"}}", "contact-archived",
     "Contact.ContactID", "xero.Contacts", "con-old"},
    {"Invoices", "{\"Contact\":{\"ContactID\":\"con-new\"}}", 0, 0, 0, 0},
    {"Invoices", "{\"Contact\":{\"ContactID\":" REF("suppliers", "7") "}}", 0, 0, 0, 0},
    {"Invoices", "{\"Contact\":" REF("suppliers", "7") "}", 0, 0, 0, 0},
    /* accounts */
    {"Invoices", LINES("{\"AccountID\":\"acc-9\"}"), "account-unknown", "LineItems[1].AccountID",
     "xero.Accounts", "acc-9"},
    {"Invoices", LINES("{\"AccountCode\":\"999\"}"), "account-unknown", "LineItems[1].AccountID",
     "xero.Accounts", "999"},
    {"Invoices", LINES("{\"AccountID\":\"acc-2\"}"), "account-unknown", "LineItems[1].AccountID",
     "xero.Accounts", "acc-2"},
    {"Invoices", LINES("{\"AccountCode\":\"401\"}"), "account-unknown", "LineItems[1].AccountID",
     "xero.Accounts", "acc-2"},
    {"Invoices", LINES("{\"AccountID\":" REF("accounts", "4") "}"), 0, 0, 0, 0},
    {"ManualJournals", "{\"JournalLines\":[{\"AccountID\":\"acc-2\"}]}", "account-unknown",
     "JournalLines[0].AccountID", "xero.Accounts", "acc-2"},
    /* money */
    {"Payments", "{\"Account\":{\"AccountID\":\"bank\"}}", 0, 0, 0, 0},
    {"Payments", "{\"Account\":{\"AccountID\":\"wages\"}}", 0, 0, 0, 0},
    {"Payments", "{\"Account\":{\"Code\":\"090\"}}", 0, 0, 0, 0},
    {"Payments", "{\"Account\":{\"AccountID\":\"acc-1\"}}", "account-unknown",
     "Account.AccountID", "xero.Accounts", "acc-1"},
    {"Payments", "{\"Account\":{\"AccountID\":\"nine\"}}", "account-unknown",
     "Account.AccountID", "xero.Accounts", "nine"},
    {"Payments", "{\"Account\":{\"AccountID\":" REF("accounts", "4") "}}", 0, 0, 0, 0},
    {"BankTransactions", "{\"BankAccount\":{\"AccountID\":\"bank\"}}", 0, 0, 0, 0},
    {"BankTransactions", "{\"BankAccount\":{\"AccountID\":\"wages\"}}", "account-unknown",
     "BankAccount.AccountID", "xero.Accounts", "wages"},
    {"BankTransfers", "{\"FromBankAccount\":{\"AccountID\":\"acc-1\"}}", "account-unknown",
     "FromBankAccount.AccountID", "xero.Accounts", "acc-1"},
    {"BankTransfers", "{\"FromBankAccount\":{\"AccountID\":\"bank\"},"
     "\"ToBankAccount\":{\"AccountID\":\"old-bank\"}}", "account-unknown",
     "ToBankAccount.AccountID", "xero.Accounts", "old-bank"},
    /* tax rates */
    {"Invoices", LINES("{\"TaxType\":\"TAX009\"}"), "tax-unknown", "LineItems[1].TaxType",
     "xero.TaxRates", "TAX009"},
    {"Invoices", LINES("{\"TaxType\":\"TAX777\"}"), "tax-unknown", "LineItems[1].TaxType",
     "xero.TaxRates", "TAX777"},
    {"Invoices", LINES("{\"AccountID\":\"acc-1\",\"TaxType\":\"OUTPUT\"}"), "tax-mismatch",
     "LineItems[1].TaxType", "xero.TaxRates", "OUTPUT"},
    {"Invoices", LINES("{\"AccountID\":\"wages\",\"TaxType\":\"OUTPUT\"}"), 0, 0, 0, 0},
    {"Invoices", LINES("{\"TaxType\":\"OUTPUT\"}"), 0, 0, 0, 0},
    /* tracking */
    {"Invoices", TRACKED("TrackingOptionID", "opt-old"), "option-unknown",
     "LineItems[1].Tracking", "xero.TrackingOptions", "opt-old"},
    {"Invoices", TRACKED("TrackingOptionID", "opt-9"), "option-unknown", "LineItems[1].Tracking",
     "xero.TrackingOptions", "opt-9"},
    {"Invoices", TRACKED("TrackingCategoryID", "cat-old"), "option-unknown",
     "LineItems[1].Tracking", "xero.TrackingCategories", "cat-old"},
    {"Invoices", LINES("{\"Tracking\":[{\"TrackingOptionID\":" REF("options", "1") "}]}"),
     0, 0, 0, 0},
};
/* clang-format on */

/* ---- a directory in memory ---- */

struct shelf {
    json_t *at[sizeof records / sizeof *records];
    json_t *org;
    struct arena *arena;
    struct xero_directory directory;
};

#define SHELF_SIZE (sizeof records / sizeof *records)

static json_t *json_of(const char *text)
{
    struct error err;
    json_t *j = NULL;

    if (!json_read(text_of(text), 32, &j, &err)) {
        fail_msg("%s in %s", err.text, text);
    }
    return j;
}

static const json_t *record(void *self, const char *list, const char *key)
{
    const struct shelf *shelf = self;

    for (size_t i = 0; i < SHELF_SIZE; i++) {
        if (strcmp(records[i][0], list) == 0 && strcmp(records[i][1], key) == 0) {
            return shelf->at[i];
        }
    }
    return NULL;
}

static const json_t *find(void *self, const char *list, const char *field, const char *value)
{
    const struct shelf *shelf = self;

    for (size_t i = 0; i < SHELF_SIZE; i++) {
        if (strcmp(records[i][0], list) == 0 &&
            strcmp(json_path_text(shelf->at[i], field), value) == 0) {
            return shelf->at[i];
        }
    }
    return NULL;
}

static int setup(void **state)
{
    struct shelf *shelf = memory_new(1, sizeof *shelf);

    for (size_t i = 0; i < SHELF_SIZE; i++) {
        shelf->at[i] = json_of(records[i][2]);
    }
    shelf->org =
        json_of("{\"OrganisationID\":\"org\",\"BaseCurrency\":\"EUR\","
                "\"PeriodLockDate\":\"" LOCKED_TO "\",\"EndOfYearLockDate\":\"2025-12-31\"}");
    shelf->arena = arena_new((size_t)1 << 20);
    shelf->directory = (struct xero_directory){shelf, record, find, shelf->org};
    *state = shelf;
    return 0;
}

static int teardown(void **state)
{
    struct shelf *shelf = *state;

    for (size_t i = 0; i < SHELF_SIZE; i++) {
        json_decref(shelf->at[i]);
    }
    json_decref(shelf->org);
    arena_free(shelf->arena);
    memory_free(shelf);
    return 0;
}

/* ---- findings ---- */

static void findings__name_the_place_and_what_heals_them(void **state)
{
    struct shelf *shelf = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct xero_finding finding = {0};
        json_t *body = json_of(cases[i].body);
        bool good = xero_preflight(object_named(cases[i].object), body, &shelf->directory,
                                   shelf->arena, &finding);

        if (good != (cases[i].code == NULL)) {
            fail_msg("%s: %s %s", cases[i].body, finding.code, finding.sentence);
        }
        json_decref(body); /* what was found outlives it */
        if (good) {
            continue;
        }
        assert_string_equal(finding.code, cases[i].code);
        assert_string_equal(finding.field, cases[i].field);
        assert_string_equal(finding.list, cases[i].list);
        assert_string_equal(finding.key, cases[i].key);
        if (!finding.sentence[0] || !finding.fix[0]) {
            fail_msg("%s: no sentence or no fix: %s", finding.code, finding.sentence);
        }
    }
}

static void lock_dates__are_the_later_of_both(void **state)
{
    static const struct {
        const char *org, *day; /* NULL: none */
    } orgs[] = {
        {"{}", NULL},
        {"{\"PeriodLockDate\":null}", NULL},
        {"{\"PeriodLockDate\":\"\",\"EndOfYearLockDate\":\"no day\"}", NULL},
        {"{\"PeriodLockDate\":\"2026-03-31\"}", "2026-03-31"},
        {"{\"PeriodLockDate\":\"/Date(1780185600000+0000)/\"}", "2026-05-31"},
        {"{\"EndOfYearLockDate\":\"2025-12-31\"}", "2025-12-31"},
        {"{\"PeriodLockDate\":\"2026-03-31\",\"EndOfYearLockDate\":\"2025-12-31\"}", "2026-03-31"},
        {"{\"PeriodLockDate\":\"2025-03-31\",\"EndOfYearLockDate\":\"2025-12-31\"}", "2025-12-31"},
    };
    char text[DATE_TEXT_MAX];
    struct date day;

    (void)state;
    for (size_t i = 0; i < sizeof orgs / sizeof *orgs; i++) {
        json_t *org = json_of(orgs[i].org);

        assert_int_equal(xero_lock_date(org, &day), orgs[i].day != NULL);
        if (orgs[i].day) {
            assert_string_equal(date_format(day, text), orgs[i].day);
        }
        json_decref(org);
    }
    assert_false(xero_lock_date(NULL, &day));
}

static void tidying__does_what_xero_would_do(void **state)
{
    static const struct {
        const char *object, *before, *after;
    } bodies[] = {
        {"Contacts", "{\"Name\":\"  Acme \\t\\n  Ltd  \"}", "{\"Name\":\"Acme Ltd\"}"},
        {"Contacts", "{\"Name\":\"Acme Ltd\"}", "{\"Name\":\"Acme Ltd\"}"},
        {"Contacts", "{\"Name\":\"  \"}", "{\"Name\":\"\"}"},
        {"Contacts", "{\"FirstName\":\" A \"}", "{\"FirstName\":\" A \"}"},
        {"Items", "{\"Name\":\" A  B \"}", "{\"Name\":\" A  B \"}"},
        {"Payments", "{\"Amount\":10.125}", "{\"Amount\":10.13}"},
        {"Payments", "{\"Amount\":-10.125}", "{\"Amount\":-10.13}"},
        {"Payments", "{\"Amount\":10.1249}", "{\"Amount\":10.12}"},
        {"Payments", "{\"Amount\":10.1}", "{\"Amount\":10.1}"},
        {"Payments", "{\"Amount\":70}", "{\"Amount\":70}"},
        {"Payments", "{\"Amount\":{\"@\":[\"a\",\"b\"]}}", "{\"Amount\":{\"@\":[\"a\",\"b\"]}}"},
        {"Payments", "{}", "{}"},
        {"Invoices", "{\"Amount\":10.125}", "{\"Amount\":10.125}"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        json_t *body = json_of(bodies[i].before);
        AUTO_FREE char *text = NULL;

        xero_tidy(object_named(bodies[i].object), body);
        text = json_write_text(body);
        assert_string_equal(text, bodies[i].after);
        json_decref(body);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(findings__name_the_place_and_what_heals_them),
        TEST(lock_dates__are_the_later_of_both),
        TEST(tidying__does_what_xero_would_do),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
