/* Writes contacts where the operator allows notes only. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {NOTE("text", "note"),
                                                {.name = "person",
                                                 .from = "expenses",
                                                 .to = "xero.Contacts",
                                                 .fields = FIELDS({"Name", "id"})}};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("writes-not-allowed", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
