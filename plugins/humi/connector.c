/*
 * Humi (now "Humi by Employment Hero"): payroll for Canada. A finished pay run becomes one draft
 * bill, or one balanced manual journal.
 *
 * Sources: Humi's Xero FAQ, its help pages (named by number where they are used), what is published
 * of its API for partners and of Employment Hero Payroll's. What none of them says: ASSUMED.
 */
/* One row per line. */
/* clang-format off */
#include "ferry/connector.h"

#include "lists.h"

#include "humi.h"
#include "employment_hero.h"
#include "report.h"
#include "post.h"

static const struct ferry_flow flows[] = {
    {.name = "humi",
     .about = "pay runs from Humi",
     .when = "every 30m",
     .guards = GUARDS(
         SKIP_IF("option.source != 'humi'", "other-source: pay runs come from elsewhere")),
     .mappings = ALL(humi)},

    {.name = "employment_hero",
     .about = "pay runs from Employment Hero Payroll",
     .when = "every 30m",
     .guards = GUARDS(
         SKIP_IF("option.source != 'employment_hero'", "other-source: pay runs come from elsewhere"),
         HOLD_IF("not exists(option.business)",
                 "no-business: Give the number of the business in Employment Hero (option business).")),
     .mappings = ALL(employment_hero)},

    {.name = "report",
     .about = "pay runs from Journal Entry Reports in a folder",
     .when = "every 30m",
     .guards = GUARDS(
         SKIP_IF("option.source != 'report'", "other-source: pay runs come from elsewhere"),
         HOLD_IF("not exists(option.folder)",
                 "no-folder: Name the folder that reports are saved to (option folder).")),
     .mappings = ALL(report)},

    {.name = "post",
     .about = "finished pay runs become bills or journals",
     .when = "every 30m",
     .guards = GUARDS(
         HOLD_IF("option.post_as == 'bill' and org.Edition == 'PARTNER'", NO_BILLS),
         HOLD_IF("option.source == 'humi' and option.post_as == 'journal' and count(account_map) == 0 and "
                 "not exists(option.expense_account)",
                 "no-accounts: A journal needs an account on every line. Map the pay items in account_map.")),
     .mappings = ALL(post)},
};

static const struct ferry_option options[] = {
    {"source", "'humi'|'employment_hero'|'report'", "'humi'", "where pay runs come from"},
    {"start", "date", NULL, "first pay day to book; what was paid before is not touched"},
    {"post_as", "'bill'|'journal'", "'bill'", "what a pay run becomes"},
    {"contact", "text", "'Humi Payroll'", "whom the bill is owed to"},

    /* accounts */
    {"unmapped", "'blank'|'hold'", "'blank'", "bill lines without an account: sent empty, or held"},
    {"expense_account", "xero.Accounts?", NULL, "for costs that are not in account_map"},
    {"liability_account", "xero.Accounts?", NULL, "for amounts owed that are not in account_map"},

    /* what Humi's own integration leaves out, so off until people want it */
    {"health_tax", "bool", "false", "book health tax (EHT, QHSF) as a cost and as owed"},
    {"workers_compensation", "bool", "false", "book WSIB, WCB, CNESST as a cost and as owed"},
    {"accrued_vacation", "bool", "false", "book vacation pay that is earned and not paid yet"},

    /* Employment Hero's journals and reports do not say their currency */
    {"currency", "text", "'CAD'", "of reports and of Employment Hero's journals"},
    {"business", "text?", NULL, "Employment Hero: the number of the business"},

    /* reports */
    {"folder", "text?", NULL, "reports: the folder they are saved to"},
    {"date_format", "text", "'YYYY-MM-DD'", "reports: how dates are written"},
    {"column_date", "text", "'Date'", "reports: the column of the pay date"},
    {"column_run", "text?", NULL, "reports: the column that names the pay run, if there is one"},
    {"column_account", "text", "'Account'", "reports: the column of the account code"},
    {"column_text", "text", "'Description'", "reports: the column of the description"},
    {"column_debit", "text", "'Debit'", "reports: the column of debits"},
    {"column_credit", "text", "'Credit'", "reports: the column of credits"},
    {"column_department", "text", "'Department'", "reports: the column of the department"},
    {"column_location", "text", "'Location'", "reports: the column of the location"},
};

/* What the APIs answer, in words that help. Humi documents no errors: these go by the status. */
static const struct ferry_guard answers[] = {
    HOLD_IF("status == 401",
            "key-refused: The token is refused. Humi's support issues tokens by e-mail; a key of "
            "Employment Hero is under My details, API key."),
    HOLD_IF("status == 403",
            "not-allowed: The token may not read payroll. Ask for one of a payroll administrator."),
    HOLD_IF("status == 404",
            "no-pay-runs: There are no pay runs at this address. Look at the option business; of Humi, "
            "save the Journal Entry Report instead (source: report)."),
    HOLD_IF("status == 400 or status == 422",
            "request-refused: The request was not understood: the API for pay runs is not what this "
            "connector assumes. Save the Journal Entry Report instead (source: report)."),
    RETRY_IF("status == 408 or status == 429 or status >= 500", "busy: The service is busy."),
};

/* ASSUMED: two calls a second. Neither API documents its limits for Canada. */
FERRY_CONNECTOR("humi", "0.1.0",
                .name = "Humi",
                .about = "payroll for Canada: pay runs become bills or journals",
                .hosts = "api partners.humi.ca, api.yourpayroll.com.au",
                .login = "bearer | basic", /* Humi's token; a key of Employment Hero, without password */
                .quota = "2 per 1s; again Retry-After",
                .options = ALL(options),
                .lists = ALL(lists),
                .flows = ALL(flows),
                .answers = ALL(answers))
