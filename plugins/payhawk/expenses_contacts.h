/* clang-format off */
/* Whom documents name, and the accounts that money is in: matched, or made when they are needed. Rows of
   expenses.h. */

    /* ---- whom documents name ---- */

    {.name = "supplier",
     .about = "a supplier becomes a contact: by its link in Payhawk, its VAT number, its name, else a new "
              "one",
     .from = "group(expenses, vendor: vendor)",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .approve = "if(option.new_suppliers == 'ask' and not " IS_KNOWN ", 'suppliers')",
     .guards = GUARDS(SKIP_IF("not any(rows, exists(reviewedAt) and not owed_to_employee and status == "
                              "'ready')",
                              "not-reviewed: nothing of this supplier is reviewed"),
                      HOLD_IF("any(xero.Contacts, fold(Name) == fold(first(parent.rows).seller) and "
                              "ContactStatus != 'ACTIVE')",
                              "contact-archived: The contact {first(rows).seller} is archived in Xero. "
                              "Restore it there."),
                      HOLD_IF("option.new_suppliers == 'link' and not exists(@supplier.id) and not " IS_KNOWN,
                              "new-supplier: {first(rows).seller} may be a new supplier; create it in Xero "
                              "or link it.")),
     .match = MATCH("ContactID == first(parent.rows).contact_known",
                    "TaxNumber == first(parent.rows).supplier.vat",
                    "fold(Name) == fold(first(parent.rows).seller)"),
     .fields = FIELDS({"Name", "first(rows).seller"},
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
     .from = "group(where(expenses, exists(reviewedAt) and owed_to_employee and status == 'ready'), "
             "person: createdBy.id)",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .match = MATCH("EmailAddress == first(parent.rows).createdBy.email",
                    "fold(Name) == fold(first(parent.rows).name_or_email)"),
     .fields = FIELDS({"Name", "first(rows).name_or_email"},
                      {"FirstName", "first(rows).createdBy.firstName"},
                      {"LastName", "first(rows).createdBy.lastName"},
                      {"EmailAddress", "first(rows).createdBy.email"})},

    {.name = "payhawk",
     .about = "whom fees are paid to",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .match = MATCH("fold(Name) == fold('Payhawk')"),
     .fields = FIELDS({"Name", "'Payhawk'"})},

    /* ---- accounts that Xero needs ---- */

    {.name = "currency",
     .about = "a currency that money is held in, and the organisation does not use yet",
     .from = "group(fund_accounts, currency: currency)",
     .to = "xero.Currencies",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("not option.add_currencies", "switched-off: currencies are added by hand"),
                      SKIP_IF("not any(rows, status in ('active', 'blocked'))",
                              "not-used: no wallet of this currency is open")),
     .match = MATCH("Code == parent.currency"),
     .fields = FIELDS({"Code", "currency"})},

    {.name = "bank_account",
     /* of the kind BANK: the vendor's own connector made credit cards, which the API does not let others
        do */
     .about = "one bank account for each currency that money is held in",
     .from = "group(fund_accounts, currency: currency)",
     .to = "xero.Accounts",
     .gone = "'leave'",
     .guards = GUARDS(WAIT_IF("currency != org.BaseCurrency and not exists(xero.Currencies[currency])",
                              "no-currency: the organisation does not use this currency yet")),
     .match = MATCH("BankAccountNumber == join('', '000000-PAYHAWK-', parent.currency)"),
     .fields = FIELDS({"Code", "join('-', 'PHWK', currency)"},
                      {"Name", "join(' ', 'Payhawk', currency)"},
                      {"Type", "'BANK'"},
                      {"BankAccountNumber", "join('', '000000-PAYHAWK-', currency)"},
                      {"CurrencyCode", "currency"})},

    /* the vendor's own two accounts, under its codes; only with the option default_accounts */
    {.name = "general",
     .about = "the account for what has no account",
     .to = "xero.Accounts",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("not option.default_accounts", "switched-off: no such account is wanted")),
     .match = MATCH("Code == '999999'", "fold(Name) == fold('Payhawk General')"),
     .fields = FIELDS({"Code", "'999999'"},
                      {"Name", "'Payhawk General'"},
                      {"Type", "'EXPENSE'"})},

    {.name = "fees",
     .about = "the account for fees",
     .to = "xero.Accounts",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("not option.default_accounts", "switched-off: no such account is wanted")),
     .match = MATCH("Code == '888888'"),
     .fields = FIELDS({"Code", "'888888'"},
                      {"Name", "'Fees'"},
                      {"Type", "'EXPENSE'"},
                      {"TaxType", "if(exists(xero.TaxRates['EXEMPTEXPENSES']), 'EXEMPTEXPENSES', 'NONE')"})},
