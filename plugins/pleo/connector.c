/*
 * Pleo: company cards, what employees lay out, invoices. A bookkeeper exports entries in Pleo;
 * they become money, bills, payments and transfers in Xero, and Pleo hears how each of them went.
 *
 * Facts about the API: Pleo's published OpenAPI descriptions (external.pleo.io); about what users
 * were promised: its help pages. What neither says is marked "assumed" where it is used.
 */
/* clang-format off */
#include "ferry/connector.h"

#include "words.h"

#include "item.h"
#include "lists.h"

#include "lines.h"

#include "auto_export.h"
#include "export.h"
#include "feed.h"
#include "reference.h"
#include "vendors.h"

/* Guards of flows are the set-up checklist: each says what to do. */
static const struct ferry_flow flows[] = {
    {.name = "export",
     .about = "what a bookkeeper exported in Pleo is booked in Xero, and reported back",
     .when = "every 5m",
     .guards = GUARDS(
         HOLD_IF("option.repay == 'bills' and (org.Edition ?? '') == 'PARTNER'",
                 "no-bills: This Xero plan has no bills. Set repay to transactions."),
         HOLD_IF("not exists(option.no_tax) and not exists(xero.TaxRates['NONE'])",
                 "no-tax-rate: Choose the tax rate of lines without tax (option no_tax)."),
         HOLD_IF("exists(option.pocket) and option.pocket.Type != 'BANK'",
                 "pocket-no-bank: The account of option pocket is no bank account; choose one that is."),
         HOLD_IF("exists(option.own_bank) and option.own_bank.Type != 'BANK'",
                 "own-bank-no-bank: The account of option own_bank is no bank account."),
         HOLD_IF("any(wallets, account.Type != 'BANK')",
                 "wallet-no-bank: A row of the form wallets names an account that is no bank account."),
         HOLD_IF("any(wallets, (account.CurrencyCode ?? org.BaseCurrency) != currency)",
                 "wallet-currency: A row of the form wallets names a bank account in another currency.")),
     .mappings = ALL(export)},

    {.name = "feed",
     .about = "settled money as statement lines",
     .when = "at 08:00 13:00",
     .guards = GUARDS(
         SKIP_IF("not option.feed", "feed-off: the feed is switched off"),
         HOLD_IF("not exists(option.feed_start)",
                 "feed-start: Say from which day the feed runs (option feed_start). Book what is older"
                 " first, and fill in opening_balances with what Pleo shows on the day before.")),
     .mappings = ALL(feed)},

    {.name = "reference",
     .about = "tax codes, accounts and tags in Pleo follow Xero",
     .when = "every 60m",
     .mappings = ALL(reference)},

    {.name = "vendors",
     .about = "suppliers, both ways",
     .when = "every 60m",
     .mappings = ALL(vendors)},

    {.name = "auto_export",
     .about = "exports by itself what is approved",
     .when = "at 20:00",
     .guards = GUARDS(
         SKIP_IF("not option.auto_export", "by-hand: people export by hand"),
         HOLD_IF("not exists(option.auto_export_from)",
                 "auto-export-from: Say from which day on Ferry may export by itself (option"
                 " auto_export_from).")),
     .mappings = ALL(auto_export)},
};

static const struct ferry_option options[] = {
    {"company", "text", NULL,
     "the Pleo company: its id, a UUID"},
    {"wallet_currency", "text?", NULL,
     "currency of the company in Pleo, if it is not the organisation's"},
    {"repay", "'transactions'|'bills'", "'transactions'",
     "how out-of-pocket spending is booked: through PleoPocket, or as bills that are paid"},
    {"pocket", "xero.Accounts?", NULL,
     "bank account for what employees are owed; else PleoPocket is made"},
    {"own_bank", "xero.Accounts?", NULL,
     "bank account that top-ups come from and reimbursements outside Pleo are paid from"},
    {"default_account", "xero.Accounts?", NULL,
     "account for lines without a category; else Pleo default account is made"},
    {"without_category", "'default'|'hold'", "'default'",
     "lines without a category: booked to the default account, or held"},
    {"no_tax", "xero.TaxRates?", NULL,
     "tax rate of lines without tax; else NONE"},
    {"closed_period", "'hold'|'shift'", "'hold'",
     "entries of a closed period: held, or booked on the first open day"},
    {"feed", "bool", "true",
     "settled money as statement lines"},
    {"feed_start", "date?", NULL,
     "first day of the feed"},
    {"tag_tracking", "bool", "true",
     "tracking categories are tags in Pleo"},
    {"tag_customers", "bool", "true",
     "customers are tags in Pleo"},
    {"send_vendors", "bool", "true",
     "suppliers are vendors in Pleo"},
    {"auto_export", "bool", "false",
     "export by itself what is approved, once a day"},
    {"auto_export_from", "date?", NULL,
     "first day of what is exported by itself"},
    {"vendor_based", "bool", "false",
     "what is exported by itself is booked through its vendors"},
};

/* What the API answers, {type, message}, in words that help. The type is `code`. */
static const struct ferry_guard answers[] = {
    HOLD_IF("status == 401",
            "login-refused: Pleo refuses the login. Connect again: ferry connect."),
    HOLD_IF("status == 403",
            "login-too-weak: Pleo does not allow this. Its API is open on the plans Advanced and Beyond;"
            " who connects must be an administrator there."),
    HOLD_IF("code == 'MISSING_CONTRA_ACCOUNTS'",
            "no-contra: Contra accounts are missing. Map all of them in Pleo under Settings, Accounting;"
            " until then nothing can be exported."),
    HOLD_IF("code == 'EXPORT_NOT_FOUND'",
            "job-unknown: Pleo does not know this export any more. Export the entries again."),
    HOLD_IF("code == 'EXPORT_ENTRY_NOT_FOUND' or code == 'ACCOUNTING_ENTRY_DOES_NOT_EXIST'",
            "entry-unknown: Pleo does not know this entry any more. See whether it was deleted there."),
    RETRY_IF("code == 'EXPORT_ALREADY_IN_PROGRESS'",
             "one-at-a-time: An export is running in Pleo; the next one waits for it."),
    /* the job is read again before anything else is said of it */
    RETRY_IF("code == 'INVALID_EXPORT_JOB_STATUS_CHANGE'",
             "job-moved-on: The export was started, cancelled or closed meanwhile; it is read again."),
    RETRY_IF("code == 'EXPORT_JOB_STATUS_UNPROCESSABLE'",
             "job-over: The export is over: cancelled, or expired. Export the entries again in Pleo."),
    HOLD_IF("code == 'EXPORT_JOB_ITEMS_UPDATE_LIMIT' or status == 413",
            "too-many: More than 100 entries at once. Report this: Ferry sends too many."),
    TAKEN_IF("code == 'EXTERNAL_ID_ALREADY_EXISTS'",
             "exists: Pleo has this account already; it is read and linked."),
    TAKEN_IF("status == 409",
             "exists: Pleo has one with this code already; it is read and linked."),
    HOLD_IF("status == 404",
            "not-found: Pleo does not know it. Look at the option company, and whether it was deleted."),
    HOLD_IF("status == 400 or status == 422",
            "refused: Pleo does not take it as it is. A group of tags that is full answers like this:"
            " archive tags of it in Pleo, then ferry retry."),
    RETRY_IF("status == 429",
             "busy: Pleo asks to wait."),
    RETRY_IF("status >= 500",
             "unreachable: Pleo cannot be reached at the moment; nothing to do."),
};

/*
 * Login: OAuth 2 with PKCE (S256) at auth.pleo.io; each refresh gives a new pair and kills the old
 * one. An API key works too, as the user of Basic with no password; it is what a self-hosted
 * connection without a registered client uses.
 *
 * Hosts: receipts come from wherever Pleo signs its addresses for (assumed below pleo.io); that role
 * never gets the token. Headers: none are asked for. Quota: no number is published; five a second is
 * assumed, Retry-After is.
 */
FERRY_CONNECTOR("pleo", "0.1.0", .name = "Pleo",
                .about = "company cards, out-of-pocket spending, invoices and the wallet",
                .hosts = "api external.pleo.io; files *.pleo.io",
                .login = "oauth2 auth.pleo.io/oauth",
                .quota = "5 per 1s; again Retry-After",
                .options = ALL(options), .lists = ALL(lists), .flows = ALL(flows),
                .answers = ALL(answers),
                /* headers webhook-id, webhook-timestamp, webhook-signature; secret whsec_… */
                .webhook = "standard-webhooks",
                .events = FIELDS({"v1.export-job.created", "export_jobs[data.id]"},
                                 {"v2.export-job.created", "export_jobs[data.id]"},
                                 {"v1.vendor.created",     "vendors[data.id]"}))
