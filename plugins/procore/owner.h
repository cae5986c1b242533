/* clang-format off */
/* The flow `owner`: approved owner invoices of prime contracts become sales invoices. */
#ifndef PROCORE_OWNER_H
#define PROCORE_OWNER_H

#define OWNER_INVOICE_READY                                                                                \
    WAIT_IF("status != 'approved'", "not-approved: not approved in Procore yet"),                          \
    HOLD_IF("not exists(contract.id.vendor.id)", "no-client: Give the prime contract a client in Procore."), \
    HOLD_IF("not exists(billing_date)", "no-date: Give the invoice a billing date in Procore."),           \
    WAIT_IF("number > 1 and not exists(previous)",                                                         \
            "previous-first: the invoice before it was not read yet"),                                     \
    WAIT_IF("exists(previous) and previous.status != 'approved'",                                          \
            "previous-first: the invoice before it is not approved yet"),                                  \
    SKIP_IF("not any(lines, billed != 0 or held != 0)", "nothing-due: nothing is billed in this period"),  \
    HOLD_IF("not adds_up",                                                                                 \
            "invoice-total: The lines come to {due}, but Procore shows {g702.current_payment_due} as due. "  \
            "Look at the invoice before it.")

#define SALES_ACCOUNT                                                                                      \
    "account ?? option.sales_account ?? hold('no-sales-account: Choose the account for sales.')"
#define RETAINAGE_RECEIVABLE                                                                               \
    "option.retainage_receivable"                                                                          \
    " ?? hold('no-retainage-account: Choose the account for retainage that clients hold.')"
/* Sales invoices need a number of their own; Procore counts from 1 in every contract. */
#define SALES_NUMBER                                                                                       \
    "join('-', project_id.project_number, contract.id.number, invoice_number ?? id)"

#define OWNER_PARTS(prefix, sign)                                                                          \
    PARTS(                                                                                                 \
        {.name = prefix "work",                                                                            \
         .about = "work done and materials stored since the invoice before",                               \
         .from = "lines",                                                                                  \
         .to = "LineItems",                                                                                \
         .guards = GUARDS(SKIP_IF("billed == 0", "nothing-done: nothing in this period")),                 \
         .fields = FIELDS({"Description", "description_override ?? description_of_work ?? code ?? 'Work'"}, \
                          {"Quantity",    "1"},                                                            \
                          {"UnitAmount",  sign "billed"},                                                  \
                          {"AccountID",   SALES_ACCOUNT}),                                                 \
         .parts = TRACKED_BY("parent.project_id", "kind")},                                                \
        {.name = prefix "retainage",                                                                       \
         .about = "what the client holds back of it, or releases",                                         \
         .from = "lines",                                                                                  \
         .to = "LineItems",                                                                                \
         .guards = GUARDS(SKIP_IF("held == 0", "none-held: nothing is held back or released")),            \
         .fields = FIELDS({"Description", "join(' ', if(held > 0, 'Retainage:', 'Retainage released:'),"   \
                                          "  description_override ?? description_of_work)"},               \
                          {"Quantity",    "1"},                                                            \
                          {"UnitAmount",  sign "-held"},                                                   \
                          {"AccountID",   RETAINAGE_RECEIVABLE}),                                          \
         .parts = TRACKED_BY("parent.project_id", "kind")})

static const struct ferry_mapping owner[] = {
    {.name = "sale",
     .about = "an approved owner invoice becomes a sales invoice",
     .from = "owner_invoices",
     .to = "xero.Invoices",
     .gone = "'hold'",
     .approve = "'owner-invoices'",
     .guards = GUARDS(
         OWNER_INVOICE_READY,
         HOLD_IF("due < 0 and option.negative_invoices == 'hold'",
                 "negative: The invoice comes to {due}. Book it by hand, then skip."),
         SKIP_IF("due < 0 and option.negative_invoices == 'skip'",
                 "negative: a negative invoice is never sent"),
         SKIP_IF("due < 0", "credit: becomes a credit note")),
     .fields = FIELDS({"Type",              "'ACCREC'"},
                      {"Status",            "option.sales_status"},
                      {"Contact.ContactID", "contract.id.vendor.id.contact"},
                      {"InvoiceNumber",     SALES_NUMBER},
                      {"Reference",         "contract.id.title"},
                      {"Date",              "billing_date"},
                      {"DueDate",           DUE_DATE("billing_date", "period_id")},
                      {"LineAmountTypes",   "'Exclusive'"},
                      {"CurrencyCode",      "currency"}),
     .parts = OWNER_PARTS("", "")},

    {.name = "sale_credit",
     .about = "an approved owner invoice below zero becomes a credit note",
     .from = "owner_invoices",
     .to = "xero.CreditNotes",
     .gone = "'hold'",
     .approve = "'owner-invoices'",
     .guards = GUARDS(SKIP_IF("due >= 0 or option.negative_invoices != 'credit'",
                              "no-credit: an invoice, or not sent"),
                      OWNER_INVOICE_READY),
     .fields = FIELDS({"Type",              "'ACCRECCREDIT'"},
                      {"Status",            "option.sales_status"},
                      {"Contact.ContactID", "contract.id.vendor.id.contact"},
                      {"CreditNoteNumber",  SALES_NUMBER},
                      {"Reference",         "contract.id.title"},
                      {"Date",              "billing_date"},
                      {"LineAmountTypes",   "'Exclusive'"},
                      {"CurrencyCode",      "currency"}),
     .parts = OWNER_PARTS("credit_", "-")},

    {.name = "sale_mark",
     .about = "the owner invoice is locked in Procore",
     .from = "owner_invoices",
     .to = "owner_invoice_marks",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("not option.marks", "no-marks: nothing is marked in Procore"),
                      SKIP_IF("not exists(@sale.id) and not exists(@sale_credit.id)",
                              "not-sent: not in Xero")),
     .fields = FIELDS({"id",                             "id"},
                      {"contract",                       "contract.id.id"},
                      {"project_id",                     "project_id.id"},
                      {"payment_application.origin_id",
                       "@sale.id ?? @sale_credit.id ?? hold('not-sent: not in Xero')"})},
};

#endif
