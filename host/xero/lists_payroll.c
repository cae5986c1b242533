/*
 * Payroll. New Zealand and the UK have Payroll 2.0; Australia has 2.0 for time sheets only and 1.0
 * for the rest, in other words: those lists end in AU. Nobody else has any.
 *
 * Facts: Xero's OpenAPI descriptions xero-payroll-{nz,uk,au,au-v2}.yaml.
 */
/* clang-format off */
#include "xero/lists.h"

#define PAYROLL      "/payroll.xro/2.0/"
#define PAYROLL_AU   "/payroll.xro/1.0/"
#define PAGES_OF_100 .page = "page={page}", .next = "pagination.itemCount > offset"
#define PAGES_AU     .page = "page={page}"

#define IN_NZ_AND_UK .only = "org.CountryCode in ('NZ', 'GB')"
#define IN_AUSTRALIA .only = "org.CountryCode == 'AU'"
#define IN_ALL_THREE .only = "org.CountryCode in ('AU', 'NZ', 'GB')"

/* A time sheet is the same everywhere; what it refers to is not. */
#define EMPLOYEE     "xero.Employees|xero.EmployeesAU"
#define CALENDAR     "xero.PayrollCalendars|xero.PayrollCalendarsAU"
#define EARNINGS     "xero.EarningsRates|xero.EarningsRatesAU"
#define LEAVE_TYPE   "xero.LeaveTypes|xero.LeaveTypesAU"

const struct ferry_list xero_payroll_lists[] = {
    {.name = "xero.PayrollCalendars",
     .about = "when people are paid",
     .record = "*payrollCalendarID: text!,"
               "name: text,"
               "calendarType: text,"
               "periodStartDate: date,"
               "periodEndDate: date!?,"
               "paymentDate: date?",
     .read = READ(.get = "GET " PAYROLL "PayRunCalendars",
                  .records = "payRunCalendars.*", PAGES_OF_100, IN_NZ_AND_UK)},

    {.name = "xero.EarningsRates",
     .about = "kinds of pay",
     .record = "*earningsRateID: text!,"
               "name: text,"
               "earningsType: text?,"
               "rateType: text?,"
               "typeOfUnits: text?,"
               "multipleOfOrdinaryEarningsRate: decimal?,"
               "currentRecord: bool?",
     .read = READ(.get = "GET " PAYROLL "EarningsRates",
                  .records = "earningsRates.*", PAGES_OF_100, IN_NZ_AND_UK)},

    {.name = "xero.LeaveTypes",
     .about = "kinds of leave",
     .record = "*leaveTypeID: text!,"
               "name: text,"
               "isPaidLeave: bool,"
               "isActive: bool?",
     .read = READ(.get = "GET " PAYROLL "LeaveTypes", .records = "leaveTypes.*", PAGES_OF_100, IN_NZ_AND_UK)},

    {.name = "xero.Employees",
     .about = "people on the payroll",
     .record = "*employeeID: text!,"
               "firstName: text,"
               "lastName: text,"
               "email: text?,"
               "payrollCalendarID: xero.PayrollCalendars?,"
               "startDate: date?,"
               "endDate: date?",
     .read = READ(.get = "GET " PAYROLL "Employees", .records = "employees.*", PAGES_OF_100, IN_NZ_AND_UK)},

    /* The list of time sheets comes without their lines. */
    {.name = "xero.Timesheets",
     .about = "hours of one employee in one period",
     .record = "*timesheetID: text!,"
               "employeeID: " EMPLOYEE ","
               "payrollCalendarID: " CALENDAR ","
               "startDate: date,"
               "endDate: date,"
               "status: 'Draft'|'Requested'|'Approved'|'Completed'|'Declined'!,"
               "timesheetLines: ["
               "  *timesheetLineID: text!,"
               "  date: date,"
               "  earningsRateID: " EARNINGS ","
               "  numberOfUnits: decimal,"
               "  trackingItemID: xero.TrackingOptions?"
               "]?",
     .read = READ(.get = "GET " PAYROLL "Timesheets", .records = "timesheets.*", PAGES_OF_100, IN_ALL_THREE),
     .write = WRITE(.create = "POST " PAYROLL "Timesheets",
                    .remove = "DELETE " PAYROLL "Timesheets/{timesheetID}", .results = "timesheet",
                    .error = "problem.detail", .batch = 1)},

    /* Could be read only one employee at a time, so it is not. */
    {.name = "xero.Leave",
     .about = "leave that an employee takes",
     .record = "*leaveID: text!,"
               "employeeID: xero.Employees,"
               "leaveTypeID: " LEAVE_TYPE ","
               "description: text(50),"
               "startDate: date,"
               "endDate: date,"
               "periods: ["
               "  *periodStartDate: date,"
               "  periodEndDate: date,"
               "  numberOfUnits: decimal,"
               "  periodStatus: text?"
               "]?",
     .write = WRITE(.create = "POST " PAYROLL "Employees/{employeeID}/Leave",
                    .update = "PUT " PAYROLL "Employees/{employeeID}/Leave/{leaveID}",
                    .remove = "DELETE " PAYROLL "Employees/{employeeID}/Leave/{leaveID}",
                    .results = "leave", .error = "problem.detail", .batch = 1)},

    {.name = "xero.PayrollCalendarsAU",
     .about = "when people are paid, in Australia",
     .record = "*PayrollCalendarID: text!,"
               "Name: text,"
               "CalendarType: text,"
               "StartDate: date,"
               "PaymentDate: date?",
     .read = READ(.get = "GET " PAYROLL_AU "PayrollCalendars",
                  .records = "PayrollCalendars.*", PAGES_AU, SINCE, IN_AUSTRALIA)},

    {.name = "xero.EarningsRatesAU",
     .about = "kinds of pay, in Australia",
     .record = "*EarningsRateID: text!,"
               "Name: text,"
               "EarningsType: text?,"
               "RateType: text?,"
               "TypeOfUnits: text?,"
               "Multiplier: decimal?,"
               "CurrentRecord: bool?",
     .read = READ(.get = "GET " PAYROLL_AU "PayItems",
                  .records = "PayItems.EarningsRates.*", PAGES_AU, IN_AUSTRALIA)},

    {.name = "xero.LeaveTypesAU",
     .about = "kinds of leave, in Australia",
     .record = "*LeaveTypeID: text!,"
               "Name: text,"
               "TypeOfUnits: text?,"
               "IsPaidLeave: bool?,"
               "CurrentRecord: bool?",
     .read = READ(.get = "GET " PAYROLL_AU "PayItems",
                  .records = "PayItems.LeaveTypes.*", PAGES_AU, IN_AUSTRALIA)},

    {.name = "xero.EmployeesAU",
     .about = "people on the payroll, in Australia",
     .record = "*EmployeeID: text!,"
               "FirstName: text,"
               "LastName: text,"
               "Email: text?,"
               "Status: text?,"
               "PayrollCalendarID: xero.PayrollCalendarsAU?,"
               "OrdinaryEarningsRateID: xero.EarningsRatesAU?,"
               "StartDate: date?,"
               "TerminationDate: date?",
     .read = READ(.get = "GET " PAYROLL_AU "Employees",
                  .records = "Employees.*", PAGES_AU, SINCE, IN_AUSTRALIA)},

    /* Cannot be deleted: a rejected application is out of the pay run. The body is a bare array. */
    {.name = "xero.LeaveApplications",
     .about = "leave that an employee takes, in Australia",
     .record = "*LeaveApplicationID: text!,"
               "EmployeeID: xero.EmployeesAU,"
               "LeaveTypeID: " LEAVE_TYPE ","
               "Title: text(50),"
               "Description: text(200)?,"
               "StartDate: date,"
               "EndDate: date,"
               "LeavePeriods: ["
               "  *PayPeriodStartDate: date,"
               "  PayPeriodEndDate: date,"
               "  NumberOfUnits: decimal,"
               "  LeavePeriodStatus: 'SCHEDULED'|'PROCESSED'|'REQUESTED'|'REJECTED'?"
               "]?",
     .read = READ(.get = "GET " PAYROLL_AU "LeaveApplications",
                  .records = "LeaveApplications.*", PAGES_AU, SINCE, IN_AUSTRALIA),
     .write = WRITE(.create = "POST " PAYROLL_AU "LeaveApplications",
                    .update = "POST " PAYROLL_AU "LeaveApplications/{LeaveApplicationID}",
                    .remove = "POST " PAYROLL_AU "LeaveApplications/{LeaveApplicationID}/reject",
                    .body = "*", .results = "LeaveApplications.*", .error = "ValidationErrors.*.Message",
                    .batch = 1)},
};

const unsigned xero_payroll_list_count = sizeof xero_payroll_lists / sizeof *xero_payroll_lists;
