/* clang-format off */
/* The flow `direct-costs`: invoices that people entered as direct costs in Procore become bills. */
#ifndef PROCORE_DIRECT_COSTS_H
#define PROCORE_DIRECT_COSTS_H

static const struct ferry_mapping direct_costs[] = {
    {.name = "direct_bill",
     .about = "an approved direct cost that is an invoice becomes a bill",
     .from = "direct_costs",
     .to = "xero.Invoices",
     .gone = "'hold'",
     .approve = "'direct-costs'",
     .guards = GUARDS(
         /* whatever the flow `costs` made, also while its answer is still on the way: it carries our mark
            there */
         SKIP_IF("exists(@direct_cost)", "from-xero: it was booked in Xero first"),
         SKIP_IF("exists(origin_id)", "has-origin: it belongs to an integration"),
         SKIP_IF("direct_cost_type != 'invoice'", "no-invoice: an expense or payroll"),
         WAIT_IF("status != 'approved'", "not-approved: not approved in Procore yet"),
         HOLD_IF("not exists(vendor_id)", "no-company: Give the direct cost a company in Procore."),
         HOLD_IF("not exists(day)", "no-date: Give the direct cost a date in Procore."),
         HOLD_IF("count(lines) == 0", "no-lines: The direct cost has no lines."),
         HOLD_IF("option.bill_status == 'AUTHORISED' and"
                 " any(lines, not exists(account) and not exists(" ITEM_ACCOUNT("code") "))",
                 "no-account: Xero approves no line without an account. Give one to the item, or to the "
                 "code: ferry do … code_map."),
         HOLD_IF("sum(lines, amount) < 0",
                 "negative: It comes to {sum(lines, amount)}. Book it by hand, then skip."),
         HOLD_IF("exists(grand_total) and sum(lines, amount) != grand_total",
                 "lines-total: The lines come to {sum(lines, amount)}, the direct cost to {grand_total}. "
                 "Correct it in Procore."),
         WAIT_IF("any(lines, " NOT_AN_ITEM("code") ")",
                 "code-not-sent: not items in Xero yet: "
                 "{join(', ', where(lines, " NOT_AN_ITEM("code") ").code)}")),
     .fields = FIELDS({"Type",              "'ACCPAY'"},
                      {"Status",            "option.bill_status"},
                      {"Contact.ContactID", "vendor_id.contact"},
                      {"InvoiceNumber",     "invoice_number ?? join('-', 'direct-cost', id)"},
                      {"Date",              "day"},
                      {"DueDate",           "day + option.terms"},
                      {"LineAmountTypes",   "'Exclusive'"},
                      {"CurrencyCode",      "currency"}),
     .parts = PARTS({.name = "line",
                     .about = "a line",
                     .from = "lines",
                     .to = "LineItems",
                     .fields = FIELDS({"Description", "description ?? code ?? 'Direct cost'"},
                                      {"ItemCode",    "code"},
                                      {"Quantity",    "1"},
                                      {"UnitAmount",  "amount"},
                                      {"AccountID",   "account"},
                                      {"TaxType",     "tax"}),
                     .parts = TRACKED_BY("parent.project", "kind")})},
};

#endif
