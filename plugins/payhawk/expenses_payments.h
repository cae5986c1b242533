/* clang-format off */
/* How an expense was paid, and what that cost. Rows of expenses.h. */

    {.name = "payment",
     .about = "each settled payment pays its part of the bill",
     .from = "statement_lines.expenseIds",
     .to = "xero.Payments",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("parent.type != 'debit'", "money-back: money that came back"),
                      SKIP_IF("expenses[value].both_ways == true",
                              "netted: charge and refund are one payment"),
                      SKIP_IF("parent.back != 0", "returned: the money came back"),
                      HOLD_IF("exists(expenses[value]) and not expenses[value].is_credit "
                              "and parent.currency != currency(expenses[value].billed) "
                              "and parent.currency != org.BaseCurrency",
                              THIRD_CURRENCY)),
     .fields = FIELDS({"Invoice.InvoiceID", "@bill(" THE_EXPENSE ")"},
                      {"Account.AccountID", BANK_ACCOUNT("parent.fundAccountId")},
                      {"Date", "parent.date"},
                      /* the shares add up to the bill to the cent, the first takes what is left over */
                      {"Amount", "if(" THE_EXPENSE ".in_parts and exists(parent.paidAmount), "
                                 "parent.paidAmount, "
                                 "share(" THE_EXPENSE ".to_pay, " THE_EXPENSE ".kept, weight))"},
                      /* what left the wallet, where the bill is in another currency: to the cent, whatever
                         the day's rate; Xero takes it since June 2026 */
                      {"BankAmount", "if(currency(" THE_EXPENSE ".billed) != parent.currency "
                                     "and count(parent.expenseIds) == 1, parent.charged)"})},

    /* on which day is said nowhere: assumed, when the last of it settled */
    {.name = "netted_payment",
     .about = "a charge and its refund: one payment of what is left",
     .from = "expenses",
     .to = "xero.Payments",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("not both_ways", "one-way: paid one by one"),
                      SKIP_IF("net == 0", "nothing-left: charge and refund cancel out")),
     .fields = FIELDS({"Invoice.InvoiceID", "if(net > 0, @bill)"},
                      {"CreditNote.CreditNoteID", "if(net < 0, @credit)"},
                      {"Account.AccountID", "first(charges).fundAccountId.chosen "
                                            "?? @bank_account(first(charges).fundAccountId " NO_CHARGE ")"},
                      {"Date", "max([max(charges, date), max(refunds, date)]) " NO_CHARGE},
                      {"Amount", "to_pay"},
                      {"BankAmount", "if(currency(billed) != currency(moved), abs(moved))"})},

    {.name = "refund",
     .about = "each settled refund pays its part of the credit note",
     .from = "payments",
     .to = "xero.Payments",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("status != 'settled'", "not-settled: no money has moved"),
                      SKIP_IF("amount >= 0", "charge: it is no refund"),
                      SKIP_IF("expense.both_ways", "netted: charge and refund are one payment")),
     .fields = FIELDS({"CreditNote.CreditNoteID", "@credit(expense)"},
                      {"Account.AccountID", BANK_ACCOUNT("fundAccountId")},
                      {"Date", "date"},
                      {"Amount", "share(expense.to_pay, expense.refunds, weight)"},
                      {"BankAmount", "if(currency(expense.billed) != currency, abs(amount))"})},

    {.name = "cash_payment",
     .about = "cash expenses, and those paid with an advance, are paid from the account that was chosen",
     .from = "expenses",
     .to = "xero.Payments",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("not type in ('cash', 'cashInAdvance')", "no-cash: not paid in cash"),
                      SKIP_IF("type == 'cash' and not exists(cash_accounts[currency(billed)])",
                              "no-account: no account was chosen for cash; the bill stays to be paid"),
                      SKIP_IF("net <= 0", "refund: cash that came back is not paid out"),
                      NO_THIRD_CURRENCY),
     .fields = FIELDS({"Invoice.InvoiceID", "@bill"},
                      {"Account.AccountID", "paying_account "
                                            "?? hold('no-advances-account: Choose the account that holds "
                                            "cash given in advance (option advances_account).')"},
                      {"Date", "day_booked"},
                      {"Amount", "billed"})},

    {.name = "outside_payment",
     .about = "what Payhawk marks as paid elsewhere is paid from the account that was chosen",
     .from = "expenses",
     .to = "xero.Payments",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("not type in ('bank', 'reimbursable', 'mileage', 'perDiem')",
                              "not-owed: nothing is left to be paid"),
                      SKIP_IF("not isPaid", "not-paid: not paid yet"),
                      SKIP_IF("count(kept) > 0", "paid-by-payhawk: Payhawk's own payment pays it"),
                      SKIP_IF("net <= 0", "refund: nothing is owed"),
                      SKIP_IF("not exists(outside_accounts[currency(billed)])",
                              "no-account: no account was chosen for that; the bill stays to be paid"),
                      /* our own payment makes it zero, too: that one stays */
                      SKIP_IF("not exists(@outside_payment.id) and @bill.target.AmountDue == 0",
                              "paid-in-xero: somebody paid it in Xero"),
                      HOLD_IF("not exists(settledAt)",
                              "no-payment-date: Payhawk does not say when it was paid. Pay it in Xero."),
                      NO_THIRD_CURRENCY),
     .fields = FIELDS({"Invoice.InvoiceID", "@bill"},
                      {"Account.AccountID", "paying_account "
                                            "?? hold('no-account: Choose an account for that.')"},
                      {"Date", "day(settledAt, org.Timezone)"},
                      {"Amount", "billed"})},

    /* ---- fees ---- */

    {.name = "fee",
     .about = "a fee is an entry of its own, in the account for fees",
     .from = "statement_lines",
     .to = "xero.BankTransactions",
     .gone = "'remove'",
     .guards = GUARDS(SKIP_IF("fee == 0", "no-fee: nothing was charged"),
                      SKIP_IF("option.fees == 'line' and of_card == true",
                              "in-bill: it is a line of the bill"),
                      SKIP_IF("expense.status == 'archived'", "archived: archived in Payhawk"),
                      WAIT_IF("exists(expense) and not exists(expense.reviewedAt)",
                              "not-reviewed: not reviewed in Payhawk yet")),
     .fields = FIELDS(ENTRY("'SPEND'")),
     .parts = PARTS({.name = "fee",
                     .about = "what it is for",
                     .to = "LineItems",
                     .fields = FIELDS({"Description", "join(' ', "
                                                      "join(' + ', if(fees.fx != 0, 'Exchange'), "
                                                      "            if(fees.pos != 0, 'POS'), "
                                                      "            if(fees.bank != 0, 'Bank')), "
                                                      "join(': ', 'fees', description))"},
                                      {"Quantity", "1"},
                                      {"UnitAmount", "fee"},
                                      {"AccountID", FEE_ACCOUNT})})},
