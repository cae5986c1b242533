/* Payroll 2.0, as the UK, New Zealand and Australia have it. */
/* clang-format off: one row per line */
#include "xero/lists.h"

#define PAYROLL      "/payroll.xro/2.0/"
#define PAGES_OF_100 .page = "page={page}", .next = "pagination.itemCount > offset"

const struct ferry_list xero_payroll_lists[] = {
    {.name = "xero.PayrollCalendars",
     .about = "when people are paid",
     .record = "*payrollCalendarID: text!,"
               "name: text,"
               "calendarType: text,"
               "periodStartDate: date,"
               "periodEndDate: date!?,"
               "paymentDate: date?",
     .read = READ(.get = "GET " PAYROLL "PayRunCalendars", .records = "payRunCalendars.*",
                  PAGES_OF_100)},

    {.name = "xero.EarningsRates",
     .about = "kinds of pay",
     .record = "*earningsRateID: text!,"
               "name: text,"
               "earningsType: text?,"
               "rateType: text?,"
               "typeOfUnits: text?",
     .read =
         READ(.get = "GET " PAYROLL "EarningsRates", .records = "earningsRates.*", PAGES_OF_100)},

    {.name = "xero.LeaveTypes",
     .about = "kinds of leave",
     .record = "*leaveTypeID: text!,"
               "name: text,"
               "isPaidLeave: bool",
     .read = READ(.get = "GET " PAYROLL "LeaveTypes", .records = "leaveTypes.*", PAGES_OF_100)},

    {.name = "xero.Employees",
     .about = "people on the payroll",
     .record = "*employeeID: text!,"
               "firstName: text,"
               "lastName: text,"
               "email: text?,"
               "payrollCalendarID: xero.PayrollCalendars?,"
               "startDate: date?,"
               "endDate: date?",
     .read = READ(.get = "GET " PAYROLL "Employees", .records = "employees.*", PAGES_OF_100)},

    {.name = "xero.Timesheets",
     .about = "hours of one employee in one period",
     .record = "*timesheetID: text!,"
               "employeeID: xero.Employees,"
               "payrollCalendarID: xero.PayrollCalendars,"
               "startDate: date,"
               "endDate: date,"
               "status: 'Draft'|'Requested'|'Approved'|'Completed'!,"
               "timesheetLines: ["
               "  *timesheetLineID: text!,"
               "  date: date,"
               "  earningsRateID: xero.EarningsRates,"
               "  numberOfUnits: decimal,"
               "  trackingItemID: xero.TrackingOptions?"
               "]",
     .read = READ(.get = "GET " PAYROLL "Timesheets", .records = "timesheets.*", PAGES_OF_100),
     .write = WRITE(.create = "POST " PAYROLL "Timesheets",
                    .remove = "DELETE " PAYROLL "Timesheets/{timesheetID}", .results = "timesheet",
                    .error = "problem.detail", .batch = 1)},

    {.name = "xero.Leave",
     .about = "leave that an employee takes",
     .record = "*leaveID: text!,"
               "employeeID: xero.Employees,"
               "leaveTypeID: xero.LeaveTypes,"
               "description: text(50),"
               "startDate: date,"
               "endDate: date,"
               "periods: ["
               "  *periodStartDate: date,"
               "  periodEndDate: date,"
               "  numberOfUnits: decimal,"
               "  periodStatus: text?"
               "]?",
     .write = WRITE(.create = "POST " PAYROLL "Employees/{employeeID}/Leave", .results = "leave",
                    .error = "problem.detail", .batch = 1)},
};

const unsigned xero_payroll_list_count = sizeof xero_payroll_lists / sizeof *xero_payroll_lists;
