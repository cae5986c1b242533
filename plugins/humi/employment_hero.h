/*
 * The flow `employment_hero`: journals of Employment Hero Payroll. They have both sides. Which of
 * the amounts owed the service pays on is not in them, so people say it (account_map).
 */
/* One row per line. */
/* clang-format off */
#ifndef HUMI_EMPLOYMENT_HERO_H
#define HUMI_EMPLOYMENT_HERO_H

static const struct ferry_mapping employment_hero_parts[] = {
    {.name = "item",
     .about = "a line of the journal",
     .from = "where(eh_lines, run == parent)",
     .to = "items",
     .guards = GUARDS(
         SKIP_IF("amount == 0", "zero: nothing to book")),
     .fields = FIELDS(
         {"id",         "line"},
         {"code",       "code"},
         {"name",       "accountName ?? code"},
         {"side",       "if(isDebit, 'debit', 'credit')"},
         {"amount",     "if(isDebit, amount, -amount)"},
         /* leave that is earned and not taken moves no money: both of its sides are in the bill */
         {"billed",     "isDebit or not remitted or cut(journalItemType, 5) == 'Leave'"},
         {"owed",       "false"},
         /* the id of the account in the ledger it was imported from; ASSUMED to be Xero's */
         {"account_id", "externalAccountReferenceId"},
         /* ASSUMED: the first reporting dimension is the department */
         {"department", "first(reportingDimensionValueNames)"},
         {"location",   "location"})},
};

static const struct ferry_mapping employment_hero[] = {
    {.name = "from_employment_hero",
     .about = "a finalised pay run of Employment Hero Payroll",
     .from = "eh_runs",
     .to = "pay_runs",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("option.source != 'employment_hero'", "other-source: pay runs come from elsewhere"),
         SKIP_IF("datePaid < option.start", "before-start: paid before the first day to book"),
         WAIT_IF("not isFinalised", "not-final: not finalised in Employment Hero yet")),
     .fields = FIELDS(
         {"id",          "join('-', 'eh', id)"},
         {"source",      "'employment_hero'"},
         {"post_as",     POST_AS("from_employment_hero")},
         {"pay_date",    "datePaid"},
         {"approved_on", "dateFinalised ?? datePaid"},
         {"period",      "join(' to ', payPeriodStarting, payPeriodEnding)"},
         {"currency",    "option.currency"}),
     .parts = ALL(employment_hero_parts)},
};

#endif
