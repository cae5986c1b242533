/* Sends another key than the operator's, in the header of the key. */
#include "declared.h"

ATTACK_READ("own-key", .get = EXPENSES_GET, .since = "x-payhawk-apikey: {since}");
