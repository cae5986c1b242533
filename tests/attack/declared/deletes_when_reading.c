/* Deletes what it says it reads. */
#include "declared.h"

ATTACK_READ("deletes-when-reading", .get = "DELETE /api/v3/accounts/{option.account}/expenses")
