/* What the reader's half of a plan hands to the writer's half. */
#ifndef FERRY_PLAN_INTERNAL_H
#define FERRY_PLAN_INTERNAL_H

#include "plan/plan.h"
#include "xero/xero.h"

#define PLAN_ARENA_MAX ((size_t)512 << 20)
/* A batch ends early when it has used so much, so that others have their turn on the reader. */
#define PLAN_BATCH_BYTES ((size_t)8 << 20)
/* Of records as text; parsed they are about eight times as large. */
#define PLAN_BATCH_READ  ((size_t)1 << 20)
#define PLAN_BATCH_STEPS 2000000

/*
 * What a root of a mapping is looked at for. All but the first have a name of their own in the
 * store: "bill#member", "customer#others".
 */
enum plan_pass {
    PLAN_MEMBERS, /* a record: which group is it in? */
    PLAN_SUBJECTS,
    PLAN_OTHERS, /* a record of the target: does any document stand for it? */
    PLAN_PASSES
};

struct plan_subject {
    struct document_plan plan; /* state READY stands for "wanted" until apply compares */
    enum map_verdict verdict;
    const char *gone;
    const char *match_id;
    const char *refused; /* code of what is known to fail before it is sent; "" nothing */
};

/* A pass of a mapping, and where the store counts its roots. */
struct plan_duty {
    const struct map_mapping *mapping;
    enum plan_pass pass;
    const char *name; /* "bill#member" */
    struct pass at;
    unsigned wave; /* comes after those of its place that it refers to */
};

/* A root of a place, for all duties that look at it in this batch. */
struct plan_record {
    struct dirty_root dirty;
    int64_t done;  /* bits: looked at, or passed over */
    int64_t noted; /* bits: what they looked at is in `looks` */
    struct look *looks;
    size_t look_count, look_capacity;
};

/* One of them. */
struct plan_root {
    struct plan_record *record;
    const struct plan_duty *duty;
    const char *key;                   /* of the record, or of the group */
    const struct map_mapping *mapping; /* as the duty says */
    enum plan_pass pass;
    bool is_written;        /* and only looked at for what is not: left alone */
    const char *group;      /* of a member; NULL: in none */
    const char *unreadable; /* why its record could not be read; NULL: it could */
    const char *others;     /* what becomes of it: leave, hold, remove; NULL: it is stood for */
    struct plan_subject *subjects;
    size_t subject_count, subject_capacity;
};

struct plan_parsed;

struct plan_batch {
    const struct integration *integration;
    struct plan_parsed *parsed;
    struct arena *scratch; /* of the root that is being evaluated */
    struct arena *arena;
    struct plan_world *world; /* while evaluating */
    struct plan_record *records;
    size_t record_count;
    struct plan_root *roots;
    size_t root_count;
    size_t count;             /* of them, those that were evaluated */
    struct plan_duty *duties; /* of the whole program, in the order they are done in */
    size_t duty_count, duty_capacity;
};

/*
 * Records of the mirror, parsed. Batches follow each other on snapshots of the store, and those of
 * one record's next wave look at the same records: one whose text is the same is not parsed again.
 */
struct plan_parsed *plan_parsed_new(void);
void plan_parsed_free(struct plan_parsed *parsed);
/* Another snapshot: any text may be another, and what the last one did not ask for is forgotten. */
void plan_parsed_next(struct plan_parsed *parsed);
/* As this snapshot has it; NULL: it was not asked for yet. Borrowed until it is forgotten. */
const json_t *plan_parsed_known(const struct plan_parsed *parsed, struct text name);
/* One that is not known, from its text in this snapshot. */
const json_t *plan_parsed_read(struct plan_parsed *parsed, struct text name, const char *body,
                               struct error *err);
/* A world whose records stay with `parsed`, which may hold those of an earlier one. */
struct plan_world *plan_world_with(const struct integration *integration, struct db *db,
                                   struct arena *arena, struct plan_parsed *parsed);

/* Whether there is such a record, and it can be read; nobody's look. */
bool plan_world_has(struct plan_world *world, const char *list, const char *key);

/* The name of a mapping's pass in the store. */
const char *plan_pass_name(const char *mapping, enum plan_pass pass, struct arena *arena);
/* Whether a mapping has such a pass at all. */
bool plan_has_pass(const struct map_mapping *mapping, enum plan_pass pass);
/* The list whose records are the roots of a pass; NULL: exactly one root, "". */
const struct map_list *plan_pass_list(const struct map_mapping *mapping, enum plan_pass pass);

struct application {
    struct plan_batch *batch;
    struct db *db;
    struct plan_counts *counts;
};

/* batch.c: the next roots that are dirty, and who looks at them; none: batch->count is 0. */
MUST_CHECK bool batch_take(struct plan_batch *batch, struct db *db, struct error *err);

/* written.c */
MUST_CHECK bool root_is_written(struct plan_batch *batch, struct db *db,
                                const struct plan_root *root, bool *ret, struct error *err);
/* others.c */
MUST_CHECK bool others_evaluate(struct plan_batch *batch, struct db *db, struct plan_root *root,
                                struct error *err);
MUST_CHECK bool others_apply(struct application *a, const struct plan_root *root,
                             struct error *err);
/* keep.c: a wanted document of a list that Ferry keeps becomes a record of it; an unwanted one
 * goes, when `known` says what it was before (NULL: its record stays). */
MUST_CHECK bool keep_apply(struct application *a, const struct plan_subject *subject, int64_t id,
                           const struct document *known, struct error *err);
/* approval.c: whether a person must say yes to it first. */
bool approval_is_missing(const struct integration *integration, const struct document_plan *plan,
                         const struct document *known);

#endif
