/* Gives two mappings one name, so that their documents would have the same keys. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {NOTE("text", "note"), NOTE("text", "title")};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("same-names", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
