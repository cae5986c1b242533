/* clang-format off */
/* How the lists of hours are written: short ways. */
#ifndef QBTIME_HOURS_NAMES_H
#define QBTIME_HOURS_NAMES_H

/*
 * The report is by person, day and job; what is worked beyond regular hours is by multiplier. At most
 * 31 days; whole weeks, because weekly overtime may be counted from the first day asked for (assumed).
 */
#define REPORT(last) \
    READ(.get = "POST " API "reports/payroll_by_jobcode", \
         .body = "{\"data\":{\"start_date\":\"{from}\",\"end_date\":\"{to}\"," \
                 "\"advanced_overtime\":\"yes\"}}", \
         .records = "results.payroll_by_jobcode_report.by_user.{user_id}.dates.{date}.{jobcode_id}" last, \
         .window_days = 28, .complete = 1)
#define OF_A_DAY   "*user_id: users, *date: date, *jobcode_id: jobcodes"
#define SAME_DAY   "date == parent.date and user_id == parent.user_id and jobcode_id == parent.jobcode_id"
#define OVERTIME_AT(times) "sum(where(overtime, " SAME_DAY " and number(multiplier) == " times "), value)"

/* Time sheets without a clock come after those with one; their ids say in which order. */
#define EARLIER \
    "((exists(start) and exists(parent.start) and start < parent.start)" \
    " or (exists(start) and not exists(parent.start))" \
    " or (not exists(start) and not exists(parent.start) and number(id) < number(parent.id)))"

/* The seconds of a time sheet that fall between two marks of its day and job. */
#define BETWEEN(low, high) "max([0, (min([after, " high "]) ?? 0) - (max([before, " low "]) ?? 0)]) ?? 0"

/* What a custom field's choice is, by its name now or by one that it had. */
#define LISTED(text, of) \
    "find(field_items, name == " text " and customfield_id == " of " and " LIVE ")" \
    " ?? find(field_names, name == " text " and field == " of ").listed"
#define NO_ITEM \
    "hold('item-unknown: {item_name} is no item of QuickBooks Time any more. Choose another there.')"
#define NO_OPTION \
    "hold('option-unknown: {option_name} is no tracking option of Xero any more. " \
    "Choose another in QuickBooks Time.')"

#endif
