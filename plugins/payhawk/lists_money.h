/* clang-format off */
/* Wallets, expenses and what was paid. Rows of lists.h. */

    {.name = "fund_accounts",
     .about = "the wallets that cards and transfers are paid from, one currency each",
     .record = "*id: text,"
               "currency: text,"
               "type: 'debit'|'credit'|'linked',"
               "status: 'processing'|'active'|'blocked'|'closed'",
     .derive = FIELDS({"chosen", "wallet_map[id].account"}),
     .read = READ(.get = "GET " ACCOUNT "/fund-accounts", .records = "items.*", .complete = 1)},

    {.name = "expenses",
     .about = "what people spent",
     .record = "*id: text,"
               "type: 'bank'|'card'|'cash'|'cashInAdvance'|'mileage'|'reimbursable'|'perDiem',"
               "status: 'archived'|'draft'|'ready'|'deleted',"
               "createdAt: time,"
               "settledAt: time?,"
               "reviewedAt: time?,"
               "isPaid: bool,"
               "note: text?,"
               "createdBy.id: text,"
               "createdBy.email: text?,"
               "createdBy.firstName: text?,"
               "createdBy.lastName: text?,"
               "category.name: text?,"
               "category.fullName: text?,"
               "supplier.id: text?,"
               "supplier.name: text?,"
               "supplier.vat: text?,"
               "supplier.contactEmail: text?,"
               "supplier.address: text?,"
               "supplier.externalId: text?,"
               "supplier.externalSource: text?,"
               "document.documentDate: date?,"
               "document.documentNumber: text?,"
               "document.dueDate: date?,"
               "document.serviceDate: date?,"
               "document.files: [*id: text, place: position, url: file, contentType: text?]?,"
               "externalLinks: [title: text, *url: text]?," AMOUNTS ","
               "lineItems: [*id: text, note: text?, category: text?," AMOUNTS "]?",
     .derive = FIELDS(
         /* -- what it comes to, by its document -- */
         {"total", "reconciliation.totalAmount ?? hold('no-amount: The expense has no amount.')"},

         /* -- money that left a wallet for it, and money that came back. The statement has settled money
               only, and names the expenses of debits; whose a credit is, only `payments` say. -- */
         {"charges", "where(statement_lines, parent.id in expenseIds and type == 'debit')"},
         {"known", "where(payments, expense == parent)"},
         {"refunds", "where(known, status == 'settled' and amount < 0)"},
         {"two_currencies", "count(group(charges, currency: currency)) > 1 "
                            "or count(group(refunds, currency: currency)) > 1 "
                            "or any(refunds, count(parent.charges) > 0 "
                            "                and currency != first(parent.charges).currency)"},
         {"spent", "sum(charges, charged)"},
         {"came_back", "if(count(refunds) > 0, -sum(refunds, amount), sum(charges, back))"},
         /* one card payment for several expenses, in the currency of all of them: each is paid with what it
            comes to. How it falls apart in another currency, nobody knows. */
         {"is_shared", "type == 'card' and any(charges, count(expenseIds) > 1)"},
         {"is_shared_out", "is_shared and count(charges) == 1 and count(refunds) == 0 "
                           "and all(charges, back == 0 and currency == currency(parent.total) "
                           "                 and sum(expenseIds, expenses[value].total) == charged)"},
         {"moved", "if(two_currencies, hold('two-currencies: The payments are in different currencies. "
                   "Book it by hand, then skip.'), if(is_shared_out, total, spent - came_back))"},
         {"both_ways", "type == 'card' and count(charges) > 0 "
                       "and (count(refunds) > 0 or any(charges, back != 0))"},
         /* what the statement does not explain by itself: only of these are the payments asked for */
         {"explained", "not two_currencies and ((currency(spent) == currency(total) and spent == total) "
                       "or (all(charges, paidCurrency == currency(parent.total)) "
                       "and sum(charges, paidAmount) == total))"},
         {"unexplained", "type == 'card' and status == 'ready' and exists(reviewedAt) and not explained"},

         /* -- whether all of it is here. `settledAt` is not set when one of several payments failed; then the
               sum says it, or the payments do: none is on its way, and all that are settled are in the
               statement too. -- */
         {"covered", "not two_currencies and currency(moved) == currency(total) "
                     "and abs(moved) >= abs(total)"},
         {"all_settled", "count(known) > 0 and not any(known, status == 'pending') "
                         "and count(where(known, status == 'settled' and amount >= 0)) == count(charges)"},
         {"settled", "count(charges) + count(refunds) > 0 and (exists(settledAt) or covered or all_settled)"},

         /* -- what is booked. Of cards it is the money that moved: a charge and its refund are netted. -- */
         {"net", "if(type == 'card', moved, total)"},
         {"is_credit", "net < 0"},
         /* bank fees stay entries of their own: they are known long after the bill (assumed) */
         {"card_fee", "if(option.fees == 'line' and type == 'card', sum(charges, fee) + sum(refunds, fee), "
                      "money(0, org.BaseCurrency))"},
         /* the document's currency may stay when the money was the organisation's own, or no card was used;
            otherwise it is booked in the wallet's currency, as nobody knows a rate to the organisation's */
         {"as_is", "type != 'card' or (all(charges, currency == org.BaseCurrency) "
                   "and all(refunds, currency == org.BaseCurrency) "
                   "and (card_fee == 0 or currency(total) == org.BaseCurrency))"},
         {"billed", "abs(if(as_is, total, moved))"},
         {"to_pay", "if(is_credit, billed - card_fee, billed + card_fee)"},

         /* -- payments by bank transfer: what was returned does not count; a bill may be paid in parts, when
               the money is in its own currency and no transfer is for several bills -- */
         {"kept", "where(charges, back == 0)"},
         {"in_parts", "type != 'card' "
                      "and all(kept, paidCurrency == currency(parent.total) and count(expenseIds) == 1) "
                      "and sum(kept, paidAmount) <= total"},
         {"at_once", "count(kept) == 1 and in_parts and sum(kept, paidAmount) == total"},
         /* what was really paid, where that is known; otherwise Xero takes the day's rate, as for bills that
            are paid in parts: what left the wallet stands in each payment */
         {"rate", "if(count(charges) + count(refunds) > 0 "
                  "and currency(total) != org.BaseCurrency and moved != 0 "
                  "and all(charges, currency == org.BaseCurrency and count(expenseIds) == 1) "
                  "and all(refunds, currency == org.BaseCurrency) and (as_is and not in_parts or at_once), "
                  "div(value(abs(total)), value(abs(moved)), 6))"},

         {"paying_account", "if(type == 'cash', cash_accounts[currency(billed)].account, "
                            "if(type == 'cashInAdvance', option.advances_account, "
                            "outside_accounts[currency(billed)].account))"},

         /* -- who and when -- */
         {"day_made", "day(createdAt, org.Timezone)"},
         {"day_due", "document.dueDate ?? document.documentDate ?? day_made"},
         {"day_booked", "document.serviceDate ?? document.documentDate ?? day_made"},
         {"number", "join('', option.number_prefix, document.documentNumber ?? join('-', 'expense', id))"},
         /* mileage and per diem like other reimbursements; cash in advance was given out before, so that
            nobody is owed, but a bill needs a name (all assumed) */
         {"owed_to_employee", "type in ('reimbursable', 'mileage', 'perDiem') "
                              "or (type == 'cashInAdvance' and not exists(supplier.name))"},
         {"seller", "supplier.name ?? 'Payhawk Transaction'"},
         {"vendor", "fold(supplier.vat ?? supplier.name ?? 'Payhawk Transaction')"},
         {"contact_known", "if(supplier.externalSource == 'xero', supplier.externalId)"},
         {"owner", "join(' ', createdBy.firstName, createdBy.lastName)"},
         {"name_or_email", "if(exists(createdBy.firstName) or exists(createdBy.lastName), owner, "
                           "createdBy.email ?? 'Payhawk user')"},
         {"portal", "join('', 'https://portal.payhawk.com/expenses/', id, '?account=', option.account)"},
         {"rule", "first(where(rules, "
                  "(what == 'supplier' and fold(is) == fold(parent.supplier.name)) "
                  "or (what == 'category' and (fold(is) == fold(parent.category.name) "
                  "                            or fold(is) == fold(parent.category.fullName))) "
                  "or (what == 'person' and (fold(is) == fold(parent.owner) "
                  "                          or fold(is) == fold(parent.createdBy.email))) "
                  "or (what == 'type' and fold(is) == fold(parent.type)) "
                  "or (what == 'currency' and fold(is) == fold(parent.reconciliation.currency))))"}),
     /* open expenses and the last days each run, everything nightly: Payhawk has no filter for what has
        changed, and compares reviewedAt by the day */
     .read = READ(.get = "GET " ACCOUNT "/expenses", .records = "items.*", PAGES,
                  .gone = "status == 'deleted'")},

    {.name = "statement_lines",
     .about = "settled money, by wallet",
     .record = "*id: text,"
               "fundAccountId: fund_accounts,"
               "type: 'debit'|'credit',"
               "paymentId: text?,"
               "date: date,"
               "currency: text,"
               "amount: money(currency),"
               "paidCurrency: text?,"
               "paidAmount: money(paidCurrency)?," FEES ","
               "description: text?,"
               "expenseIds: text[]?",
     .derive = FIELDS(
         FEE,
         /* whether amounts contain the fees is not said anywhere; assumed as the vendor's own bank feed does:
            fees come on top */
         {"charged", "if(option.amounts_contain_fees, amount - fee, amount)"},
         {"left", "if(option.amounts_contain_fees, amount, amount + fee)"},
         {"arrived", "if(option.amounts_contain_fees, amount, amount - fee)"},
         /* a credit for the same payment: a transfer that was rejected after it had settled, a purchase that
            was reversed (assumed: paymentId is called the original identifier of the payment) */
         {"back", "if(type == 'debit', "
                  "sum(where(statement_lines, paymentId == parent.paymentId and type == 'credit'), amount), "
                  "money(0, currency))"},
         {"returned", "if(type == 'credit', "
                      "first(where(statement_lines, paymentId == parent.paymentId and type == 'debit')))"},
         {"expense", "expenses[first(expenseIds) ?? '-'] "
                     "?? first(where(payments, id == parent.paymentId)).expense"},
         {"of_card", "expense.type == 'card'"},
         {"weight", "if(option.fees == 'line', left, charged)"}),
     .read = READ(.get = "GET " ACCOUNT "/fund-accounts/{fundAccountId.id}/bank-statement",
                  .records = "lines.*", PAGES)},

    {.name = "payments",
     .about = "the payments of an expense, in every state, money back as negative amounts",
     .record = "*expense: expenses,"
               "*id: text,"
               "status: 'pending'|'settled'|'failed'|'reverted'|'expired',"
               "date: date,"
               "currency: text,"
               "amount: money(currency),"
               "fundAccountId: fund_accounts," FEES ","
               "description: text?",
     .derive = FIELDS(FEE, {"weight", "if(option.fees == 'line', amount + fee, amount)"}),
     /* one call for each expense, so only where the statement does not say enough */
     .read = READ(.get = "GET " ACCOUNT "/expenses/{expense.id}/payments", .records = "items.*",
                  .only = "expense.unexplained")},

    {.name = "deposits",
     .about = "money that was sent to a wallet",
     .record = "*id: text,"
               "fundAccountId: fund_accounts,"
               "date: date,"
               "currency: text,"
               "amount: money(currency),"
               "description: text?,"
               "sender.name: text?",
     .read = READ(.get = "GET " ACCOUNT "/fund-accounts/{fundAccountId.id}/deposits", .records = "items.*",
                  PAGES)},
