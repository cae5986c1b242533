/*
 * The flow `humi`: pay runs from Humi's own API. What they look like is ASSUMED, see lists.h.
 */
/* One row per line. */
/* clang-format off */
#ifndef HUMI_HUMI_H
#define HUMI_HUMI_H

/*
 * A pay run is booked one way, once: when people change `post_as`, what is a bill stays a bill. The
 * kept pay run remembers, so that bill and journal need not look at each other.
 */
#define POST_AS(mapping)                                                                           \
    "if(exists(@" mapping ".target) and exists(@bill(@" mapping ".target).id), 'bill',"            \
    " if(exists(@" mapping ".target) and exists(@journal(@" mapping ".target).id), 'journal',"     \
    " option.post_as))"

#define ACCRUAL_OFF                                                                                \
    SKIP_IF("not wanted",                                                                          \
            "accrual-off: health tax, workers' compensation and accrued vacation are booked when "  \
            "the options say so")

/*
 * What leaves the bank: pay, reimbursements and the employer's shares, less what the company keeps
 * to pay itself. Tax and contributions of the employees are inside their pay. A cost that Humi does
 * not pay on is a cost and owed, which leaves the total of the bill as it is.
 */
static const struct ferry_mapping humi_parts[] = {
    {.name = "item",
     .about = "an item as Humi lists it",
     .from = "where(humi_items, run == parent)",
     .to = "items",
     .guards = GUARDS(
         ACCRUAL_OFF),
     .fields = FIELDS(
         {"id",         "id"},
         {"code",       "attributes.code"},
         {"name",       "attributes.name"},
         {"side",       "attributes.side"},
         {"amount",     "signed"},
         {"billed",     "case(attributes.kind,"
                        " 'income'|'reimbursement'|'employer_cost'|'accrual': true,"
                        " 'withholding': not remitted,"
                        " 'net_pay': false)"},
         {"owed",       "false"},
         {"department", "attributes.department.name"})},

    {.name = "owed",
     .about = "the other side of an employer's cost: it is owed until it is paid",
     .from = "where(humi_items, run == parent)",
     .to = "items",
     .guards = GUARDS(
         ACCRUAL_OFF,
         SKIP_IF("not (attributes.kind in ('employer_cost', 'accrual'))",
                 "no-other-side: only an employer's cost is owed as well")),
     .fields = FIELDS(
         {"id",         "join('-', id, 'owed')"},
         {"code",       "attributes.code"},
         {"name",       "attributes.name"},
         {"side",       "if(attributes.side == 'debit', 'credit', 'debit')"},
         {"amount",     "-signed"},
         {"billed",     "attributes.kind == 'accrual' or not remitted"},
         {"owed",       "true"},
         {"department", "attributes.department.name"})},
};

static const struct ferry_mapping humi[] = {
    {.name = "from_humi",
     .about = "a completed pay run of Humi",
     .from = "humi_runs",
     .to = "pay_runs",
     .gone = "'leave'", /* completed runs are final in Humi; what was booked stays booked */
     .guards = GUARDS(
         SKIP_IF("option.source != 'humi'", "other-source: pay runs come from elsewhere"),
         SKIP_IF("attributes.pay_date < option.start", "before-start: paid before the first day to book"),
         WAIT_IF("not (attributes.status in ('completed', 'paid'))",
                 "not-complete: not completed in Humi yet"),
         HOLD_IF("not exists(attributes.account_debit)",
                 "no-account-debit: Humi does not say what this pay run takes from the bank, so it cannot "
                 "be checked. Export it as a Journal Entry Report.")),
     .fields = FIELDS(
         {"id",            "join('-', 'humi', id)"},
         {"source",        "'humi'"},
         {"post_as",       POST_AS("from_humi")},
         {"label",         "if(attributes.kind == 'off_cycle', 'off-cycle')"},
         {"pay_date",      "attributes.pay_date"},
         /* support.humi.ca 15698497142679: the bill carries the day the run was approved */
         {"approved_on",   "day(attributes.completed_at, org.Timezone) ?? attributes.pay_date"},
         {"period",        "join(' to ', attributes.period_start, attributes.period_end)"},
         {"currency",      "attributes.currency"},
         {"account_debit", "attributes.account_debit"}),
     .parts = ALL(humi_parts)},
};

#endif
