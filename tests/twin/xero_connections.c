/* The organisations that a token reaches. */
#include "xero.h"

const char *xero_tenant_id(const struct twin *twin, const struct organisation *org)
{
    static char swapped[64]; /* under the lock */

    if (!twin->switches.tenant_swapped) {
        return org->tenant_id;
    }
    snprintf(swapped, sizeof swapped, "%s", org->tenant_id);
    swapped[0] = swapped[0] == 'f' ? 'e' : 'f';
    return swapped;
}

struct organisation *xero_organisation(struct twin *twin, const char *tenant_id)
{
    for (size_t i = 0; i < twin->xero.organisation_count; i++) {
        struct organisation *org = &twin->xero.organisations[i];
        if (same_text(xero_tenant_id(twin, org), tenant_id)) {
            return org;
        }
    }
    return NULL;
}

static bool reachable(const struct twin *twin, const struct organisation *org)
{
    return org->connected && !twin->switches.disconnected;
}

static json_t *describe(struct twin *twin, const struct organisation *org, const struct access *a)
{
    json_t *j = json_object();

    json_object_set_new(j, "id", json_string(org->connection_id));
    json_object_set_new(j, "authEventId", json_string(a->event));
    json_object_set_new(j, "tenantId", json_string(xero_tenant_id(twin, org)));
    json_object_set_new(j, "tenantType", json_string("ORGANISATION"));
    json_object_set_new(j, "tenantName", json_string(org->tenant_name));
    json_object_set_new(j, "createdDateUtc", json_string("2026-01-05T09:00:00.0000000"));
    json_object_set_new(j, "updatedDateUtc", json_string("2026-01-05T09:00:00.0000000"));
    return j;
}

static struct access *valid_access(struct twin *twin, struct request *q, struct reply *r)
{
    struct access *a = xero_access(twin, q);

    if (!a || a->revoked || twin_now(twin) - a->issued_ms >= 30 * MINUTE_MS) {
        xero_problem(r, 401, "Unauthorized", a ? "TokenExpired: token expired" : "TokenInvalid");
        return NULL;
    }
    return a;
}

void xero_connections(struct twin *twin, struct request *q, struct reply *r)
{
    struct access *a = valid_access(twin, q, r);
    const char *event = request_query(q, "authEventId");
    json_t *list;

    if (!a) {
        return;
    }
    list = json_array();
    for (size_t i = 0; i < twin->xero.organisation_count; i++) {
        if (reachable(twin, &twin->xero.organisations[i]) &&
            (!event || same_text(event, a->event))) {
            json_array_append_new(list, describe(twin, &twin->xero.organisations[i], a));
        }
    }
    reply_json(r, 200, list);
}

void xero_disconnect(struct twin *twin, struct request *q, struct reply *r)
{
    if (!valid_access(twin, q, r)) {
        return;
    }
    for (size_t i = 0; i < twin->xero.organisation_count; i++) {
        struct organisation *org = &twin->xero.organisations[i];
        if (same_text(org->tenant_id, q->parts[0])) {
            xero_problem(r, 403, "Forbidden", "AuthenticationUnsuccessful");
            return;
        }
        if (org->connected && same_text(org->connection_id, q->parts[0])) {
            org->connected = false;
            reply_text(r, 204, NULL, "");
            return;
        }
    }
    xero_problem(r, 404, "NotFound", "Connection not found");
}
