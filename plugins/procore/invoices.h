/* clang-format off */
/*
 * The flow `invoices`: an approved subcontractor invoice is a bill: work and materials, less what is
 * retained, plus what is released. One that comes to less than nothing is never sent (as the vendor has
 * it), held, or a credit note.
 */
#ifndef PROCORE_INVOICES_H
#define PROCORE_INVOICES_H

#define ITEM_CODE "wbs_code.flat_code"

#define INVOICE_READY                                                                                      \
    WAIT_IF("not approved", "not-approved: not approved in Procore yet"),                                  \
    HOLD_IF("not exists(commitment_id)", "no-commitment: The invoice belongs to no commitment."),          \
    HOLD_IF("not exists(commitment_id.vendor_id)", "no-company: Its commitment has no company."),          \
    HOLD_IF("not exists(period_id)", "no-period: Give the invoice a billing period in Procore."),          \
    HOLD_IF("not exists(billing_date)", "no-date: Give the invoice a billing date in Procore."),           \
    HOLD_IF("not exists(requisition_start) or not exists(requisition_end)",                                \
            "no-dates: Give the invoice a start and an end in Procore."),                                  \
    WAIT_IF("exists(previous_requisition_id) and not previous_requisition_id.approved",                    \
            "previous-first: the invoice before it is not approved yet"),                                  \
    WAIT_IF("not commitment_id.in_xero", "order-first: its commitment and changes go first"),              \
    SKIP_IF("not has_lines", "nothing-due: nothing is billed in this period"),                             \
    HOLD_IF("not adds_up",                                                                                 \
            "invoice-total: The lines come to {due}, but Procore shows {summary.current_payment_due} as "  \
            "due. "                                                                                        \
            "Look at the invoice before it."),                                                             \
    HOLD_IF("option.bill_status == 'AUTHORISED' and any(items, " LINE_WORK " != 0 and"                     \
            " not exists(" OF_CODE(ITEM_CODE, "account") ") and not exists(" ITEM_ACCOUNT(ITEM_CODE) "))", \
            "no-account: Xero approves no line without an account. Give one to the item, or to the code: " \
            "ferry do … code_map."),                                                                       \
    WAIT_IF("any(items, " LINE_WORK " != 0 and exists(wbs_code.flat_code) and"                             \
            " not any(xero.Items, Code == parent.wbs_code.flat_code))",                                    \
            "code-not-sent: a cost code is not an item in Xero yet")

#define RETAINAGE_ACCOUNT                                                                                  \
    "option.retainage_account ?? hold('no-retainage-account: Choose the account for retainage.')"

/* Tax code and cost type of an invoice line are those of the line of the commitment, or of the change, it
   bills. */

#define ITEM_TAX                                                                                           \
    "commitment_lines[line_item_id ?? '-'].tax ?? order_changes[line_item_id ?? '-'].tax ?? "               \
    OF_CODE(ITEM_CODE, "tax.TaxType")

/* A bill has them as they are; in a credit note what lowers the invoice is what counts. */
#define INVOICE_PARTS(prefix, sign)                                                                        \
    PARTS(                                                                                                 \
        {.name = prefix "work",                                                                            \
         .about = "work done and materials stored in this period",                                         \
         .from = "items",                                                                                  \
         .to = "LineItems",                                                                                \
         .guards = GUARDS(SKIP_IF(LINE_WORK " == 0", "nothing-done: nothing in this period")),             \
         .fields = FIELDS({"Description", "description_of_work ?? " ITEM_CODE " ?? 'Work'"},               \
                          {"ItemCode",    ITEM_CODE},                                                      \
                          {"Quantity",    "1"},                                                            \
                          {"UnitAmount",  sign LINE_WORK},                                                 \
                          {"AccountID",   OF_CODE(ITEM_CODE, "account")},                                  \
                          {"TaxType",     ITEM_TAX}),                                                      \
         .parts = TRACKED_BY("parent.project_id", OF_CODE(ITEM_CODE, "kind"))},                            \
        {.name = prefix "retained",                                                                        \
         .about = "what is held back of it",                                                               \
         .from = "items",                                                                                  \
         .to = "LineItems",                                                                                \
         .guards = GUARDS(SKIP_IF(LINE_RETAINED " == 0", "none-retained: nothing is held back")),          \
         .fields = FIELDS({"Description", "join(' ', 'Retainage:', description_of_work)"},                 \
                          {"Quantity",    "1"},                                                            \
                          {"UnitAmount",  sign "-" LINE_RETAINED},                                         \
                          {"AccountID",   RETAINAGE_ACCOUNT}),                                             \
         .parts = TRACKED_BY("parent.project_id", OF_CODE(ITEM_CODE, "kind"))},                            \
        {.name = prefix "released",                                                                        \
         .about = "what was held back and is paid now",                                                    \
         .from = "items",                                                                                  \
         .to = "LineItems",                                                                                \
         .guards = GUARDS(SKIP_IF(LINE_RELEASED " == 0", "none-released: nothing is released")),           \
         .fields = FIELDS({"Description", "join(' ', 'Retainage released:', description_of_work)"},        \
                          {"Quantity",    "1"},                                                            \
                          {"UnitAmount",  sign LINE_RELEASED},                                             \
                          {"AccountID",   RETAINAGE_ACCOUNT}),                                             \
         .parts = TRACKED_BY("parent.project_id", OF_CODE(ITEM_CODE, "kind"))})

static const struct ferry_mapping invoices[] = {
    {.name = "bill",
     .about = "an approved subcontractor invoice becomes a bill",
     .from = "requisitions",
     .to = "xero.Invoices",
     .gone = "'hold'",
     .approve = "'invoices'",
     .guards = GUARDS(
         INVOICE_READY,
         HOLD_IF("due < 0 and option.negative_invoices == 'hold'",
                 "negative: The invoice comes to {due}. Book it by hand, then skip."),
         SKIP_IF("due < 0 and option.negative_invoices == 'skip'",
                 "negative: a negative invoice is never sent"),
         SKIP_IF("due < 0", "credit: becomes a credit note")),
     .fields = FIELDS({"Type",              "'ACCPAY'"},
                      {"Status",            "option.bill_status"},
                      {"Contact.ContactID", "commitment_id.vendor_id.contact"},
                      {"InvoiceNumber",     "shown_no"},
                      {"Date",              "billing_date"},
                      {"DueDate",           DUE_DATE("billing_date", "period_id")},
                      {"LineAmountTypes",   "'Exclusive'"},
                      {"CurrencyCode",      "currency"},
                      {"Url",               "join('', commitment_id.address, '/requisitions/', id)"}),
     .parts = INVOICE_PARTS("", "")},

    {.name = "credit",
     .about = "an approved subcontractor invoice below zero becomes a credit note",
     .from = "requisitions",
     .to = "xero.CreditNotes",
     .gone = "'hold'",
     .approve = "'invoices'",
     .guards = GUARDS(SKIP_IF("due >= 0 or option.negative_invoices != 'credit'",
                              "no-credit: a bill, or not sent"),
                      INVOICE_READY),
     .fields = FIELDS({"Type",              "'ACCPAYCREDIT'"},
                      {"Status",            "option.bill_status"},
                      {"Contact.ContactID", "commitment_id.vendor_id.contact"},
                      {"CreditNoteNumber",  "shown_no"},
                      {"Date",              "billing_date"},
                      {"LineAmountTypes",   "'Exclusive'"},
                      {"CurrencyCode",      "currency"}),
     .parts = INVOICE_PARTS("credit_", "-")},

    {.name = "invoice_file",
     .about = "the papers of an invoice hang on its bill; they may come later",
     .from = "requisitions.attachments",
     .to = "xero.Attachments",
     .gone = "'leave'",
     .guards = GUARDS(
         HOLD_IF("number(place) > 10", "too-many-files: Xero takes ten files on a document.")),
     .fields = FIELDS({"On",       "if(parent.due < 0, @credit(parent), @bill(parent))"},
                      {"FileName", "filename"},
                      {"Content",  "url"})},

    {.name = "invoice_mark",
     .about = "the invoice is locked in Procore",
     .from = "requisitions",
     .to = "requisition_marks",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("not option.marks", "no-marks: nothing is marked in Procore"),
         SKIP_IF("not exists(commitment_id)", "no-commitment: belongs to no commitment"),
         SKIP_IF("not exists(@bill.id) and not exists(@credit.id)", "not-sent: not in Xero")),
     .fields = FIELDS({"id",                       "id"},
                      {"project_id",               "project_id.id"},
                      {"commitment_id",            "commitment_id.id"},
                      {"requisition.origin_id",
                       "@bill.id ?? @credit.id ?? hold('not-sent: not in Xero')"})},

};

#endif
