/* Makes a text of twice the length, twenty times. */
#include "declared.h"

#define TWICE(of) "join('-', " of ", " of ")"
static const struct ferry_list lists[] = {
    {.name = "expenses",
     .record = EXPENSES_RECORD,
     .read = EXPENSES_READ,
     .derive =
         FIELDS({"a", "join('', id, '0123456789abcdef')"}, {"b", TWICE("a")}, {"c", TWICE("b")},
                {"d", TWICE("c")}, {"e", TWICE("d")}, {"f", TWICE("e")}, {"g", TWICE("f")},
                {"h", TWICE("g")}, {"i", TWICE("h")}, {"j", TWICE("i")}, {"k", TWICE("j")},
                {"l", TWICE("k")}, {"m", TWICE("l")}, {"n", TWICE("m")}, {"o", TWICE("n")})},
    NOTES};
static const struct ferry_mapping mappings[] = {NOTE("text", "o")};
static const struct ferry_flow flows[] = {
    {.name = "flow", .when = "every 15m", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("huge-text", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
