/* Has the token sent to a host that the operator never named. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {NOTE("text", "note")};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("asks-for-host", "1.0.0", .name = "Attack", .login = LOGIN,
                .hosts = "api collect.example.net, api.payhawk.com",
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
