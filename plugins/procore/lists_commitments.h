/* clang-format off */
/* What was ordered from suppliers and subcontractors, and what changed of it. */

    {.name = "commitments",
     .about = "purchase orders and subcontracts",
     .record = "*id: text,"
               "project: projects,"
               "type: 'PurchaseOrderContract'|'WorkOrderContract',"
               "number: text(255),"
               "title: text(255)?,"
               "status: 'Draft'|'Processing'|'Submitted'|'Partially Received'|'Received'|'Approved'|'Closed'|"
               "        'Out For Bid'|'Out For Signature'|'Complete'|'Terminated'|'Void',"
               /* assumed: the list names it as create and filters do */
               "vendor_id: vendors?,"
               "contract_date: date?,"
               "issued_on_date: date?,"
               "execution_date: date?,"
               "delivery_date: date?,"
               "ship_to_address: text?,"
               CURRENCY_FIELDS
               "deleted_at: time?",
     .derive = FIELDS(
         ITS_CURRENCY,
         {"lines",     "where(commitment_lines, commitment == parent)"},
         /* asked for by the contract: one that is voided later is noticed on an order that was sent */
         {"granted",   "where(change_orders, contract_id == parent and status == 'approved')"},
         {"changes",   "where(order_changes, contract == parent and order in parent.granted)"},
         {"approved",  "status in ('Approved', 'Partially Received', 'Received', 'Closed', 'Complete')"},
         {"finished",  "status in ('Closed', 'Complete')"},
         {"ended",     "status in ('Terminated', 'Void')"},
         {"day",       "contract_date ?? issued_on_date ?? execution_date"},
         {"is_sent",   "if(type == 'PurchaseOrderContract', option.purchase_orders, option.subcontracts)"},
         {"order_no",  "order_numbers[id].number ?? if(option.contract_number, number)"},
         /* nothing of it waits: it is in Xero with its changes, or never goes there */
         {"in_xero",   "not is_sent or (finished and not exists(@order.id)) or @order.state == 'done'"},
         {"is_invoiced", "any(requisitions, commitment_id == parent)"},
         {"address",   "join('', 'https://app.procore.com/', project.id, '/project/commitments/',"
                       "  if(type == 'PurchaseOrderContract', 'purchase_order_contracts/', "
                       "'work_order_contracts/'), id)"}),
     .read = READ(.get = "GET " V2 "{project.id}/commitment_contracts?filters[include_deleted]=with",
                  .records = "data.*", PAGES, CHANGED, CHOSEN, .gone = "exists(deleted_at)",
                  .only = "project.active")},

    {.name = "commitment_lines",
     .about = "schedules of values: the lines of commitments",
     .record = "*id: text,"
               "commitment: commitments,"
               "description: text?,"
               "quantity: decimal?,"
               "unit_cost: money(commitment.currency)?,"
               "amount: money(commitment.currency),"
               "tax_code_id: tax_codes?,"
               "wbs_code.flat_code: text?,"
               "wbs_code.description: text?",
     .derive = FIELDS(
         {"code",    "wbs_code.flat_code"},
         {"account", OF_CODE("code", "account")},
         {"kind",    OF_CODE("code", "kind")},
         {"tax",     OF_TAX_CODE("tax_code_id") " ?? " OF_CODE("code", "tax.TaxType")},
         /* Xero multiplies, with four places of quantity and two of price: only where that yields the
            amount */
         {"by_unit", "exists(quantity) and exists(unit_cost) and quantity != 0 and unit_cost * quantity == "
                     "amount"
                     " and div(quantity, 1, 4) == quantity and div(value(unit_cost), 1, 2) == "
                     "value(unit_cost)"}),
     .read = READ(.get = "GET " V2 "{commitment.project}/commitment_contracts/{commitment.id}/line_items",
                  .records = "data.*", PAGES, .complete = 1, .only = "commitment.approved")},

    {.name = "purchase_order_marks",
     .about = "shows a purchase order as synced",
     .record = "*id: text,"
               "project_id: text,"
               "purchase_order_contract.origin_id: text,"
               "purchase_order_contract.origin_code: text?",
     .write = WRITE(.update = "PATCH /rest/v1.0/purchase_order_contracts/{id}", .error = "errors",
                    .batch = 1)},

    {.name = "work_order_marks",
     .about = "shows a subcontract as synced",
     .record = "*id: text,"
               "project_id: text,"
               "work_order_contract.origin_id: text,"
               "work_order_contract.origin_code: text?",
     .write = WRITE(.update = "PATCH /rest/v1.0/work_order_contracts/{id}", .error = "errors", .batch = 1)},

    {.name = "change_orders",
     .about = "commitment change orders",
     .record = "*id: text,"
               "project: projects,"
               "contract_id: commitments,"
               "number: text,"
               "title: text?,"
               "status: 'draft'|'pricing'|'not_pricing'|'pending'|'revised'|'proceeding'|'not_proceeding'|"
               "        'pending_billable'|'no_charge'|'approved'|'rejected'|'void'",
     /* no pages here, says the reference */
     .read = READ(.get = "GET /rest/v1.0/projects/{project.id}/commitment_change_orders",
                  .records = "*", CHANGED, .only = "project.active")},

    {.name = "change_lines",
     .about = "the lines of change orders",
     .record = "*id: text,"
               "order: change_orders,"
               "commitment_line_item_id: text?,"
               "description: text?,"
               "amount: money(order.contract_id.currency),"
               "tax_code_id: tax_codes?,"
               "wbs_code.flat_code: text?,"
               "wbs_code.description: text?",
     .read = READ(.get = "GET " V2 "{order.project}/commitment_change_orders/{order.id}/line_items",
                  .records = "data.*", PAGES, .complete = 1, .only = "order.status == 'approved'")},

    /* A change line knows its contract only through its order; here it stands on the line itself, where a
       contract can look for it. */
    {.name = "order_changes",
     .about = "lines of change orders, by contract; kept by Ferry",
     .record = "*id: text,"
               "order: change_orders,"
               "contract: commitments,"
               /* the line of the order it changes; its own id if none */
               "line: text,"
               "original: commitment_lines?,"
               "description: text?,"
               "code: text?,"
               "amount: money(contract.currency),"
               "tax_code_id: tax_codes?",
     .derive = FIELDS(
         {"account", OF_CODE("code", "account")},
         {"kind",    OF_CODE("code", "kind")},
         {"tax",     OF_TAX_CODE("tax_code_id") " ?? " OF_CODE("code", "tax.TaxType")})},
