/* clang-format off */
/* The flow `suppliers`: Payhawk's suppliers know which contact in Xero they are. */
#ifndef PAYHAWK_SUPPLIERS_H
#define PAYHAWK_SUPPLIERS_H

static const struct ferry_mapping suppliers[] = {
    {.name = "supplier_link",
     .about = "the id of its contact, so that a name may change on either side",
     .from = "suppliers",
     .to = "supplier_links",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("status == 'archived'", "archived: archived in Payhawk"),
                      SKIP_IF("exists(externalSource) and externalSource != 'xero'",
                              "other-system: linked to another system"),
                      SKIP_IF("not exists(contact)", "no-contact: nothing of it is in Xero yet")),
     .fields = FIELDS({"id", "id"},
                      {"externalId", "contact"},
                      {"externalSource", "'xero'"})},
};

#endif
