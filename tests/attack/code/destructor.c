/* Runs code when it is left. */
#include <stdlib.h>

#include "ferry/connector.h"

__attribute__((destructor)) static void on_leave(void)
{
    abort();
}

FERRY_CONNECTOR("destructor", "1.0.0", .name = "Bad", .hosts = "api api.example.com",
                .login = "bearer")
