/* clang-format off */
/* Hours: time sheets, and the payroll report. Included into the array of lists.h. */

    /* Custom fields hold the name of what was chosen, not its id. */
    {.name = "timesheets",
     .about = "hours as they were clocked or entered",
     .record = "*id: text!,"
               "user_id: users,"
               "jobcode_id: jobcodes,"
               "type: 'regular'|'manual',"
               "start: time?,"
               "date: date,"
               "duration: decimal,"
               "on_the_clock: bool?,"
               "locked: decimal?,"
               "notes: text?,"
               "customfields: text{}?",
     .derive = FIELDS({"job", "jobcodes[jobcode_id]"},
                      {"is_work", "not (on_the_clock ?? false)"
                                  " and (job.type ?? 'regular') in ('regular', 'paid_break')"},
                      {"item_name", "customfields[@item_field.id ?? '-']"},
                      {"item_listed", LISTED("parent.item_name", "@item_field")},
                      {"item", "if(exists(item_name), @item(item_listed ?? " NO_ITEM ").record)"},
                      {"tracking_field", "if(exists(option.payroll_tracking),"
                                         "   @tracking_field(option.payroll_tracking).target)"},
                      {"option_name", "customfields[tracking_field.id ?? '-']"},
                      {"option_listed", LISTED("parent.option_name", "parent.tracking_field")},
                      {"tracked", "if(exists(option_name),"
                                  "   @tracking_item(option_listed ?? " NO_OPTION ").record"
                                  "   ?? " NO_OPTION ")"},
                      /* regular hours come first, then the lowest multiplier: as in the report */
                      {"report", "find(day_hours, " SAME_DAY ")"},
                      {"before", "sum(where(timesheets, " SAME_DAY " and is_work and " EARLIER "),"
                                 "    duration)"},
                      {"after", "before + duration"},
                      {"upto_regular", "report.total_re_seconds ?? 0"},
                      {"upto_150", "upto_regular + (report.at_150 ?? 0)"},
                      {"upto_200", "upto_150 + (report.at_200 ?? 0)"},
                      {"upto_250", "upto_200 + (report.at_250 ?? 0)"},
                      {"regular", BETWEEN("0", "upto_regular")},
                      {"at_150", BETWEEN("upto_regular", "upto_150")},
                      {"at_200", BETWEEN("upto_150", "upto_200")},
                      {"at_250", BETWEEN("upto_200", "upto_250")}),
     .read = READ(.get = "GET " API "timesheets?supplemental_data=no&on_the_clock=both"
                         "&start_date={option.start}",
                  .records = "results.timesheets.*", PAGES, SINCE, IDS,
                  .gone_at = "GET " API "timesheets_deleted?modified_since={since}"
                             " results.timesheets_deleted.*.id")},

    /* The tables are kept so that the record changes when they do, and what was sent is looked at again. */
    {.name = "day_hours",
     .about = "one person, day and job in the payroll report: only there is overtime told apart",
     .record = OF_A_DAY ","
               "total_re_seconds: decimal,"
               "total_pto_seconds: decimal?,"
               "total_unpaid_seconds: decimal?,"
               "total_work_seconds: decimal?,"
               "overtime_seconds: decimal{}?,"
               "fixed_rate_seconds: decimal{}?",
     .derive = FIELDS({"overtime_worked", "sum(where(overtime, " SAME_DAY "), value)"},
                      {"at_150", OVERTIME_AT("1.5")},
                      {"at_200", OVERTIME_AT("2")},
                      {"at_250", OVERTIME_AT("2.5")},
                      {"worked", "total_re_seconds + overtime_worked"},
                      {"clocked", "sum(where(timesheets, " SAME_DAY " and is_work), duration)"},
                      /* who is not linked yet is put into weeks, so that one hold says it for a week */
                      {"period", "period(date, user_id.period_start ?? date('2001-01-01', 'YYYY-MM-DD'),"
                                 "case(user_id.period_kind ?? 'unknown', 'unknown': 'WEEKLY',"
                                 "     else: user_id.period_kind ?? 'WEEKLY'))"},
                      {"leave", "time_off[jobcode_id].leave"}),
     .read = REPORT("")},

    {.name = "overtime",
     .about = "the overtime of such a day, by what it is multiplied with",
     .record = OF_A_DAY ","
               "*multiplier: text,"
               "value: decimal",
     .read = REPORT(".overtime_seconds.{multiplier}")},

    {.name = "extra_pay",
     .about = "the hours of such a day that are paid so much more",
     .record = OF_A_DAY ","
               "*amount: text,"
               "value: decimal",
     .read = REPORT(".fixed_rate_seconds.{amount}")},
