/* The tests' own paths. */
#ifndef FERRY_TWIN_CONTROL_H
#define FERRY_TWIN_CONTROL_H

#include "twin.h"

typedef void control_fn(struct twin *twin, struct request *q, struct reply *r);

control_fn control_reset, control_documents, control_calls, control_faults, control_switch,
    control_edit, control_payhawk_edit, control_log, control_clock;

#endif
