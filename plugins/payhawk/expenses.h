/* clang-format off */
/*
 * The flow `expenses`: who is owed, what for, how it was paid, and the papers.
 *
 * What becomes of each type of expense follows the vendor's promises (its help pages, and its own
 * Xero connector of 2021, which was open source). Assumptions are marked.
 */
#ifndef PAYHAWK_EXPENSES_H
#define PAYHAWK_EXPENSES_H

#include "lines.h"

/* ---- what stops an expense ---- */

/* What people decided comes before what Payhawk says: it is true of expenses that nobody reviewed, too. */
#define WANTED                                                                                               \
    SKIP_IF("status == 'archived'", "archived: archived in Payhawk"),                                        \
    SKIP_IF("exists(not_exported[id])", "not-exported: somebody said that it stays out of Xero "             \
                                        "({not_exported[id].reason})"),                                      \
    SKIP_IF("rule.then == 'skip'", "rule-skip: a rule says that such expenses are not exported "             \
                                   "({rule.what} is {rule.is})"),                                            \
    SKIP_IF("exists(option.expenses_from) and day_made < option.expenses_from",                              \
            "before-start: older than the first day that is exported"),                                      \
    WAIT_IF("not exists(reviewedAt)", "not-reviewed: not reviewed in Payhawk yet"),                          \
    HOLD_IF("rule.then == 'hold'",                                                                           \
            "rule-hold: A rule says that a person looks at such expenses first ({rule.what} is {rule.is}). " \
            "Change the rule, or skip.")

/* Only settled money is exported. */
#define SETTLED                                                                                              \
    HOLD_IF("is_shared and not is_shared_out", "shared-payment: One card payment pays several expenses, "    \
                                               "and does not come to all of them. Book it by hand, then "    \
                                               "skip."),                                                     \
    HOLD_IF("type == 'card' and two_currencies",                                                             \
            "two-currencies: The payments are in different currencies. Book it by hand, then skip."),        \
    WAIT_IF("type == 'card' and not settled", "not-settled: the card payment is not settled yet")

/* A cent more or less comes from rounding, and cards settle at rates of their own; more than the operator
   allows is a mistake in the document. */
#define PAID_ANOTHER_SUM                                                                                     \
    HOLD_IF("type == 'card' and ((net < 0 and total > 0) or (net > 0 and total < 0) "                        \
            "or (currency(net) == currency(total) and abs(net - total) * 100 > abs(total) * "                \
            "option.tolerance_percent))",                                                                    \
            "paid-another-sum: {net} moved, but the document comes to {total}. Correct the amount in "       \
            "Payhawk, or raise tolerance_percent.")

#define ADDS_UP                                                                                              \
    HOLD_IF("count(lineItems) > 0 and sum(lineItems, reconciliation.totalAmount) != total",                  \
            "lines-total: The lines come to {sum(lineItems, reconciliation.totalAmount)}, the expense to "   \
            "{total}. Correct it in Payhawk.")

/* ---- what bills and credit notes share ---- */

#define CONTACT      {"Contact.ContactID", "if(owed_to_employee, @employee, @supplier)"}
#define DOCUMENT                                                                                             \
    {"Status", "if(type == 'bank' and option.bank_bills == 'draft' and not isPaid and count(kept) == 0, "    \
               "'DRAFT', 'AUTHORISED')"},                                                                    \
    CONTACT,                                                                                                 \
    {"Date", "day_booked"},                                                                                  \
    {"LineAmountTypes", "'Inclusive'"},                                                                      \
    {"CurrencyCode", "currency(billed)"},                                                                    \
    {"CurrencyRate", "rate"}

/* ---- payments ---- */

/* One transfer may pay several expenses: a payment for each of them. */
#define THE_EXPENSE "(expenses[value] ?? hold('no-expense: The expense has not been read.'))"

/* The wallet's own bank account when somebody chose one, else the one of its currency. */
#define BANK_ACCOUNT(fund) fund ".chosen ?? @bank_account(" fund ")"

#define NO_CHARGE "?? hold('no-charge: No charge is in the statement.')"

#define PAYMENT_URL                                                                                          \
    "join('', 'https://portal.payhawk.com/expenses?transactionId=', paymentId ?? id, "                       \
    "         '&account=', option.account)"

/* Xero pays a bill from an account in the bill's currency, or in the organisation's. */
#define THIRD_CURRENCY                                                                                       \
    "third-currency: Xero pays a bill in its own currency or in the organisation's. Book this payment by "   \
    "hand, then skip."

#define NO_THIRD_CURRENCY                                                                                    \
    HOLD_IF("exists(paying_account) "                                                                        \
            "and not (paying_account.CurrencyCode ?? org.BaseCurrency) "                                     \
            "in (currency(billed), org.BaseCurrency)",                                                       \
            THIRD_CURRENCY)

/* What a line of the statement becomes where no bill stands behind it. */
#define ENTRY(type)                                                                                          \
    {"Type", type},                                                                                          \
    {"Contact.ContactID", "@payhawk"},                                                                       \
    {"BankAccount.AccountID", BANK_ACCOUNT("fundAccountId")},                                                \
    {"Date", "date"},                                                                                        \
    {"LineAmountTypes", "'NoTax'"},                                                                          \
    {"CurrencyCode", "currency"},                                                                            \
    {"Url", PAYMENT_URL}

/* ---- whom documents name ---- */

#define IS_KNOWN                                                                                             \
    "(any(xero.Contacts, TaxNumber == first(parent.rows).supplier.vat) "                                     \
    "or any(xero.Contacts, fold(Name) == fold(first(parent.rows).seller)) "                                  \
    "or any(xero.Contacts, ContactID == first(parent.rows).contact_known))"

static const struct ferry_mapping expenses[] = {
#include "expenses_contacts.h"

    /* ---- bills and credit notes ---- */

    {.name = "bill",
     .about = "a reviewed expense becomes a bill",
     .from = "expenses",
     .to = "xero.Invoices",
     .gone = "'remove'",
     .guards = GUARDS(WANTED, SETTLED,
                      SKIP_IF("net < 0", "refund: more came back than was paid; it becomes a credit note"),
                      SKIP_IF("type == 'card' and net == 0", "nothing-left: charge and refund cancel out"),
                      PAID_ANOTHER_SUM, ADDS_UP,
                      HOLD_IF("type == 'cashInAdvance' and not exists(option.advances_account)",
                              "no-advances-account: Choose the account that holds cash given in advance "
                              "(option advances_account).")),
     .fields = FIELDS({"Type", "'ACCPAY'"},
                      {"InvoiceNumber", "number"},
                      {"DueDate", "day_due"},
                      {"Url", "portal"},
                      DOCUMENT),
     .parts = ALL(lines)},

    {.name = "credit",
     .about = "a refund becomes a credit note of the supplier",
     .from = "expenses",
     .to = "xero.CreditNotes",
     .gone = "'remove'",
     .guards = GUARDS(WANTED, SETTLED,
                      SKIP_IF("net >= 0", "charge: it is no refund"),
                      PAID_ANOTHER_SUM, ADDS_UP),
     .fields = FIELDS({"Type", "'ACCPAYCREDIT'"},
                      {"CreditNoteNumber", "number"},
                      DOCUMENT),
     .parts = ALL(lines)},

#include "expenses_payments.h"

    /* ---- papers ---- */

    {.name = "receipt",
     .about = "the papers of an expense hang on its bill",
     .from = "expenses.document.files",
     .to = "xero.Attachments",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("parent.is_credit", "refund: they hang on the credit note"),
                      HOLD_IF("number(place) > 10", "too-many-files: Xero takes ten files on a document.")),
     .fields = FIELDS({"On", "@bill(parent)"},
                      {"Content", "url"})},

    {.name = "credit_receipt",
     .about = "the papers of a refund hang on its credit note",
     .from = "expenses.document.files",
     .to = "xero.Attachments",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("not parent.is_credit", "charge: they hang on the bill"),
                      HOLD_IF("number(place) > 10", "too-many-files: Xero takes ten files on a document.")),
     .fields = FIELDS({"On", "@credit(parent)"},
                      {"Content", "url"})},
};

#endif
