/* clang-format off */
/*
 * The flow `deposits`: money that was sent to a wallet. The vendor makes statement lines of them unless its
 * support switches that off; here it is a flow that may be off, and an option.
 */
#ifndef PAYHAWK_DEPOSITS_H
#define PAYHAWK_DEPOSITS_H

#define WALLET BANK_ACCOUNT("fundAccountId")
#define TOPUP  "topup_accounts[currency].account"

static const struct ferry_guard deposits_ready[] = {
    NO_START,
};

static const struct ferry_mapping deposits[] = {
    {.name = "deposit_line",
     .about = "a deposit is a line of the bank account's statement",
     .from = "deposits",
     .to = "xero.StatementLines",
     .gone = "'hold'",
     .guards = GUARDS(SKIP_IF("not option.deposit_lines", "switched-off: deposits are booked in another way"),
                      IN_BALANCE),
     .fields = FIELDS({"id", "join('-', 'payhawk-deposit', id)"},
                      {"account", BANK_ACCOUNT("fundAccountId")},
                      {"date", "date"},
                      {"amount", "amount"},
                      {"payee", "sender.name"},
                      /* money may be taken out of a wallet, too: a negative deposit (assumed) */
                      {"description", "join(': ', if(amount < 0, 'Bank wire sent', 'New Deposit'), "
                                      "description)"})},

    {.name = "top_up",
     .about = "a deposit from the company's own bank account is a transfer between the two",
     .from = "deposits",
     .to = "xero.BankTransfers",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("not exists(topup_accounts[currency])",
                              "no-account: no account was chosen that this wallet is filled from"),
                      IN_BALANCE,
                      HOLD_IF("(topup_accounts[currency].account.CurrencyCode ?? org.BaseCurrency) != "
                              "currency",
                              "third-currency: Xero moves money between accounts of one currency only. "
                              "Choose another account.")),
     .fields = FIELDS({"FromBankAccount.AccountID", "if(amount < 0, " WALLET ", " TOPUP ")"},
                      {"ToBankAccount.AccountID", "if(amount < 0, " TOPUP ", " WALLET ")"},
                      {"Date", "date"},
                      {"Amount", "abs(amount)"},
                      {"Reference", "join(' ', 'Payhawk deposit', id)"})},
};

#endif
