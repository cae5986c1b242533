/*
 * The flow `export`: a bookkeeper clicks Export in Pleo; each entry becomes what it is in Xero, with
 * its receipts; Pleo hears of each entry, and the job is closed. Jobs are only documents like any
 * other, so a restart at any instant goes on where it was.
 *
 * Pleo's rules for integrations: the oldest job first, never two at once, the ledger is the source of
 * truth for codes, skip what is done (docs: how to detect and start export jobs; design principles).
 */
/* clang-format off: one row per line */
#ifndef PLEO_EXPORT_H
#define PLEO_EXPORT_H

/* ---- what stops an entry ---- */

/*
 * One mapping for each way of booking. What the job of an entry left is never touched again until
 * the bookkeeper exports it anew; only then can it be booked in another way than before.
 */
#define BOOKED_AS(kind, mapping)                                                                   \
    SKIP_IF("booked != '" kind "' and not exists(@" mapping ".id)",                                \
            "other-kind: it is booked in another way"),                                            \
    WAIT_IF("job.status != 'in_progress'",                                                         \
            "job-closed: its export is not running; if it is over, export the entry again"),       \
    SKIP_IF("booked != '" kind "'", "rebooked: it is booked in another way since")

#define ADDS_UP                                                                                    \
    SKIP_IF("total == 0", "zero: it comes to nothing"),                                            \
    HOLD_IF("sum(accountingEntryLines, lineAmount.inWalletCurrency.value) != total",               \
            "lines-total: The lines come to {sum(accountingEntryLines,"                            \
            " lineAmount.inWalletCurrency.value)}, the entry to {total}. Correct the split in"     \
            " Pleo and export it again.")

#define UNKNOWN_TYPE                                                                               \
    HOLD_IF("booked == 'unknown'",                                                                 \
            "type-unknown: Ferry does not know the type {type}. Book it by hand, then skip it.")

#define SIGN_OF_CHARGEBACK                                                                         \
    HOLD_IF("type == 'chargeback' and total > 0",                                                  \
            "chargeback-sign: A chargeback of {total} that takes money is not known. Look at it"   \
            " in Pleo, book it by hand, then skip it.")

#define NOBODY                                                                                     \
    HOLD_IF("laid_out and not exists(user.name)",                                                  \
            "no-employee: Pleo does not say who laid it out. Look at it in Pleo.")

/* ---- bank accounts ---- */

/* As Pleo names it, as people said it, else the one made for this currency. */
#define WALLET_OF(item, at)                                                                        \
    "(" item "contra ?? wallets[" item "currency].account"                                         \
    " ?? if(" item "currency == " HOME ", @bank_account, @currency_account" at "))"
#define WALLET WALLET_OF("", "")

#define POCKET   "(option.pocket ?? @pocket_account)"
#define OWN_BANK                                                                                   \
    "(option.own_bank ?? hold('no-own-bank: Choose the bank account that top-ups come from and"    \
    " reimbursements outside Pleo are paid from (option own_bank).'))"

/* Where what employees are owed is kept: named by Pleo for what they laid out as the contra account,
 * for what repays it as the account of the line. */
#define POCKET_SPENT  "(contra ?? " POCKET ")"
#define POCKET_REPAID "(line_bank ?? " POCKET ")"

/* ---- who ---- */

/*
 * A supplier: the contact that its vendor was made from; the contact whose id it carries; the contact
 * that was made from it; else, for a merchant that is no vendor, the contact of that name.
 */
#define SUPPLIER                                                                                   \
    "if(exists(vendor.id),"                                                                        \
    " @vendor(vendor.id).record ?? if(exists(vendor.externalId),"                                  \
    "  xero.Contacts[vendor.externalId] ?? hold('vendor-unknown: Xero has no contact for the"      \
    " vendor {vendor.name}; it was merged or removed. Make it again, choose it in Pleo, and export"\
    " the entry again.'),"                                                                         \
    "  @contact(vendor.id)),"                                                                      \
    " @payee)"
#define CONTACT "if(laid_out, @employee, " SUPPLIER ")"

#define HEADER                                                                                     \
    {"Contact.ContactID", CONTACT},                                                                \
    {"Date",              "posted"},                                                               \
    {"LineAmountTypes",   "'Inclusive'"},                                                          \
    {"CurrencyCode",      "currency"}

/* ---- reimbursements ---- */

/* One that is taken back, or from the employee to the company, goes the other way. */
#define TAKEN_BACK "(total < 0 or subType == 'reimbursement_to_employee_refund')"

/* The entry with this book id; in scope is one of reconciledEntries. */
#define SETTLED "find(export_items, book_id == parent.value)"

/* From the wallet, or, outside Pleo, from the organisation's own bank. */
#define PAID_FROM(item, at)                                                                        \
    "if(" item "type == 'external_reimbursement', " OWN_BANK ", " WALLET_OF(item, at) ")"

/* ---- what Pleo is told ---- */

/* The document that an entry became; an entry has one of these at most. */
#define DOCUMENT(field)                                                                            \
    "@money." field " ?? @bill." field " ?? @credit." field " ?? @transfer." field                 \
    " ?? @invoice_payment." field " ?? @overpayment." field                                        \
    " ?? first(where(@, exists(id) and state == 'done'))." field

/* Our codes, and those of the host's own checks, in Pleo's words. */
#define REASON_TYPE                                                                                \
    "case(first(where(@, state == 'held')).code,"                                                  \
    " 'account-unknown'|'account-archived'|'account-is-bank'|'no-category': 'account_unknown',"    \
    " 'tax-unknown'|'tax-mismatch'|'tax-amounts'|'tax-not-paid': 'tax_code_unknown',"              \
    " 'tag-unknown'|'two-tags'|'option-unknown': 'tag_unknown',"                                   \
    " 'vendor-unknown'|'contact-archived'|'contact-missing'|'name-taken': 'vendor_unknown',"       \
    " 'file-too-big'|'too-large': 'receipt_file_size_limit_exceeded',"                             \
    " 'file-gone': 'receipt_download_failure',"                                                    \
    " 'too-many-files': 'receipt_upload_failure',"                                                 \
    " 'no-own-bank'|'no-tax-rate'|'wallet-unknown'|'currency-unknown': 'missing_configuration',"   \
    " 'permission': 'authorization_failure',"                                                      \
    " 'offline': 'accounting_system_unreachable',"                                                 \
    " 'locked-period'|'refused'|'not-modifiable'|'has-payments'|'reconciled'|'payment-exceeds'|"   \
    " 'plan-limit'|'number-taken'|'not-found': 'accounting_system_validation_failure',"            \
    " else: 'validation_failure')"

static const struct ferry_mapping export[] = {

    /* ---- the job ---- */

    {.name = "job_start",
     .about = "the oldest job is started, one at a time",
     .from = "export_jobs",
     .to = "job_events",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("status != 'pending'", "started: started already, or over"),
         WAIT_IF("any(export_jobs, status == 'in_progress')", "one-at-a-time: another job runs"),
         WAIT_IF("any(export_jobs, status == 'pending' and createdAt < parent.createdAt)",
                 "older-first: an older job waits")),
     .fields = FIELDS({"jobId", "id"},
                      {"event", "'started'"})},

    /* ---- what documents need: made when the first of them does ---- */

    {.name = "bank_account",
     .about = "the bank account of the wallet, in the company's currency",
     .to = "xero.Accounts",
     .gone = "'leave'",
     .match = MATCH("BankAccountNumber == " OUR_NUMBER(HOME) " and Status == 'ACTIVE'",
                    "Code == 'PLEOBANK' and Status == 'ACTIVE'"),
     .fields = FIELDS({"Code",              "'PLEOBANK'"},
                      {"Name",              "'Pleo Account'"},
                      {"Type",              "'BANK'"},
                      {"BankAccountNumber", OUR_NUMBER(HOME)},
                      {"CurrencyCode",      HOME})},

    {.name = "currency_account",
     .about = "a bank account for each wallet in another currency",
     .from = "group(export_items, currency: currency)",
     .to = "xero.Accounts",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("currency == " HOME, "home: the company's own currency")),
     .match = MATCH("BankAccountNumber == " OUR_NUMBER("parent.currency") " and Status == 'ACTIVE'"),
     .fields = FIELDS({"Code",              "join('-', 'PLEO', currency)"},
                      {"Name",              "join(' ', 'Pleo Account', currency)"},
                      {"Type",              "'BANK'"},
                      {"BankAccountNumber", OUR_NUMBER("currency")},
                      {"CurrencyCode",      "currency"})},

    {.name = "pocket_account",
     .about = "PleoPocket: what employees laid out and are owed; a bank account, so that it can be paid",
     .to = "xero.Accounts",
     .gone = "'leave'",
     .match = MATCH("Code == 'PLEOPOCKET' and Status == 'ACTIVE'"),
     .fields = FIELDS({"Code",              "'PLEOPOCKET'"},
                      {"Name",              "'PleoPocket'"},
                      {"Type",              "'BANK'"},
                      {"BankAccountNumber", "join('', '000000-PLEO-POCKET-', " HOME ")"},
                      {"CurrencyCode",      HOME})},

    {.name = "default_account",
     .about = "takes lines without a category",
     .to = "xero.Accounts",
     .gone = "'leave'",
     .match = MATCH("Code == 'PLEO' and Status == 'ACTIVE'"),
     .fields = FIELDS({"Code", "'PLEO'"},
                      {"Name", "'Pleo default account'"},
                      {"Type", "'EXPENSE'"})},

    {.name = "payee",
     .about = "a merchant that is no vendor in Pleo becomes a contact",
     .from = "group(export_items, payee: fold(payee))",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .guards = GUARDS(HOLD_IF(
         "any(xero.Contacts, fold(Name) == parent.payee and ContactStatus != 'ACTIVE')"
         " and not any(xero.Contacts, fold(Name) == parent.payee and ContactStatus == 'ACTIVE')",
         "contact-archived: The contact {first(rows).payee} is archived in Xero. Restore it there.")),
     .match = MATCH("fold(Name) == parent.payee and ContactStatus == 'ACTIVE'"),
     .fields = FIELDS({"Name", "first(rows).payee"})},

    {.name = "employee",
     .about = "whom something is owed becomes a contact",
     .from = "group(export_items, person: fold(person))",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .match = MATCH("EmailAddress == first(parent.rows).user.id.email and ContactStatus == 'ACTIVE'",
                    "fold(Name) == parent.person and ContactStatus == 'ACTIVE'"),
     .fields = FIELDS({"Name",         "first(rows).person"},
                      {"EmailAddress", "first(rows).user.id.email"})},

    /* ---- what entries become ---- */

    {.name = "money",
     .about = "cards, fees and cashback on the wallet's account, what employees laid out on PleoPocket",
     .from = "export_items",
     .to = "xero.BankTransactions",
     .gone = "'remove'",
     .guards = GUARDS(
         UNKNOWN_TYPE,
         BOOKED_AS("money", "money"), ADDS_UP, SIGN_OF_CHARGEBACK, NOBODY),
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
         BOOKED_AS("bill", "bill"), ADDS_UP,
         SKIP_IF("total < 0", "negative: it becomes a credit note"), NOBODY),
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
         BOOKED_AS("bill", "credit"), ADDS_UP,
         SKIP_IF("total > 0", "positive: it becomes a bill"), NOBODY),
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
         SKIP_IF("(booked != 'bill' or laid_out or type == 'invoice') and not exists(@card_payment.id)",
                 "other-kind: it is paid in another way"),
         BOOKED_AS("bill", "card_payment"),
         SKIP_IF("total == 0", "zero: it comes to nothing")),
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
         BOOKED_AS("payment", "invoice_payment"),
         SKIP_IF("total == 0", "zero: it comes to nothing"),
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
         BOOKED_AS("transfer", "transfer"),
         SKIP_IF("total == 0", "zero: it comes to nothing")),
     .fields = FIELDS(
         {"Amount",    "size"},
         {"Date",      "posted"},
         {"Reference", "book_id"},
         {"FromBankAccount.AccountID",
          "case(type, 'wallet_topup':  line_bank ?? " OWN_BANK ","
          "           'wallet_unload': " WALLET ","
          "           else: if(" TAKEN_BACK ", " POCKET_REPAID ", " PAID_FROM("", "") "))"},
         {"ToBankAccount.AccountID",
          "case(type, 'wallet_topup':  " WALLET ","
          "           'wallet_unload': line_bank ?? " OWN_BANK ","
          "           else: if(" TAKEN_BACK ", " PAID_FROM("", "") ", " POCKET_REPAID "))"})},

    {.name = "repayment",
     .about = "a reimbursement pays each bill that it settles, and takes each credit",
     .from = "export_items.additionalInformation.reconciledEntries",
     .to = "xero.Payments",
     .gone = "'remove'",
     .guards = GUARDS(
         SKIP_IF("parent.booked != 'payments' and not exists(@repayment.id)",
                 "other-kind: it is booked as a transfer"),
         WAIT_IF("parent.job.status != 'in_progress'",
                 "job-closed: its export is not running; if it is over, export the entry again"),
         SKIP_IF("parent.booked != 'payments'", "rebooked: it is booked in another way since"),
         SKIP_IF("not exists(" SETTLED ")",
                 "not-ours: exported before Ferry; it goes into the overpayment"),
         SKIP_IF(SETTLED ".total == money(0, parent.currency)", "zero: it comes to nothing"),
         HOLD_IF("exists(@money(" SETTLED ").id)",
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
         BOOKED_AS("payments", "overpayment"),
         HOLD_IF(TAKEN_BACK,
                 "repayment-back: {size} of a reimbursement came back. Book it by hand, then skip it."),
         SKIP_IF("settled == total", "covered: it pays its bills exactly"),
         HOLD_IF("settled > total",
                 "over-settled: It settles entries of {settled}, but comes to {total}. Look at it in"
                 " Pleo."),
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

    /*
     * Fetched when it is sent: right after its document, while the job is open. Until then each read
     * of the items gives it a new address, good for 24 hours; the job is closed only when all receipts
     * are in or have failed. One that was put on its document is not put there again because its
     * address changed; one of another size is another file.
     */
    {.name = "receipt",
     .about = "the papers of an entry hang on what it became",
     .from = "export_items.files",
     .to = "xero.Attachments",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("not (parent.booked in ('money', 'bill')) or parent.total == 0",
                 "no-place: Xero keeps no files on payments and transfers"),
         WAIT_IF("exists(@receipt.id)", "attached: it is in Xero"),
         WAIT_IF("parent.job.status != 'in_progress'",
                 "job-closed: its export is not running; if it is over, export the entry again"),
         HOLD_IF("number(place) > 10",
                 "too-many-files: Xero takes ten files on a document, this is number {place}. Join"
                 " some of them in Pleo, and export the entry again."),
         HOLD_IF("number(size) > 10485760",
                 "file-too-big: The file has {size} bytes, Xero takes 10 MB. Attach a smaller one in"
                 " Pleo, and export the entry again.")),
     .fields = FIELDS(
         {"On",       "if(parent.booked == 'money', @money(parent),"
                      " if(parent.total < 0, @credit(parent), @bill(parent)))"},
         {"FileName", "join('', join('-', 'receipt', parent.book_id, place),"
                      " case(type ?? '', 'application/pdf': '.pdf', 'image/jpeg': '.jpg',"
                      "      'image/png': '.png', 'image/gif': '.gif', 'image/heic': '.heic',"
                      "      'image/heif': '.heif', 'application/xml'|'text/xml': '.xml', else: ''))"},
         {"Content",  "url"})},

    /* ---- Pleo hears of it ---- */

    /* An unheard job expires (expiresIn, an hour), so everything is said again every half hour. */
    {.name = "report",
     .about = "tells Pleo how each entry went, with a link to it in Xero",
     .from = "export_items",
     .to = "item_reports",
     .gone = "'leave'",
     .again_s = 1800,
     .guards = GUARDS(SKIP_IF("job.status != 'in_progress'", "not-asked: its job does not run")),
     .fields = FIELDS(
         {"job",               "job"},
         {"accountingEntryId", "accountingEntryId"},
         {"status",            "outcome"},
         {"externalId",        DOCUMENT("id")},
         {"externalUrl",       DOCUMENT("url")},
         {"failureReason",     "if(outcome == 'failed', first(where(@, state == 'held')).why"
                               " ?? 'It was removed in Xero. Book it again with ferry repost.')"},
         {"failureReasonType", "if(outcome == 'failed', " REASON_TYPE " ?? 'unexpected_failure')"})},

    /* All entries are read, reported, and none is on its way: the job is over. What waits for an
     * approval keeps it open. (A job without entries is closed at once.) */
    {.name = "job_close",
     .about = "closes the job when every entry is in Xero or has failed",
     .from = "export_jobs",
     .to = "job_events",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("status != 'in_progress'", "not-running: not started, or over"),
         WAIT_IF("count(items) < numberOfItems", "items-unread: not all entries are read"),
         WAIT_IF("any(items, outcome == 'in_progress' or @report.state != 'done')",
                 "items-open: entries are on their way")),
     .fields = FIELDS(
         {"jobId", "id"},
         {"event", "if(any(items, outcome == 'failed'), 'completed_with_errors', 'completed')"})},
};

#endif
