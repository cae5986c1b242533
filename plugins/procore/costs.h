/* clang-format off */
/*
 * The flow `costs`: what is booked in Xero on a job and a cost code shows on the job in Procore.
 *
 * Bills, spent money and suppliers' credit notes count when they are approved (so the vendor's help). What
 * came from Procore does not go back: its budget has it already, as an invoice of the commitment.
 */
#ifndef PROCORE_COSTS_H
#define PROCORE_COSTS_H

#define JOB_TAG "find(Tracking, TrackingCategoryID == option.job_category)"

/* Without tax, in the organisation's currency; Xero's rate says how much foreign money one of its own is. */
#define NET                                                                                                \
    "(LineAmount ?? hold('no-amount: The line has no amount.'))"                                           \
    " - if(parent.LineAmountTypes == 'Inclusive', sum([TaxAmount]),"                                       \
    "     money(0, parent.CurrencyCode ?? org.BaseCurrency))"
#define RATE "(parent.CurrencyRate ?? hold('no-rate: The document has no exchange rate.'))"
#define IN_BASE(amount)                                                                                    \
    "if(parent.CurrencyCode ?? org.BaseCurrency == org.BaseCurrency, " amount ","                          \
    "  money(div(value(" amount "), " RATE ", 2), org.BaseCurrency))"

#define COST_GUARDS(type, approved)                                                                        \
    SKIP_IF("parent.Type != '" type "'", "other-type: no cost"),                                           \
    SKIP_IF("not (parent.Status in (" approved "))", "not-approved: not approved in Xero"),                \
    SKIP_IF("exists(option.costs_from) and parent.Date < option.costs_from",                               \
            "before-start: booked before costs were carried over"),                                        \
    SKIP_IF("not exists(" JOB_TAG ")", "no-job: not on a job"),                                            \
    SKIP_IF("not exists(@job(" JOB_TAG ".TrackingOptionID).record)", "no-project: no project of Procore"), \
    SKIP_IF("not exists(ItemCode)", "no-code: no cost code on the line")

#define COST_FIELDS(document_id, kind_word, number_of, sign)                                               \
    {"id",       "LineItemID"},                                                                            \
    {"document", "parent." document_id},                                                                   \
    {"kind",     "'" kind_word "'"},                                                                       \
    {"tag",      JOB_TAG ".TrackingOptionID"},                                                             \
    {"contact",  "parent.Contact.ContactID"},                                                              \
    {"number",   number_of},                                                                               \
    {"day",      "parent.Date"},                                                                           \
    {"code",     "ItemCode"},                                                                              \
    {"text",     "Description"},                                                                           \
    {"amount",   IN_BASE(sign "(" NET ")")}

static const struct ferry_mapping costs[] = {
    {.name = "bill_cost",
     .about = "a line of a bill is a cost of its job",
     .from = "xero.Invoices.LineItems",
     .to = "costs",
     .gone = "'remove'",
     .guards = GUARDS(COST_GUARDS("ACCPAY", "'AUTHORISED', 'PAID'"),
                      SKIP_IF("exists(@bill(parent)) or exists(@direct_bill(parent))",
                              "from-procore: a bill that came from Procore is in its budget already")),
     .fields = FIELDS(COST_FIELDS("InvoiceID", "bill", "parent.InvoiceNumber", ""),
                      {"paid", "parent.FullyPaidOnDate"})},

    {.name = "spent_cost",
     .about = "a line of spent money is a cost of its job",
     .from = "xero.BankTransactions.LineItems",
     .to = "costs",
     .gone = "'remove'",
     .guards = GUARDS(COST_GUARDS("SPEND", "'AUTHORISED'")),
     .fields = FIELDS(COST_FIELDS("BankTransactionID", "spend", "parent.Reference", ""),
                      {"paid", "parent.Date"})},

    {.name = "credit_cost",
     .about = "a line of a supplier's credit note lowers what its job costs",
     .from = "xero.CreditNotes.LineItems",
     .to = "costs",
     .gone = "'remove'",
     .guards = GUARDS(COST_GUARDS("ACCPAYCREDIT", "'AUTHORISED', 'PAID'"),
                      SKIP_IF("exists(@credit(parent))",
                              "from-procore: a credit that came from Procore is in its budget already")),
     .fields = FIELDS(COST_FIELDS("CreditNoteID", "credit", "parent.CreditNoteNumber", "-"))},

    {.name = "direct_cost",
     .about = "what one document of Xero costs one job is a direct cost there",
     .from = "group(costs, of: of)",
     .to = "direct_costs",
     .gone = "'remove'",
     .guards = GUARDS(
         HOLD_IF("any(rows, not exists(wbs))",
                 "code-unknown: The project has no cost code "
                 "{join(', ', where(rows, not exists(wbs)).code)}."),
         HOLD_IF("any(rows, exists(project) and project.currency != org.BaseCurrency)",
                 "project-currency: The project is kept in {first(rows).project.currency}, the books in "
                 "{org.BaseCurrency}.")),
     .fields = FIELDS({"project",
                       "first(rows).project ?? hold('no-project: It is no project of Procore.')"},
                      {"direct_cost_type", "if(first(rows).kind == 'spend', 'expense', 'invoice')"},
                      {"status",           "'approved'"},
                      {"direct_cost_date", "first(rows).day"},
                      {"payment_date",     "first(rows).paid"},
                      {"invoice_number",   "first(rows).number"},
                      {"vendor_id",        "if(exists(first(rows).contact),"
                                           "  @contact(first(rows).contact).record ?? "
                                           "@company(first(rows).contact).target)"},
                      {"description",      "min(rows, text)"}),
     .parts = PARTS({.name = "line",
                     .about = "a line",
                     .from = "rows",
                     .to = "line_items",
                     .fields = FIELDS({"wbs_code_id",
                                       "wbs ?? hold('code-unknown: The project lacks this cost code.')"},
                                      {"manual_amount", "amount"},
                                      {"description",   "text"})})},
};

#endif
