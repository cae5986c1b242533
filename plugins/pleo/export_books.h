/* Part of export.h: what entries become. */
/* clang-format off */
    {.name = "money",
     .about = "cards, fees and cashback on the wallet's account, what employees laid out on PleoPocket",
     .from = "export_items",
     .to = "xero.BankTransactions",
     .gone = "'remove'",
     .guards = GUARDS(
         NOT_FOR("money", "not (booked in ('money', 'unknown'))", "other-kind: it is booked in another way"),
         NOT_ZERO,
         JOB_RUNS(""),
         HOLD_IF("booked == 'unknown'",
                 "type-unknown: Ferry does not know the type {type}. Book it by hand, then skip it."),
         SKIP_IF("booked != 'money'", "rebooked: it is booked in another way since"),
         ADDS_UP, SIGN_OF_CHARGEBACK, NOBODY),
     .fields = FIELDS(
         HEADER,
         {"Type",                  "if(money_back, 'RECEIVE', 'SPEND')"},
         {"BankAccount.AccountID", "if(laid_out, " POCKET_SPENT ", " WALLET ")"},
         {"Reference",             "book_id"},
         {"Url",                   "web_page"}),
     .parts = ALL(money_lines)},

    {.name = "bill",
     .about = "an invoice, or what an employee is owed",
     .from = "export_items",
     .to = "xero.Invoices",
     .gone = "'remove'",
     .guards = GUARDS(
         NOT_FOR("bill", "booked != 'bill'", "other-kind: it is booked in another way"),
         NOT_ZERO,
         SKIP_IF("total < 0", "negative: it becomes a credit note"),
         BOOKED_AS("bill"), ADDS_UP, NOBODY),
     .fields = FIELDS(
         HEADER,
         {"Type",          "'ACCPAY'"},
         /* invoices come only after they were paid; what is owed was approved in Pleo */
         {"Status",        "'AUTHORISED'"},
         {"InvoiceNumber", "number ?? book_id"},
         {"DueDate",       "max([" INVOICE "dueDate, posted]) ?? posted"},
         {"Url",           "web_page"}),
     .parts = ALL(bill_lines)},

    {.name = "credit",
     .about = "a bill of less than nothing is a credit note",
     .from = "export_items",
     .to = "xero.CreditNotes",
     .gone = "'remove'",
     .guards = GUARDS(
         NOT_FOR("credit", "booked != 'bill'", "other-kind: it is booked in another way"),
         NOT_ZERO,
         SKIP_IF("total > 0", "positive: it becomes a bill"),
         BOOKED_AS("bill"), ADDS_UP, NOBODY),
     .fields = FIELDS(
         HEADER,
         {"Type",             "'ACCPAYCREDIT'"},
         {"Status",           "'AUTHORISED'"},
         {"CreditNoteNumber", "number ?? book_id"}),
     .parts = ALL(bill_lines)},

    {.name = "card_payment",
     .about = "vendor-based bookkeeping: the wallet has paid the bill of a card purchase",
     .from = "export_items",
     .to = "xero.Payments",
     .gone = "'remove'",
     .guards = GUARDS(
         NOT_FOR("card_payment", "booked != 'bill' or laid_out or type == 'invoice'",
                 "other-kind: it is paid in another way"),
         NOT_ZERO,
         BOOKED_AS("bill")),
     .fields = FIELDS({"Invoice.InvoiceID",       "if(total > 0, @bill)"},
                      {"CreditNote.CreditNoteID", "if(total < 0, @credit)"},
                      {"Account.AccountID",       WALLET},
                      {"Date",                    "posted"},
                      {"Amount",                  "size"})},

    {.name = "invoice_payment",
     .about = "an invoice is paid from the wallet",
     .from = "export_items",
     .to = "xero.Payments",
     .gone = "'remove'",
     .guards = GUARDS(
         NOT_FOR("invoice_payment", "booked != 'payment'", "other-kind: it is booked in another way"),
         NOT_ZERO,
         BOOKED_AS("payment"),
         HOLD_IF("total < 0",
                 "payment-returned: {size} came back. In Xero, remove the payment of {payee}"
                 " {number}, book the money that came back, then skip this.")),
     .fields = FIELDS(
         {"Invoice.InvoiceID",
          "@bill(find(export_items, number == parent.number and type == 'invoice'"
          "           and payee == parent.payee)"
          " ?? hold('no-invoice: The invoice {number} of {payee} was not exported. Export it in"
          " Pleo, too.'))"},
         {"Account.AccountID", WALLET},
         {"Date",              "posted"},
         {"Amount",            "size"})},

    {.name = "transfer",
     .about = "top-ups, what is taken off the wallet, and reimbursements through PleoPocket",
     .from = "export_items",
     .to = "xero.BankTransfers",
     .gone = "'remove'",
     .guards = GUARDS(
         NOT_FOR("transfer", "booked != 'transfer'", "other-kind: it is booked in another way"),
         NOT_ZERO,
         BOOKED_AS("transfer"),
         HOLD_IF("(" TRANSFER_TO ".CurrencyCode ?? org.BaseCurrency) != currency or"
                 " (" TRANSFER_FROM ".CurrencyCode ?? org.BaseCurrency) != currency",
                 "two-currencies: {size} cannot be transferred: Xero moves money between bank accounts of"
                 " one currency. Book it by hand, then skip it.")),
     .fields = FIELDS(
         {"Amount",    "size"},
         {"Date",      "posted"},
         {"Reference", "book_id"},
         {"FromBankAccount.AccountID", TRANSFER_FROM},
         {"ToBankAccount.AccountID",   TRANSFER_TO})},

    {.name = "repayment",
     .about = "a reimbursement pays each bill that it settles, and takes each credit",
     .from = "export_items.additionalInformation.reconciledEntries",
     .to = "xero.Payments",
     .gone = "'remove'",
     .guards = GUARDS(
         NOT_FOR("repayment", "parent.booked != 'payments'", "other-kind: it is booked as a transfer"),
         NOT_FOR("repayment", "not exists(" SETTLED ")",
                 "not-ours: exported before Ferry; it goes into the overpayment"),
         JOB_RUNS("parent."),
         SKIP_IF("parent.booked != 'payments'", "rebooked: it is booked in another way since"),
         SKIP_IF("not exists(" SETTLED ")", "not-ours: what it settles is not known any more"),
         SKIP_IF(SETTLED ".total == money(0, parent.currency)", "zero: it comes to nothing"),
         HOLD_IF("parent.settled > parent.total", OVER_SETTLED("parent.")),
         HOLD_IF("exists(@money(" SETTLED ").id) and @money(" SETTLED ").state != 'withdrawn'",
                 "spent-before: {value} was booked on PleoPocket, before repay was set to bills."
                 " Book a transfer to PleoPocket by hand, then skip this.")),
     .fields = FIELDS(
         {"Invoice.InvoiceID",       "if(" SETTLED ".total > 0, @bill(" SETTLED "))"},
         {"CreditNote.CreditNoteID", "if(" SETTLED ".total < 0, @credit(" SETTLED "))"},
         {"Account.AccountID",       PAID_FROM("parent.", "(parent)")},
         {"Date",                    "parent.posted"},
         {"Amount",                  SETTLED ".size"})},

    {.name = "overpayment",
     .about = "what a reimbursement pays beyond the bills that Ferry knows of, to be allocated by hand",
     .from = "export_items",
     .to = "xero.BankTransactions",
     .gone = "'remove'",
     .guards = GUARDS(
         NOT_FOR("overpayment", "booked != 'payments'", "other-kind: it is booked in another way"),
         NOT_FOR("overpayment", "settled == total", "covered: it pays its bills exactly"),
         BOOKED_AS("payments"),
         HOLD_IF(TAKEN_BACK,
                 "repayment-back: {size} of a reimbursement came back. Book it by hand, then skip it."),
         SKIP_IF("settled == total", "covered: it pays its bills exactly"),
         HOLD_IF("settled > total", OVER_SETTLED("")),
         HOLD_IF("not exists(user.name)", "no-employee: Pleo does not say who was paid.")),
     .fields = FIELDS({"Type",                  "'SPEND-OVERPAYMENT'"},
                      {"Contact.ContactID",     "@employee"},
                      {"BankAccount.AccountID", PAID_FROM("", "")},
                      {"Date",                  "posted"},
                      {"Reference",             "book_id"},
                      {"LineAmountTypes",       "'NoTax'"},
                      {"CurrencyCode",          "currency"},
                      {"Url",                   "web_page"}),
     /* one line; Xero codes it to accounts payable itself */
     .parts = PARTS({.name = "rest",
                     .about = "what no bill of ours explains",
                     .to = "LineItems",
                     .fields = FIELDS(
                         {"Description", "join(' | ', user.name, 'Reimbursement')"},
                         {"Quantity",    "1"},
                         {"UnitAmount",  "note('overpayment: {total - settled} pay entries that Ferry"
                                         " does not know; allocate them in Xero.', total - settled)"})})},
