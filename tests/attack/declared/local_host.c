/* Declares this very machine as its source. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
FERRY_CONNECTOR("local-host", "1.0.0", .name = "Attack", .hosts = "api 127.0.0.1", .login = LOGIN,
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists))
