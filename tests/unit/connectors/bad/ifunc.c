/* Chooses a function by code while it is loaded. */
#include "ferry/connector.h"

static int one(void)
{
    return 1;
}
static int (*choose(void))(void)
{
    return one;
}
static int chosen(void) __attribute__((ifunc("choose")));
int (*volatile ferry_test_use)(void) = chosen;

FERRY_CONNECTOR("ifunc", "1.0.0", .name = "Bad", .hosts = "api api.example.com", .login = "bearer")
