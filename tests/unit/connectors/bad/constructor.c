/* Runs code of its own when it is loaded. */
#include "ferry/connector.h"

static volatile int ran; /* or an optimiser leaves the constructor out */
__attribute__((constructor)) static void on_load(void)
{
    ran = 1;
}

FERRY_CONNECTOR("constructor", "1.0.0", .name = "Bad", .hosts = "api api.example.com",
                .login = "bearer")
