/* clang-format off */
/* What jobs cost apart from commitments. */

    {.name = "direct_costs",
     .about = "costs of a job without a commitment: bills, expenses, payroll",
     .record = "*id: text!,"
               "project: projects,"
               "direct_cost_type: 'invoice'|'expense'|'payroll'|'subcontractor_invoice'?,"
               "status: 'draft'|'pending'|'revise_and_resubmit'|'approved',"
               "direct_cost_date: date?,"
               "received_date: date?,"
               "payment_date: date?,"
               "invoice_number: text(255)?,"
               "vendor_id: vendors?,"
               "description: text?,"
               "grand_total: money(currency)!?,"
               "currency_configuration.currency_iso_code: text!?,"
               "origin_id: text?,"
               "deleted_at: time!?,"
               /* written; the list does not show them: direct_cost_lines */
               "line_items: ["
               "  *id: text!,"
               "  wbs_code_id: wbs_codes,"
               "  manual_amount: money(parent.currency),"
               "  description: text?"
               "]?",
     .derive = FIELDS(
         ITS_CURRENCY,
         {"lines", "where(direct_cost_lines, holder.id == parent)"},
         {"day",   "direct_cost_date ?? received_date"}),
     .read = READ(.get = "GET /rest/v1.1/projects/{project.id}/direct_costs",
                  .records = "*", PAGES, CHANGED, CHOSEN, .gone = "exists(deleted_at)",
                  .only = "project.active"),
     .write = WRITE(.create = "POST /rest/v1.1/projects/{project}/direct_costs",
                    .update = "PATCH /rest/v1.1/projects/{project}/direct_costs/{id}",
                    .remove = "DELETE /rest/v1.1/projects/{project}/direct_costs/{id}",
                    .body = "direct_cost", .error = "errors", .marker = "origin_id", .batch = 1)},

    {.name = "direct_cost_lines",
     .about = "the lines of direct costs",
     .record = "*id: text,"
               "project: projects,"
               "holder.id: direct_costs,"
               "description: text?,"
               "amount: money(project.currency),"
               "tax_code_id: tax_codes?,"
               "wbs_code.flat_code: text?",
     .derive = FIELDS(
         {"code",    "wbs_code.flat_code"},
         {"account", OF_CODE("code", "account")},
         {"kind",    OF_CODE("code", "kind")},
         {"tax",     OF_TAX_CODE("tax_code_id") " ?? " OF_CODE("code", "tax.TaxType")}),
     .read = READ(.get = "GET /rest/v1.0/projects/{project.id}/direct_costs/line_items",
                  .records = "*", PAGES, CHANGED, .only = "project.active")},

    {.name = "costs",
     .about = "one line of Xero that a job and a cost code stand on; kept by Ferry",
     .record = "*id: text,"
               "document: text,"
               "kind: 'bill'|'credit'|'spend',"
               "tag: xero.TrackingOptions,"
               "contact: xero.Contacts?,"
               "number: text?,"
               "day: date,"
               "paid: date?,"
               "code: text,"
               "text: text?,"
               "amount: money(org.BaseCurrency)",
     .derive = FIELDS(
         {"of",      "join('.', document, tag.TrackingOptionID)"},     /* one document, one job */
         {"project", "@job(tag).record"},
         {"wbs",     "find(wbs_codes, project == parent.project and flat_code == parent.code)"})},
