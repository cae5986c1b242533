/* clang-format off */
/*
 * The flow `commitments`: an approved commitment with its approved change orders is one purchase order.
 *
 * Changes are lines of their own, behind the lines that were there: an order that people in Xero have
 * worked with is added to, never rewritten. Several changes of one line are one line with their sum (so the
 * vendor's help).
 */
#ifndef PROCORE_COMMITMENTS_H
#define PROCORE_COMMITMENTS_H

/* Xero changes the order that has this number when another is sent with it, and says nothing. */
#define NUMBER_TAKEN                                                                                       \
    HOLD_IF("not exists(@order.id) and @order.state != 'open' and"                                         \
            " any(xero.PurchaseOrders, PurchaseOrderNumber == parent.order_no)",                           \
            "number-taken: Xero has an order {order_no} already. Link it, or give this one another: "      \
            "ferry do … order_numbers.")

static const struct ferry_mapping order_parts[] = {
    {.name = "line",
     .about = "a line of the schedule of values",
     .from = "lines",
     .to = "LineItems",
     .fields = FIELDS({"Description", "description ?? wbs_code.description ?? code"},
                      {"ItemCode",    "code"},
                      {"Quantity",    "if(by_unit, quantity ?? 1, 1)"},
                      {"UnitAmount",  "if(by_unit, unit_cost ?? amount, amount)"},
                      {"AccountID",   "account"},
                      {"TaxType",     "tax"}),
     .parts = TRACKED_BY("parent.project", "kind")},

    {.name = "change",
     .about = "what change orders add to a line, or take from it",
     .from = "group(changes, line: line)",
     .to = "LineItems",
     .guards = GUARDS(SKIP_IF("sum(rows, amount) == 0",
                              "no-change: the changes of this line come to nothing")),
     .fields = FIELDS({"Description",
                       "join(' ', 'Change:', first(rows).original.description ?? min(rows, description)"
                                      "  ?? first(rows).code)"},
                      {"ItemCode",    "first(rows).code"},
                      {"Quantity",    "1"},
                      {"UnitAmount",  "sum(rows, amount)"},
                      {"AccountID",   "first(rows).account"},
                      {"TaxType",     "first(rows).tax"}),
     .parts = TRACKED_BY("parent.project", "first(rows).kind")},
};

#define ORDER_SENT                                                                                         \
    SKIP_IF("not option.marks", "no-marks: nothing is marked in Procore"),                                 \
    SKIP_IF("not exists(@order.id)", "not-sent: not in Xero")

static const struct ferry_mapping commitments[] = {
    {.name = "order_change",
     .about = "a line of a change order belongs to a contract",
     .from = "change_lines",
     .to = "order_changes",
     .gone = "'remove'",
     .fields = FIELDS({"id",          "id"},
                      {"order",       "order"},
                      {"contract",    "order.contract_id"},
                      {"line",        "commitment_line_item_id ?? id"},
                      {"original",    "commitment_lines[commitment_line_item_id ?? '-']"},
                      {"description", "description ?? wbs_code.description"},
                      {"code",        "wbs_code.flat_code ?? commitment_lines[commitment_line_item_id ?? "
                                      "'-'].code"},
                      {"amount",      "amount"},
                      {"tax_code_id", "tax_code_id"})},

    {.name = "order",
     .about = "an approved commitment with its approved changes is one purchase order",
     .from = "commitments",
     .to = "xero.PurchaseOrders",
     .gone = "'hold'",
     /* what changes an order that is there is a change order: another person may be asked */
     .approve = "if(exists(@order.id), 'change-orders', 'commitments')",
     .guards = GUARDS(
         SKIP_IF("not is_sent", "kind-off: this kind of commitment is not sent"),
         SKIP_IF("ended", "ended: terminated or void in Procore"),
         SKIP_IF("finished and not exists(@order.id)", "finished: finished before it was ever sent"),
         WAIT_IF("not approved", "not-approved: not approved in Procore yet"),
         HOLD_IF("not exists(vendor_id)", "no-company: Give the commitment a company in Procore."),
         HOLD_IF("not exists(day)", "no-date: Give the commitment a contract date in Procore."),
         HOLD_IF("not exists(order_no)", "no-number: Say its number in Xero: ferry do … order_numbers."),
         HOLD_IF("count(lines) == 0", "no-lines: The schedule of values is empty."),
         HOLD_IF("any(lines, not exists(code)) or any(changes, not exists(code))",
                 "no-code: A line has no cost code: {join(', ', where(lines, not exists(code)).description,"
                 " where(changes, not exists(code)).description)}. Give it one in Procore."),
         NUMBER_TAKEN,
         WAIT_IF("any(lines, " NOT_AN_ITEM("code") ") or any(changes, " NOT_AN_ITEM("code") ")",
                 "code-not-sent: not items in Xero yet: {join(', ', where(lines, " NOT_AN_ITEM("code") ")"
                 ".code,"
                 " where(changes, " NOT_AN_ITEM("code") ").code)}")),
     .fields = FIELDS({"PurchaseOrderNumber", "order_no"},
                      {"Contact.ContactID",   "vendor_id.contact"},
                      {"Date",                "day"},
                      {"DeliveryDate",        "delivery_date"},
                      {"Reference",           "order_numbers[id].title ?? title"},
                      {"DeliveryInstructions", "cut(ship_to_address, 500)"},
                      {"Status",              "option.order_status"},
                      {"LineAmountTypes",     "'Exclusive'"},
                      {"CurrencyCode",        "currency"}),
     .parts = ALL(order_parts)},

    {.name = "purchase_order_mark",
     .about = "the purchase order shows in Procore as synced",
     .from = "commitments",
     .to = "purchase_order_marks",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("type != 'PurchaseOrderContract'", "other-kind: a subcontract"), ORDER_SENT),
     .fields = FIELDS({"id",                                 "id"},
                      {"project_id",                         "project.id"},
                      {"purchase_order_contract.origin_id",   "@order.id"},
                      {"purchase_order_contract.origin_code", "order_no"})},

    {.name = "work_order_mark",
     .about = "the subcontract shows in Procore as synced",
     .from = "commitments",
     .to = "work_order_marks",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("type != 'WorkOrderContract'", "other-kind: a purchase order"), ORDER_SENT),
     .fields = FIELDS({"id",                             "id"},
                      {"project_id",                     "project.id"},
                      {"work_order_contract.origin_id",   "@order.id"},
                      {"work_order_contract.origin_code", "order_no"})},
};

#endif
