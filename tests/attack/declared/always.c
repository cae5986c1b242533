/* Wants to run without a pause. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {NOTE("text", "note")};
static const struct ferry_flow flows[] = {
    {.name = "flow", .when = "every 0s", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("always", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
