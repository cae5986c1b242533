/* An id that is a path. */
#include "ferry/connector.h"

FERRY_CONNECTOR("../../etc/x", "1.0.0", .name = "Bad", .hosts = "api api.example.com",
                .login = "bearer")
