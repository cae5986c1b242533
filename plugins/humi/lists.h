/*
 * Where pay runs come from, what becomes of them, and what people say about them.
 *
 * Three inputs, one shape: Humi itself, Employment Hero Payroll, and the Journal Entry Report that
 * Humi exports. Each is read as it comes; a flow of its own (humi.h, employment_hero.h, report.h)
 * turns it into `pay_runs`, and only those become bills and journals (post.h).
 */
/* One row per line. */
/* clang-format off */
#ifndef HUMI_LISTS_H
#define HUMI_LISTS_H

#define EH_PAYROLL "/api/v2/business/{option.business}"

/*
 * The account of one item of a pay run: what people said, else what its journal says. For items and
 * for lines, which are groups of items; those name their `account_id` differently.
 */
#define MAPPED_ACCOUNT(account_id)                                                                 \
    "if(owed, account_map[code].liability, account_map[code].account"                              \
    " ?? xero.Accounts[" account_id "]"                                                            \
    " ?? if(parent.source != 'humi',"                                                              \
    "       find(xero.Accounts, Code == parent.code and Status == 'ACTIVE')))"
#define ITEM_ACCOUNT    MAPPED_ACCOUNT("account_id ?? ''")
#define DEFAULT_ACCOUNT "if(side == 'debit', option.expense_account, option.liability_account)"

/* An item whose department or location nobody has mapped. */
#define NOT_TRACKED                                                                                \
    "(exists(department) and not exists(department_map[department])"                               \
    " or exists(location) and not exists(department_map[location]))"

static const struct ferry_list lists[] = {

    /* ---- what people say ---- */

    {.name = "account_map",
     .about = "which account each pay item goes to",
     .form = OPTIONS(
         {"*code",     "text",           NULL, "pay item: Humi's code, or the account code of a journal"},
         {"account",   "xero.Accounts?", NULL, "where it is booked"},
         {"liability", "xero.Accounts?", NULL, "where an employer's cost is owed until it is paid"},
         {"remitted",  "bool?",          NULL, "does Humi pay it on? empty: as Humi says, else yes"})},

    /* to Xero both departments and locations are tracking options */
    {.name = "department_map",
     .about = "which tracking option each department or location is",
     .form = OPTIONS(
         {"*name",  "text",                 NULL, "department or location, spelled as in the pay run"},
         {"option", "xero.TrackingOptions", NULL, "its tracking option"})},

    /* ---- Humi ----
     *
     * ASSUMED, all of it. Humi publishes an API for people and hours (github.com/Humi-HR/partners-api)
     * and none for pay runs. This follows that API's style (JSON:API, pages, snake_case, amounts as
     * texts) and the words of Humi's payroll summary. Nothing outside this section and humi.h depends
     * on it.
     */

    {.name = "humi_runs",
     .about = "pay runs, recurring and off-cycle (assumed)",
     .record = "*id: text,"
               "attributes.kind: text?,"
               "attributes.status: 'draft'|'pending'|'completed'|'paid',"
               "attributes.period_start: date,"
               "attributes.period_end: date,"
               "attributes.pay_date: date,"
               "attributes.completed_at: time?,"
               "attributes.currency: text,"
               "attributes.account_debit: money(attributes.currency)?",
     .read = READ(.get = "GET /v1/payroll/payrolls",
                  .records = "data.*",
                  .page = "page[size]=25&page[number]={page}",
                  .next = "meta.pagination.total > offset",
                  .complete = 1)},

    /*
     * Humi lists the employer's shares once, as a cost. What is owed because of them is worked out
     * in humi.h, so that the journal balances.
     */
    {.name = "humi_items",
     .about = "what a pay run consists of (assumed)",
     .record = "*id: text,"
               "run: humi_runs,"
               "attributes.kind: 'income'|'reimbursement'|'employer_cost'|'withholding'|'net_pay'|"
               "                 'accrual',"
               "attributes.code: text,"
               "attributes.name: text,"
               "attributes.side: 'debit'|'credit',"
               "attributes.amount: money(run.attributes.currency),"
               "attributes.department.name: text?,"
               "attributes.remitted_by_humi: bool?",
     .derive = FIELDS(
         {"signed",   "if(attributes.side == 'debit', attributes.amount, -attributes.amount)"},
         {"remitted", "account_map[attributes.code].remitted ?? attributes.remitted_by_humi ?? true"},
         /* Quebec and Newfoundland have a health tax under another name; so do the provinces with
            their boards for workers' compensation */
         {"topic",    "case(attributes.code,"
                      " 'eht'|'eht_qhsf_ept'|'qhsf'|'ept': 'health tax',"
                      " 'wcb_wsib_cnesst'|'wsib'|'wcb'|'cnesst': 'workers compensation',"
                      " 'vacation_accrual': 'accrued vacation',"
                      " else: 'other')"},
         {"wanted",   "attributes.kind != 'accrual' or case(topic,"
                      " 'health tax': option.health_tax,"
                      " 'workers compensation': option.workers_compensation,"
                      " 'accrued vacation': option.accrued_vacation,"
                      " else: exists(account_map[attributes.code].liability))"}),
     .read = READ(.get = "GET /v1/payroll/payrolls/{run.id}?include=items",
                  .records = "included.*",
                  .only = "run.attributes.status in ('completed', 'paid') and "
                          "run.attributes.pay_date >= option.start",
                  .complete = 1)},

    /* ---- Employment Hero Payroll ----
     *
     * The sister product, KeyPay before: github.com/KeyPay/keypay-dotnet-v2 describes these calls. It
     * has no Canadian edition of them; that Canadian accounts answer like the others is ASSUMED.
     */

    {.name = "eh_runs",
     .about = "pay runs in Employment Hero Payroll",
     .record = "*id: text,"
               "payPeriodStarting: date,"
               "payPeriodEnding: date,"
               "datePaid: date,"
               "dateFinalised: date?," /* the day as written: in which zone is not documented */
               "isFinalised: bool",
     .read = READ(.get = "GET " EH_PAYROLL "/payrun",
                  .records = "*",
                  .page = "$top=100&$skip={offset}",
                  .complete = 1)},

    {.name = "eh_lines",
     .about = "the journal of a pay run, both sides of it",
     .record = "*run: eh_runs,"
               "*line: position," /* they have no id */
               "journalItemType: text?,"
               "accountCode: text?,"
               "accountName: text?,"
               "externalAccountReferenceId: text?,"
               "amount: money(option.currency),"
               "isDebit: bool,"
               "location: text?,"
               "reportingDimensionValueNames: text[]?",
     .derive = FIELDS(
         {"code",     "accountCode ?? externalAccountReferenceId ?? hold('no-account-code: A line of the "
                      "journal of pay run {run.id} has no account. Complete the chart of accounts in "
                      "Employment Hero.')"},
         {"remitted", "account_map[code].remitted ?? true"}),
     .read = READ(.get = "GET " EH_PAYROLL "/journal/{run.id}",
                  .records = "*",
                  .only = "run.isFinalised and run.datePaid >= option.start",
                  .complete = 1)},

    /* ---- the Journal Entry Report ----
     *
     * Humi writes the account codes of its Report Settings or of each benefit into it. Its columns
     * are not documented, so the operator names them. Many exports write 0.00 on the side that is
     * empty: what counts is what is left of debit less credit.
     */

    {.name = "report_rows",
     .about = "the Journal Entry Report, saved as CSV",
     .record = "*file: text,"
               "*line: text,"
               "cells: text{}",
     .derive = FIELDS(
         {"run",      "cells[option.column_run ?? ''] ?? cells[option.column_date] ?? '-'"},
         {"paid_on",  "date(cells[option.column_date], option.date_format)"},
         {"net",      "number(cells[option.column_debit] ?? '0') - "
                      "number(cells[option.column_credit] ?? '0')"},
         {"code",     "cells[option.column_account] ?? hold('no-account-code: {file}, line {line} has an "
                      "amount and no account. Complete it and save the file again.')"},
         {"remitted", "account_map[code].remitted ?? true"}),
     .read = READ(.get = "FILE {option.folder}/*.csv",
                  .records = "csv",
                  .complete = 1)},

    /* ---- what all three become ---- */

    {.name = "pay_runs",
     .about = "one finished pay run as a journal, wherever it came from; kept by Ferry",
     .record = "*id: text,"
               "source: 'humi'|'employment_hero'|'report',"
               "post_as: 'bill'|'journal',"
               "label: text?,"
               "pay_date: date,"
               "approved_on: date,"
               "period: text?,"
               "currency: text,"
               "account_debit: money(currency)?," /* what leaves the bank, where the input says it */
               "items: ["
               "  *id: text,"
               "  code: text,"
               "  name: text,"
               "  side: 'debit'|'credit',"
               "  amount: money(parent.currency)," /* debits above zero, credits below */
               "  billed: bool,"                   /* part of what Humi takes from the bank */
               "  owed: bool,"                     /* the other side of a cost: what is owed for it */
               "  account_id: text?,"
               "  department: text?,"
               "  location: text?"
               "]",
     .derive = FIELDS(
         {"reference", "join(' ', 'Payroll', label, pay_date,"
                       " if(exists(period), join('', '(', period, ')')))"},
         {"debits",    "where(items, amount > 0)"},
         {"credits",   "where(items, amount < 0)"},
         {"balance",   "sum(items, amount)"},
         {"to_pay",    "sum(where(items, billed), amount)"},
         {"unmapped",  "where(items, not exists(" ITEM_ACCOUNT " ?? " DEFAULT_ACCOUNT "))"},
         {"on_bank",   "where(items, (" ITEM_ACCOUNT " ?? " DEFAULT_ACCOUNT ").Type == 'BANK')"},
         {"untracked", "where(items, " NOT_TRACKED ")"},
         /* the same pay day from two inputs: one of them was booked before the other was chosen */
         {"twice",     "any(pay_runs, pay_date == parent.pay_date and source != parent.source)"})},
};

#endif
