/*
 * The flow `post`: a finished pay run becomes one draft bill, or one balanced draft journal.
 *
 * Sources: support.humi.ca 5131081062807 (bill or manual journal; partner editions of Xero have no
 * bills), 15698497142679 (draft; date and reference; items without an account arrive empty), and
 * Humi's Xero FAQ (one line for each item; departments, health tax, workers' compensation and
 * accrued vacation are what it does not do, and this does).
 * ASSUMED, because no source shows it: the supplier's name (an option), due on the pay day, no tax
 * on any line, and that a manual journal is a draft of the pay day with the bill's reference.
 */
/* One row per line. */
/* clang-format off */
#ifndef HUMI_POST_H
#define HUMI_POST_H

/* ---- lines ---- */

/* One line for each item; for each of its departments, where those are mapped. */
#define ITEMS(condition)                                                                           \
    "group(where(items, " condition "), code: code, name: name, side: side, owed: owed,"           \
    " department: department_map[department ?? ''].name ?? '',"                                    \
    " location: department_map[location ?? ''].name ?? '')"

#define MAPPED MAPPED_ACCOUNT("first(rows).account_id ?? ''")

#define ACCOUNT                                                                                    \
    MAPPED " ?? note('default-account: {name} is booked to the default account.', " DEFAULT_ACCOUNT ")"

#define NAME "if(owed, join(' ', name, '(owed)'), name)"

/* What a person should hear of hangs on the text of the line. */
#define TRACKED_NAME                                                                               \
    "if(count(department_map) > 0 and any(rows, " NOT_TRACKED "),"                                 \
    " note('not-tracked: A department or location of {name} is not in department_map.', " NAME "),"  \
    NAME ")"
#define DESCRIPTION                                                                                \
    "if(exists(" MAPPED " ?? " DEFAULT_ACCOUNT "), " TRACKED_NAME ","                              \
    " note('no-account: {name} has no account yet. Complete it in Xero, or map {code} in account_map.',"  \
    TRACKED_NAME "))"

#define DEPARTMENT "department_map[department].option"
#define LOCATION   "department_map[location].option"

static const struct ferry_mapping tracking[] = {
    {.name = "department",
     .about = "the department as a tracking option",
     .to = "Tracking",
     .guards = GUARDS(
         SKIP_IF("not exists(" DEPARTMENT ")", "no-department: not split by department")),
     .fields = FIELDS(
         {"TrackingCategoryID", DEPARTMENT ".TrackingCategoryID"},
         {"TrackingOptionID",   DEPARTMENT})},

    {.name = "location",
     .about = "the location as a tracking option",
     .to = "Tracking",
     .guards = GUARDS(
         SKIP_IF("not exists(" LOCATION ")", "no-location: not split by location"),
         HOLD_IF(DEPARTMENT ".TrackingCategoryID == " LOCATION ".TrackingCategoryID",
                 "one-category: Department and location are options of one tracking category. Xero takes "
                 "one option of a category.")),
     .fields = FIELDS(
         {"TrackingCategoryID", LOCATION ".TrackingCategoryID"},
         {"TrackingOptionID",   LOCATION})},
};

static const struct ferry_mapping bill_lines[] = {
    {.name = "line",
     .about = "one line for each pay item and department",
     .from = ITEMS("billed"),
     .to = "LineItems",
     .guards = GUARDS(
         SKIP_IF("sum(rows, amount) == 0", "zero: comes to nothing")),
     .fields = FIELDS(
         {"Description", DESCRIPTION},
         {"Quantity",    "1"},
         {"UnitAmount",  "sum(rows, amount)"},
         {"AccountID",   ACCOUNT}),
     .parts = ALL(tracking)},
};

static const struct ferry_mapping journal_lines[] = {
    {.name = "line",
     .about = "one line for each pay item and department; debits above zero, credits below",
     .from = ITEMS("true"),
     .to = "JournalLines",
     .guards = GUARDS(
         SKIP_IF("sum(rows, amount) == 0", "zero: comes to nothing")),
     .fields = FIELDS(
         {"Description", DESCRIPTION},
         {"LineAmount",  "sum(rows, amount)"},
         {"AccountID",   ACCOUNT}),
     .parts = ALL(tracking)},
};

/* ---- what stops a pay run ---- */

/* `own` is the mapping's document: what was booked first stays as it is. */
#define WHOLE(own, booked)                                                                         \
    HOLD_IF("twice and not exists(@" own ".id)",                                                   \
            "same-pay-day: A pay run of this pay day came from another input before. When it is the " \
            "same one, skip this."),                                                               \
    HOLD_IF("not any(items, " booked ")", "empty: The pay run has nothing to book."),              \
    HOLD_IF("exists(account_debit) and to_pay != account_debit",                                   \
            "account-debit: The items come to {to_pay}, but {account_debit} leaves the bank: a "    \
            "difference of {abs(to_pay - (account_debit ?? to_pay))}."),                           \
    HOLD_IF("option.unmapped == 'hold' and count(department_map) > 0 and count(untracked) > 0",    \
            "not-tracked: Not in department_map: {join(', ', group(untracked, a: department ?? '').a, "  \
            "group(untracked, a: location ?? '').a)}.")

#define NO_BILLS "no-bills: This edition of Xero has no bills. Set post_as to journal."

#define UNBALANCED                                                                                 \
    "unbalanced: Debits and credits differ by {abs(balance)}: debits are {sum(debits, amount)}, "  \
    "credits {-sum(credits, amount)}."

#define UNMAPPED(items)                                                                            \
    "unmapped: No account yet for {join(', ', group(" items ", a: code).a)}. Map it in account_map."

#define ON_BANK(items)                                                                             \
    "bank-account: {join(', ', group(" items ", a: code).a)} would go to a bank account, which Xero "  \
    "takes neither in bills nor in journals. Map it to a clearing account."

/* ---- the flow ---- */

static const struct ferry_mapping post[] = {
    {.name = "payee",
     .about = "whom the bill is owed to",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .match = MATCH("fold(Name) == fold(option.contact)"),
     .fields = FIELDS(
         {"Name", "option.contact"})},

    {.name = "bill",
     .about = "a pay run becomes one draft bill over what Humi takes from the bank",
     .from = "pay_runs",
     .to = "xero.Invoices",
     .gone = "'hold'",
     .guards = GUARDS(
         SKIP_IF("post_as != 'bill'", "other-way: booked as a journal"),
         HOLD_IF("org.Edition == 'PARTNER'", NO_BILLS),
         WHOLE("bill", "billed and amount != 0"),
         /* where nobody says what leaves the bank, the two sides are all there is to check */
         HOLD_IF("not exists(account_debit) and balance != 0", UNBALANCED),
         HOLD_IF("to_pay < 0",
                 "negative: The pay run comes to {to_pay}, but no bill is below zero. Book it by hand."),
         HOLD_IF("option.unmapped == 'hold' and any(unmapped, billed)",
                 UNMAPPED("where(unmapped, billed)")),
         HOLD_IF("any(on_bank, billed)", ON_BANK("where(on_bank, billed)"))),
     .fields = FIELDS(
         {"Type",              "'ACCPAY'"},
         {"Status",            "'DRAFT'"},
         {"Contact.ContactID", "@payee"},
         {"InvoiceNumber",     "reference"}, /* of a bill, Xero shows it as the reference */
         {"Date",              "approved_on"},
         {"DueDate",           "pay_date"},
         {"LineAmountTypes",   "'NoTax'"},
         {"CurrencyCode",      "currency"}),
     .parts = ALL(bill_lines)},

    {.name = "journal",
     .about = "a pay run becomes one balanced draft journal",
     .from = "pay_runs",
     .to = "xero.ManualJournals",
     .gone = "'hold'",
     .guards = GUARDS(
         SKIP_IF("post_as != 'journal'", "other-way: booked as a bill"),
         WHOLE("journal", "amount != 0"),
         HOLD_IF("balance != 0", UNBALANCED),
         HOLD_IF("currency != org.BaseCurrency",
                 "currency: The pay run is in {currency}, but manual journals are in {org.BaseCurrency}."),
         /* unlike a bill, a journal cannot have a line without an account, even as a draft */
         HOLD_IF("count(unmapped) > 0", UNMAPPED("unmapped")),
         HOLD_IF("count(on_bank) > 0", ON_BANK("on_bank"))),
     .fields = FIELDS(
         {"Narration",       "reference"},
         {"Date",            "pay_date"},
         {"Status",          "'DRAFT'"},
         {"LineAmountTypes", "'NoTax'"}),
     .parts = ALL(journal_lines)},
};

#endif
