/* The same with cursors, and with a list that is read for each expense. */
#include "declared.h"

static const struct ferry_list lists[] = {
    {.name = "expenses",
     .record = EXPENSES_RECORD,
     .read =
         READ(.get = EXPENSES_GET, .records = "items.*", .page = "after={cursor}", .next = "next")},
    {.name = "payments",
     .record = "*id: text, expense: expenses",
     .read = READ(.get = EXPENSES_GET "/{expense.id}/payments", .records = "items.*")},
    NOTES};
static const struct ferry_mapping mappings[] = {
    NOTE("text", "note"),
    {.name = "paid", .from = "payments", .to = "notes", .fields = FIELDS({"id", "expense.id"})}};
static const struct ferry_flow flows[] = {
    {.name = "flow", .when = "every 15m", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("cursors", "1.0.0", .name = "Cursors", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
