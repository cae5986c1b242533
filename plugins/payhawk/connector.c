/*
 * Payhawk: company cards, reimbursements and supplier bills. Reviewed expenses become bills in
 * Xero, settled money pays them, receipts hang on them.
 *
 * Facts about the API: its published OpenAPI description (developers.payhawk.com) and help pages;
 * what is not documented is marked "assumed" where it is used.
 */
#include "ferry/connector.h"

#include "lists.h"

#include "expenses.h"

static const struct ferry_flow flows[] = {
    {.name = "expenses",
     .about = "reviewed expenses become bills, settled money pays them",
     .when = "every 15m",
     .mappings = ALL(expenses)},
};

static const struct ferry_option options[] = {
    {"account", "text", NULL, "the Payhawk account, as in the portal's address: ?account=…"},
    {"number_prefix", "text?", NULL, "put before every document number"},
    {"general_account", "xero.Accounts?", NULL, "for categories without an active Xero account"},
    {"new_suppliers", "bool", "true", "create contacts for suppliers that Xero does not know"},
};

/* What the API answers, in words that help. */
static const struct ferry_guard answers[] = {
    HOLD_IF("status == 401", "key-refused: Payhawk refuses the API key. Make a new one under "
                             "Settings, Integrations."),
    HOLD_IF("status == 403", "key-too-weak: The key lacks the permissions to view the developer "
                             "API and to manage external integrations."),
    HOLD_IF("status == 404", "account-unknown: Payhawk knows no such account. Look at the option "
                             "account."),
    RETRY_IF("status == 429 or status >= 500", "busy: Payhawk is busy."),
};

FERRY_CONNECTOR("payhawk", "0.1.0", .name = "Payhawk",
                .about = "company cards, reimbursements and supplier bills",
                .hosts = "api api.payhawk.com; files *.payhawk.com",
                .login = "header X-Payhawk-ApiKey",
                .quota = "15 per 1s; left RateLimit-Remaining; again Retry-After",
                .options = ALL(options), .lists = ALL(lists), .flows = ALL(flows),
                .answers = ALL(answers))
