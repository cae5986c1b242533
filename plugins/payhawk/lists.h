/* What can be read from Payhawk. */
#ifndef PAYHAWK_LISTS_H
#define PAYHAWK_LISTS_H

#define ACCOUNT "/api/v3/accounts/{option.account}"

/* Lists that come in pages say how many there are in all. */
#define PAGES .page = "$skip={offset}&$take=1000", .next = "total > offset"

#define AMOUNTS                                                                                    \
    "reconciliation.currency: text?,"                                                              \
    "reconciliation.totalAmount: money(reconciliation.currency)?,"                                 \
    "reconciliation.taxAmount: money(reconciliation.currency)?,"                                   \
    "reconciliation.accountCode: text?,"                                                           \
    "reconciliation.customFields: ["                                                               \
    "  *id: text,"                                                                                 \
    "  externalSource: text?,"                                                                     \
    "  externalId: text?,"                                                                         \
    "  selectedValues: [*id: text, externalId: text?]?"                                            \
    "]?,"                                                                                          \
    "taxRate.code: text?"

static const struct ferry_list lists[] = {
    {.name = "account_map",
     .about = "Xero accounts for Payhawk's account codes that Xero does not have",
     .form = OPTIONS({"*code", "text", NULL, "the code in Payhawk; - for categories without one"},
                     {"account", "xero.Accounts", NULL, "its account in Xero"})},

    {.name = "fund_accounts",
     .about = "the wallets that cards and transfers are paid from, one currency each",
     .record = "*id: text,"
               "currency: text,"
               "type: 'debit'|'credit'|'linked',"
               "status: 'processing'|'active'|'blocked'|'closed'",
     .read = READ(.get = "GET " ACCOUNT "/fund-accounts", .records = "items.*", .complete = 1)},

    {.name = "expenses",
     .about = "what people spent",
     .record =
         "*id: text,"
         "type: 'bank'|'card'|'cash'|'cashInAdvance'|'mileage'|'reimbursable'|'perDiem',"
         "status: 'archived'|'draft'|'ready'|'deleted',"
         "createdAt: time,"
         "settledAt: time?,"
         "reviewedAt: time?,"
         "isPaid: bool,"
         "note: text?,"
         "createdBy.id: text,"
         "createdBy.email: text?,"
         "createdBy.firstName: text?,"
         "createdBy.lastName: text?,"
         "supplier.name: text?,"
         "supplier.vat: text?,"
         "supplier.contactEmail: text?,"
         "supplier.address: text?,"
         "document.documentDate: date?,"
         "document.documentNumber: text?,"
         "document.dueDate: date?,"
         "document.serviceDate: date?,"
         "document.files: [*id: text, place: position, url: file, contentType: text?]?," AMOUNTS ","
         "lineItems: [*id: text, note: text?," AMOUNTS "]?",
     .derive = FIELDS(
         /* money that left a wallet for this expense; only settled lines are in the statement */
         {"settled", "where(statement_lines, parent.id in expenseIds and type == 'debit')"},
         {"paid", "sum(settled, amount)"},
         {"covered", "currency(paid) == currency(total) and paid >= total"},
         {"total", "reconciliation.totalAmount ?? hold('no-amount: The expense has no amount.')"},
         {"day_made", "day(createdAt, org.Timezone)"},
         /* paid in the organisation's own currency, or not by card: the document's currency may
            stay, and Xero is told the rate; otherwise it is booked in the wallet's currency */
         {"as_is", "type != 'card' or all(settled, currency == org.BaseCurrency)"},
         {"billed", "if(as_is, total, paid)"},
         {"owed_to_employee", "type in ('reimbursable', 'mileage', 'perDiem')"},
         {"vendor", "fold(supplier.vat ?? supplier.name ?? 'Payhawk Transaction')"},
         {"owner", "join(' ', createdBy.firstName, createdBy.lastName)"},
         {"name_or_email", "if(exists(createdBy.firstName) or exists(createdBy.lastName), owner, "
                           "createdBy.email ?? 'Payhawk user')"}),
     /* open expenses and the last days each run, everything nightly: Payhawk has no filter for
        what has changed, and compares reviewedAt by the day */
     .read = READ(.get = "GET " ACCOUNT "/expenses", .records = "items.*", PAGES,
                  .gone = "status == 'deleted'")},

    {.name = "statement_lines",
     .about = "settled money, by wallet",
     .record = "*id: text,"
               "fundAccountId: fund_accounts,"
               "type: 'debit'|'credit',"
               "date: date,"
               "currency: text,"
               "amount: money(currency),"
               "paidCurrency: text?,"
               "paidAmount: money(paidCurrency)?,"
               "fees.fx: money(currency)?,"
               "fees.pos: money(currency)?,"
               "fees.bank: money(currency)?,"
               "description: text?,"
               "expenseIds: text[]?",
     .derive = FIELDS({"fee", "sum([fees.fx, fees.pos, fees.bank])"}),
     .read = READ(.get = "GET " ACCOUNT "/fund-accounts/{fundAccountId.id}/bank-statement",
                  .records = "lines.*", PAGES)},
};

#endif
