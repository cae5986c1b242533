/* clang-format off */
/*
 * The flow `billing`: hours that a person picked become an invoice. Source: the vendor's article on
 * invoices with Xero (whom to bill, work of another customer, filters, rates from items, drafts).
 */
#ifndef QBTIME_BILLING_H
#define QBTIME_BILLING_H

#define NO_RATE_OF_JOB \
    "hold('no-rate: {job.name} has no rate. Give its item a sales price in Xero, " \
    "or the job a billable rate in QuickBooks Time.')"

static const struct ferry_mapping invoice_lines[] = {
    /* Hours are added up before they are rounded. */
    {.name = "work",
     .about = "hours of one job with one item, for each person, job or day",
     .from = "group(picked, job: job, item: item.Code ?? '', rate: value(rate ?? " NO_RATE_OF_JOB "),"
             " who: if(parent.lines == 'job', '', who.called),"
             " day: if(parent.lines == 'day', join('', date), ''))",
     .to = "LineItems",
     .fields = FIELDS({"Description", "join(' - ', job.name, who, day)"},
                      {"Quantity", HOURS("sum(rows, seconds)")},
                      {"UnitAmount", "money(rate, org.BaseCurrency)"},
                      {"ItemCode", "first(rows).item.Code"},
                      /* an item brings its account and tax rate; what has none needs one to be approved */
                      {"AccountID", "if(item == '', option.sales_account)"})},

    {.name = "extra",
     .about = "a line that was entered by hand",
     .from = "extra",
     .to = "LineItems",
     .fields = FIELDS({"Description", "text"},
                      {"Quantity", "quantity ?? 1"},
                      {"UnitAmount", "money(price, org.BaseCurrency)"},
                      {"AccountID", "account ?? option.sales_account"})},
};

static const struct ferry_mapping billing[] = {
    {.name = "hours",
     .about = "a time sheet with work for a customer can be billed",
     .from = "timesheets",
     .to = "work",
     .guards = GUARDS(
         SKIP_IF("on_the_clock ?? false", "on-the-clock: still clocked in"),
         SKIP_IF("not exists(job)", "no-job: clocked in to no customer"),
         SKIP_IF("job.type != 'regular'", "no-work: time off or a break"),
         SKIP_IF("duration <= 0", "no-hours: no hours"),
         HOLD_IF("job.too_deep",
                 "too-deep: {job.name} lies more than four levels below its customer. "
                 "Raise it in QuickBooks Time.")),
     .fields = FIELDS({"id", "id"},
                      {"sheet", "id"},
                      {"customer", "job.top ?? hold('no-customer: The customer of this job is not there.')"},
                      {"job", "jobcode_id"},
                      {"who", "user_id"},
                      {"date", "date"},
                      {"seconds", "duration"},
                      {"item", "item"},
                      {"locked", "(locked ?? 0) > 0"}),
     .gone = "'remove'"},

    {.name = "invoice",
     .about = "what a person picked becomes an invoice",
     .from = "invoices",
     .to = "xero.Invoices",
     .guards = GUARDS(
         WAIT_IF("voided",
                 "voided: a person voided it in Xero; its hours can be picked again"),
         HOLD_IF("any(picked, claimed_by != parent)",
                 "claimed-twice: {count(where(picked, claimed_by != parent))} of the time sheets are picked "
                 "for another invoice as well. Take them out of one of the two."),
         HOLD_IF("count(picked) == 0 and count(extra) == 0",
                 "empty: Nothing is picked, and there is no line of its own."),
         HOLD_IF("any(picked, customer != parent.customer)",
                 "other-customer: {count(where(picked, customer != parent.customer))} of the time sheets "
                 "are another customer's. Pick again."),
         HOLD_IF("option.locked_hours == 'hold' and any(picked, locked)",
                 "locked: QuickBooks Time has locked {count(where(picked, locked))} of these time sheets, "
                 "as after an export or an invoice elsewhere. Pick again, or set the option locked_hours."),
         HOLD_IF("status != 'DRAFT' and not exists(option.sales_account)"
                 " and (any(picked, not exists(item)) or any(extra, not exists(account)))",
                 "no-account: A line without an item needs an account. Choose the option sales_account.")),
     .fields = FIELDS({"Type", "'ACCREC'"},
                      {"Status", "status"},
                      {"Contact.ContactID", "bill_to ?? @customer(customer).record"
                                            " ?? hold('no-contact: {customer.name} is linked to no contact. "
                                            "Say whom to bill.')"},
                      {"Date", "date"},
                      {"DueDate", "due ?? (date + option.terms)"},
                      {"Reference", "reference"},
                      {"LineAmountTypes", "'Exclusive'"},
                      {"CurrencyCode", "org.BaseCurrency"}),
     .parts = ALL(invoice_lines),
     .gone = "'remove'",
     .approve = "if(status != 'DRAFT', 'invoices')"},

    /* From Xero's side, so that it moves when the invoice does. */
    {.name = "invoice_state",
     .about = "whether the invoice is sent and paid",
     .from = "xero.Invoices",
     .to = "invoice_states",
     .guards = GUARDS(SKIP_IF("not exists(@invoice.record)", "not-ours: not made of picked hours")),
     .fields = FIELDS({"id", "InvoiceID"},
                      {"customer", "@invoice.record.customer"},
                      {"number", "InvoiceNumber"},
                      {"status", "Status"},
                      {"hours", HOURS("sum(@invoice.record.picked, seconds)")},
                      {"due", "AmountDue"}),
     .gone = "'remove'"},
};

#endif
