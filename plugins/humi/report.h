/*
 * The flow `report`: the Journal Entry Report, saved as CSV into a folder. The way that needs no
 * API at all. A file that is taken away again leaves what was booked.
 */
/* One row per line. */
/* clang-format off */
#ifndef HUMI_REPORT_H
#define HUMI_REPORT_H

/* Totals at the end of a report have both sides, or nothing: they come to nothing. */
#define BOOKED   "where(rows, net != 0)"
#define PAY_DATE "max(" BOOKED ", paid_on)"

static const struct ferry_mapping report_parts[] = {
    {.name = "item",
     .about = "a row of the report",
     .from = "rows",
     .to = "items",
     .guards = GUARDS(
         SKIP_IF("net == 0", "zero: nothing to book in this row")),
     .fields = FIELDS(
         {"id",         "line"},
         {"code",       "code"},
         {"name",       "cells[option.column_text] ?? code"},
         {"side",       "if(net > 0, 'debit', 'credit')"},
         {"amount",     "money(net, option.currency)"},
         {"billed",     "net > 0 or not remitted"},
         {"owed",       "false"},
         {"department", "cells[option.column_department]"},
         {"location",   "cells[option.column_location]"})},
};

static const struct ferry_mapping report[] = {
    {.name = "from_report",
     .about = "the rows of one pay run",
     .from = "group(report_rows, run: run)",
     .to = "pay_runs",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("option.source != 'report'", "other-source: pay runs come from elsewhere"),
         SKIP_IF("count(" BOOKED ") == 0", "no-amounts: rows without an amount, or totals"),
         HOLD_IF("not exists(" PAY_DATE ") or any(" BOOKED ", not exists(paid_on))",
                 "no-date: {first(rows).file} has rows with an amount and no pay date. Complete them and "
                 "save the file again."),
         SKIP_IF(PAY_DATE " < option.start", "before-start: paid before the first day to book"),
         /* the same report saved under another name would double everything */
         HOLD_IF("count(group(" BOOKED ", file: file)) > 1",
                 "two-files: {join(' and ', group(" BOOKED ", file: file).file)} hold the same pay run. Take "
                 "one away; or, when both are right, name the column that tells them apart "
                 "(column_run)."),
         HOLD_IF("min(" BOOKED ", paid_on) != " PAY_DATE,
                 "two-dates: The rows of this pay run are of {min(" BOOKED ", paid_on)} and "
                 "{" PAY_DATE "}.")),
     .fields = FIELDS(
         {"id",          "join('-', 'report', run)"},
         {"source",      "'report'"},
         {"post_as",     POST_AS("from_report")},
         {"label",       "if(exists(option.column_run), run)"},
         {"pay_date",    PAY_DATE},
         {"approved_on", PAY_DATE},
         {"currency",    "option.currency"}),
     .parts = ALL(report_parts)},
};

#endif
