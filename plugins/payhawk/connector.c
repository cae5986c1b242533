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

/* What the API answers, {code, message}, in words that help. The codes are nowhere listed: the status
   says enough. */
static const struct ferry_guard answers[] = {
    HOLD_IF("status == 400 or status == 422",
            "not-taken: Payhawk does not take it: {text}"),
    HOLD_IF("status == 401",
            "key-refused: Payhawk refuses the API key. Make a new one under Settings, Integrations."),
    HOLD_IF("status == 403",
            "key-too-weak: The key does not open this account, or lacks the permissions to view the "
            "developer API and to manage external integrations. Give them to its user, and look at the "
            "option account."),
    HOLD_IF("status == 404",
            "not-found: Payhawk has no such account or record. Look at the option account; a record may "
            "have been deleted."),
    TAKEN_IF("status == 409",
             "exists: Payhawk has this already."),
    HOLD_IF("status == 413",
            "too-large: Payhawk does not take so much at once. Archive accounts or options in Xero that "
            "nobody chooses."),
    RETRY_IF("status == 408 or status == 425 or status == 429",
             "busy: Payhawk asks to wait."),
    RETRY_IF("status >= 500",
             "unreachable: Payhawk cannot be reached at the moment; nothing to do."),
};

/*
 * A webhook names the record that changed, no more: Ferry reads it again. Of events that are not about
 * expenses the payload is not documented: assumed to be named like expenseId, which is.
 *
 * Not used: purchase-order.status.changed, as purchase orders do not go to Xero.
 */
static const struct ferry_row events[] = {
    {"expense.created", "expenses[payload.expenseId]"},
    {"expense.reviewed", "expenses[payload.expenseId]"},
    {"expense.approved", "expenses[payload.expenseId]"},
    {"expense.deleted", "expenses[payload.expenseId]"},
    {"expense.payment-details.updated", "expenses[payload.expenseId]"},
    {"payment.authorized", "payments[payload.paymentId]"},
    {"payment.settled", "payments[payload.paymentId]"},
    {"payment.failed", "payments[payload.paymentId]"},
    {"payment.reverted", "payments[payload.paymentId]"},
    {"deposit.received", "deposits[payload.depositId]"},
    {"supplier.created", "suppliers[payload.supplierId]"},
    {"supplier.updated", "suppliers[payload.supplierId]"},
};

/*
 * Login: a key in a header; keys do not expire as far as is documented. Hosts: api.payhawk.io answers too;
 * receipts come from wherever Payhawk keeps them (assumed below payhawk.com): that role never gets the key.
 * Quota: 15 calls in any second, as documented.
 *
 * Webhook: X-Payhawk-Signature is RSA (PKCS#1 v1.5, SHA-256) over X-Payhawk-Timestamp ":" path and query
 * ":" body, with the public key that the API shows; what is older than 60 s is refused.
 */
FERRY_CONNECTOR("payhawk", "0.2.0", .name = "Payhawk",
                .about = "company cards, reimbursements and supplier bills",
                .hosts = "api api.payhawk.com; files *.payhawk.com",
                .login = "header X-Payhawk-ApiKey",
                .quota = "15 per 1s; left RateLimit-Remaining; again Retry-After",
                .options = ALL(options), .lists = ALL(lists), .flows = ALL(flows),
                .answers = ALL(answers),
                .webhook = "rsa-sha256 X-Payhawk-Signature, key at /api/v3/rsa-public-key",
                .events = ALL(events))
