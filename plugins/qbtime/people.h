/* clang-format off */
/*
 * The flow `people`: who is paid in Xero is who clocks hours. Source: the vendor's article (match on
 * first name, last name and address, exactly) and its FAQ (imported in Australia only; contractors
 * cannot be imported).
 */
#ifndef QBTIME_PEOPLE_H
#define QBTIME_PEOPLE_H

/* A person is matched exactly or not at all: hours that go to a namesake are wages for a stranger. */
#define SAME_PERSON(first, last, email) \
    "last_name == " last " and first_name == " first " and email == " email
#define NAMESAKE(first, last) \
    "fold(last_name) == fold(parent." last ") and fold(first_name) == fold(parent." first ")"
#define SAME_ADDRESS(email) "fold(email) == fold(parent." email ")"

#define NEW_PERSON(mapping, first, last, email) \
    "not exists(@" mapping ".id)" \
    " and not any(users, " SAME_PERSON("parent." first, "parent." last, "parent." email) ")"
#define THAT_USER(condition) "first(where(users, " condition "))"

#define PERSON_GUARDS(mapping, first, last, email, end, wanted) \
    GUARDS(HOLD_IF(NEW_PERSON(mapping, first, last, email) " and any(users, " NAMESAKE(first, last) ")", \
                   "near-match: QuickBooks Time has {" THAT_USER(NAMESAKE(first, last)) ".called} with " \
                   "{" THAT_USER(NAMESAKE(first, last)) ".email}, " \
                   "Xero {" first "} {" last "} with {" email "}. " \
                   "Link them, or make name and address alike."), \
           HOLD_IF(NEW_PERSON(mapping, first, last, email) " and any(users, " SAME_ADDRESS(email) ")", \
                   "near-match: QuickBooks Time has {" THAT_USER(SAME_ADDRESS(email)) ".called} " \
                   "with the address of {" first "} {" last "}. Link them, or make the names alike."), \
           SKIP_IF(NEW_PERSON(mapping, first, last, email) " and exists(" end ")", \
                   "left: has left, and never clocked hours"), \
           SKIP_IF(NEW_PERSON(mapping, first, last, email) " and not (" wanted ")", \
                   "not-imported: not in QuickBooks Time, and people are not imported"), \
           HOLD_IF(NEW_PERSON(mapping, first, last, email) " and not exists(" email ")", \
                   "no-email: Give {" first "} {" last "} an e-mail address in Xero, or link somebody."))

/* Each person costs a seat. Without time_tracking nobody can clock in (API reference, TS-1006). */
#define PERSON_FIELDS(first, last, email) \
    FIELDS({"username", email}, \
           {"first_name", first}, \
           {"last_name", last}, \
           {"email", email}, \
           {"active", "true"}, \
           {"permissions.time_tracking", "true"})

static const struct ferry_mapping people[] = {
    {.name = "person",
     .about = "somebody on the payroll in New Zealand or the UK is somebody who clocks hours",
     .from = "xero.Employees",
     .to = "users",
     .guards = PERSON_GUARDS("person", "firstName", "lastName", "email", "endDate",
                             "option.import_people == 'always'"),
     .match = MATCH(SAME_PERSON("parent.firstName", "parent.lastName", "parent.email")),
     .fields = PERSON_FIELDS("firstName", "lastName", "email")},

    {.name = "person_au",
     .about = "somebody on the payroll in Australia is somebody who clocks hours",
     .from = "xero.EmployeesAU",
     .to = "users",
     .guards = PERSON_GUARDS("person_au", "FirstName", "LastName", "Email", "TerminationDate",
                             "option.import_people != 'never'"),
     .match = MATCH(SAME_PERSON("parent.FirstName", "parent.LastName", "parent.Email")),
     .fields = PERSON_FIELDS("FirstName", "LastName", "Email")},

    {.name = "contractor",
     .about = "a supplier who clocks hours",
     .from = "contractors",
     .to = "users",
     .guards = GUARDS(
         HOLD_IF("not exists(supplier.FirstName) or not exists(supplier.LastName)"
                 " or not exists(supplier.EmailAddress)",
                 "no-name: Give {supplier.Name} a first name, a last name and an e-mail address in Xero.")),
     .match = MATCH(SAME_PERSON("parent.supplier.FirstName", "parent.supplier.LastName",
                                "parent.supplier.EmailAddress")),
     .fields = PERSON_FIELDS("supplier.FirstName", "supplier.LastName", "supplier.EmailAddress")},
};

#endif
