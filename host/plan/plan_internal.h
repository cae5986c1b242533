/* What the reader's half of a plan hands to the writer's half. */
#ifndef FERRY_PLAN_INTERNAL_H
#define FERRY_PLAN_INTERNAL_H

#include "plan/plan.h"
#include "xero/xero.h"

#define PLAN_ARENA_MAX ((size_t)512 << 20)

/* Roots of this pseudo-mapping are records, and what is worked out is the group they are in. */
#define PLAN_MEMBER_SUFFIX "#member"

struct plan_subject {
    struct document_plan plan; /* state READY stands for "wanted" until apply compares */
    enum map_verdict verdict;
    const char *gone;
    const char *match_id;
    const char *refused; /* code of what is known to fail before it is sent; "" nothing */
};

struct plan_root {
    struct dirty_root dirty;
    const struct map_mapping *mapping;
    bool is_member;
    const char *group; /* of a member; NULL: in none */
    struct plan_subject *subjects;
    size_t subject_count, subject_capacity;
    const uint64_t *looks;
    size_t look_count;
};

struct plan_batch {
    const struct integration *integration;
    struct arena *arena;
    struct plan_world *world; /* while evaluating */
    struct plan_root *roots;
    size_t count;
};

/* "bill#member" for "bill". */
const char *plan_member_name(const char *mapping, struct arena *arena);

#endif
