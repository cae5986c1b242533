/* clang-format off */
/* Suppliers, what people choose from in Payhawk, and what Payhawk is told. Rows of lists.h. */

    /* ---- suppliers ---- */

    {.name = "suppliers",
     .about = "the suppliers that Payhawk keeps",
     .record = "*id: text,"
               "name: text,"
               "vat: text?,"
               "status: 'active'|'archived',"
               "externalId: text?,"
               "externalSource: text?",
     .derive = FIELDS({"bought", "first(where(expenses, supplier.id == parent.id and exists(reviewedAt) "
                                 "and not owed_to_employee))"},
                      {"contact", "if(exists(bought), @supplier(bought).id)"}),
     /* the filter by status is obligatory: one call for each */
     .read = READ(.get = "GET " ACCOUNT "/suppliers?$filter={\"status\":{\"$equal\":\"{status}\"}}",
                  .records = "items.*", .complete = 1)},

    {.name = "supplier_links",
     .about = "which contact in Xero a supplier is",
     .record = "*id: text,"
               "externalId: text,"
               "externalSource: text",
     .write = WRITE(.create = "PATCH " ACCOUNT "/suppliers/{id}",
                    .update = "PATCH " ACCOUNT "/suppliers/{id}")},

    /* ---- what people choose from in Payhawk ---- */

    /* the whole set is replaced: what is left out is gone in Payhawk */
    {.name = "account_codes",
     .about = "the accounts that categories are mapped to",
     .record = "*code: text,"
               "name: text,"
               "defaultTaxCode: text?",
     .write = WRITE(.create = "PUT " ACCOUNT "/account-codes", .update = "PUT " ACCOUNT "/account-codes",
                    .body = "*", .results = "items.*",
                    .whole = 1)},

    {.name = "tax_rates",
     .about = "the tax rates that people choose from",
     .record = "*code: text,"
               "name: text,"
               "rate: decimal",
     .write = WRITE(.create = "PUT " ACCOUNT "/tax-rates", .update = "PUT " ACCOUNT "/tax-rates",
                    .body = "*", .results = "items.*", .whole = 1)},

    {.name = "custom_fields",
     .about = "fields of an expense; those of Xero's tracking categories say so",
     .record = "*id: text!,"
               "label: text,"
               "externalId: text?,"
               "externalSource: text?",
     .read = READ(.get = "GET " ACCOUNT "/custom-fields", .records = "items.*", .complete = 1),
     .write = WRITE(.create = "POST " ACCOUNT "/custom-fields",
                    .update = "PATCH " ACCOUNT "/custom-fields/{id}",
                    .remove = "DELETE " ACCOUNT "/custom-fields/{id}")},

    {.name = "custom_field_values",
     .about = "what may be chosen in a field",
     .record = "field: custom_fields,"
               "*id: text!,"
               "label: text,"
               "externalId: text?",
     .read = READ(.get = "GET " ACCOUNT "/custom-fields/{field.id}/values", .records = "items.*",
                  .complete = 1),
     .write = WRITE(.create = "POST " ACCOUNT "/custom-fields/{field.id}/values",
                    .update = "PATCH " ACCOUNT "/custom-fields/{field.id}/values/{id}",
                    .remove = "DELETE " ACCOUNT "/custom-fields/{field.id}/values/{id}")},

    /* ---- what Payhawk is told ---- */

    {.name = "expense_links",
     .about = "links from an expense to where it is booked; all of them are replaced",
     .record = "*id: text,"
               "externalLinks: [title: text, *url: text]",
     .write = WRITE(.create = "PATCH " ACCOUNT "/expenses/{id}",
                    .update = "PATCH " ACCOUNT "/expenses/{id}")},

    {.name = "paid_marks",
     .about = "bank expenses that were paid elsewhere",
     .record = "*expense: expenses,"
               "date: date,"
               "paymentReference: text?",
     .write = WRITE(.create = "POST " ACCOUNT "/expenses/{expense.id}/bank-payment-details",
                    .remove = "DELETE " ACCOUNT "/expenses/{expense.id}/bank-payment-details")},
