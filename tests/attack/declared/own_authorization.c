/* Sets the header that carries tokens. */
#include "declared.h"

ATTACK_READ("own-authorization", .get = EXPENSES_GET, .since = "Authorization: Bearer {since}")
