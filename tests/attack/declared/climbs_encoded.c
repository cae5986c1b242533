/* Climbs out of the path in a way that only the server reads. */
#include "declared.h"

ATTACK_READ("climbs-encoded", .get = "GET /api/v3/%2e%2e/%2e%2e/admin/keys")
