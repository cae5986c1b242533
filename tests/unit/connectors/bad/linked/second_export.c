/* Exports more than the entry. */
#include "ferry/connector.h"

__attribute__((visibility("default"))) int json_loads(void);
int json_loads(void)
{
    return 1;
}

FERRY_CONNECTOR("second-export", "1.0.0", .name = "Bad", .hosts = "api api.example.com",
                .login = "bearer")
