/* Part of export.h: the job, and what documents need. */
/* clang-format off */
    /* ---- the job ---- */

    {.name = "job_start",
     .about = "the oldest job is started, one at a time",
     .from = "export_jobs",
     .to = "job_events",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("status != 'pending'", "started: started already, or over"),
         WAIT_IF("any(export_jobs, status == 'in_progress')", "one-at-a-time: another job runs"),
         WAIT_IF("any(export_jobs, status == 'pending' and createdAt < parent.createdAt)",
                 "older-first: an older job waits")),
     .fields = FIELDS({"jobId", "id"},
                      {"event", "'started'"})},

    /*
     * ---- accounts ----
     * As Pleo's own integration has them, three accounts appear when it is connected. They are made at
     * once, not when the first document needs them: the bookkeeper maps Pleo's contra accounts to
     * them, and before that Pleo exports nothing. Our id of them outlives any new name or code.
     */

    {.name = "bank_account",
     .about = "the bank account of the wallet, in the company's currency",
     .to = "xero.Accounts",
     .guards = GUARDS(SKIP_IF("exists(wallets[" HOME "]) and not exists(@bank_account.id)",
                              "chosen: another account stands for the wallet")),
     .match = MATCH("BankAccountNumber == " OUR_NUMBER(HOME) " and Status == 'ACTIVE'",
                    "Code == 'PLEOBANK' and Status == 'ACTIVE'"),
     .fields = FIELDS({"Code",              "'PLEOBANK'"},
                      {"Name",              "'Pleo Account'"},
                      {"Type",              "'BANK'"},
                      {"BankAccountNumber", OUR_NUMBER(HOME)},
                      {"CurrencyCode",      HOME})},

    {.name = "pocket_account",
     .about = "PleoPocket: what employees laid out and are owed; a bank account, so that it can be paid",
     .to = "xero.Accounts",
     .guards = GUARDS(SKIP_IF("(exists(option.pocket) or option.repay == 'bills')"
                              " and not exists(@pocket_account.id)",
                              "chosen: another account stands for it, or bills do")),
     .match = MATCH("Code == 'PLEOPOCKET' and Status == 'ACTIVE'"),
     .fields = FIELDS({"Code",              "'PLEOPOCKET'"},
                      {"Name",              "'PleoPocket'"},
                      {"Type",              "'BANK'"},
                      {"BankAccountNumber", OUR_NUMBER("'POCKET-', " HOME)},
                      {"CurrencyCode",      HOME})},

    {.name = "default_account",
     .about = "takes lines without a category",
     .to = "xero.Accounts",
     .guards = GUARDS(SKIP_IF("(exists(option.default_account) or option.without_category == 'hold')"
                              " and not exists(@default_account.id)",
                              "chosen: another account stands for it, or such lines are held")),
     .match = MATCH("Code == 'PLEO' and Status == 'ACTIVE'"),
     .fields = FIELDS({"Code", "'PLEO'"},
                      {"Name", "'Pleo default account'"},
                      {"Type", "'EXPENSE'"})},

    {.name = "currency_account",
     .about = "a bank account for each wallet in another currency, when the first entry needs it",
     .from = "group(export_items, currency: currency)",
     .to = "xero.Accounts",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("currency == " HOME, "home: the company's own currency")),
     .match = MATCH("BankAccountNumber == " OUR_NUMBER("parent.currency") " and Status == 'ACTIVE'"),
     .fields = FIELDS({"Code",              "join('-', 'PLEO', currency)"},
                      {"Name",              "join(' ', 'Pleo Account', currency)"},
                      {"Type",              "'BANK'"},
                      {"BankAccountNumber", OUR_NUMBER("currency")},
                      {"CurrencyCode",      "currency"})},

    /* ---- contacts, when the first document needs them ---- */

    {.name = "payee",
     .about = "a merchant that is no vendor in Pleo becomes a contact",
     .from = "group(export_items, payee: fold(payee))",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("not any(rows, to_payee)", "not-needed: nothing of it is booked by its name"),
         HOLD_IF("any(xero.Contacts, fold(Name) == parent.payee and ContactStatus != 'ACTIVE') and"
                 " not any(xero.Contacts, fold(Name) == parent.payee and ContactStatus == 'ACTIVE')",
                 "contact-archived: The contact {first(rows).payee} is archived in Xero. Restore it"
                 " there.")),
     .match = MATCH("fold(Name) == parent.payee and ContactStatus == 'ACTIVE'"),
     .fields = FIELDS({"Name", "first(rows).payee"})},

    {.name = "employee",
     .about = "whom something is owed becomes a contact",
     .from = "group(export_items, person: fold(person))",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("not any(rows, to_person)", "not-needed: owed nothing")),
     .match = MATCH("EmailAddress == first(parent.rows).user.id.email and ContactStatus == 'ACTIVE'",
                    "fold(Name) == parent.person and ContactStatus == 'ACTIVE'"),
     .fields = FIELDS({"Name",         "first(rows).person"},
                      {"EmailAddress", "first(rows).user.id.email"})},
