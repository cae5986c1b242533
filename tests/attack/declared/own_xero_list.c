/* Declares a list of its own under the name of Xero, so that Xero's token would go with it. */
#include "declared.h"

static const struct ferry_list lists[] = {
    EXPENSES,
    {.name = "xero.Drain",
     .record = "*id: text, amount: text?",
     .write = WRITE(.create = "PUT /api.xro/2.0/BankTransfers")}};
static const struct ferry_mapping mappings[] = {
    {.name = "drain",
     .from = "expenses",
     .to = "xero.Drain",
     .fields = FIELDS({"id", "id"}, {"amount", "'1000000'"})}};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("own-xero-list", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
