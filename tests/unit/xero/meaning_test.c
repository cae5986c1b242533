/* Xero's messages, as reported from the field, and what they come to. */
#include <ctype.h>

#include "unit.h"
#include "xero/xero.h"

enum { TAKEN = 1, HEALS = 2 };

/* clang-format off */
static const struct {
    const char *message, *code;
    int flags;
} messages[] = {
    {"The document date cannot be before the period lock date, currently set at 31 May 2026",
     "locked-period", HEALS},
    {"The document date cannot be before the end of year lock date, currently set at 31 Dec 2025",
     "locked-period", HEALS},
    {"The contact name Acme is already assigned to another contact. The contact name must be "
     "unique across all active contacts.", "name-taken", TAKEN},
    {"Please enter a unique Name.", "name-taken", TAKEN},
    {"Please enter a unique Code.", "code-taken", TAKEN},
    {"Price List Item with Code 'abc' already exists", "code-taken", TAKEN},
    {"Invoice # must be unique.", "number-taken", TAKEN},
    {"A Contact must be specified for this type of transaction", "contact-missing", 0},
    {"The Contact must contain at least 1 of the following elements to identify the contact: "
     "Name, ContactID, ContactNumber", "contact-missing", 0},
    {"Organisation is not subscribed to currency EUR", "currency-unknown", HEALS},
    {"The TaxType code 'INPUT2' cannot be used with account code '400'.", "tax-mismatch", HEALS},
    {"Tax rate must be valid", "tax-unknown", HEALS},
    {"Account code '999' is not a valid code for this document.", "account-unknown", HEALS},
    {"Account must be valid", "account-unknown", HEALS},
    {"The Bank Account Number must contain a 6-digit BSB code and account number", "bank-number",
     0},
    {"Payment amount exceeds the amount outstanding on this document", "payment-exceeds", HEALS},
    {"Invoice not of valid status for modification", "not-modifiable", 0},
    {"Invoice not of valid status for creation", "status-invalid", 0},
    {"This document cannot be edited as it has a payment or credit note allocated to it.",
     "has-payments", HEALS},
    {"The status VOIDED cannot be applied to the invoice because it has payments or credit notes "
     "allocated to it.", "has-payments", HEALS},
    {"Deleted PurchaseOrders cannot be updated", "not-modifiable", 0},
    {"PurchaseOrder status change is invalid", "not-modifiable", 0},
    {"One or more line items must be specified", "lines-missing", 0},
    {"The invoice total does not equal the sum of the lines.", "total-mismatch", 0},
    {"The total debits (100.00) must equal total credits (-10.00)", "journal-unbalanced", 0},
    {"You have reached the limit of invoices you can approve", "plan-limit", HEALS},
    {"You are not permitted to access this resource without the reporting role", "permission",
     HEALS},
    {"The resource you're looking for cannot be found", "not-found", HEALS},
    {"PayloadTooLarge", "too-large", 0},
    {"Idempotency Key: k-1 is used with a different request.", "key-reused", 0},
    {"The Xero API is currently offline for maintenance", "offline", HEALS},
    {"The Organisation is offline", "offline", HEALS},
    {"An unhandled error with the Xero API occurred. Contact the Xero API team", "refused", 0},
    {"A validation exception occurred", "refused", 0},
    {"", "refused", 0},
};
/* clang-format on */

static void assert_meaning(size_t i, const char *message)
{
    const struct xero_meaning *meaning = xero_meaning_of(message);
    int flags = (meaning->taken ? TAKEN : 0) | (meaning->heals ? HEALS : 0);

    if (strcmp(meaning->code, messages[i].code) != 0 || flags != messages[i].flags) {
        fail_msg("\"%s\" came to %s (%d)", message, meaning->code, flags);
    }
    assert_true(meaning->sentence[0] && meaning->fix[0]);
}

static void messages__come_to_one_meaning_in_any_case(void **state)
{
    char other[256];

    (void)state;
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        size_t size = strlen(messages[i].message);

        assert_meaning(i, messages[i].message);
        assert_true(size < sizeof other);
        for (size_t k = 0; k <= size; k++) {
            other[k] = (char)toupper((unsigned char)messages[i].message[k]);
        }
        assert_meaning(i, other);
    }
}

static void meanings__are_found_again_by_their_code(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        const struct xero_meaning *meaning = xero_meaning_by_code(messages[i].code);

        assert_non_null(meaning);
        assert_string_equal(meaning->code, messages[i].code);
    }
    assert_null(xero_meaning_by_code(""));
    assert_null(xero_meaning_by_code("nothing of the kind"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages__come_to_one_meaning_in_any_case),
        cmocka_unit_test(meanings__are_found_again_by_their_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
