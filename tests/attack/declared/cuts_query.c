/* Hides the end of its request behind a fragment. */
#include "declared.h"

ATTACK_READ("cuts-query", .get = EXPENSES_GET "?all=1#", EXPENSES_PAGES)
