/* clang-format off */
/* Words that several flows share. */
#ifndef QBTIME_NAMES_H
#define QBTIME_NAMES_H

/* Australia's payroll is other lists of Xero than New Zealand's and the UK's. */
#define EMPLOYEE   "xero.Employees|xero.EmployeesAU"
#define CALENDAR   "xero.PayrollCalendars|xero.PayrollCalendarsAU"
#define EARNINGS   "xero.EarningsRates|xero.EarningsRatesAU"
#define LEAVE_TYPE "xero.LeaveTypes|xero.LeaveTypesAU"

/* Two connectors would double each other's customers, time sheets and invoices; so nothing runs
 * before it is known which add-ons there are. */
#define NO_OTHER_CONNECTOR \
    WAIT_IF("not exists(settings['general'])", \
            "not-read: the account's settings have not been read yet"), \
    HOLD_IF("(settings['xero'].settings.installed ?? '0') != '0'", \
            "other-connector: QuickBooks Time's own Xero add-on is installed as well. " \
            "Uninstall it under Add-ons, or both will write the same records.")

/* What is archived says active: false. */
#define LIVE "(active ?? true)"

/* Seconds to hours as both sides show them. */
#define HOURS(seconds) "div(" seconds ", 3600, 2)"

#endif
