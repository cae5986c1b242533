/* clang-format off */
/* Lists that people fill in, and lists that Ferry keeps. Included into the array of lists.h. */

    {.name = "contact_choices",
     .about = "contacts that become customers though they were never invoiced, or do not though they were",
     .form = OPTIONS({"*contact", "xero.Contacts", NULL, "a contact in Xero"},
                     {"import", "bool", "true", "whether it becomes a customer in QuickBooks Time"},
                     {"name", "text(64)?", NULL, "its name there, when Xero's does not do"})},

    {.name = "given_customers",
     .about = "customers given to single people, when not everybody has them all",
     .form = OPTIONS({"*customer", "jobcodes", NULL, "a customer or job"},
                     {"*person", "users", NULL, "who may clock in to it"})},

    {.name = "restored_customers",
     .about = "archived customers to bring back",
     .form = OPTIONS({"*customer", "jobcodes", NULL, "the archived customer"})},

    {.name = "shown_items",
     .about = "choices of a custom field that are shown for some customers only",
     .form = OPTIONS({"*item", "field_items", NULL, "an item or a tracking option"},
                     {"*customer", "jobcodes", NULL, "a customer for whom it is shown"})},

    {.name = "contractors",
     .about = "suppliers who clock hours: they become people in QuickBooks Time and stay off the payroll",
     .form = OPTIONS({"*supplier", "xero.Contacts", NULL, "a contact in Xero with first and last name"})},

    {.name = "not_on_payroll",
     .about = "people in QuickBooks Time whose hours Xero does not pay",
     .form = OPTIONS({"*person", "users", NULL, "who"})},

    {.name = "job_rates",
     .about = "jobs with a pay rate of their own",
     .form = OPTIONS({"*job", "jobcodes", NULL, "a job"},
                     {"rate", EARNINGS, NULL, "earnings rate of its regular hours"})},

    {.name = "person_rates",
     .about = "people with a pay rate of their own",
     .form = OPTIONS({"*person", "users", NULL, "who"},
                     {"rate", EARNINGS, NULL, "earnings rate of their regular hours"})},

    {.name = "value_rates",
     .about = "pay rates by what was chosen in a custom field",
     .form = OPTIONS({"*field", "fields", NULL, "a custom field"},
                     {"*value", "text", NULL, "what is chosen in it"},
                     {"rate", EARNINGS, NULL, "earnings rate of such regular hours"})},

    {.name = "overtime_rates",
     .about = "the earnings rate of each kind of overtime",
     .form = OPTIONS({"*multiplier", "text", NULL, "as in QuickBooks Time's overtime rules: 1.5, 2, …"},
                     {"rate", EARNINGS, NULL, "an earnings rate of the category overtime"})},

    {.name = "time_off",
     .about = "which leave in Xero each time-off code is",
     .form = OPTIONS({"*code", "jobcodes", NULL, "a time-off code"},
                     {"leave", LEAVE_TYPE "?", NULL, "its leave type; empty: unpaid, never sent to Xero"})},

    {.name = "pay_periods",
     .about = "pay periods that may be sent, where hours are not approved in QuickBooks Time",
     .form = OPTIONS({"*calendar", CALENDAR, NULL, "a pay calendar"},
                     {"*last_day", "date", NULL, "the last day of the period"})},

    /* `first` and `last` empty: everything that was never invoiced, as the vendor proposes it. */
    {.name = "invoices",
     .about = "work that a person picked to bill; taking the row away voids the invoice and frees the hours",
     .derive = FIELDS({"voided", "exists(@invoice.target)"
                                 " and @invoice.target.Status in ('VOIDED', 'DELETED')"},
                      {"is_sent", "@invoice.state in ('open', 'done') and not voided"}),
     .form = OPTIONS({"customer", "jobcodes", NULL, "whose work"},
                     {"bill_to", "xero.Contacts?", NULL, "whom to bill, when it is somebody else"},
                     {"date", "date", NULL, "date of the invoice"},
                     {"due", "date?", NULL, "when it is due; else after option terms"},
                     {"reference", "text(255)?", NULL, "reference on the invoice"},
                     {"first", "date?", NULL, "first day of the hours"},
                     {"last", "date?", NULL, "last day of the hours"},
                     {"people", "users[]?", NULL, "hours of these people only"},
                     {"items", "xero.Items[]?", NULL, "hours with these items only"},
                     {"field", "fields?", NULL, "a custom field to choose hours by"},
                     {"field_value", "text?", NULL, "and what ought to stand in it"},
                     {"lines", "'person'|'job'|'day'", "'person'", "what one line stands for"},
                     {"status", "'DRAFT'|'SUBMITTED'|'AUTHORISED'", "'DRAFT'", "how it arrives in Xero"},
                     {"picked", "work[]",
                      "where(work, customer == parent.customer and free and not locked"
                      " and (not exists(parent.first) or date >= parent.first)"
                      " and (not exists(parent.last) or date <= parent.last)"
                      " and (not exists(parent.people) or who in parent.people)"
                      " and (not exists(parent.items) or item in parent.items)"
                      " and (not exists(parent.field)"
                      "      or sheet.customfields[parent.field.id] == parent.field_value))",
                      "the hours; each can be billed once"},
                     {"extra", "[*line: position, text: text(4000), quantity: decimal?, price: decimal,"
                               " account: xero.Accounts?]?",
                      NULL, "further lines"})},

    {.name = "work",
     .about = "hours that can be billed, with their customer; kept by Ferry",
     .record = "*id: text,"
               "sheet: timesheets,"
               "customer: jobcodes,"
               "job: jobcodes,"
               "who: users,"
               "date: date,"
               "seconds: decimal,"
               "item: xero.Items?,"
               "locked: bool",
     /* the invoice that is on its way or there has it, else the first that asks; a voided one lets go */
     .derive = FIELDS({"claimed_by", "first(where(invoices, parent in picked and is_sent)) ?? "
                                     "first(where(invoices, parent in picked and not voided))"},
                      {"free", "not exists(claimed_by)"},
                      /* the item's price; else the job's, which counts only when the job is billable */
                      {"rate", "item.SalesDetails.UnitPrice"
                               " ?? if((job.billable ?? false) and (job.billable_rate ?? 0) > 0,"
                               "       money(job.billable_rate ?? 0, org.BaseCurrency))"})},

    {.name = "field_names",
     .about = "every name that a choice ever had: old time sheets carry old names; kept by Ferry",
     .record = "*field: fields,"
               "*name: text,"
               "listed: field_items"},

    {.name = "invoice_states",
     .about = "how far each invoice is in Xero; kept by Ferry",
     .record = "*id: text,"
               "customer: jobcodes,"
               "number: text?,"
               "status: text,"
               "hours: decimal,"
               "due: money(org.BaseCurrency)?"},
