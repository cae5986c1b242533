/* clang-format off */
/*
 * The flow `payroll`: approved hours become time sheets, time off becomes leave. Source: the
 * vendor's article for Australia (overtime mapped to pay items, leave codes linked, unpaid leave not
 * exported) and the API reference (overtime is told apart in the payroll reports only; approval is a
 * day of the person). New Zealand and the UK are what its users ask for.
 */
#ifndef QBTIME_PAYROLL_H
#define QBTIME_PAYROLL_H

/* The report has no custom fields: hours are spread over time sheets only where these matter. */
#define BY_SHEET  "(exists(option.payroll_tracking) or count(value_rates) > 0)"
#define IN_PERIOD "user_id == parent.who and date >= parent.period.start and date <= parent.period.end"
#define SHEETS    "where(timesheets, " IN_PERIOD " and is_work)"
#define OVERTIME  "where(overtime, " IN_PERIOD " and value > 0)"

#define NO_RATE \
    "hold('no-regular-rate: Choose the earnings rate of regular hours: " \
    "option regular_rate, or a form of rates.')"
#define USUAL_RATE \
    "job_rates[jobcode_id].rate ?? person_rates[user_id].rate ?? user_id.ordinary_rate" \
    " ?? option.regular_rate ?? " NO_RATE
#define SHEET_RATE \
    "first(where(value_rates, parent.customfields[field.id] == value)).rate ?? " USUAL_RATE
#define OVERTIME_RATE(multiplier, shown) \
    "overtime_rates[" multiplier "].rate ?? hold('no-overtime-rate: Overtime of " shown " times " \
    "has no earnings rate. Give it one in the form overtime_rates.')"

#define LINE(name_, about_, from_, seconds) \
    {.name = name_, \
     .about = about_, \
     .from = from_, \
     .to = "timesheetLines", \
     .fields = FIELDS({"date", "date"}, \
                      {"earningsRateID", "rate"}, \
                      {"numberOfUnits", HOURS("sum(rows, " seconds ")")})}

#define TRACKED_LINE(seconds, about_, rate) \
    {.name = seconds "_tracked", \
     .about = about_ ", for one tracking option", \
     .from = "group(where(" SHEETS ", " BY_SHEET " and " seconds " > 0)," \
             " date: date, rate: " rate ", tag: tracked.TrackingOptionID ?? '')", \
     .to = "timesheetLines", \
     .fields = FIELDS({"date", "date"}, \
                      {"earningsRateID", "rate"}, \
                      {"numberOfUnits", HOURS("sum(rows, " seconds ")")}, \
                      {"trackingItemID", "xero.TrackingOptions[tag]"})}

static const struct ferry_mapping timesheet_lines[] = {
    LINE("regular", "regular hours of a day at one rate",
         "group(where(rows, not " BY_SHEET " and total_re_seconds > 0), date: date, rate: " USUAL_RATE ")",
         "total_re_seconds"),
    LINE("overtime", "overtime of a day of one kind",
         "group(where(" OVERTIME ", not " BY_SHEET "), date: date,"
         " rate: " OVERTIME_RATE("multiplier", "{multiplier}") ")",
         "value"),
    TRACKED_LINE("regular", "regular hours of a day at one rate", SHEET_RATE),
    TRACKED_LINE("at_150", "time and a half", OVERTIME_RATE("'1.5'", "1.5")),
    TRACKED_LINE("at_200", "double time", OVERTIME_RATE("'2'", "2")),
    TRACKED_LINE("at_250", "double time and a half", OVERTIME_RATE("'2.5'", "2.5")),
};

/* ---- what stops hours ---- */

#define OFF_PAYROLL(who) \
    SKIP_IF(who ".off_payroll", \
            "off-payroll: a contractor, or not paid in Xero")

#define LINKED(who) \
    HOLD_IF("not exists(" who ".employee)", \
            "no-employee: Nobody on Xero's payroll is linked to {" who ".called}. " \
            "Link somebody, or put them into the form not_on_payroll."), \
    HOLD_IF("not exists(" who ".calendar)", \
            "no-calendar: {" who ".called} has no pay calendar in Xero. Choose one there."), \
    HOLD_IF("(" who ".period_kind ?? 'unknown') == 'unknown'", \
            "calendar-kind: The pay calendar of {" who ".called} is {" who ".calendar_kind}, " \
            "which is not mapped. Enter the hours in Xero by hand, then skip.")

#define READY(who, last_day, calendar_, period_end) \
    WAIT_IF("option.hours_when == 'approved' and not exists(" who ".approved_to)", \
            "not-approved: not approved in QuickBooks Time"), \
    WAIT_IF("option.hours_when == 'approved'" \
            " and (" who ".approved_to ?? date('2000-01-01', 'YYYY-MM-DD')) < " last_day, \
            "not-approved: approved to {" who ".approved_to}, not to {" last_day "}"), \
    WAIT_IF("option.hours_when == 'released'" \
            " and not any(pay_periods, calendar == " calendar_ " and last_day == " period_end ")", \
            "not-released: the pay period is not in the form pay_periods")

/* Never over somebody else's time sheet: two for one period would pay the hours twice. */
#define ALREADY_THERE \
    HOLD_IF("not exists(@timesheet.id) and any(xero.Timesheets, employeeID == parent.who.employee" \
            " and startDate <= parent.period.end and endDate >= parent.period.start)", \
            "exists-already: Xero has a time sheet of {who.called} for days from {period.start} " \
            "to {period.end}. Delete it there, or link it.")

#define AGREES \
    HOLD_IF(BY_SHEET \
            " and (not all(rows, worked == clocked) or sum(" SHEETS ", duration) != sum(rows, worked))", \
            "hours-differ: The time sheets of {who.called} come to " \
            "{" HOURS("sum(" SHEETS ", duration)") "} hours, the payroll report to " \
            "{" HOURS("sum(rows, worked)") "}. Rounding and automatic breaks in QuickBooks Time do that. " \
            "Correct them, or pay without tracking."), \
    HOLD_IF(BY_SHEET " and any(" OVERTIME ", not (number(multiplier) in (1.5, 2, 2.5)))", \
            "overtime-kind: With tracking, only overtime of 1.5, 2 and 2.5 times is mapped. " \
            "Enter this time sheet by hand, then skip."), \
    HOLD_IF("any(extra_pay, " IN_PERIOD " and value > 0)", \
            "extra-pay: Some hours are paid a fixed amount more, which is not mapped. " \
            "Enter this time sheet by hand, then skip.")

/* ---- leave ---- */

#define LEAVE_GUARDS(other_country) \
    GUARDS(OFF_PAYROLL("user_id"), \
           SKIP_IF(other_country, \
                   "other-country: leave is booked in another way there"), \
           SKIP_IF("(total_pto_seconds ?? 0) == 0 and (total_unpaid_seconds ?? 0) > 0", \
                   "unpaid: unpaid leave"), \
           SKIP_IF("(total_pto_seconds ?? 0) == 0", \
                   "no-leave: no time off"), \
           SKIP_IF("exists(time_off[jobcode_id]) and not exists(leave)", \
                   "unpaid: unpaid leave"), \
           HOLD_IF("not exists(leave)", \
                   "leave-unknown: Say in the form time_off which leave {jobcode_id.name} is."), \
           LINKED("user_id"), \
           READY("user_id", "date", "parent.user_id.calendar", "parent.period.end"))
#define NOT_LINKED "hold('no-employee: Link {user_id.called} to an employee.')"

static const struct ferry_mapping payroll[] = {
    {.name = "timesheet",
     .about = "the hours of one person in one pay period",
     .from = "group(day_hours, who: user_id, period: period)",
     .to = "xero.Timesheets",
     .guards = GUARDS(OFF_PAYROLL("who"),
                      SKIP_IF("not any(rows, worked > 0)",
                              "no-work: no hours, or time off only"),
                      LINKED("who"),
                      WAIT_IF("any(timesheets, " IN_PERIOD " and (on_the_clock ?? false))",
                              "on-the-clock: still clocked in"),
                      READY("who", "period.end", "parent.who.calendar", "parent.period.end"),
                      ALREADY_THERE,
                      AGREES),
     .fields = FIELDS({"employeeID", "who.employee"},
                      {"payrollCalendarID", "who.calendar"},
                      {"startDate", "period.start"},
                      {"endDate", "period.end"}),
     .parts = ALL(timesheet_lines),
     .approve = "'payroll'"},

    /* Day by day, so that a day that is taken back takes back that day. */
    {.name = "leave",
     .about = "a day of time off, in New Zealand and the UK",
     .from = "day_hours",
     .to = "xero.Leave",
     .guards = LEAVE_GUARDS("org.CountryCode == 'AU'"),
     .fields = FIELDS({"employeeID", "@person(user_id).record ?? " NOT_LINKED},
                      {"leaveTypeID", "leave"},
                      {"description", "cut(jobcode_id.name, 50)"},
                      {"startDate", "date"},
                      {"endDate", "date"}),
     .parts = PARTS({.name = "period",
                     .about = "how much of it falls into the pay period",
                     .to = "periods",
                     .fields = FIELDS({"periodStartDate", "period.start"},
                                      {"periodEndDate", "period.end"},
                                      {"numberOfUnits", HOURS("total_pto_seconds ?? 0")},
                                      {"periodStatus", "'Approved'"})}),
     .gone = "'remove'",
     .approve = "'leave'"},

    {.name = "leave_au",
     .about = "a day of time off, in Australia",
     .from = "day_hours",
     .to = "xero.LeaveApplications",
     .guards = LEAVE_GUARDS("org.CountryCode != 'AU'"),
     .match = MATCH("EmployeeID == @person_au(parent.user_id).record and StartDate == parent.date"
                    " and EndDate == parent.date and LeaveTypeID == parent.leave"),
     .fields = FIELDS({"EmployeeID", "@person_au(user_id).record ?? " NOT_LINKED},
                      {"LeaveTypeID", "leave"},
                      {"Title", "cut(jobcode_id.name, 50)"},
                      {"StartDate", "date"},
                      {"EndDate", "date"}),
     .parts = PARTS({.name = "period",
                     .about = "how much of it falls into the pay period",
                     .to = "LeavePeriods",
                     .fields = FIELDS({"PayPeriodStartDate", "period.start"},
                                      {"PayPeriodEndDate", "period.end"},
                                      {"NumberOfUnits", HOURS("total_pto_seconds ?? 0")},
                                      {"LeavePeriodStatus", "'SCHEDULED'"})}),
     .gone = "'remove'",
     .approve = "'leave'"},
};

#endif
