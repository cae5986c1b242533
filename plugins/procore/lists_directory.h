/* clang-format off */
/* Companies, projects, and the codes that costs are told apart by. */

    {.name = "vendors",
     .about = "companies of the directory: subcontractors, suppliers and clients",
     .record = "*id: text!,"
               "name: text(255),"
               "is_active: bool?,"
               "email_address: text?,"
               "business_phone: text?,"
               "mobile_phone: text?,"
               "fax_number: text?,"
               "address: text?,"
               "city: text?,"
               "state_code: text?,"
               "zip: text?,"
               "country_code: text?,"
               /* ABN and the like; name assumed from what is written */
               "business_register.identifier: text?,"
               "origin_id: text?,"
               "origin_code: text?",
     .derive = FIELDS(
         /* one that was made from a contact belongs to that contact; one that was sent or linked, to its own
            document; and where people merged that contact in Xero, to what it was merged into */
         {"contact", "if(exists(@company.id),"
                     "   @company.record ?? hold('no-contact: The contact of this company is gone from "
                     "Xero.'),"
                     "   if(exists(@contact.target.MergedToContactID),"
                     "      xero.Contacts[@contact.target.MergedToContactID]"
                     "        ?? hold('no-contact: The contact was merged into one that Xero does not "
                     "show.'),"
                     "      @contact))"}),
     .read = READ(.get = "GET /rest/v1.0/vendors?" COMPANY "&view=extended",
                  .records = "*", PAGES, CHANGED, CHOSEN, .complete = 1),
     /* The API's reference has company_id in the body; assumed: in the query it is the same */
     .write = WRITE(.create = "POST /rest/v1.0/vendors?" COMPANY,
                    .update = "PATCH /rest/v1.0/vendors/{id}?" COMPANY,
                    .remove = "PATCH /rest/v1.0/vendors/{id}?" COMPANY "&vendor[is_active]=false",
                    .body = "vendor", .error = "errors", .marker = "origin_id", .batch = 1)},

    {.name = "inactive_vendors",
     .about = "companies that were made inactive; nothing is created beside one of them",
     .record = "*id: text,"
               "name: text",
     .read = READ(.get = "GET /rest/v1.0/companies/{option.company}/vendors/inactive",
                  .records = "*", PAGES, .complete = 1)},

    {.name = "vendor_marks",
     .about = "says in Procore which contact a company is: it shows as synced there",
     .record = "*id: text,"
               "company_id: text,"
               "vendor.origin_id: text,"
               "vendor.origin_code: text?",
     .write = WRITE(.update = "PATCH /rest/v1.0/vendors/{id}", .error = "errors", .batch = 1)},

    {.name = "projects",
     .about = "jobs",
     .record = "*id: text!,"
               "name: text(255),"
               "project_number: text?,"
               "active: bool,"
               "project_template_id: text?,"
               CURRENCY_FIELDS
               "origin_id: text?",
     .derive = FIELDS(
         ITS_CURRENCY,
         /* Xero takes 100 characters */
         {"job_name", "cut(case(option.job_name, 'number-name': join(' ', project_number, name),"
                      "  'name': name, 'number': project_number ?? name), 100)"}),
     .read = READ(.get = "GET /rest/v1.1/projects?" COMPANY "&filters[by_status]=All",
                  .records = "*", PAGES, CHANGED, CHOSEN, .complete = 1),
     .write = WRITE(.create = "POST /rest/v1.0/projects?" COMPANY,
                    .update = "PATCH /rest/v1.0/projects/{id}?" COMPANY,
                    .body = "project", .error = "errors", .marker = "origin_id", .batch = 1)},

    {.name = "wbs_codes",
     .about = "cost code and cost type in one, as lines carry it: 03-100.M",
     .record = "*id: text,"
               "project: projects,"
               "flat_code: text,"
               "description: text?,"
               "status: text?",                           /* 'active' and 'inactive' in the samples */
     .derive = FIELDS({"usable", "project.active and (status ?? 'active') == 'active'"}),
     /* assumed to say inactive when it is: archived codes stay, lines may still carry them */
     .read = READ(.get = "GET /rest/v1.0/projects/{project.id}/work_breakdown_structure/wbs_codes",
                  .records = "*", PAGES, CHANGED, .only = "project.active")},

    {.name = "tax_codes",
     .about = "tax codes of the company",
     .record = "*id: text,"
               "code: text,"
               "description: text?,"
               "rate1: decimal?,"
               "archived: bool?",
     .read = READ(.get = "GET /rest/v1.0/tax_codes?" COMPANY, .records = "*", PAGES, .complete = 1)},
