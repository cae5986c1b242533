/* Writes a text of 50 KB into each of a hundred fields. */
#include "declared.h"

#define TWICE(of) "join('-', " of ", " of ")"
#define TEN(n)                                                                                     \
#n "0: text?, " #n "1: text?, " #n "2: text?, " #n "3: text?, " #n "4: text?, " #n             \
       "5: text?, " #n "6: text?, " #n "7: text?, " #n "8: text?, " #n "9: text?"
#define ROWS(n)                                                                                    \
    {#n "0", "l"}, {#n "1", "l"}, {#n "2", "l"}, {#n "3", "l"}, {#n "4", "l"}, {#n "5", "l"},      \
        {#n "6", "l"}, {#n "7", "l"}, {#n "8", "l"},                                               \
    {                                                                                              \
#n "9", "l"                                                                                \
    }
static const struct ferry_list lists[] = {
    {.name = "expenses",
     .record = EXPENSES_RECORD,
     .read = EXPENSES_READ,
     .derive = FIELDS({"a", "join('', id, '0123456789abcdef')"}, {"b", TWICE("a")},
                      {"c", TWICE("b")}, {"d", TWICE("c")}, {"e", TWICE("d")}, {"f", TWICE("e")},
                      {"g", TWICE("f")}, {"h", TWICE("g")}, {"i", TWICE("h")}, {"j", TWICE("i")},
                      {"k", TWICE("j")}, {"l", TWICE("k")})},
    {.name = "notes",
     .record = "*id: text, " TEN(a) ", " TEN(b) ", " TEN(c) ", " TEN(d) ", " TEN(e) ", " TEN(
         f) ", " TEN(g) ", " TEN(h) ", " TEN(i) ", " TEN(j),
     .write = WRITE(.update = "PATCH /api/v3/accounts/{option.account}/expenses/{id}")}};
static const struct ferry_mapping mappings[] = {
    {.name = "note",
     .from = "expenses",
     .to = "notes",
     .fields = FIELDS({"id", "id"}, ROWS(a), ROWS(b), ROWS(c), ROWS(d), ROWS(e), ROWS(f), ROWS(g),
                      ROWS(h), ROWS(i), ROWS(j))}};
static const struct ferry_flow flows[] = {
    {.name = "flow", .when = "every 15m", .mappings = ALL(mappings)}};
FERRY_CONNECTOR("huge-document", "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))
