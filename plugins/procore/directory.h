/* clang-format off */
/*
 * The flow `directory`: companies of Procore and contacts of Xero are linked, by people, by our own ids, by
 * tax number, or by name; what is on one side only is sent or added.
 *
 * The way of a company: linked by a person, else matched (same name but for case, says the vendor's help),
 * else sent as a contact when the first order or invoice needs it. What was matched is never written over.
 */
#ifndef PROCORE_DIRECTORY_H
#define PROCORE_DIRECTORY_H

/* A company that another integration holds on to stays with it: origin_id is unique and not ours to take. */
#define OTHER_INTEGRATION                                                                                  \
    HOLD_IF("exists(origin_id) and origin_id != @contact.id and not exists(@company_mark.id)",             \
            "other-integration: Another integration has linked this company ({origin_id}). Unlink it "     \
            "there first.")

/* What a contact says of where it is; Xero has one line more than Procore. */
#define STREET "find(Addresses, AddressType == 'STREET')"
#define PHONE_OF(kind) "find(Phones, PhoneType == '" kind "')"
#define PHONE(kind)                                                                                        \
    "if(exists(" PHONE_OF(kind) ".PhoneNumber), join(' ', " PHONE_OF(kind) ".PhoneCountryCode,"            \
    "  " PHONE_OF(kind) ".PhoneAreaCode, " PHONE_OF(kind) ".PhoneNumber))"
/* Once a company was made, later edits in Xero follow only when the option says so; it is off at first, as
 * Procore's own "update vendors when the list is refreshed" is. */
#define FOLLOWS(field, value)                                                                              \
    {field, "if(option.update_companies or not exists(@company.target), "                                  \
            "  " value ", @company.target." field ")"}
/* ISO 3166 has two letters; Xero's fields are free text. */
#define TWO_LETTERS(value) "if(cut(" value ", 2) == " value ", " value ")"

static const struct ferry_mapping directory[] = {
    {.name = "contact",
     .about = "a company becomes a contact, or is linked to one",
     .from = "vendors",
     .to = "xero.Contacts",
     .gone = "'leave'",
     .approve = "'vendors'",
     .guards = GUARDS(
         SKIP_IF("not (is_active ?? true) and not exists(@contact.id)", "inactive: inactive in Procore"),
         HOLD_IF("not exists(@contact.id) and any(xero.Contacts, fold(Name) == fold(parent.name)"
                 " and ContactStatus == 'ARCHIVED')"
                 " and not any(xero.Contacts, fold(Name) == fold(parent.name)"
                 " and ContactStatus == 'ACTIVE')",
                 "contact-archived: The contact {name} is archived in Xero. Restore it there, or link "
                 "another.")),
     .match = MATCH("ContactID == parent.origin_id and ContactStatus == 'ACTIVE'",
                    "TaxNumber == parent.business_register.identifier and ContactStatus == 'ACTIVE'",
                    "fold(Name) == fold(parent.name) and ContactStatus == 'ACTIVE'"),
     .fields = FIELDS({"Name",          "name"},
                      {"EmailAddress",  "email_address"},
                      {"TaxNumber",     "business_register.identifier"}),
     .parts = PARTS(
         {.name = "address",
          .about = "as the directory has it",
          .to = "Addresses",
          .guards = GUARDS(SKIP_IF("not exists(address) and not exists(city)",
                                   "no-address: no address is known")),
          .fields = FIELDS({"AddressType",  "'STREET'"},
                           {"AddressLine1", "address"},
                           {"City",         "city"},
                           {"Region",       "state_code"},
                           {"PostalCode",   "zip"},
                           {"Country",      "country_code"})},
         {.name = "phone",
          .about = "the business telephone",
          .to = "Phones",
          .guards = GUARDS(SKIP_IF("not exists(business_phone)", "no-phone: no number is known")),
          .fields = FIELDS({"PhoneType", "'DEFAULT'"}, {"PhoneNumber", "business_phone"})},
         {.name = "mobile",
          .about = "the mobile telephone",
          .to = "Phones",
          .guards = GUARDS(SKIP_IF("not exists(mobile_phone)", "no-phone: no number is known")),
          .fields = FIELDS({"PhoneType", "'MOBILE'"}, {"PhoneNumber", "mobile_phone"})},
         {.name = "fax",
          .about = "the fax",
          .to = "Phones",
          .guards = GUARDS(SKIP_IF("not exists(fax_number)", "no-fax: no number is known")),
          .fields = FIELDS({"PhoneType", "'FAX'"}, {"PhoneNumber", "fax_number"})})},

    {.name = "company",
     .about = "a contact becomes a company of the directory",
     .from = "xero.Contacts",
     .to = "vendors",
     .gone = "if(option.update_companies, 'remove', 'leave')",
     .approve = "'vendors'",
     .guards = GUARDS(
         /* the way back of `contact`: what is a company already is not added again. The host says so too
            ("echo"); asked here, `contact` is also planned first */
         SKIP_IF("exists(@contact.id)", "linked: it is a company of Procore already"),
         SKIP_IF("ContactStatus != 'ACTIVE'", "archived: archived in Xero"),
         SKIP_IF("option.companies_from_xero == 'none'", "not-added: companies are not added from Xero"),
         SKIP_IF("option.companies_from_xero == 'suppliers' and not (IsSupplier ?? false)"
                 " and not exists(companies_to_add[ContactID])",
                 "not-a-supplier: never billed anything, and nobody picked it"),
         SKIP_IF("option.companies_from_xero == 'picked' and not exists(companies_to_add[ContactID])",
                 "not-picked: nobody picked it to be added"),
         HOLD_IF("any(inactive_vendors, fold(name) == fold(parent.Name))",
                 "company-inactive: {Name} is inactive in Procore. Reactivate it there; it is linked then.")),
     .match = MATCH("origin_id == parent.ContactID", "fold(name) == fold(parent.Name)"),
     .fields = FIELDS(FOLLOWS("name",           "Name"),
                      FOLLOWS("email_address",  "EmailAddress"),
                      FOLLOWS("address",
                              "if(exists(" STREET ".AddressLine1), join(', ', " STREET ".AddressLine1, "
                              STREET ".AddressLine2))"),
                      FOLLOWS("city",           STREET ".City"),
                      FOLLOWS("state_code",     TWO_LETTERS(STREET ".Region")),
                      FOLLOWS("zip",            STREET ".PostalCode"),
                      FOLLOWS("country_code",   TWO_LETTERS(STREET ".Country")),
                      FOLLOWS("business_phone", PHONE("DEFAULT")),
                      FOLLOWS("fax_number",     PHONE("FAX")),
                      {"is_active", "true"})},

    {.name = "company_mark",
     .about = "the company shows in Procore as synced",
     .from = "vendors",
     .to = "vendor_marks",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("not option.marks", "no-marks: nothing is marked in Procore"),
                      SKIP_IF("exists(@company.id)", "from-xero: it carries its mark from the start"),
                      SKIP_IF("not exists(@contact.id)", "not-linked: no contact yet"),
                      OTHER_INTEGRATION),
     .fields = FIELDS({"id",                 "id"},
                      {"company_id",         "option.company"},
                      {"vendor.origin_id",   "@contact.id"},
                      {"vendor.origin_code", "name"})},
};

#endif
