/*
 * Payhawk: company cards, reimbursements and supplier bills. Reviewed expenses become bills in
 * Xero, settled money pays them, receipts hang on them; what Xero knows goes back.
 *
 * Facts about the API: its published OpenAPI description (developers.payhawk.com, version 3, June
 * 2024) and help pages; what Payhawk's own Xero connection did: its help pages and its former
 * open-source connector. What is documented nowhere is marked "assumed" where it is used.
 */
/* clang-format off */
#include "ferry/connector.h"

#include "lists.h"

#include "expenses.h"
#include "feed.h"
#include "deposits.h"
#include "reference.h"
#include "report_back.h"
#include "suppliers.h"

static const struct ferry_flow flows[] = {
    {.name = "expenses",
     .about = "reviewed expenses become bills, settled money pays them",
     .when = "every 15m",
     .mappings = ALL(expenses)},

    /* The others start when the config names them: feeds need Xero's permission, and what is written to
       Payhawk ought to be somebody's wish. */
    {.name = "feed",
     .about = "settled money as lines of the bank accounts' statements",
     .when = "",
     .guards = ALL(feed_ready),
     .mappings = ALL(feed)},

    {.name = "deposits",
     .about = "money that was sent to the wallets: statement lines, and transfers",
     .when = "",
     .guards = ALL(deposits_ready),
     .mappings = ALL(deposits)},

    {.name = "reference",
     .about = "accounts, tax rates and tracking categories of Xero, to choose from in Payhawk",
     .when = "",
     .mappings = ALL(reference)},

    {.name = "report_back",
     .about = "links to what was booked, and which bills were paid",
     .when = "",
     .mappings = ALL(report_back)},

    {.name = "suppliers",
     .about = "suppliers know their contacts in Xero",
     .when = "",
     .mappings = ALL(suppliers)},
};

static const struct ferry_option options[] = {
    {"account", "text", NULL, "the Payhawk account, as in the portal's address: ?account=…"},
    {"number_prefix", "text?", NULL, "put before every document number"},
    {"expenses_from", "date?", NULL, "expenses that were made before this day are not exported"},
    {"balance_start", "date?", NULL, "statement lines and deposits of earlier days are left out"},

    {"new_suppliers", "'create'|'ask'|'link'", "'create'",
     "suppliers that Xero does not know: create them, ask a person first, or wait until one is linked"},
    {"bank_bills", "'authorised'|'draft'", "'authorised'", "bank expenses that nobody has paid yet become "
                                                           "bills of this kind"},

    {"general_account", "xero.Accounts?", NULL, "for categories without an active Xero account"},
    {"fee_account", "xero.Accounts?", NULL, "for the fees of payments"},
    {"advances_account", "xero.Accounts?", NULL, "where cash that was given in advance stands; expenses "
                                                 "are paid from it"},
    {"default_accounts", "bool", "false",
     "make and use the accounts Payhawk General (999999) and Fees (888888) where none is chosen"},

    {"add_currencies", "bool", "true", "add the currencies of wallets to the organisation"},

    {"deposit_lines", "bool", "true", "deposits are statement lines"},
    {"asset_accounts", "bool", "false", "accounts for assets may be chosen in Payhawk as well as those for "
                                        "expenses"},

    {"fees", "'entry'|'line'", "'entry'", "a fee of a card payment is an entry of its own, or a line of "
                                          "the bill"},
    {"amounts_contain_fees", "bool", "false", "whether the amounts in Payhawk's statement contain the fees "
                                              "already"},
    {"tolerance_percent", "decimal", "1", "how far the money that moved may be from the document's amount, "
                                          "in per cent"},
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

FERRY_CONNECTOR("payhawk", "0.2.0", .name = "Payhawk",
                .about = "company cards, reimbursements and supplier bills",
                .hosts = "api api.payhawk.com; files *.payhawk.com",
                .login = "header X-Payhawk-ApiKey",
                .quota = "15 per 1s; left RateLimit-Remaining; again Retry-After",
                .options = ALL(options), .lists = ALL(lists), .flows = ALL(flows),
                .answers = ALL(answers))
