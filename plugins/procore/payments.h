/* clang-format off */
/* The flow `payments`: what was paid of a bill in Xero shows on the subcontractor invoice in Procore. */
#ifndef PROCORE_PAYMENTS_H
#define PROCORE_PAYMENTS_H

#define PAID_BILL "Invoice.InvoiceID"
#define NET_OF_BILL "(" PAID_BILL ".SubTotal ?? hold('no-net: Xero does not say what the bill is without tax.'))"
#define PAID_BY_PROCORE "@bill(" PAID_BILL ").record"

/*
 * Procore's payments know no tax. Kept: the amount as it was paid. Stripped: the part of it that is not tax; when the
 * bill is paid in full, the parts add up to its net amount to the cent.
 */
#define PAID_AMOUNT                                                                                        \
    "if(option.payments_tax == 'kept', Amount,"                                                            \
    "  if(" PAID_BILL ".AmountDue == 0,"                                                                   \
    "    share(" NET_OF_BILL ", where(xero.Payments, Invoice.InvoiceID == parent.Invoice.InvoiceID" \
    "      and Status == 'AUTHORISED'), Amount),"                                                          \
    "    money(div(value(Amount) * value(" NET_OF_BILL "), value(" PAID_BILL ".Total), 2), currency(Amount))))"

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
         HOLD_IF("not exists(" PAID_BY_PROCORE ".commitment_id)", "no-commitment: Its invoice has no commitment.")),
     /* one that people typed into Procore themselves is linked, not doubled */
     .match = MATCH("invoice_number == parent.Invoice.InvoiceID.InvoiceNumber and date == parent.Date"
                    " and amount == parent.Amount and not exists(origin_id)"),
     .fields = FIELDS({"project_id",     PAID_BY_PROCORE ".project_id"},
                      {"contract_id",    PAID_BY_PROCORE ".commitment_id"},
                      {"requisition_id", PAID_BY_PROCORE},
                      {"date",           "Date"},
                      {"amount",         PAID_AMOUNT},
                      {"invoice_number", PAID_BILL ".InvoiceNumber"},
                      {"payment_method", "if(Account.AccountID.BankAccountType == 'CREDITCARD', 'credit_card', 'electronic')"},
                      {"notes",          "Reference"})},
};

#endif
