/* clang-format off */
/*
 * The flow `customers`: whom you bill in Xero can be clocked in to. Source: the vendor's article
 * "Integrate QuickBooks Time and Xero" (import options) and its FAQ.
 */
#ifndef QBTIME_CUSTOMERS_H
#define QBTIME_CUSTOMERS_H

#define CUSTOMER_NAME  "contact_choices[ContactID].name ?? Name"
#define OUR_NAME       "(contact_choices[parent.ContactID].name ?? parent.Name)"
#define SAME_NAME      "name == " OUR_NAME " and parent_id == '0' and type == 'regular' and " LIVE
#define ARCHIVED_NAME  "name == " OUR_NAME " and parent_id == '0' and type == 'regular' and not " LIVE
#define NEAR_NAME      "fold(name) == fold" OUR_NAME " and parent_id == '0' and type == 'regular'"
#define NEW_CUSTOMER   "not exists(@customer.id) and not any(jobcodes, " SAME_NAME ")"

/* What hangs on a customer says nothing of its own while there is none. */
#define WITH_CUSTOMER(document) \
    SKIP_IF(document ".state in ('none', 'withdrawn', 'removed')", \
            "no-customer: the contact is no customer, or none any more"), \
    WAIT_IF(document ".state == 'held'", "customer-first: the customer is held")

static const struct ferry_mapping customers[] = {
    /* Children of a customer are archived with it, so only a contact that was archived archives. */
    {.name = "customer",
     .about = "a contact that was invoiced, or chosen, becomes a customer to clock in to",
     .from = "xero.Contacts",
     .to = "jobcodes",
     .guards = GUARDS(
         WAIT_IF("not option.import_customers", "switched-off: customers are not imported"),
         SKIP_IF("ContactStatus != 'ACTIVE'", "archived: archived in Xero"),
         SKIP_IF("not (contact_choices[ContactID].import ?? IsCustomer ?? false)",
                 "never-invoiced: never invoiced, and not chosen"),
         HOLD_IF("cut(" CUSTOMER_NAME ", 64) != (" CUSTOMER_NAME ")",
                 "name-too-long: {Name} is longer than the 64 characters that QuickBooks Time takes. "
                 "Give it a shorter name in the form contact_choices."),
         HOLD_IF(NEW_CUSTOMER " and any(jobcodes, " ARCHIVED_NAME ")",
                 "archived-there: QuickBooks Time has a customer {" CUSTOMER_NAME "} that is archived. "
                 "Bring it back with the form restored_customers, or link it."),
         HOLD_IF(NEW_CUSTOMER " and any(jobcodes, " NEAR_NAME ")",
                 "near-match: QuickBooks Time has a customer {first(where(jobcodes, " NEAR_NAME ")).name}, "
                 "Xero {" CUSTOMER_NAME "}. "
                 "Link them, or make the names alike.")),
     .match = MATCH(SAME_NAME),
     .fields = FIELDS({"name", CUSTOMER_NAME},
                      {"active", "true"}),
     .gone = "'remove'",
     /* what is nearly called like a contact waits for a person, who may want to link it */
     .others = "if(is_customer and not exists(restored_customers[id])"
               "   and not any(xero.Contacts, fold(Name) == fold(parent.name)),"
               "   option.unmatched_customers, 'leave')"},

    {.name = "restored_customer",
     .about = "an archived customer is brought back",
     .from = "restored_customers",
     .to = "jobcode_changes",
     .fields = FIELDS({"id", "customer"},
                      {"active", "true"}),
     .gone = "'leave'"},

    /* Where somebody works is the street address; Xero's other one is where invoices go. */
    {.name = "address",
     .about = "the customer's address, so that it shows as a project near by",
     .from = "xero.Contacts.Addresses",
     .to = "locations",
     .guards = GUARDS(
         WITH_CUSTOMER("@customer(parent)"),
         SKIP_IF("not exists(AddressLine1)", "no-street: no address"),
         SKIP_IF("AddressType != 'STREET'"
                 " and any(parent.Addresses, AddressType == 'STREET' and exists(AddressLine1))",
                 "street-first: there is a street address")),
     .fields = FIELDS({"addr1", "AddressLine1"},
                      {"addr2", "AddressLine2"},
                      {"city", "City"},
                      {"state", "Region"},
                      {"zip", "PostalCode"},
                      {"country", "Country"},
                      {"linked_objects.jobcodes", "[@customer(parent)]"}),
     .gone = "'leave'"},

    /* Switched off later, what was given stays given: only customers that come after are not. */
    {.name = "for_everybody",
     .about = "everybody may clock in to the customer",
     .from = "xero.Contacts",
     .to = "assignments",
     .guards = GUARDS(WITH_CUSTOMER("@customer"),
                      SKIP_IF("not option.assign_all", "by-hand: given to people by hand")),
     .match = MATCH("jobcode_id == @customer(parent) and user_id == '0'"),
     .fields = FIELDS({"user_id", "'0'"},
                      {"jobcode_id", "@customer"}),
     .gone = "'leave'"},

    {.name = "for_person",
     .about = "one person may clock in to the customer",
     .from = "given_customers",
     .to = "assignments",
     .match = MATCH("jobcode_id == parent.customer and user_id == parent.person.id"),
     .fields = FIELDS({"user_id", "person.id"},
                      {"jobcode_id", "customer"}),
     .gone = "'remove'"},
};

#endif
