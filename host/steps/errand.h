/* One call on its way through quota, login, stamp and http. Internal to steps/. */
#ifndef FERRY_STEPS_ERRAND_H
#define FERRY_STEPS_ERRAND_H

#include "steps/steps.h"

#define ERRAND_HEADERS_MOST 40

struct errand {
    struct machine *machine;
    struct call *call;
    struct quota_ticket ticket;
    struct login_ask login;
    struct http_op op;
    struct timer *timer; /* of a pause before the next try */
    enum { ERRAND_QUOTA, ERRAND_TOKEN, ERRAND_STAMP, ERRAND_HTTP, ERRAND_PAUSE } phase;
    char *url;
    char *token_header, *token_value, *token_id;
    int64_t token_generation, refused_generation;
    const char *headers[ERRAND_HEADERS_MOST];
    const char **hosts;
    unsigned tries;
    bool refreshed; /* a token was refused once already */
};

/* Begin the call of machine->ask; ends in machine_answered. */
void errand_start(struct machine *machine);
/* Give up where nothing has left yet; a write that may have left is waited for. */
void errand_cancel(struct machine *machine);
void errand_free(struct errand *errand);

/* What an answer says about limits: the headers of Xero and of the sources. */
struct quota_hints errand_hints(const struct http_reply *reply, const struct clock *clock);

/* The action of the machine's step has ended: machine->answer says how. */
void machine_answered(struct machine *machine);

#endif
