/* The same with the one character that terminals take for an escape. */
#include "declared.h"

FERRY_CONNECTOR("escapes-short", "1.0.0", .name = "Good\302\2332Kevil", .hosts = HOSTS,
                .login = LOGIN)
