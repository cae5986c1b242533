/* Chooses which object of Xero it writes over. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {
    {.name = "over",
     .from = "expenses",
     .to = "xero.Contacts",
     .fields = FIELDS({"ContactID", "id"}, {"Name", "id"})}};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("writes-key", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
