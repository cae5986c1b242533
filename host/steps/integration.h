/*
 * One integration while it is at work: a source account joined to an organisation through a
 * checked connector, with the names under which calls to either side are made. Built by the
 * engine when a run begins, read-only during the run.
 */
#ifndef FERRY_STEPS_INTEGRATION_H
#define FERRY_STEPS_INTEGRATION_H

#include "map/map.h"

/* One of the two sides of an integration. */
struct side {
    const char *base_url;          /* "https://api.payhawk.com"; declared paths follow it */
    const char *lane;              /* quota lane */
    const char *grant;             /* whose token */
    const char *const *headers;    /* fixed headers, name and value in turn, NULL at the end */
    const char *const *hosts;      /* patterns that may be called with the token, NULL at the end */
    const char *const *file_hosts; /* may be called too, but never with the token */
    int64_t scope;                 /* where its records are mirrored */
};

struct integration {
    const char *name;
    int64_t id;
    const struct program *program;
    const char *program_hash; /* changes when the connector or a mapping in the config does */
    json_t *options;          /* checked, by name */
    struct side source, xero;
    const char *spool; /* folder for files on their way */
    const char *tenant_id;
    const char *source_account;
    const char *short_code; /* of the organisation, for links; "" when not known */
    const bool *flows;      /* that the config lets run, by place in the declaration; NULL: all */
    const struct map_activity *active; /* what is at work because of that; NULL: everything */
    const char *approval; /* what a person must approve, as the config says it; NULL: none */
};

/* Xero's lists live with the organisation, all others with the source account. */
static inline const struct side *integration_side(const struct integration *integration,
                                                  const char *list)
{
    return strncmp(list, "xero.", 5) == 0 ? &integration->xero : &integration->source;
}

#endif
