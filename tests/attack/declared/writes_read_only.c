/* Writes to a list that it only declares to read. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {
    {.name = "back",
     .from = "expenses",
     .to = "expenses",
     .fields = FIELDS({"id", "id"}, {"status", "'archived'"}, {"type", "type"},
                      {"createdAt", "createdAt"})}};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("writes-read-only", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
