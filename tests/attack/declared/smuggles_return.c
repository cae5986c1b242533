/* Ends the headers and begins a request of its own. */
#include "declared.h"

ATTACK_READ("smuggles-return", .get = EXPENSES_GET,
            .since = "X-Since: {since}\r\n\r\nDELETE /x HTTP/1.1")
