/* Puts a second header behind the first. */
#include "declared.h"

ATTACK_READ("smuggles-line", .get = EXPENSES_GET,
            .since = "X-Since: {since}\nX-Payhawk-ApiKey: another")
