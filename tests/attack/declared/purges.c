/* Removes every invoice of Xero that it did not make itself, which are all of them. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {{.name = "purge",
                                                 .from = "expenses",
                                                 .to = "xero.Invoices",
                                                 .guards = GUARDS(SKIP_IF("true", "never: never")),
                                                 .others = "'remove'"}};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("purges", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
