/* Writes to the terminal of whoever lists connectors. */
#include "declared.h"

FERRY_CONNECTOR("escapes", "1.0.0", .name = "Good\033[2K\033[1Aevil", .hosts = HOSTS,
                .login = LOGIN)
