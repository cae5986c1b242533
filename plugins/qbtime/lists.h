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

#include "hours_names.h"

#define API        "/api/v1/"
#define PAGES      .page = "page={page}&limit=200", .next = "more"
#define SINCE      .since = "modified_since={since}", .overlap_s = 120
#define IDS        .ids = "ids={ids}"
#define GET(list)  .get = "GET " API list "?supplemental_data=no&active=both", .records = "results." list ".*"
#define WRITES(list) \
    .create = "POST " API list, .update = "PUT " API list, .body = "data.*", \
    .results = "results." list ".*", .error = "_status_extra", .batch = 50
#define ARCHIVES(list) .remove = "PUT " API list " active=false"

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

#include "hours.h"

#include "forms.h"
};

#endif
