/*
 * What can be read from Pleo, what it can be told, and what people fill in.
 *
 * Facts: Pleo's published OpenAPI descriptions (export 32.1.0, entries, tags and tax codes 82.3.2,
 * chart of accounts 24.9.0, vendors 34.17.0, employees 50.7.0). "Assumed" marks what they do not
 * say.
 */
/* clang-format off */
#ifndef PLEO_LISTS_H
#define PLEO_LISTS_H

/*
 * Movements are read twice in different ways, because the API takes one kind of date at a time: what
 * moved the wallet by the day it settled; what employees laid out by the day of the purchase, and all
 * of it each time, because it may be approved weeks later.
 */
#define ENTRIES(by)                                                                                \
    READ(.get = "POST /v1/accounting-entries:search?" COMPANY, .body = "{" by "}",                 \
         .records = "data.*", CURSOR, .gone = "exists(deletedAt)", .overlap_s = 3 * 86400)
#define WALLET_FAMILIES                                                                            \
    "\"families\":[\"BALANCE_AMENDMENT\",\"BILL_INVOICE_PAYMENT\",\"CARD_PURCHASE\",\"CASHBACK\"," \
    "\"OVERDRAFT\",\"PLEO_INVOICE\",\"REIMBURSEMENT\",\"WALLET\"]"
#define POCKET_FAMILIES "\"families\":[\"OUT_OF_POCKET\",\"MILEAGE\",\"PER_DIEM\"]"

#define ENTRY                                                                                      \
    "*id: text,"                                                                                   \
    "companyId: text,"                                                                             \
    "family: text,"                                                                                \
    "subFamily: text?,"                                                                            \
    "status: text,"                                                                                \
    "reviewStatus: text,"                                                                          \
    "performedAt: time,"                                                                           \
    "settledAt: time?,"                                                                            \
    "bookkeepingDate: date?,"                                                                      \
    SMALLEST("totalBillValue") ","                                                                 \
    SMALLEST("transactionValue") ","                                                               \
    "merchant.name: text?,"       /* these two are not in the published */                         \
    "reconciliationId: text?,"    /* schema, but seen in answers */                                \
    "note: text?,"                                                                                 \
    "employeeId: employees?,"                                                                      \
    "deletedAt: time?"

/* totalBillValue is what the wallet loses, in the company's currency. Where it is missing the price
 * stands for it; one in another currency is then held by the line's currency, never converted. */
#define OF_ENTRY                                                                                   \
    {"total",    "totalBillValue.minors ?? transactionValue.minors ?? "                            \
                 "hold('no-amount: The entry has no amount. Look at it in Pleo.')"},               \
    {"currency", "currency(total)"},                                                               \
    {"day",      "bookkeepingDate ?? day(settledAt ?? performedAt, 'UTC')"},                       \
    {"payee",    "merchant.name ?? export_items[id].payee ?? note ?? 'Pleo'"},                     \
    {"owner",    "join(' ', employeeId.firstName, employeeId.lastName)"}

static const struct ferry_list lists[] = {

    /* ---- what people fill in ---- */

    {.name = "wallets",
     .about = "bank accounts that stand for Pleo wallets; for a currency without a row, one is made",
     .form = OPTIONS({"*currency", "text",          NULL, "currency of the wallet, like EUR"},
                     {"account",   "xero.Accounts", NULL, "its bank account in Xero"})},

    {.name = "account_map",
     .about = "Xero accounts for accounts of Pleo that Xero does not have",
     .form = OPTIONS({"*code",   "text",          NULL, "the account's code in Pleo, else its name"},
                     {"account", "xero.Accounts", NULL, "its account in Xero"})},

    {.name = "tax_kinds",
     .about = "how Pleo ought to work out a tax rate, where it cannot be seen from the rate",
     .form = OPTIONS({"*rate", "xero.TaxRates",                     NULL, "tax rate in Xero"},
                     {"kind",  "'inclusive'|'exclusive'|'reverse'", NULL, "how Pleo works it out"})},

    {.name = "opening_balances",
     .about = "what a wallet held when its feed began; the statement in Xero starts from 0 otherwise",
     .form = OPTIONS({"*currency", "text",    NULL, "currency of the wallet, like EUR"},
                     {"balance",   "decimal", NULL, "what Pleo shows at the end of that day"},
                     {"last_day",  "date",    NULL, "the day before the feed starts"})},

    /* ---- exports ---- */

    /* All jobs, also those that ended (`statuses` may be left out): an entry's job must be known to
       be over, or what failed in it would wait for it for ever. */
    {.name = "export_jobs",
     .about = "what a bookkeeper exported with one click",
     .record = "*id: text,"
               "status: 'pending'|'in_progress'|'failed'|'completed'|'completed_with_errors',"
               "numberOfItems: decimal,"
               "createdAt: time,"
               "lastUpdatedAt: time?,"
               "expiresIn: decimal?,"
               "failureReason: text?,"
               "failureReasonType: text?",
     .derive = FIELDS({"items", "where(export_items, job == parent)"}),
     .read = READ(.get = "GET /v3/export-jobs?" COMPANY, .records = "data.*", CURSOR)},

    /* Read while the job is open, so the addresses of receipts (24 hours) are always fresh. */
    {.name = "export_items",
     .about = "an entry of Pleo's books as it is exported; it keeps its id when it is exported again",
     .record = ITEM,
     .derive = FIELDS(
         {"booked",     BOOKED},
         {"laid_out",   "type in ('out_of_pocket', 'mileage', 'per_diem')"},
         {"total",      "amount.inWalletCurrency.value"},
         {"currency",   "amount.inWalletCurrency.currency"},
         {"size",       "abs(total)"},
         /* spending counts up, money back down (seen in clients of the API, not documented);
            refunds and cashback are money back whatever their sign */
         {"money_back", "total < 0 or type in ('refund', 'cashback')"},
         {"book_id",    "additionalInformation.reconciliationId"},
         {"number",     INVOICE "invoiceNumber"},
         {"day",        "if(type == 'invoice', " INVOICE "invoiceDate) ?? day(date, 'UTC')"},
         {"posted",     POSTED},
         {"payee",      "vendor.name ?? supplier.name ?? 'Pleo'"},
         {"person",     "user.name ?? 'Pleo'"},
         /* whose contact its document needs */
         {"to_payee",   "booked in ('money', 'bill') and not laid_out and not exists(vendor.id)"},
         {"to_person",  "booked == 'payments' or booked in ('money', 'bill') and laid_out"},
         {"text",       "note ?? supplier.name ?? vendor.name ?? type"},
         {"period",     "join(' to ', servicePeriod.from, servicePeriod.to)"},
         {"guests",     "join(', ', additionalInformation.attendees)"},
         {"web_page",   "_links.web['exportItem']"},
         {"contra",     BANK_NAMED("parent.contraAccount")},
         {"line_bank",  BANK_NAMED("first(parent.accountingEntryLines).account")},
         /* what a reimbursement settles, as far as it came through Ferry */
         {"settled",    "sum(additionalInformation.reconciledEntries,"
                        "    find(export_items, book_id == parent.value).total)"},
         /* what Pleo is told: one thing that is held is enough to fail */
         {"outcome",    "if(any(@, state in ('held', 'removed')), 'failed',"
                        "if(any(@, state in ('waiting', 'open')), 'in_progress', 'successful'))"}),
     .read = READ(.get = "GET /v3/export-items?job_id={job.id}", .records = "data.*", CURSOR,
                  .only = "job.status in ('pending', 'in_progress')")},

    /* An item is there from the start: telling of it is always the same PUT, of 100 at most. */
    {.name = "item_reports",
     .about = "how the export of one entry went",
     .record = "job: export_jobs,"
               "*accountingEntryId: text,"
               "status: 'in_progress'|'failed'|'successful',"
               "externalId: text?,"
               "externalUrl: text?,"
               "failureReason: text?,"
               "failureReasonType: text?",
     .write = WRITE(.create = "PUT /v3/export-jobs/{job}/items",
                    .update = "PUT /v3/export-jobs/{job}/items", .body = "*", .results = "data.*",
                    .error = "message", .batch = 100)},

    {.name = "job_events",
     .about = "a job is started, or over",
     .record = "*jobId: text,"
               "*event: 'started'|'failed'|'completed'|'completed_with_errors',"
               "failureReason: text?,"
               "failureReasonType: text?",
     .write = WRITE(.create = "POST /v3/export-job-events", .batch = 1)},

    /* Each request is a new job, also when one was asked for before. */
    {.name = "export_requests",
     .about = "an export that Ferry asks for itself",
     .record = "*id: text!,"
               "companyId: text,"
               "accountingEntryIds: unexported[],"
               "isInteractive: bool,"
               "options.vendorBasedBookkeeping: bool",
     .write = WRITE(.create = "POST /v3/export-jobs", .update = "POST /v3/export-jobs",
                    .results = "data", .batch = 1)},

    /* ---- movements ---- */

    {.name = "wallet_entries",
     .about = "money that moved in or out of the wallet",
     .record = ENTRY,
     .derive = FIELDS(OF_ENTRY,
         /* the direction is what the kind says; else as the sign says, spending counting up */
         {"effect",   "case(subFamily ?? '',"
                      " 'LOAD'|'PLEO_INVOICE_REFUND'|'REIMBURSEMENT_TO_COMPANY'|"
                      " 'REIMBURSEMENT_TO_EMPLOYEE_REFUND'|'BILL_INVOICE_PAYMENT_RETURNED':"
                      "   abs(total),"
                      " 'UNLOAD'|'WITHDRAWAL'|'REIMBURSEMENT_TO_EMPLOYEE'|'FEE'|'INTEREST'|"
                      " 'PLEO_INVOICE': -abs(total),"
                      " else: if(family == 'CASHBACK', abs(total), -total))"}),
     .read = ENTRIES("\"includeDeleted\":true,\"settledAtStart\":\"{since}\"," WALLET_FAMILIES)},

    {.name = "pocket_entries",
     .about = "what employees laid out themselves, approved",
     .record = ENTRY,
     .derive = FIELDS(OF_ENTRY),
     .read = ENTRIES("\"includeDeleted\":true,\"reviewStatus\":[\"OK\"],"
                     "\"bookkeepingDateStart\":\"{option.feed_start}T00:00:00Z\"," POCKET_FAMILIES)},

    {.name = "unexported",
     .about = "approved, and not exported yet",
     .record = ENTRY,
     .derive = FIELDS(OF_ENTRY),
     .read = ENTRIES("\"includeDeleted\":false,\"reviewStatus\":[\"OK\"],\"exportStatus\":[\"CREATED\"],"
                     "\"bookkeepingDateStart\":\"{option.auto_export_from}T00:00:00Z\"")},

    {.name = "employees",
     .about = "people with a card, or who lay money out",
     .record = "*id: text,"
               "email: text?,"
               "firstName: text?,"
               "lastName: text?",
     .read = READ(.get = "GET /v2/employees?companyId={option.company}", .records = "data.*",
                  CURSOR)},

#include "lists_reference.h"
};

#endif
