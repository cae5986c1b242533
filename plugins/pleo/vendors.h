/*
 * The flow `vendors`: suppliers both ways. One made in Pleo (DRAFT) becomes a contact, and Pleo is
 * told so; suppliers of Xero become vendors to choose from. What one mapping made, the other
 * leaves alone: that is a rule of the host.
 */
/* clang-format off */
#ifndef PLEO_VENDORS_H
#define PLEO_VENDORS_H

static const struct ferry_mapping vendors[] = {
    {.name = "vendor",
     .about = "a supplier becomes a vendor in Pleo",
     .from = "xero.Contacts",
     .to = "vendors",
     .gone = "'remove'",
     .guards = GUARDS(
         SKIP_IF("not option.send_vendors", "not-wanted: suppliers are not sent to Pleo"),
         SKIP_IF("not (IsSupplier ?? false) and not exists(@vendor.id)", "no-supplier: no supplier"),
         SKIP_IF("any(employees, email == parent.EmailAddress)", "employee: an employee, no supplier"),
         NEVER_THERE("vendor", "ContactStatus == 'ACTIVE'")),
     .match = MATCH("externalId == parent.ContactID",
                    "taxRegistrationNumber == parent.TaxNumber and state != 'ARCHIVED'",
                    "fold(name) == fold(parent.Name) and state != 'ARCHIVED'"),
     .fields = FIELDS(
         {"companyId",             "option.company"},
         {"name",                  "Name"},
         {"externalId",            "ContactID"},
         {"code",                  "AccountNumber"},
         /* Xero says nothing, or '', for the organisation's own */
         {"defaultCurrency",       "if(exists(DefaultCurrency) and DefaultCurrency != '',"
                                   " DefaultCurrency, " HOME ")"},
         {"taxRegistrationNumber", "TaxNumber"},
         {"registrationNumber",    "CompanyNumber"},
         {"state",                 "if(ContactStatus == 'ACTIVE', 'ACTIVE', 'ARCHIVED')"})},

    {.name = "contact",
     .about = "a vendor becomes a contact when something is booked for it, or it was made in Pleo",
     .from = "vendors",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("state == 'ARCHIVED'", "archived: archived in Pleo")),
     .match = MATCH("ContactID == parent.externalId",
                    "TaxNumber == parent.taxRegistrationNumber and ContactStatus == 'ACTIVE'",
                    "fold(Name) == fold(parent.name) and ContactStatus == 'ACTIVE'"),
     .fields = FIELDS({"Name",            "name"},
                      {"AccountNumber",   "code"},
                      {"TaxNumber",       "taxRegistrationNumber"},
                      {"CompanyNumber",   "registrationNumber"},
                      {"DefaultCurrency", "defaultCurrency"})},

    {.name = "activation",
     .about = "tells Pleo that a vendor made there is in Xero now",
     .from = "vendors",
     .to = "vendor_activations",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("state != 'DRAFT'", "known: both sides know it")),
     .fields = FIELDS({"id",         "id"},
                      {"externalId", "@contact"})},
};

#endif
