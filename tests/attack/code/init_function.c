/* Runs code when it is loaded, by another name than constructor. */
#include <stdlib.h>

#include "ferry/connector.h"

void on_load(void);
void on_load(void)
{
    abort();
}

FERRY_CONNECTOR("init-function", "1.0.0", .name = "Bad", .hosts = "api api.example.com",
                .login = "bearer")
