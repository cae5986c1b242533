/* The flow `expenses`: who is owed, what for, how it was paid, and the papers. */
#ifndef PAYHAWK_EXPENSES_H
#define PAYHAWK_EXPENSES_H

#define CREATED_DAY  "day_made"
#define DEFAULT_NAME "'Payhawk Transaction'"

/* ---- what stops an expense ---- */

#define REVIEWED                                                                                   \
    SKIP_IF("status == 'archived'", "archived: archived in Payhawk"),                              \
        WAIT_IF("not exists(reviewedAt)", "not-reviewed: not reviewed in Payhawk yet")

#define CASH_IN_ADVANCE                                                                            \
    HOLD_IF("type == 'cashInAdvance'",                                                             \
            "cash-in-advance: Advances of cash are not mapped yet. Book it by hand, then skip.")

/* Credits in the statement do not say for which expense they are. */
#define REFUND                                                                                     \
    HOLD_IF("total < 0 and count(settled) > 0", MIXED),                                            \
        HOLD_IF("total < 0",                                                                       \
                "refund-unmapped: Refunds are not mapped yet. Book it by hand, then skip.")

#define MIXED                                                                                      \
    "mixed-unmapped: What was paid is not what the expense comes to: a charge and a refund in "    \
    "one "                                                                                         \
    "are not mapped yet. Book it by hand, then skip."

/* settledAt is not there when one of several payments failed; then the sum says it. */
#define SETTLED                                                                                    \
    WAIT_IF("type == 'card' and (count(settled) == 0 or (not exists(settledAt) and not covered))", \
            "not-settled: the card payment is not settled yet")

/* A cent more or less comes from rounding; more than one in a hundred does not. */
#define PAID_ANOTHER_SUM                                                                           \
    HOLD_IF("type == 'card' and currency(paid) == currency(total) "                                \
            "and abs(paid - total) * 100 > total",                                                 \
            MIXED)

/* What this version does not map yet is said, never dropped. */
#define NOT_MAPPED                                                                                 \
    HOLD_IF("count(group(settled, currency: currency)) > 1",                                       \
            "two-currencies: The payments are in different currencies."),                          \
        HOLD_IF("any(settled, fee != 0)",                                                          \
                "fee-unmapped: The payment carries a fee, which is not mapped yet.")

#define ADDS_UP                                                                                    \
    HOLD_IF("count(lineItems) > 0 and sum(lineItems, reconciliation.totalAmount) != total",        \
            "lines-total: The lines do not add up to the expense. Correct it in Payhawk.")

/* ---- lines ---- */

#define XERO_ACCOUNT                                                                               \
    "find(xero.Accounts, Code == parent.reconciliation.accountCode and Status == 'ACTIVE')"        \
    " ?? account_map[reconciliation.accountCode ?? '-'].account"                                   \
    " ?? note('general-account: Booked to the general account.', option.general_account)"          \
    " ?? hold('account-unknown: Map this category to an active Xero account.')"

#define XERO_TAX                                                                                   \
    "if(exists(taxRate.code), xero.TaxRates[taxRate.code].TaxType"                                 \
    " ?? hold('tax-unknown: Xero has no such tax rate. Send the tax rates to Payhawk again.'))"

#define OPTION_UNKNOWN                                                                             \
    "hold('option-unknown: The tracking option is archived or unknown in Xero. Send the "          \
    "tracking fields to Payhawk again.')"

static const struct ferry_mapping line_parts[] = {
    {.name = "tracking",
     .about = "a tracking category that was chosen in Payhawk",
     .from = "reconciliation.customFields",
     .to = "Tracking",
     .guards = GUARDS(SKIP_IF("externalSource != 'xero' or not exists(externalId)",
                              "own-field: not a field that came from Xero"),
                      SKIP_IF("count(selectedValues) != 1",
                              "not-one-value: a tracking field takes exactly one value")),
     .fields = FIELDS(
         {"TrackingCategoryID",
          "find(xero.TrackingCategories, TrackingCategoryID == parent.externalId and "
          "Status == 'ACTIVE') ?? " OPTION_UNKNOWN},
         {"TrackingOptionID",
          "find(xero.TrackingOptions, TrackingOptionID == first(parent.selectedValues).externalId "
          "and TrackingCategoryID.TrackingCategoryID == parent.externalId "
          "and Status == 'ACTIVE') ?? " OPTION_UNKNOWN})},
};

static const struct ferry_mapping lines[] = {
    {.name = "line",
     .about = "one line of the expense",
     .from = "lineItems",
     .to = "LineItems",
     .fields = FIELDS(
         {"Description", "join(' | ', parent.owner, note ?? parent.note ?? '(no note)')"},
         {"Quantity", "1"},
         {"UnitAmount", "share(parent.billed, parent.lineItems, reconciliation.totalAmount ?? "
                        "hold('no-line-amount: A line has no amount.'))"},
         {"TaxType", XERO_TAX}, {"TaxAmount", "if(parent.as_is, reconciliation.taxAmount)"},
         {"AccountID", XERO_ACCOUNT}),
     .parts = ALL(line_parts)},

    {.name = "whole",
     .about = "an expense without lines is one line",
     .to = "LineItems",
     .guards = GUARDS(SKIP_IF("count(lineItems) > 0", "has-lines: has lines of its own")),
     .fields =
         FIELDS({"Description", "join(' | ', owner, note ?? '(no note)')"}, {"Quantity", "1"},
                {"UnitAmount", "billed"}, {"TaxType", XERO_TAX},
                {"TaxAmount", "if(as_is, reconciliation.taxAmount)"}, {"AccountID", XERO_ACCOUNT}),
     .parts = ALL(line_parts)},
};

/* ---- the flow ---- */

/* One transfer may pay several expenses: a payment for each of them. */
#define THE_EXPENSE "(expenses[value] ?? hold('no-expense: The expense has not been read.'))"

static const struct ferry_mapping expenses[] = {
    {.name = "supplier",
     .about = "a supplier becomes a contact",
     .from = "group(expenses, vendor: vendor)",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("not any(rows, exists(reviewedAt) and not owed_to_employee and status == 'ready')",
                 "not-reviewed: nothing of this supplier is reviewed"),
         HOLD_IF("any(xero.Contacts, fold(Name) == fold(first(parent.rows).supplier.name "
                 "?? " DEFAULT_NAME ") and ContactStatus != 'ACTIVE')",
                 "contact-archived: The contact is archived in Xero. Restore it there."),
         HOLD_IF("not option.new_suppliers and not exists(@supplier.id)",
                 "new-supplier: This may be a new supplier; create it in Xero or link it.")),
     .match = MATCH("TaxNumber == first(parent.rows).supplier.vat",
                    "fold(Name) == fold(first(parent.rows).supplier.name ?? " DEFAULT_NAME ")"),
     .fields = FIELDS({"Name", "first(rows).supplier.name ?? " DEFAULT_NAME},
                      {"EmailAddress", "first(rows).supplier.contactEmail"},
                      {"TaxNumber", "first(rows).supplier.vat"}),
     .parts = PARTS({.name = "address",
                     .about = "as Payhawk knows it, in one line",
                     .to = "Addresses",
                     .guards = GUARDS(SKIP_IF("not exists(first(rows).supplier.address)",
                                              "no-address: no address is known")),
                     .fields = FIELDS({"AddressType", "'STREET'"},
                                      {"AddressLine1", "first(rows).supplier.address"})})},

    {.name = "employee",
     .about = "whom we owe becomes a contact",
     .from = "group(expenses, person: createdBy.id)",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("not any(rows, exists(reviewedAt) and owed_to_employee and status == 'ready')",
                 "nothing-owed: owed nothing")),
     .match = MATCH("EmailAddress == first(parent.rows).createdBy.email",
                    "fold(Name) == fold(first(parent.rows).name_or_email)"),
     .fields =
         FIELDS({"Name", "first(rows).owner"}, {"FirstName", "first(rows).createdBy.firstName"},
                {"LastName", "first(rows).createdBy.lastName"},
                {"EmailAddress", "first(rows).createdBy.email"})},

    {.name = "bank_account",
     .about = "one bank account for each currency that money is held in",
     .from = "group(fund_accounts, currency: currency)",
     .to = "xero.Accounts",
     .gone = "'leave'",
     .match = MATCH("BankAccountNumber == join('', '000000-PAYHAWK-', parent.currency)"),
     .fields =
         FIELDS({"Code", "join('-', 'PHWK', currency)"}, {"Name", "join(' ', 'Payhawk', currency)"},
                {"Type", "'BANK'"}, {"BankAccountNumber", "join('', '000000-PAYHAWK-', currency)"},
                {"CurrencyCode", "currency"})},

    {.name = "bill",
     .about = "a reviewed expense becomes a bill",
     .from = "expenses",
     .to = "xero.Invoices",
     .gone = "'remove'",
     .guards =
         GUARDS(REVIEWED, CASH_IN_ADVANCE, REFUND, SETTLED, NOT_MAPPED, PAID_ANOTHER_SUM, ADDS_UP),
     .fields = FIELDS({"Type", "'ACCPAY'"}, {"Status", "'AUTHORISED'"},
                      {"Contact.ContactID", "if(owed_to_employee, @employee, @supplier)"},
                      {"InvoiceNumber", "join('', option.number_prefix, document.documentNumber ?? "
                                        "join('-', 'expense', id))"},
                      {"Date", "document.serviceDate ?? document.documentDate ?? " CREATED_DAY},
                      {"DueDate", "document.dueDate ?? document.documentDate ?? " CREATED_DAY},
                      {"LineAmountTypes", "'Inclusive'"}, {"CurrencyCode", "currency(billed)"},
                      /* what was really paid; where that is not known, Xero takes the day's */
                      {"CurrencyRate",
                       "if(count(settled) > 0 and currency(total) != org.BaseCurrency and "
                       "all(settled, currency == org.BaseCurrency and count(expenseIds) == 1), "
                       "div(value(total), value(paid), 6))"},
                      {"Url", "join('', 'https://portal.payhawk.com/expenses/', id, '?account=', "
                              "option.account)"}),
     .parts = ALL(lines)},

    {.name = "payment",
     .about = "each settled payment pays its part of the bill",
     .from = "statement_lines.expenseIds",
     .to = "xero.Payments",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("parent.type != 'debit'", "money-back: money that came back")),
     .fields = FIELDS(
         {"Invoice.InvoiceID", "@bill(" THE_EXPENSE ")"},
         {"Account.AccountID", "@bank_account(parent.fundAccountId)"}, {"Date", "parent.date"},
         {"Amount", "share(" THE_EXPENSE ".billed, " THE_EXPENSE ".settled, amount)"})},

    {.name = "receipt",
     .about = "the papers of an expense hang on its bill",
     .from = "expenses.document.files",
     .to = "xero.Attachments",
     .gone = "'leave'",
     .guards = GUARDS(
         HOLD_IF("number(place) > 10", "too-many-files: Xero takes ten files on a document.")),
     .fields = FIELDS({"On", "@bill(parent)"}, {"Content", "url"})},
};

#endif
