/* clang-format off */
/*
 * The flow `feed`: settled money as statement lines, so that the balance of each wallet in Xero is the
 * wallet's balance, whether an expense was reviewed yet or not.
 *
 * One line for each line of Payhawk's statement: date, kind, description, amount, currency (the vendor's
 * help). Xero refuses feeds for demo companies, and lines older than a year or in the future; the second is
 * for the host, as the language has no clock.
 */
#ifndef PAYHAWK_FEED_H
#define PAYHAWK_FEED_H

#define NO_START                                                                                             \
    HOLD_IF("not exists(option.balance_start)",                                                              \
            "no-balance-start: Choose the first day of the balances (option balance_start). The day "        \
            "after the last lock date of the organisation is a good one.")

#define IN_BALANCE                                                                                           \
    SKIP_IF("exists(option.balance_start) and date < option.balance_start",                                  \
            "before-start: before the first day of the balances")

static const struct ferry_guard feed_ready[] = {
    NO_START,
    HOLD_IF("org.IsDemoCompany == true", "demo-company: Xero has no bank feeds for its demo companies."),
};

#define SELLER "expense.seller ?? description ?? 'somebody'"

/* The account for everything else; for nothing, in the end: both entries cancel out. */
#define GENERAL                                                                                              \
    "option.general_account ?? if(option.default_accounts, @general)"                                        \
    " ?? hold('no-general-account: Choose the account for everything else (option general_account).')"

#define REJECTED(amount)                                                                                     \
    {.name = "all",                                                                                          \
     .to = "LineItems",                                                                                      \
     .fields = FIELDS({"Description", "join(': ', 'Rejected payment', description)"},                        \
                      {"Quantity", "1"},                                                                     \
                      {"UnitAmount", amount},                                                                \
                      {"AccountID", GENERAL})}

static const struct ferry_mapping feed[] = {
    {.name = "statement_line",
     .about = "settled money is a line of the bank account's statement",
     .from = "statement_lines",
     .to = "xero.StatementLines",
     /* a bank statement does not lose lines: when this one does, a person looks */
     .gone = "'hold'",
     .guards = GUARDS(IN_BALANCE,
                      /* whether the statement has them, too, is not said: then they carry the deposit's
                         id (assumed) */
                      SKIP_IF("type == 'credit' and exists(paymentId) and exists(deposits[paymentId])",
                              "deposit: deposits are a flow of their own")),
     .fields = FIELDS({"id", "join('-', 'payhawk', id)"},
                      {"account", BANK_ACCOUNT("fundAccountId")},
                      {"date", "date"},
                      {"amount", "if(type == 'debit', -left, arrived)"},
                      {"payee", SELLER},
                      /* as the vendor's feed wrote it */
                      {"description", "join(': ', join(' ', if(type == 'debit', 'Payment to', 'Refund "
                                      "from'), " SELLER "), "
                                      "expense.document.documentNumber)"},
                      {"reference", "paymentId"})},

    /*
     * A transfer that settled and was then rejected stands in the statement twice, out and in. The bill is
     * open again (the flow `expenses` takes the payment back), so both lines need something to be matched
     * with: an entry each way in the account for everything else, as the vendor's connector did.
     */
    {.name = "returned_out",
     .about = "money that left, and came back because the transfer was rejected: on its way out",
     .from = "statement_lines",
     .to = "xero.BankTransactions",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("type != 'debit' or back == 0 or of_card == true",
                              "not-returned: it did not come back"),
                      IN_BALANCE),
     .fields = FIELDS(ENTRY("'SPEND'")),
     .parts = PARTS(REJECTED("left"))},

    {.name = "returned_in",
     .about = "the same money on its way back",
     .from = "statement_lines",
     .to = "xero.BankTransactions",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("type != 'credit' or not exists(returned) or returned.of_card == true",
                              "not-returned: it is no rejected payment"),
                      IN_BALANCE),
     .fields = FIELDS(ENTRY("'RECEIVE'")),
     .parts = PARTS(REJECTED("amount"))},
};

#endif
