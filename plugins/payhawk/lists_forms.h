/* clang-format off */
/* What people fill in. Rows of lists.h. */

    {.name = "account_map",
     .about = "Xero accounts for Payhawk's account codes that Xero does not have",
     .form = OPTIONS({"*code", "text", NULL, "the code in Payhawk; - for categories without one"},
                     {"account", "xero.Accounts", NULL, "its account in Xero"})},

    {.name = "wallet_map",
     .about = "bank accounts in Xero for wallets that are not booked to the one of their currency",
     .form = OPTIONS({"*wallet", "fund_accounts", NULL, "the wallet (fund account) in Payhawk"},
                     {"account", "xero.Accounts", NULL, "its bank account in Xero, in the same currency"})},

    {.name = "cash_accounts",
     .about = "where the cash of cash expenses comes from; without one their bills stay to be paid",
     .form = OPTIONS({"*currency", "text", NULL, "the currency of the expense"},
                     {"account", "xero.Accounts", NULL,
                      "petty cash, in this or the organisation's currency"})},

    {.name = "outside_accounts",
     .about = "where bills are paid from that Payhawk only marks as paid; without one they stay to be paid",
     .form = OPTIONS({"*currency", "text", NULL, "the currency of the expense"},
                     {"account", "xero.Accounts", NULL, "a bank account, in this or the organisation's "
                                                        "currency"})},

    {.name = "topup_accounts",
     .about = "where deposits come from; with one, a deposit becomes a transfer between the two accounts",
     .form = OPTIONS({"*currency", "text", NULL, "the currency of the wallet"},
                     {"account", "xero.Accounts", NULL, "the bank account it is filled from, in the same "
                                                        "currency"})},

    {.name = "not_exported",
     .about = "expenses that stay out of Xero, because they are there already or do not belong there",
     .form = OPTIONS({"*expense", "expenses", NULL, "the expense"},
                     {"reason", "text?", NULL, "why, for those who look later"})},

    {.name = "rules",
     .about = "kinds of expenses that are not exported, or are held for a person",
     .form = OPTIONS({"what", "'supplier'|'category'|'person'|'type'|'currency'", NULL, "what is looked at"},
                     {"is", "text", NULL, "what it has to be; letters may be small or large"},
                     {"then", "'skip'|'hold'", "'hold'", "skip: never exported; hold: a person looks first"},
                     {"reason", "text?", NULL, "why, for those who look later"})},
