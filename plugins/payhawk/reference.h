/* clang-format off */
/*
 * The flow `reference`: what people choose from in Payhawk is what Xero has. Accounts and tax rates are whole
 * sets there: one request replaces them all, so it is only sent after Xero's list was read to its end.
 */
#ifndef PAYHAWK_REFERENCE_H
#define PAYHAWK_REFERENCE_H

static const struct ferry_mapping reference[] = {
    {.name = "account_code",
     .about = "the chart of accounts: what categories are mapped to",
     .from = "xero.Accounts",
     .to = "account_codes",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("Status != 'ACTIVE'", "not-active: archived in Xero"),
                      SKIP_IF("Class != 'EXPENSE' and not (option.asset_accounts and Class == 'ASSET' and "
                              "Type != 'BANK')",
                              "not-for-expenses: no account for expenses"),
                      SKIP_IF("exists(SystemAccount)", "system: Xero books to it by itself"),
                      SKIP_IF("not exists(Code)", "no-code: give it a code in Xero, and it can be chosen")),
     .fields = FIELDS({"code", "Code"},
                      {"name", "Name"},
                      {"defaultTaxCode", "if(xero.TaxRates[TaxType ?? '-'].CanApplyToExpenses == true, "
                                         "TaxType)"})},

    {.name = "tax_rate",
     .about = "the tax rates that expenses may have",
     .from = "xero.TaxRates",
     .to = "tax_rates",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("Status != 'ACTIVE'", "not-active: archived in Xero"),
                      SKIP_IF("not CanApplyToExpenses", "not-for-expenses: cannot be used for expenses")),
     .fields = FIELDS({"code", "TaxType"},
                      {"name", "Name"},
                      {"rate", "EffectiveRate ?? hold('no-rate: Xero does not say how much it is.')"})},

    {.name = "tracking_field",
     .about = "a tracking category is a field of an expense",
     .from = "xero.TrackingCategories",
     .to = "custom_fields",
     /* with the field, Payhawk deletes what was chosen in it */
     .gone = "'hold'",
     .guards = GUARDS(SKIP_IF("Status != 'ACTIVE'", "not-active: archived in Xero")),
     .match = MATCH("externalId == parent.TrackingCategoryID and externalSource == 'xero'"),
     .fields = FIELDS({"label", "Name"},
                      {"externalId", "TrackingCategoryID"},
                      {"externalSource", "'xero'"})},

    {.name = "tracking_value",
     .about = "an option of the category is a value of the field",
     .from = "xero.TrackingOptions",
     .to = "custom_field_values",
     .gone = "'remove'",
     /* values that came from Xero once, of options that were deleted there; what people typed in stays */
     .others = "if(exists(externalId) and field.externalSource == 'xero', 'remove', 'leave')",
     .guards = GUARDS(SKIP_IF("Status != 'ACTIVE'", "not-active: archived in Xero")),
     .match = MATCH("externalId == parent.TrackingOptionID"),
     .fields = FIELDS({"field", "@tracking_field(TrackingCategoryID)"},
                      {"label", "Name"},
                      {"externalId", "TrackingOptionID"})},
};

#endif
