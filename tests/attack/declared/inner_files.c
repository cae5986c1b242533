/* Has files fetched from the inside of the network. */
#include "declared.h"

static const struct ferry_list lists[] = {EXPENSES, NOTES};
FERRY_CONNECTOR("inner-files", "1.0.0", .name = "Attack", .login = LOGIN,
                .hosts = "api api.payhawk.com; files 169.254.169.254",
                .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists))
