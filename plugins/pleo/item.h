/*
 * An export item: an entry of Pleo's books on its way to the accounts. What the API sends, and
 * what each of the seventeen types becomes.
 *
 * Facts: Pleo's published OpenAPI description of exports (32.1.0) and help pages. "Assumed" marks
 * what they do not say.
 */
/* clang-format off */
#ifndef PLEO_ITEM_H
#define PLEO_ITEM_H

#define INVOICE "additionalInformation.invoiceInformation."

/* A file has no id and a new address each time it is read: it is known by its place and its size. */
#define FILES                                                                                      \
    "files: ["                                                                                     \
    "  *place: position,"                                                                          \
    "  *size: text,"                                                                               \
    "  type: text?,"                                                                               \
    "  url: file"                                                                                  \
    "]?,"

#define LINES                                                                                      \
    "accountingEntryLines: ["                                                                      \
    "  *accountingEntryLineId: text,"                                                              \
    HUNDREDTHS("lineAmount.inWalletCurrency") ","                                                  \
    HUNDREDTHS("netAmount.inWalletCurrency") ","                                                   \
    "  account.id: accounts?,"                                                                     \
    "  account.name: text?,"                                                                       \
    "  account.code: text?,"                                                                       \
    "  account.identifier: text?,"                                                                 \
    "  tax.id: tax_codes?,"                                                                        \
    "  tax.code: text?,"                                                                           \
    "  tax.rate: decimal?,"                                                                        \
    "  tax.type: text?,"                                                                           \
    "  tax.amount.inWalletCurrency.currency: text?,"                                               \
    "  tax.amount.inWalletCurrency.value: minor(tax.amount.inWalletCurrency.currency)?,"           \
    "  tags: ["                                                                                    \
    "    *id: tags,"                                                                               \
    "    code: text,"                                                                              \
    "    groupCode: text"                                                                          \
    "  ]?"                                                                                         \
    "],"

/*
 * `type` and `method` are texts, not choices: a word that is new to us must hold its entry and be
 * reported to Pleo. As a choice it would make the record unreadable, and the job could not end.
 */
#define ITEM                                                                                       \
    "*accountingEntryId: text,"                                                                    \
    "job: export_jobs,"                                                                            \
    "date: time,"                                                                                  \
    "type: text,"                                                                                  \
    "subType: text?,"                                                                              \
    "note: text?,"                                                                                 \
    HUNDREDTHS("amount.inWalletCurrency") ","                                                      \
    FILES                                                                                          \
    LINES                                                                                          \
    "contraAccount.code: text?,"                                                                   \
    "contraAccount.identifier: text?,"                                                             \
    "bookkeeping.method: text?,"                                                                   \
    "vendor.id: vendors?,"                                                                         \
    "vendor.name: text?,"                                                                          \
    "vendor.externalId: text?,"                                                                    \
    "supplier.name: text?,"                                                                        \
    "user.id: employees?,"                                                                         \
    "user.name: text?,"                                                                            \
    "servicePeriod.from: date?,"                                                                   \
    "servicePeriod.to: date?,"                                                                     \
    "additionalInformation.reconciliationId: text?,"                                               \
    "additionalInformation.reconciledEntries: text[]?,"                                            \
    "additionalInformation.attendees: text[]?,"                                                    \
    INVOICE "invoiceNumber: text?,"                                                                \
    INVOICE "invoiceDate: date?,"                                                                  \
    INVOICE "dueDate: date?,"                                                                      \
    "_links.web: text{}?"

/*
 * What each type becomes (docs/expense-types, help pages on out-of-pocket and the new integration):
 *   money     spent or received on a bank account: cards and fees on the wallet's, what employees
 *             laid out on PleoPocket
 *   bill      an invoice, or, with repay = bills, what an employee is owed
 *   payment   an invoice is paid from the wallet
 *   payments  a reimbursement pays the bills of the entries that it settles
 *   transfer  between bank accounts: top-ups, and reimbursements when repay = transactions
 * Vendor-based bookkeeping (method accounts_payable) books cards through the vendor too: a bill that
 * the wallet pays at once. Method none is taken as journal (assumed: it says that none is set).
 */
#define BOOKED                                                                                     \
    "case(type,"                                                                                   \
    " 'card_purchase'|'card_invoice'|'refund'|'chargeback':"                                       \
    "   if(bookkeeping.method == 'accounts_payable', 'bill', 'money'),"                            \
    " 'atm_withdrawal'|'personal_spend'|'fee'|'cashback': 'money',"                                \
    " 'out_of_pocket'|'mileage'|'per_diem': if(option.repay == 'bills', 'bill', 'money'),"         \
    " 'direct_reimbursement'|'external_reimbursement':"                                            \
    "   if(option.repay == 'bills', 'payments', 'transfer'),"                                      \
    " 'wallet_topup'|'wallet_unload': 'transfer',"                                                 \
    " 'invoice': 'bill',"                                                                          \
    " 'invoice_payment': 'payment',"                                                               \
    " else: 'unknown')"

/*
 * The day an entry is booked on. A closed period is Xero's to refuse (the entry is held). With
 * closed_period = shift it moves to the first open day, counted and shown, as Pleo's newer
 * integration offers it.
 */
#define LOCKED "max([org.PeriodLockDate, org.EndOfYearLockDate])"
#define POSTED                                                                                     \
    "if(option.closed_period == 'shift' and exists(" LOCKED ") and " LOCKED " >= day,"             \
    " note('moved: {day} is in a period that is closed in Xero; booked on the first open day.',"   \
    "      " LOCKED " + 1),"                                                                       \
    " day)"

/* A bank account in the wallet's currency that Pleo names, by its id in Xero or by its code. */
#define BANK_NAMED(by)                                                                             \
    "find(xero.Accounts, (AccountID == " by ".identifier or Code == " by ".code)"                  \
    " and Type == 'BANK' and Status == 'ACTIVE'"                                                   \
    " and (CurrencyCode ?? org.BaseCurrency) == parent.currency)"

#endif
