/* Climbs out of the path that people look at. */
#include "declared.h"

ATTACK_READ("climbs", .get = "GET /api/v3/../../admin/keys")
