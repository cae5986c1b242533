/* Says that it may be called without end. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {NOTE("text", "note")};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("endless-quota", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .quota = "99999999999999999999 per 0s", .options = OPTIONS(ACCOUNT_OPTION),
                .lists = ALL(lists), .flows = ALL(flows))
