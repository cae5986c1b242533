/* clang-format off */
/* What clients ordered, and what they are invoiced. */

    {.name = "prime_contracts",
     .about = "contracts with clients",
     .record = "*id: text,"
               "project_id: projects,"
               "number: text,"
               "title: text?,"
               "status: 'Draft'|'Out For Bid'|'Out For Signature'|'Approved'|'Complete'|'Terminated',"
               "vendor.id: vendors?,"                     /* the client */
               CURRENCY_FIELDS
               "deleted_at: time?",
     .derive = FIELDS(ITS_CURRENCY),
     .read = READ(.get = "GET /rest/v1.0/prime_contracts?project_id={project_id.id}",
                  .records = "*", PAGES, CHANGED, CHOSEN, .gone = "exists(deleted_at)",
                  .only = "project_id.active")},

    {.name = "owner_invoices",
     .about = "owner invoices (payment applications)",
     .record = "*id: text,"
               "project_id: projects,"
               "contract.id: prime_contracts,"
               "number: decimal,"
               "invoice_number: text(255)?,"
               "billing_date: date?,"
               "period_id: billing_periods?,"
               "status: 'draft'|'under_review'|'revise_and_resubmit'|'approved',"
               "origin_id: text?,"
               CURRENCY_FIELDS
               "g702.current_payment_due: money(currency)?,"
               "g702.tax_applicable_to_this_payment: money(currency)?",
     .derive = FIELDS(
         ITS_CURRENCY,
         /* one contract's invoices are numbered from 1 on, without a gap */
         {"previous", "find(owner_invoices, contract.id == parent.contract.id and number == parent.number - "
                      "1)"},
         {"lines",    "where(owner_lines, invoice == parent)"},
         {"due",      "sum(lines, billed) - sum(lines, held)"},
         {"adds_up",  "not exists(g702.current_payment_due) or due == g702.current_payment_due or"
                      " (exists(g702.tax_applicable_to_this_payment) and"
                      "  due + g702.tax_applicable_to_this_payment == g702.current_payment_due)"}),
     /* no filter for what has changed, says the reference */
     .read = READ(.get = "GET /rest/v1.0/payment_applications?project_id={project_id.id}",
                  .records = "*", PAGES, .only = "project_id.active")},

    {.name = "owner_lines",
     .about = "the continuation sheet (G703) of owner invoices: contract and change orders, line by line, in "
              "totals to date",
     .record = "*invoice: owner_invoices,"
               "*id: text,"
               "type: text?,"
               "origin_id: text?,"
               "origin_type: text?,"
               "description_of_work: text?,"
               "description_override: text?,"
               "wbs_code.flat_code: text?,"
               "total_completed_and_stored_to_date: money(invoice.currency)?,"
               "total_retainage_currently_retained: money(invoice.currency)?",
     .derive = FIELDS(
         /* the same line of the invoice before; markup lines have no origin and are told by what they say */
         {"before",  "where(owner_lines, invoice == parent.invoice.previous and if(exists(parent.origin_id),"
                     "  origin_id == parent.origin_id and origin_type == parent.origin_type,"
                     "  not exists(origin_id) and description_of_work == parent.description_of_work))"},
         {"billed",  "sum([total_completed_and_stored_to_date]) - sum(before, "
                     "total_completed_and_stored_to_date)"},
         /* more is held back, or (below zero) some of it is released */
         {"held",    "sum([total_retainage_currently_retained]) - sum(before, "
                     "total_retainage_currently_retained)"},
         {"code",    "wbs_code.flat_code"},
         {"account", OF_CODE("code", "income")},
         {"kind",    OF_CODE("code", "kind")}),
     .read = READ(.get = "GET /rest/v1.0/payment_applications/{invoice.id}?project_id={invoice.project_id}",
                  .records = "g703.*", .complete = 1, .only = "invoice.status == 'approved'")},

    {.name = "owner_invoice_marks",
     .about = "locks an owner invoice in Procore: it is in the books",
     .record = "*id: text,"
               "contract: text,"
               "project_id: text,"
               "payment_application.origin_id: text",
     .write = WRITE(.update = "PATCH /rest/v1.0/prime_contracts/{contract}/payment_applications/{id}",
                    .error = "errors",
                    .batch = 1)},
