/* clang-format off */
/* What people say once: ferry do NAME FORM column=value … */

    {.name = "code_map",
     .about = "what a cost code is in Xero; a row for its first two characters serves the whole division",
     .form = OPTIONS({"*code",  "text",                   NULL, "03-100.M, or 03"},
                     {"account", "xero.Accounts?",        NULL,
                      "what it costs is booked here; else the item's account"},
                     {"income",  "xero.Accounts?",        NULL, "what clients pay for it is booked here"},
                     {"tax",     "xero.TaxRates?",        NULL, "else the account's"},
                     {"kind",    "xero.TrackingOptions?", NULL,
                      "an option of a second tracking category: the cost type"})},

    {.name = "tax_map",
     .about = "which tax rate of Xero each tax code of Procore is (option tax: mapped)",
     .form = OPTIONS({"*tax_code", "tax_codes",     NULL, "the tax code in Procore"},
                     {"rate",      "xero.TaxRates", NULL, "its rate in Xero"})},

    {.name = "order_numbers",
     .about = "number and title that an order shall have in Xero, where Procore's are not wanted",
     .form = OPTIONS({"*commitment", "commitments", NULL, "the commitment"},
                     {"number",      "text(255)?",  NULL, "the number of the purchase order"},
                     {"title",       "text(255)?",  NULL, "its reference"})},

    {.name = "companies_to_add",
     .about = "contacts of Xero to add to the company directory of Procore",
     .form = OPTIONS({"*contact", "xero.Contacts", NULL, "the contact"})},
