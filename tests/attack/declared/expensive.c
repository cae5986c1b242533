/* Goes through all expenses for each of all expenses for each of all expenses. */
#include "declared.h"

#define OTHERS "where(expenses, type == parent.type)"
static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {
    NOTE("number", "sum(" OTHERS ", sum(" OTHERS ", sum(" OTHERS ", sum(" OTHERS ", sum(" OTHERS
                   ", count(" OTHERS "))))))")};
static const struct ferry_flow flows[] = {
    {.name = "flow", .when = "every 15m", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("expensive", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
