/* clang-format off */
/* Lines of a bill or credit note: what was bought, how it is taxed and tracked, and the fees. */
#ifndef PAYHAWK_LINES_H
#define PAYHAWK_LINES_H

/* By the code that was sent to Payhawk; else by the operator's table; else the account for everything
   else. */
#define LINE_ACCOUNT                                                                                         \
    "find(xero.Accounts, Code == parent.reconciliation.accountCode and Status == 'ACTIVE')"                  \
    " ?? account_map[reconciliation.accountCode ?? '-'].account"                                             \
    " ?? note('general-account: Booked to the general account.', option.general_account)"                    \
    " ?? if(option.default_accounts, note('general-account: Booked to the general account.', @general))"     \
    " ?? hold('account-unknown: Xero has no active account {reconciliation.accountCode}. Map the category "  \
    "to another one in Payhawk, or fill in account_map.')"

#define LINE_TAX                                                                                             \
    "if(exists(taxRate.code), xero.TaxRates[taxRate.code].TaxType"                                           \
    " ?? hold('tax-unknown: Xero has no tax rate {taxRate.code}. Send the tax rates to Payhawk again.'))"

/* The tax of the document is in its currency: of no use once amounts were converted; then Xero works it
   out. */
#define LINE_TAX_AMOUNT(expense)                                                                             \
    "if(" expense "as_is and exists(reconciliation.taxAmount), "                                             \
    "if(" expense "is_credit, -reconciliation.taxAmount, reconciliation.taxAmount))"

#define OPTION_UNKNOWN                                                                                       \
    "hold('option-unknown: The tracking option is archived or unknown in Xero. Send the "                    \
    "tracking fields to Payhawk again.')"

/* Fees go to the chosen account; "Fees" is made and used when the operator says so. */
#define FEE_ACCOUNT                                                                                          \
    "option.fee_account ?? if(option.default_accounts, @fees)"                                               \
    " ?? hold('no-fee-account: Choose the account for fees (option fee_account).')"

static const struct ferry_mapping line_parts[] = {
    {.name = "tracking",
     .about = "a tracking category that was chosen in Payhawk",
     .from = "reconciliation.customFields",
     .to = "Tracking",
     .guards = GUARDS(SKIP_IF("externalSource != 'xero' or not exists(externalId)",
                              "own-field: not a field that came from Xero"),
                      SKIP_IF("count(selectedValues) != 1", "not-one-value: a tracking field takes exactly "
                                                            "one value")),
     .fields = FIELDS({"TrackingCategoryID",
                       "find(xero.TrackingCategories, TrackingCategoryID == parent.externalId and Status "
                       "== 'ACTIVE') "
                       "?? " OPTION_UNKNOWN},
                      {"TrackingOptionID",
                       "find(xero.TrackingOptions, TrackingOptionID == "
                       "first(parent.selectedValues).externalId "
                       "and TrackingCategoryID.TrackingCategoryID == parent.externalId and Status == "
                       "'ACTIVE') "
                       "?? " OPTION_UNKNOWN})},
};

static const struct ferry_mapping lines[] = {
    {.name = "line",
     .about = "one line of the expense; split lines all carry the owner's name",
     .from = "lineItems",
     .to = "LineItems",
     .fields = FIELDS({"Description", "join(' | ', parent.owner, note ?? parent.note ?? '(no note)')"},
                      {"Quantity", "1"},
                      {"UnitAmount", "share(parent.billed, parent.lineItems, reconciliation.totalAmount ?? "
                                     "hold('no-line-amount: A line has no amount.'))"},
                      {"TaxType", LINE_TAX},
                      {"TaxAmount", LINE_TAX_AMOUNT("parent.")},
                      {"AccountID", LINE_ACCOUNT}),
     .parts = ALL(line_parts)},

    {.name = "whole",
     .about = "an expense without lines is one line",
     .to = "LineItems",
     .guards = GUARDS(SKIP_IF("count(lineItems) > 0", "has-lines: has lines of its own")),
     .fields = FIELDS({"Description", "join(' | ', owner, note ?? '(no note)')"},
                      {"Quantity", "1"},
                      {"UnitAmount", "billed"},
                      {"TaxType", LINE_TAX},
                      {"TaxAmount", LINE_TAX_AMOUNT("")},
                      {"AccountID", LINE_ACCOUNT}),
     .parts = ALL(line_parts)},

    /* only with the option fees: line */
    {.name = "fee",
     .about = "what the card payments cost on top; it makes a refund smaller",
     .to = "LineItems",
     .guards = GUARDS(SKIP_IF("card_fee == 0", "no-fee: no fee, or it is an entry of its own")),
     .fields = FIELDS({"Description", "join(' ', join(' + ', if(any(charges, fees.fx != 0) or any(refunds, "
                                      "fees.fx != 0), 'Exchange'), "
                                      "if(any(charges, fees.pos != 0) or any(refunds, fees.pos != 0), "
                                      "'POS')), 'fees')"},
                      {"Quantity", "1"},
                      {"UnitAmount", "if(is_credit, -card_fee, card_fee)"},
                      {"AccountID", FEE_ACCOUNT})},
};

#endif
