/*
 * Xero's error messages and what they mean for people. Sentences are reworded by Xero without
 * notice, so each row looks for words that carry the meaning, in any case and any order.
 */
#include <strings.h>

#include "xero/xero.h"

#define IN_XERO "Open Xero and "

/* clang-format off: a table */
static const struct row {
    const char *words, *also; /* both must be in the message; also NULL: one is enough */
    struct xero_meaning meaning;
} rows[] = {
    {"lock date",
     NULL,
     {"locked-period", "The document falls into a period that is locked in Xero.",
      "Move the lock date in Xero, or change the date at the source.", false, true}},
    {"already assigned to another contact",
     NULL,
     {"name-taken", "A contact with this name exists in Xero.",
      "Ferry looks it up and links it; if it cannot, link it with ferry link.", true, false}},
    {"archived contact",
     NULL,
     {"contact-archived", "The contact is archived in Xero.",
      "Restore the contact in Xero, or choose another one.", false, true}},
    {"contact must be specified",
     NULL,
     {"contact-missing", "The document names no contact.", "Choose a supplier at the source.",
      false, false}},
    {"to identify the contact",
     NULL,
     {"contact-missing", "The document names no contact.", "Choose a supplier at the source.",
      false, false}},
    {"not subscribed to currency",
     NULL,
     {"currency-unknown", "The organisation does not use this currency.",
      "Add the currency in Xero under Settings, Currencies.", false, true}},
    {"cannot be used with account code",
     NULL,
     {"tax-mismatch", "The tax rate does not fit the account.",
      "Choose another tax rate or account for this category.", false, true}},
    {"tax rate must be valid",
     NULL,
     {"tax-unknown", "The tax rate does not exist in Xero or is not active.",
      "Choose an active tax rate for this category.", false, true}},
    {"taxtype",
     "not",
     {"tax-unknown", "The tax rate does not exist in Xero or is not active.",
      "Choose an active tax rate for this category.", false, true}},
    {"must contain a 6-digit bsb",
     NULL,
     {"bank-number", "Xero does not take this bank account number.",
      "Create the bank account in Xero by hand and link it.", false, false}},
    {"please enter a unique name",
     NULL,
     {"name-taken", "Xero has one of this name already.",
      "Ferry looks it up and links it; if it cannot, link it with ferry link.", true, false}},
    {"please enter a unique code",
     NULL,
     {"code-taken", "Xero has one with this code already.",
      "Ferry looks it up and links it; if it cannot, link it with ferry link.", true, false}},
    {"price list item with code",
     "already exists",
     {"code-taken", "Xero has an item with this code already.",
      "Ferry looks it up and links it; if it cannot, link it with ferry link.", true, false}},
    {"# must be unique",
     NULL,
     {"number-taken", "Xero has a document with this number already.",
      "Change the number at the source, or link the two with ferry link.", true, false}},
    {"number must be unique",
     NULL,
     {"number-taken", "Xero has a document with this number already.",
      "Change the number at the source, or link the two with ferry link.", true, false}},
    {"not a valid code for this document",
     NULL,
     {"account-unknown", "The account cannot be used for this document.",
      "Choose another active account for this category.", false, true}},
    {"account must be valid",
     NULL,
     {"account-unknown", "The account does not exist in Xero or is archived.",
      "Choose another active account for this category.", false, true}},
    {"account code",
     "not valid",
     {"account-unknown", "The account does not exist in Xero or is archived.",
      "Choose another active account for this category.", false, true}},
    {"account",
     "archived",
     {"account-unknown", "The account is archived in Xero.",
      "Restore the account in Xero, or choose another one.", false, true}},
    {"payment amount exceeds",
     NULL,
     {"payment-exceeds", "The payment is larger than what is still owed on the document.",
      IN_XERO "see which other payment is on the document.", false, true}},
    {"not of valid status for modification",
     NULL,
     {"not-modifiable", "The document can no longer be changed in Xero.",
      IN_XERO "look at its status; Ferry does not overwrite it.", false, false}},
    {"not of valid status for creation",
     NULL,
     {"status-invalid", "Xero does not create documents with this status.",
      "Report this: the mapping is wrong.", false, false}},
    {"has a payment or credit note allocated",
     NULL,
     {"has-payments", "The document has payments or credits, so Xero does not change it.",
      IN_XERO "remove the payment, or leave the document as it is.", false, true}},
    {"has payments or credit notes allocated",
     NULL,
     {"has-payments", "The document has payments or credits, so Xero does not change it.",
      IN_XERO "remove the payment, or leave the document as it is.", false, true}},
    {"deleted purchaseorders",
     NULL,
     {"not-modifiable", "An order with this number was deleted in Xero.",
      "Give the order another number at the source.", false, false}},
    {"status change is invalid",
     NULL,
     {"not-modifiable", "Xero does not allow this change of status.",
      IN_XERO "look at its status; Ferry does not overwrite it.", false, false}},
    {"part of a batch",
     NULL,
     {"in-batch", "The payment is part of a batch in Xero.", IN_XERO "remove it from the batch.",
      false, true}},
    {"batch payment",
     NULL,
     {"in-batch", "The payment is part of a batch in Xero.", IN_XERO "remove it from the batch.",
      false, true}},
    {"reconciled",
     NULL,
     {"reconciled", "The entry is reconciled in Xero.",
      IN_XERO "undo the reconciliation, or leave it as it is.", false, true}},
    {"line items must be specified",
     NULL,
     {"lines-missing", "The document has no lines.", "Look at the record at the source.", false,
      false}},
    {"does not equal the sum of the lines",
     NULL,
     {"total-mismatch", "The lines do not add up to the total.",
      "Look at the record at the source.", false, false}},
    {"total debits",
     "total credits",
     {"journal-unbalanced", "The journal does not balance.", "Look at the record at the source.",
      false, false}},
    {"limit of invoices you can approve",
     NULL,
     {"plan-limit", "The Xero plan allows no more approved documents this month.",
      "Upgrade the plan, or wait for the next month.", false, true}},
    {"tracking",
     NULL,
     {"option-unknown", "A tracking option does not exist in Xero or is not active.",
      "Send the tracking categories to the source again, or choose another option.", false, true}},
    {"reporting role",
     NULL,
     {"permission", "The user who connected Xero may not do this.",
      "Give the user the right in Xero, or connect as somebody else.", false, true}},
    {"not permitted",
     NULL,
     {"permission", "The user who connected Xero may not do this.",
      "Give the user the right in Xero, or connect as somebody else.", false, true}},
    {"cannot be found",
     NULL,
     {"not-found", "What the document refers to is not in Xero.",
      "See whether it was merged or removed in Xero.", false, true}},
    {"payloadtoolarge",
     NULL,
     {"too-large", "Xero takes no files or requests this large.",
      "Make the file smaller at the source.", false, false}},
    {"requestentitytoolarge",
     NULL,
     {"too-large", "Xero takes no files or requests this large.",
      "Make the file smaller at the source.", false, false}},
    {"used with a different request",
     NULL,
     {"key-reused", "An idempotency key was used twice with different contents.",
      "Ferry reads back what is in Xero; report this if it happens again.", false, false}},
    {"offline",
     NULL,
     {"offline", "Xero or the organisation is offline for maintenance.",
      "Nothing to do: Ferry tries again.", false, true}},
};
/* clang-format on */

static const struct xero_meaning unknown = {
    "refused", "Xero refused the document.", "Read Xero's own words below.", false, false,
};

const struct xero_meaning *xero_meaning_of(const char *message)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcasestr(message, rows[i].words) &&
            (!rows[i].also || strcasestr(message, rows[i].also))) {
            return &rows[i].meaning;
        }
    }
    return &unknown;
}

const struct xero_meaning *xero_meaning_by_code(const char *code)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].meaning.code, code) == 0) {
            return &rows[i].meaning;
        }
    }
    return strcmp(code, unknown.code) == 0 ? &unknown : NULL;
}
