/* Is derived from itself, round three corners. */
#include "declared.h"

static const struct ferry_list lists[] = {
    {.name = "expenses",
     .record = EXPENSES_RECORD,
     .read = EXPENSES_READ,
     .derive = FIELDS({"a", "b + 1"}, {"b", "c + 1"}, {"c", "a + 1"})},
    NOTES};
static const struct ferry_mapping mappings[] = {NOTE("number", "a")};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("circular", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
