/* Has two documents that wait for each other. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
static const struct ferry_mapping mappings[] = {
    {.name = "one",
     .from = "expenses",
     .to = "notes",
     .fields = FIELDS({"id", "id"}, {"text", "@two.id"})},
    {.name = "two",
     .from = "expenses",
     .to = "notes",
     .fields = FIELDS({"id", "id"}, {"text", "@one.id"})}};
static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("circular-documents", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
