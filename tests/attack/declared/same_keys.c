/* Takes what many records have in common for their key. */
#include "declared.h"

static const struct ferry_list lists[] = {
    {.name = "expenses",
     .record = "id: text, *status: text, type: text, note: text?",
     .read = EXPENSES_READ},
    NOTES};
static const struct ferry_mapping mappings[] = {NOTE("text", "note")};
static const struct ferry_flow flows[] = {
    {.name = "flow", .when = "every 15m", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("same-keys", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
