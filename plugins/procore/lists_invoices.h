/* clang-format off */
/* What subcontractors invoice, and what was paid of it. */

/*
 * What an invoice line comes to. Stored materials and the retainage on them are running totals, so what the
 * invoice before said of the same line is taken off; work and its retainage are of this period. Materials
 * that were built in move from stored to done and are no new money (formulas as a commercial connector
 * publishes them; checked against the total that Procore itself shows, see the guard invoice-total).
 *
 * All three are asked of an element of `items`, with the invoice as parent.
 */
#define LINE_BEFORE                                                                                        \
    "where(parent.previous_requisition_id.items, if(exists(parent.previous_progress_id),"                  \
    "  id == parent.previous_progress_id,"                                                                 \
    "  line_item_id == parent.line_item_id and item_type == parent.item_type))"
#define LINE_WORK                                                                                          \
    "(sum([work_completed_this_period, materials_moved, materials_presently_stored])"                      \
    " - sum(" LINE_BEFORE ", materials_presently_stored))"
#define LINE_RETAINED                                                                                      \
    "(sum([work_completed_retainage_retained_this_period, materials_retainage_retained_moved,"             \
    "      materials_stored_retainage_currently_retained])"                                                \
    " - sum(" LINE_BEFORE ", materials_stored_retainage_currently_retained))"
#define LINE_RELEASED                                                                                      \
    "sum([work_completed_retainage_released_this_period, materials_stored_retainage_released_this_period])"

#define CONTRACT_PAYMENTS "/rest/v1.0/contract_payments"
#define OF_CONTRACT       "?project_id={project_id}&contract_id={contract_id}"

    {.name = "billing_periods",
     .about = "when invoices of a project are due",
     .record = "*id: text,"
               "project_id: projects,"
               "due_date: date?",
     .read = READ(.get = "GET /rest/v1.0/projects/{project_id.id}/billing_periods",
                  .records = "*", PAGES, CHANGED, .only = "project_id.active")},

    {.name = "requisitions",
     .about = "subcontractor invoices, with their lines",
     .record = "*id: text,"
               "project_id: projects,"
               "number: text,"
               "invoice_number: text(255)?,"
               "billing_date: date?,"
               "requisition_start: date?,"
               "requisition_end: date?,"
               "period_id: billing_periods?,"
               "commitment_id: commitments?,"
               "previous_requisition_id: requisitions?,"
               "status: 'draft'|'under_review'|'revise_and_resubmit'|'approved'|'approved_as_noted'|"
               "        'pending_owner_approval',"
               "origin_id: text?,"
               CURRENCY_FIELDS
               "summary.current_payment_due: money(currency)?,"
               "summary.tax_applicable_to_this_payment: money(currency)?,"
               "attachments: [*id: text, place: position, url: file, filename: text?]?,"
               "items: ["
               "  *id: text,"
               "  item_type: text?,"
               "  line_item_id: text?,"
               /* assumed: id of the same line in the invoice before */
               "  previous_progress_id: text?,"
               "  description_of_work: text?,"
               "  wbs_code.flat_code: text?,"
               "  work_completed_this_period: money(parent.currency)?,"
               "  materials_moved: money(parent.currency)?,"
               "  materials_presently_stored: money(parent.currency)?,"
               "  work_completed_retainage_retained_this_period: money(parent.currency)?,"
               "  materials_retainage_retained_moved: money(parent.currency)?,"
               "  materials_stored_retainage_currently_retained: money(parent.currency)?,"
               "  work_completed_retainage_released_this_period: money(parent.currency)?,"
               "  materials_stored_retainage_released_this_period: money(parent.currency)?"
               "]",
     .derive = FIELDS(
         ITS_CURRENCY,
         {"approved",  "status in ('approved', 'approved_as_noted', 'pending_owner_approval')"},
         {"due",       "sum(items, " LINE_WORK ")"
                       " - sum(items, " LINE_RETAINED ") + sum(items, " LINE_RELEASED ")"},
         {"has_lines", "any(items, " LINE_WORK " != 0 or " LINE_RETAINED " != 0 or " LINE_RELEASED " != 0)"},
         /* what Procore shows; assumed: some accounts count the tax in, some do not */
         {"adds_up",   "not exists(summary.current_payment_due) or due == summary.current_payment_due or"
                       " (exists(summary.tax_applicable_to_this_payment) and"
                       "  due + summary.tax_applicable_to_this_payment == summary.current_payment_due)"},
         {"day",       "billing_date ?? requisition_end"},
         {"shown_no",  "invoice_number ?? join('-', commitment_id.number, number)"}),
     .read = READ(.get = "GET /rest/v1.1/requisitions?project_id={project_id.id}&view=extended",
                  .records = "*", PAGES, CHANGED, CHOSEN, .only = "project_id.active")},

    {.name = "requisition_marks",
     .about = "locks a subcontractor invoice in Procore: it is in the books",
     .record = "*id: text,"
               "project_id: text,"
               "commitment_id: text,"
               "requisition.origin_id: text",
     .write = WRITE(.update = "PATCH /rest/v1.1/requisitions/{id}", .error = "errors", .batch = 1)},

    {.name = "requisition_payments",
     .about = "says on a subcontractor invoice when it was paid",
     .record = "*id: text,"
               "project_id: text,"
               "commitment_id: text,"
               "requisition.payment_date: date",
     .write = WRITE(.update = "PATCH /rest/v1.1/requisitions/{id}", .error = "errors", .batch = 1)},

    {.name = "contract_payments",
     .about = "payments issued",
     .record = "*id: text!,"
               "project_id: projects,"
               "contract_id: commitments,"
               "requisition_id: requisitions?,"
               "date: date,"
               "amount: money(contract_id.currency),"
               "invoice_number: text?,"
               "payment_method: 'check'|'credit_card'|'electronic'?,"
               "notes: text?,"
               "origin_id: text?",
     .read = READ(.get = "GET " CONTRACT_PAYMENTS
                         "?project_id={contract_id.project}&contract_id={contract_id.id}",
                  .records = "*", PAGES, .complete = 1, .only = "contract_id.is_invoiced"),
     /* The API's reference has project_id and contract_id beside the payment in the body when one is made,
        and in the query when one is deleted; assumed: the query does for both */
     .write = WRITE(.create = "POST " CONTRACT_PAYMENTS OF_CONTRACT,
                    .update = "PATCH " CONTRACT_PAYMENTS "/{id}" OF_CONTRACT,
                    .remove = "DELETE " CONTRACT_PAYMENTS "/{id}" OF_CONTRACT,
                    .body = "contract_payment", .error = "errors", .marker = "origin_id", .batch = 1)},
