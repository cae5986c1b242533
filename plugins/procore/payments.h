/* clang-format off */
/* The flow `payments`: what was paid of a bill in Xero shows on the subcontractor invoice in Procore. */
#ifndef PROCORE_PAYMENTS_H
#define PROCORE_PAYMENTS_H

#define PAID_BILL "Invoice.InvoiceID"
#define NET_OF_BILL                                                                                        \
    "(" PAID_BILL ".SubTotal ?? hold('no-net: Xero does not say what the bill is without tax.'))"
#define PAID_BY_PROCORE "@bill(" PAID_BILL ").record"

/*
 * Procore's payments know no tax. Kept: the amount as it was paid. Stripped: the part of it that is not
 * tax.
 *
 * Each payment gets what all up to it come to, less what all before it came to, both rounded: so each is
 * settled when it comes, and together they are the net amount to the cent. Payments of one day share what
 * the day comes to.
 */
#define PAYMENTS_OF_BILL(when)                                                                             \
    "where(xero.Payments, Invoice.InvoiceID == parent.Invoice.InvoiceID and Status == 'AUTHORISED'"        \
    "  and " when ")"
#define WITHOUT_TAX(amount) "div((" amount ") * value(" NET_OF_BILL "), value(" PAID_BILL ".Total))"
#define PAID_UNTIL(when) "money(0, currency(Amount)) + sum(" PAYMENTS_OF_BILL(when) ", Amount)"
#define PAID_AMOUNT                                                                                        \
    "if(option.payments_tax == 'kept', Amount,"                                                            \
    "  share(" WITHOUT_TAX(PAID_UNTIL("Date <= parent.Date"))                                              \
    "    - " WITHOUT_TAX(PAID_UNTIL("Date < parent.Date")) ","                                             \
    "    " PAYMENTS_OF_BILL("Date == parent.Date") ", Amount))"

static const struct ferry_mapping payments[] = {
    {.name = "payment",
     .about = "a payment of a bill becomes a payment issued; voided in Xero, it goes",
     .from = "xero.Payments",
     .to = "contract_payments",
     .gone = "'remove'",
     .guards = GUARDS(
         SKIP_IF("Status != 'AUTHORISED'", "voided: voided in Xero"),
         SKIP_IF("not exists(" PAID_BILL ")", "no-bill: pays no bill"),
         SKIP_IF("not exists(" PAID_BY_PROCORE ")", "not-ours: pays a bill that did not come from Procore"),
         SKIP_IF("exists(option.payments_from) and Date < option.payments_from",
                 "before-start: paid before payments were carried over"),
         HOLD_IF("not exists(" PAID_BY_PROCORE ".commitment_id)",
                 "no-commitment: Its invoice has no commitment.")),
     /* one that people typed into Procore themselves is linked, not doubled */
     .match = MATCH("invoice_number == parent.Invoice.InvoiceID.InvoiceNumber and date == parent.Date"
                    " and amount == parent.Amount and not exists(origin_id)"),
     .fields = FIELDS({"project_id",     PAID_BY_PROCORE ".project_id"},
                      {"contract_id",    PAID_BY_PROCORE ".commitment_id"},
                      {"requisition_id", PAID_BY_PROCORE},
                      {"date",           "Date"},
                      {"amount",         PAID_AMOUNT},
                      {"invoice_number", PAID_BILL ".InvoiceNumber"},
                      {"payment_method",
                       "if(Account.AccountID.BankAccountType == 'CREDITCARD', 'credit_card', 'electronic')"},
                      {"notes",          "Reference"})},

    {.name = "invoice_paid",
     .about = "an invoice whose bill is paid in full says when",
     .from = "xero.Invoices",
     .to = "requisition_payments",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("not option.marks", "no-marks: nothing is marked in Procore"),
         SKIP_IF("not exists(@bill.record) or not exists(@bill.record.commitment_id)",
                 "not-ours: no bill that came from Procore"),
         SKIP_IF("not exists(FullyPaidOnDate)", "not-paid: not paid in full")),
     .fields = FIELDS({"id",                       "@bill.record.id"},
                      {"project_id",               "@bill.record.project_id.id"},
                      {"commitment_id",            "@bill.record.commitment_id.id"},
                      {"requisition.payment_date", "FullyPaidOnDate"})},
};

#endif
