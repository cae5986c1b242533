/* A document while it is being put together. */
#ifndef FERRY_MAP_DRAFT_H
#define FERRY_MAP_DRAFT_H

#include "map/evaluate.h"

/* One object of a body: the document itself, or a line of it. */
struct draft {
    const struct shape *shape; /* of the target */
    json_t *json;
    const struct draft *outer;
    struct money amount; /* Amount, LineAmount or UnitAmount × Quantity: control totals */
    struct decimal quantity;
    bool has_amount, has_quantity;
};

/* An amount that was put into a draft, to compare with the currency of the document. */
struct drafted_money {
    const struct draft *draft;
    const struct field_type *field;
    const char *at; /* with the parts it is in: "line.Amount" */
    struct money money;
    struct drafted_money *next;
};

#define DRAFT_MAX_BYTES ((size_t)3 << 20) /* of texts in one document; no API takes more */
#define LINES_A_STEP    256

struct drafting {
    struct evaluation *e;
    size_t bytes;
    struct drafted_money *amounts;
    struct money total;
    const char *field;   /* where a hold came from */
    const char *filling; /* the field at hand, with the parts it is in */
    map_trace_fn *trace; /* NULL: nobody asks */
    void *trace_owner;
};

/* The value as JSON for a field of the target; *ret NULL: absent, not sent. */
bool draft_value(struct drafting *d, const struct draft *draft, const struct field_type *field,
                 struct value value, json_t **ret);
/* Fields and parts of a rule, for the record in scope, into the draft. */
bool draft_fill(struct drafting *d, const struct rule *rule, const struct scope *scope,
                struct draft *draft, const char *place);
/* Every amount must be in the currency that its field is declared with. */
bool draft_check_currencies(struct drafting *d);
/* The first guard that is true; NULL: none. False: held, or a bug. */
bool guards_decide(struct evaluation *e, const struct rule_guard *guards, size_t count,
                   const struct scope *scope, const struct rule_guard **ret);

#endif
