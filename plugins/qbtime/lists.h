/* clang-format off */
/*
 * What QuickBooks Time has. Facts: its API reference (tsheetsteam.github.io/api_docs) and the
 * schemas of its .NET SDK; "assumed" marks what neither says.
 *
 * Every answer is {"results": {"<list>": {"<id>": {…}}}, "more": true|false}. Nothing is ever
 * deleted but time sheets: the rest is archived (`active: false`), and lists leave out what is
 * archived unless asked for both. Writes take fifty elements, each with a status of its own.
 */
#ifndef QBTIME_LISTS_H
#define QBTIME_LISTS_H

#define API        "/api/v1/"
#define PAGES      .page = "page={page}&limit=200", .next = "more"
#define SINCE      .since = "modified_since={since}", .overlap_s = 120
#define IDS        .ids = "ids={ids}"
#define GET(list)  .get = "GET " API list "?supplemental_data=no&active=both", .records = "results." list ".*"
#define WRITES(list) \
    .create = "POST " API list, .update = "PUT " API list, .body = "data.*", \
    .results = "results." list ".*", .error = "_status_extra", .batch = 50
#define ARCHIVES(list) .remove = "PUT " API list " active=false"

/* The report is by person, day and job; what is worked beyond regular hours is by multiplier. */
#define REPORT(last) \
    READ(.get = "POST " API "reports/payroll_by_jobcode", \
         .body = "{\"data\":{\"start_date\":\"{from}\",\"end_date\":\"{to}\"," \
                 "\"advanced_overtime\":\"yes\"}}", \
         .records = "results.payroll_by_jobcode_report.by_user.{user_id}.dates.{date}.{jobcode_id}" last, \
         .window_days = 31, .complete = 1)
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

static const struct ferry_list lists[] = {
    {.name = "settings",
     .about = "how the account is set up: which add-ons it has, how many custom fields it may have",
     .record = "*section: text,"
               "settings.installed: text?,"
               "settings.maximum_allowed_timesheet_custom_fields: decimal?",
     .read = READ(.get = "GET " API "effective_settings",
                  .records = "results.effective_settings.{section}", .complete = 1)},

    {.name = "users",
     .about = "people who clock hours",
     .record = "*id: text!,"
               "username: text?,"
               "first_name: text?,"
               "last_name: text?,"
               "email: text?,"
               "active: bool?,"
               "permissions.time_tracking: bool?,"
               "approved_to: date!?,"
               "submitted_to: date!?",
     .derive = FIELDS({"employee", "if(exists(@person), @person.record, @person_au.record)"},
                      {"calendar", "if(exists(@person), @person.record.payrollCalendarID,"
                                   "   @person_au.record.PayrollCalendarID)"},
                      {"period_start", "if(exists(@person), @person.record.payrollCalendarID.periodStartDate,"
                                       "   @person_au.record.PayrollCalendarID.StartDate)"},
                      {"calendar_kind", "if(exists(@person), @person.record.payrollCalendarID.calendarType,"
                                        "   @person_au.record.PayrollCalendarID.CalendarType)"},
                      {"period_kind", "case(calendar_kind, 'Weekly'|'WEEKLY': 'WEEKLY',"
                                      "   'Fortnightly'|'FORTNIGHTLY': 'FORTNIGHTLY',"
                                      "   'FourWeekly'|'FOURWEEKLY': 'FOURWEEKLY',"
                                      "   'Monthly'|'MONTHLY': 'MONTHLY',"
                                      "   'Quarterly'|'QUARTERLY': 'QUARTERLY', else: 'unknown')"},
                      {"ordinary_rate", "@person_au.record.OrdinaryEarningsRateID"},
                      {"off_payroll", "exists(@contractor) or exists(not_on_payroll[id])"},
                      {"called", "join(' ', first_name, last_name)"}),
     .read = READ(GET("users"), PAGES, SINCE, IDS),
     .write = WRITE(WRITES("users"), ARCHIVES("users"))},

    {.name = "jobcodes",
     .about = "customers, their jobs, and time-off codes",
     .record = "*id: text!,"
               "parent_id: text?,"
               "name: text(64),"
               "type: 'regular'|'pto'|'paid_break'|'unpaid_break'|'unpaid_time_off'!,"
               "billable: bool?,"
               "billable_rate: decimal?,"
               "active: bool?",
     .derive = FIELDS({"over", "jobcodes[parent_id ?? '0']"},
                      {"self", "jobcodes[id]"},
                      /* jobs may lie in jobs; the one on top is the customer */
                      {"top", "over.over.over.over ?? over.over.over ?? over.over ?? over ?? self"},
                      {"too_deep", "exists(over.over.over.over.over)"},
                      {"is_customer", "type == 'regular' and parent_id == '0' and " LIVE},
                      {"uninvoiced_hours", HOURS("sum(where(work, customer == parent and free), seconds)")}),
     .read = READ(.get = "GET " API "jobcodes?supplemental_data=no&active=both&type=all",
                  .records = "results.jobcodes.*", PAGES, SINCE, IDS),
     .write = WRITE(WRITES("jobcodes"), ARCHIVES("jobcodes"))},

    {.name = "jobcode_changes",
     .about = "what is changed about a job code that is there already",
     .record = "*id: jobcodes,"
               "active: bool",
     .write = WRITE(.create = "PUT " API "jobcodes", .update = "PUT " API "jobcodes", .body = "data.*",
                    .results = "results.jobcodes.*", .error = "_status_extra", .batch = 50)},

    {.name = "assignments",
     .about = "who may clock in to which customer; person 0 is everybody",
     .record = "*id: text!,"
               "user_id: text,"
               "jobcode_id: jobcodes,"
               "active: bool!?",
     .read = READ(GET("jobcode_assignments"), PAGES, SINCE, .gone = "active == false"),
     .write = WRITE(.create = "POST " API "jobcode_assignments",
                    .remove = "DELETE " API "jobcode_assignments?ids={id}",
                    .body = "data.*", .results = "results.jobcode_assignments.*",
                    .error = "_status_extra", .batch = 50)},

    {.name = "locations",
     .about = "addresses; one that is linked to a customer shows the customer to people who are near it",
     .record = "*id: text!,"
               "addr1: text?,"
               "addr2: text?,"
               "city: text?,"
               "state: text?,"
               "zip: text?,"
               "country: text?,"
               "active: bool?,"
               "linked_objects.jobcodes: jobcodes[]?",
     .read = READ(GET("locations"), PAGES, SINCE, IDS),
     .write = WRITE(WRITES("locations"), ARCHIVES("locations"))},

    {.name = "fields",
     .about = "custom fields of time sheets, six at most",
     .record = "*id: text!,"
               "name: text,"
               "applies_to: 'timesheet'|'user'|'jobcode',"
               "type: 'managed-list'|'free-form',"
               "required: bool?,"
               "active: bool?",
     .read = READ(GET("customfields"), PAGES, SINCE, IDS),
     .write = WRITE(WRITES("customfields"), ARCHIVES("customfields"))},

    {.name = "field_items",
     .about = "what can be chosen in a custom field",
     .record = "*id: text!,"
               "customfield_id: fields,"
               "name: text,"
               "active: bool?",
     .read = READ(.get = "GET " API "customfielditems?supplemental_data=no&active=both"
                         "&customfield_id={customfield_id.id}",
                  .records = "results.customfielditems.*", PAGES, SINCE,
                  .only = "customfield_id.type == 'managed-list'"),
     .write = WRITE(WRITES("customfielditems"), ARCHIVES("customfielditems"))},

    {.name = "item_filters",
     .about = "which choices of a custom field are shown for which customer",
     .record = "*id: text!,"
               "customfield_id: fields,"
               "customfielditem_id: field_items,"
               "applies_to: 'jobcodes'|'users'|'groups',"
               "applies_to_id: text,"
               "active: bool?",
     .read = READ(GET("customfielditem_filters"), PAGES, SINCE, IDS),
     .write = WRITE(WRITES("customfielditem_filters"), ARCHIVES("customfielditem_filters"))},

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
                                  "   @tracking_item(option_listed ?? " NO_OPTION ").record ?? " NO_OPTION ")"},
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

#include "forms.h"
};

#endif
