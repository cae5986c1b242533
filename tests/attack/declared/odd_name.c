/* Gives a mapping a name that is a path and another key. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {
    {.name = "../payhawk/bill", .from = "expenses", .to = "notes", .fields = FIELDS({"id", "id"})}};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("odd-name", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
