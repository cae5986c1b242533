/*
 * Part of lists.h: what Pleo chooses from. It is made and kept up by Ferry: Xero is the source
 * of truth for codes. Used records are archived, never deleted (a delete answers 409).
 */
/* clang-format off */

    /* `companyId` and `externalId` are for the create only; an update is assumed to pass them over.
       The batch of 1000 would need the company beside its items. */
    {.name = "accounts",
     .about = "the chart of accounts as Pleo has it; the bookkeeper maps categories to it there",
     .record = "*id: text!,"
               "companyId: text,"
               "externalId: text(255),"
               "name: text(255),"
               "code: text(255)?,"
               "taxCodeExternalId: text?,"
               "archived: bool",
     .read = READ(.get = "POST /v1/chart-of-accounts:search?limit=100", .page = "after={cursor}",
                  .body = "{\"companyId\":\"{option.company}\",\"excludeIfAssignedToCategory\":false,"
                          "\"excludeIfAssignedToContraAccount\":false}",
                  .records = "data.*", .next = "pagination.endCursor", .complete = 1),
     .write = WRITE(.create = "POST /v1/chart-of-accounts", .update = "PUT /v1/chart-of-accounts/{id}",
                    .remove = "PUT /v1/chart-of-accounts/{id} archived=true", .results = "data",
                    .batch = 1)},

    /* No external id: the code carries Xero's TaxType. `rate` is a share, 0.2 for 20 %. */
    {.name = "tax_codes",
     .about = "tax rates as Pleo has them",
     .record = "*id: text!,"
               "companyId: text,"
               "name: text,"
               "code: text?,"
               "rate: decimal,"
               "type: 'inclusive'|'exclusive'|'reverse',"
               "archived: bool",
     .read = READ(.get = "POST /v0/tax-codes:search?" COMPANY, .body = "{}", .records = "data.*",
                  CURSOR, .complete = 1),
     .write = WRITE(.create = "POST /v0/tax-codes", .update = "PUT /v0/tax-codes/{id}",
                    .remove = "PUT /v0/tax-codes/{id} archived=true", .results = "data", .batch = 1)},

    {.name = "tag_groups",
     .about = "what entries are tagged by: tracking categories, and customers",
     .record = "*id: text!,"
               "name: text,"
               "code: text,"
               "metadata.xero: text?,"
               "archived: bool",
     .read = READ(.get = "GET /v0/tag-groups?" COMPANY "&include_archived=true", .records = "data.*",
                  .complete = 1),
     .write = WRITE(.create = "POST /v0/tag-groups?" COMPANY, .update = "PUT /v0/tag-groups/{id}",
                    .remove = "PUT /v0/tag-groups/{id} archived=true", .results = "data",
                    .batch = 1)},

    {.name = "tags",
     .about = "the tags of a group",
     .record = "*id: text!,"
               "groupId: tag_groups,"
               "code: text,"
               "name: text?,"
               "archived: bool",
     .read = READ(.get = "GET /v0/tag-groups/{groupId.id}/tags?include_archived=true",
                  .records = "data.*", CURSOR, .complete = 1),
     .write = WRITE(.create = "POST /v0/tag-groups/{groupId}/tags", .update = "PUT /v0/tags/{id}",
                    .remove = "PUT /v0/tags/{id} archived=true", .results = "data", .batch = 1)},

    /* DRAFT: made in Pleo, and to be made in the accounts. ACTIVE: both know it. `state` is for the
       update only, a create is assumed to pass it over. */
    {.name = "vendors",
     .about = "suppliers as Pleo has them",
     .record = "*id: text!,"
               "companyId: text,"
               "name: text,"
               "defaultCurrency: text(3),"
               "code: text?,"
               "externalId: text?,"
               "taxRegistrationNumber: text?,"
               "registrationNumber: text?,"
               "state: text",
     .read = READ(.get = "POST /v1/vendors:search?" COMPANY, .body = "{}", .records = "data.*", CURSOR,
                  .complete = 1),
     .write = WRITE(.create = "POST /v1/vendors", .update = "PUT /v1/vendors/{id}",
                    .remove = "POST /v1/vendors/{id}:archive", .results = "data", .batch = 1)},

    {.name = "vendor_activations",
     .about = "says that a vendor made in Pleo is in Xero now",
     .record = "*id: text,"
               "externalId: xero.Contacts",
     .write = WRITE(.create = "POST /v1/vendors/{id}:activate", .update = "POST /v1/vendors/{id}:activate",
                    .batch = 1)},
