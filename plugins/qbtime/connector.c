/* clang-format off */
/*
 * QuickBooks Time (once TSheets): clocked hours. Xero's contacts, items, tracking and employees can
 * be chosen on time sheets; approved hours become payroll time sheets and leave, picked hours become
 * invoices.
 *
 * Facts about the API: its reference (tsheetsteam.github.io/api_docs) and its .NET SDK; about what
 * users are promised: the vendor's articles on Xero. What is not documented is marked "assumed".
 */
#include "ferry/connector.h"

#include "names.h"

#include "lists.h"

#include "billing.h"
#include "customers.h"
#include "items.h"
#include "payroll.h"
#include "people.h"

#define NO_PAYROLL \
    HOLD_IF("not (org.CountryCode in ('AU', 'NZ', 'GB'))", \
            "no-payroll: Xero pays people in Australia, New Zealand and the UK only. Switch this flow off.")

static const struct ferry_flow flows[] = {
    {.name = "customers",
     .about = "contacts of Xero become customers to clock in to",
     .when = "every 60m",
     .guards = GUARDS(NO_OTHER_CONNECTOR),
     .mappings = ALL(customers)},

    {.name = "items",
     .about = "items and tracking of Xero become custom fields of time sheets",
     .when = "every 60m",
     .guards = GUARDS(
         NO_OTHER_CONNECTOR,
         HOLD_IF("(option.import_items or option.import_tracking)"
                 " and (settings['customfields'].settings.installed ?? '1') == '0'",
                 "no-custom-fields: Install the add-on for custom fields in QuickBooks Time, "
                 "or switch off import_items and import_tracking.")),
     .mappings = ALL(items)},

    {.name = "people",
     .about = "employees of Xero are linked with who clocks hours, or become so",
     .when = "every 60m",
     .guards = GUARDS(NO_OTHER_CONNECTOR, NO_PAYROLL),
     .mappings = ALL(people)},

    {.name = "payroll",
     .about = "approved hours become time sheets, time off becomes leave",
     .when = "every 60m",
     .guards = GUARDS(
         NO_OTHER_CONNECTOR,
         NO_PAYROLL,
         HOLD_IF("option.hours_when == 'approved'"
                 " and (settings['approvals'].settings.installed ?? '0') == '0'",
                 "no-approvals: Install the add-on Approvals in QuickBooks Time, "
                 "or set the option hours_when to released."),
         HOLD_IF("org.CountryCode != 'AU' and not exists(option.regular_rate)",
                 "no-regular-rate: Choose the earnings rate of regular hours: option regular_rate.")),
     .mappings = ALL(payroll)},

    {.name = "billing",
     .about = "picked hours become invoices",
     .when = "every 5m",
     .guards = GUARDS(NO_OTHER_CONNECTOR),
     .mappings = ALL(billing)},
};

/* The vendor's defaults, where it says one. */
static const struct ferry_option options[] = {
    {"start", "date", NULL, "first day whose hours are read: the first day of a week"},
    {"import_customers", "bool", "true", "contacts that were invoiced, or chosen, become customers"},
    {"unmatched_customers", "'leave'|'hold'|'remove'", "'leave'",
     "customers that Xero does not know: left, shown, or archived"},
    {"assign_all", "bool", "true", "everybody may clock in to imported customers"},
    {"import_items", "bool", "true", "items that are sold and not tracked can be chosen on time sheets"},
    {"item_field", "text", "'Xero item'", "name of the custom field that holds the item"},
    {"item_required", "bool", "false", "a time sheet needs an item"},
    {"unmatched_items", "'leave'|'hold'|'remove'", "'leave'",
     "choices in these fields that Xero does not know: left, shown, or archived"},
    {"import_tracking", "bool", "true", "tracking categories become custom fields"},
    {"import_people", "'australia'|'always'|'never'", "'australia'",
     "where employees of Xero become people here; each costs a seat"},
    {"hours_when", "'approved'|'released'", "'approved'",
     "hours go when they are approved, or when the period is in the form pay_periods"},
    {"regular_rate", EARNINGS "?", NULL,
     "earnings rate of regular hours; in Australia the employee's own goes before"},
    {"payroll_tracking", "xero.TrackingCategories?", NULL,
     "the tracking category of time sheets in Xero's payroll settings"},
    {"sales_account", "xero.Accounts?", NULL, "account of invoice lines without an item"},
    {"terms", "decimal", "14", "days after which an invoice is due"},
    {"locked_hours", "'hold'|'take'", "'hold'", "whether locked hours, as after an export, are invoiced"},
};

/*
 * What the API answers, in words that help. Elements of a write have a status of their own, which
 * stands here like one of the whole answer.
 */
static const struct ferry_guard answers[] = {
    TAKEN_IF("status == 202",
             "taken: It is there already."),
    HOLD_IF("status == 401",
            "login-again: QuickBooks Time does not accept the login any more. Connect again."),
    HOLD_IF("status == 402",
            "billing: The QuickBooks Time account is not paid. Settle it under Company settings."),
    HOLD_IF("status == 403 and code == 'TS-1006'",
            "no-time-tracking: This person may not track time. Switch it on in their permissions."),
    HOLD_IF("status == 403",
            "forbidden: The person who connected may not do this. An administrator must connect."),
    HOLD_IF("status == 404",
            "not-there: QuickBooks Time does not have it any more. Run the flow again."),
    HOLD_IF("status == 405 or status == 501",
            "not-offered: QuickBooks Time does not offer this for the account."),
    HOLD_IF("status == 409",
            "conflict: It contradicts something in QuickBooks Time, such as another entry at the same time."),
    HOLD_IF("status == 413",
            "too-many: More was sent at once than QuickBooks Time takes. Tell whoever keeps this connector."),
    HOLD_IF("status == 417",
            "refused: QuickBooks Time refuses a value: a name that is taken, or one that it does not allow."),
    RETRY_IF("status == 429",
             "busy: 300 calls in five minutes are used up."),
    HOLD_IF("status == 499",
            "address-blocked: The account only admits some addresses. "
            "Add this machine's under IP authorization."),
    RETRY_IF("status >= 500",
             "down: QuickBooks Time is not available."),
    HOLD_IF("status == 400",
            "bad-request: QuickBooks Time does not understand the request. "
            "Tell whoever keeps this connector."),
};

/*
 * The screen that makes an application also makes a token, which people lengthen there: enough for a
 * host of one's own. Else its own OAuth server, no scopes; client id and secret in the body; a token
 * lives ten days, each refresh brings a new refresh token (assumed: the old one ends). A code ends
 * within seconds.
 */
#define LOGIN \
    "bearer | oauth2 authorize https://rest.tsheets.com/api/v1/authorize;" \
    " token https://rest.tsheets.com/api/v1/grant; secret in body"

FERRY_CONNECTOR("qbtime", "0.1.0",
                .name = "QuickBooks Time",
                .about = "clocked hours: customers, items and people in; payroll and invoices out",
                .hosts = "api rest.tsheets.com",
                .login = LOGIN,
                .quota = "300 per 300s",
                .absent = "'' '0000-00-00'",
                .options = ALL(options),
                .lists = ALL(lists),
                .flows = ALL(flows),
                .answers = ALL(answers))
