/*
 * The flow `export`: a bookkeeper clicks Export in Pleo; each entry becomes what it is in Xero,
 * with its receipts; Pleo hears of each entry, and the job is closed. Jobs are only documents like
 * any other, so a restart at any instant goes on where it was.
 *
 * Pleo's rules for integrations: the oldest job first, never two at once, the ledger is the source
 * of truth for codes, skip what is done (docs: how to detect and start export jobs; design
 * principles).
 */
/* clang-format off */
#ifndef PLEO_EXPORT_H
#define PLEO_EXPORT_H

/* ---- what stops an entry ---- */

/*
 * One mapping for each way of booking. What an entry's job has left is not touched any more until
 * the bookkeeper exports the entry anew; only then can it be booked in another way than before. So
 * what is not for a mapping is skipped first, but what it wrote stays while the job is closed.
 */
#define NOT_FOR(mapping, when, why) SKIP_IF("(" when ") and not exists(@" mapping ".id)", why)
#define JOB_RUNS(item)                                                                             \
    WAIT_IF(item "job.status != 'in_progress'",                                                    \
            "job-closed: its export is not running; if it is over, export the entry again")
#define BOOKED_AS(kind)                                                                            \
    JOB_RUNS(""),                                                                                  \
    SKIP_IF("booked != '" kind "'", "rebooked: it is booked in another way since")

/* The entry alone decides these (and NOT_ZERO), and it is read again only in a job that runs. */
#define ADDS_UP                                                                                    \
    HOLD_IF("sum(accountingEntryLines, lineAmount.inWalletCurrency.value) != total",               \
            "lines-total: The lines come to {sum(accountingEntryLines,"                            \
            " lineAmount.inWalletCurrency.value)}, the entry to {total}. Correct the split in"     \
            " Pleo and export it again.")

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
#define OVER_SETTLED(item)                                                                         \
    "over-settled: It settles entries of {" item "settled}, but comes to {" item "total}. Look at" \
    " it in Pleo."

/* From the wallet, or, outside Pleo, from the organisation's own bank. */
#define PAID_FROM(item, at)                                                                        \
    "if(" item "type == 'external_reimbursement', " OWN_BANK ", " WALLET_OF(item, at) ")"

#define TRANSFER_FROM                                                                              \
    "case(type, 'wallet_topup':  line_bank ?? " OWN_BANK ","                                       \
    "           'wallet_unload': " WALLET ","                                                      \
    "           else: if(" TAKEN_BACK ", " POCKET_REPAID ", " PAID_FROM("", "") "))"
#define TRANSFER_TO                                                                                \
    "case(type, 'wallet_topup':  " WALLET ","                                                      \
    "           'wallet_unload': line_bank ?? " OWN_BANK ","                                       \
    "           else: if(" TAKEN_BACK ", " PAID_FROM("", "") ", " POCKET_REPAID "))"

/* ---- what Pleo is told ---- */

/* The document that an entry became; one that was taken away again is not meant. */
#define LIVE(mapping, field) "if(@" mapping ".state != 'withdrawn', @" mapping "." field ")"
#define DOCUMENT(field)                                                                            \
    LIVE("money", field) " ?? " LIVE("bill", field) " ?? " LIVE("credit", field)                   \
    " ?? " LIVE("transfer", field) " ?? " LIVE("invoice_payment", field)                           \
    " ?? " LIVE("overpayment", field)                                                              \
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

/* ---- receipts ---- */

/*
 * Fetched when they are sent: right after their document, while the job is open. Until then each read
 * of the items gives them new addresses, good for 24 hours; the job is closed only when all receipts
 * are in or have failed. One that is in is not put there again because its address changed; one of
 * another size is another file. An entry that is booked in another way takes its receipts along.
 */
#define RECEIPT(mapping, kind, on)                                                                 \
    {.name = mapping,                                                                              \
     .about = "the papers of an entry hang on its " kind,                                          \
     .from = "export_items.files",                                                                 \
     .to = "xero.Attachments",                                                                     \
     .gone = "'leave'",                                                                            \
     .guards = GUARDS(                                                                             \
         SKIP_IF("parent.booked != '" kind "' or parent.total == 0",                               \
                 "no-place: it hangs elsewhere, or nowhere: payments and transfers keep no files"),\
         WAIT_IF("exists(@" mapping ".id)", "attached: it is in Xero"),                            \
         JOB_RUNS("parent."),                                                                      \
         HOLD_IF("number(place) > 10",                                                             \
                 "too-many-files: Xero takes ten files on a document, this is number {place}. Join"\
                 " some of them in Pleo, and export the entry again."),                            \
         HOLD_IF("number(size) > 10485760",                                                        \
                 "file-too-big: The file has {size} bytes, Xero takes 10 MB. Attach a smaller one" \
                 " in Pleo, and export the entry again.")),                                        \
     .fields = FIELDS({"On", on},                                                                  \
                      {"FileName", "join('', join('-', 'receipt', parent.book_id, place), " ENDING ")"}, \
                      {"Content", "url"})}
#define ENDING                                                                                     \
    "case(type ?? '', 'application/pdf': '.pdf', 'image/jpeg': '.jpg', 'image/png': '.png',"       \
    " 'image/gif': '.gif', 'image/heic': '.heic', 'image/heif': '.heif',"                          \
    " 'application/xml'|'text/xml': '.xml', else: '')"

static const struct ferry_mapping export[] = {
#include "export_needs.h"

#include "export_books.h"

#include "export_reports.h"
};

#endif
