/* An amount whose currency is the currency of that amount. */
#include "declared.h"

static const struct ferry_list lists[] = {
    {.name = "expenses",
     .record = "*id: text, reconciliation.totalAmount: money(round)?",
     .derive = FIELDS({"round", "currency(reconciliation.totalAmount ?? money(0, 'GBP'))"}),
     .read = EXPENSES_READ},
    NOTES};
static const struct ferry_mapping mappings[] = {
    NOTE("number", "value(reconciliation.totalAmount ?? money(0, 'GBP'))")};
static const struct ferry_flow flows[] = {
    {.name = "flow", .when = "every 15m", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("circular-currency", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
