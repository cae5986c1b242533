/*
 * The flow `feed`: settled money as statement lines, so that the bookkeeper sees the wallet as a
 * bank would show it. At 08:00 and 13:00 UTC, from the day it is switched on (help: 3313040).
 *
 * What employees laid out is no money of the wallet: its lines go to the feed of PleoPocket, where
 * the export books it (assumed; the help page only says that they are in "the feed").
 */
/* clang-format off */
#ifndef PLEO_FEED_H
#define PLEO_FEED_H

#define STARTED                                                                                    \
    SKIP_IF("day < (option.feed_start ?? day)", "before-start: older than the feed")

#define HAPPENED                                                                                   \
    SKIP_IF("status in ('CANCELLED', 'REJECTED', 'ERROR')", "cancelled: it never happened")

/* As people said it; the company's own; one that Ferry made for this currency. */
#define FEED_WALLET                                                                                \
    "wallets[currency].account"                                                                    \
    " ?? if(currency == " HOME ", @bank_account,"                                                  \
    "       find(xero.Accounts, BankAccountNumber == " OUR_NUMBER("parent.currency")               \
    "            and Status == 'ACTIVE')"                                                          \
    "       ?? hold('wallet-unknown: Say which bank account the {currency} wallet is (form"        \
    " wallets).'))"

/* A statement line cannot be changed; whoever edits the note afterwards changes the books by the
 * export. */
#define SENT(mapping) WAIT_IF("exists(@" mapping ".id)", "sent: it is in the feed")

#define SEEN(line)                                                                                 \
    {"id",          line},                                                                         \
    {"date",        "day"},                                                                        \
    {"payee",       "cut(payee, 255)"},                                                            \
    {"description", "cut(join(' | ', owner, note), 2000)"},                                        \
    {"reference",   "reconciliationId"}

static const struct ferry_mapping feed[] = {
    {.name = "wallet_line",
     .about = "money that left or reached the wallet",
     .from = "wallet_entries",
     .to = "xero.StatementLines",
     .gone = "'leave'",
     .guards = GUARDS(
         SENT("wallet_line"),
         SKIP_IF("status == 'COMPLETED_EXTERNALLY'", "outside: it moved no money of the wallet"),
         HAPPENED,
         WAIT_IF("not exists(settledAt) or status != 'COMPLETED'", "not-settled: not settled yet"),
         STARTED,
         NOT_ZERO),
     .fields = FIELDS(SEEN("id"),
                      {"account", FEED_WALLET},
                      {"amount",  "effect"})},

    {.name = "pocket_line",
     .about = "what an employee laid out, once it is approved",
     .from = "pocket_entries",
     .to = "xero.StatementLines",
     .gone = "'leave'",
     .guards = GUARDS(
         SENT("pocket_line"),
         SKIP_IF("option.repay == 'bills'", "owed: it is a bill; no bank account shows it"),
         HAPPENED,
         WAIT_IF("reviewStatus != 'OK'", "not-approved: not approved yet"),
         STARTED,
         NOT_ZERO),
     .fields = FIELDS(SEEN("id"),
                      {"account", "option.pocket ?? @pocket_account"},
                      {"amount",  "-total"})},

    {.name = "pocket_repaid",
     .about = "a reimbursement, as PleoPocket sees it",
     .from = "wallet_entries",
     .to = "xero.StatementLines",
     .gone = "'leave'",
     .guards = GUARDS(
         SENT("pocket_repaid"),
         SKIP_IF("family != 'REIMBURSEMENT'", "no-reimbursement: it does not concern PleoPocket"),
         SKIP_IF("option.repay == 'bills'", "owed: it pays bills"),
         HAPPENED,
         WAIT_IF("not exists(settledAt)", "not-settled: not settled yet"),
         STARTED,
         NOT_ZERO),
     .fields = FIELDS(SEEN("join('-', id, 'pocket')"),
                      {"account", "option.pocket ?? @pocket_account"},
                      {"amount",  "-effect"})},

    {.name = "opening_line",
     .about = "what the wallet held when the feed began, so that the two balances agree",
     .from = "opening_balances",
     .to = "xero.StatementLines",
     .gone = "'hold'",
     .guards = GUARDS(SENT("opening_line")),
     .fields = FIELDS({"id",          "join('-', 'opening', currency)"},
                      {"account",     FEED_WALLET},
                      {"date",        "last_day"},
                      {"amount",      "money(balance, currency)"},
                      {"payee",       "'Pleo'"},
                      {"description", "'Opening balance'"})},
};

#endif
