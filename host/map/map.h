/*
 * map/: the mapping language. Reads what connectors declare, checks every name and type in it, and
 * evaluates it: pure, bounded, no I/O, no clock. docs/mapping.md is the reference of the language.
 *
 * A program is a checked connector joined with Xero's lists. Everything it hands out is borrowed
 * from it. A program is read-only after map_compile and may be used by several threads at once.
 *
 * Words: a *root* is what is looked at in one go: a record of the base list of `from` (its key), a
 * group (its key), or "" for a mapping with exactly one document. One root yields the subjects of
 * that mapping (one, or one per element where `from` goes into the records), each with a verdict.
 * Keys: single-field keys are the field's text, several fields are joined by '/', with '%2F' and
 * '%25' for those characters; elements append "/" + element key; a group's key is its values.
 */
#ifndef FERRY_MAP_MAP_H
#define FERRY_MAP_MAP_H

#include "base/arena.h"
#include "base/json.h"
#include "base/money.h"
#include "map/declaration.h"

/* ---- compile ---- */

struct program;

/* One thing that is wrong in a declaration. */
struct complaint {
    const char *place;    /* "payhawk/expenses/bill.line.UnitAmount" */
    const char *source;   /* the expression or type, "" where there is none */
    unsigned column;      /* 1-based in source, 0: the whole */
    const char *sentence; /* what is wrong, with a hint */
};
struct complaints {
    const struct complaint *at;
    size_t count;
};

/* mappings: "card-expense.InvoiceNumber" → expression, from the operator's config. May be NULL. */
struct map_overrides {
    const struct declared_row *at;
    size_t count;
};

/*
 * Parse and check. `xero` is Xero's declaration (lists named "xero.…"). On failure the complaints
 * (in *arena*) say everything that was found, not only the first, and *ret is untouched.
 * Everything lives in `arena`; `connector`, `xero` must outlive the program.
 */
MUST_CHECK bool map_compile(const struct declaration *connector, const struct declaration *xero,
                            const struct map_overrides *overrides, struct arena *arena,
                            struct program **ret, struct complaints *ret_complaints);
/* What is not in the arena. NULL ok. */
void map_free(struct program *program);

/* ---- what a program knows ---- */

struct map_list;    /* a list, read-only */
struct map_mapping; /* a top-level mapping */

const struct declaration *map_declaration(const struct program *program);
size_t map_list_count(const struct program *program); /* the connector's lists, then Xero's */
const struct map_list *map_list_at(const struct program *program, size_t index);
const struct map_list *map_list_find(const struct program *program, const char *name); /* or NULL */
const struct declared_list *map_list_declared(const struct map_list *list);
/* The fields of its records; see map/record_type.h. */
const struct record_type *map_list_type(const struct map_list *list);
/* The list that a field of this list's records refers to; NULL when it is no (single) reference. */
const struct map_list *map_field_refers_to(const struct program *program,
                                           const struct map_list *list, const char *field);
bool map_list_is_read(const struct program *program, const struct map_list *list); /* by anything */

size_t map_mapping_count(const struct program *program); /* all flows, in order */
const struct map_mapping *map_mapping_at(const struct program *program, size_t index);
const struct map_mapping *map_mapping_find(const struct program *program, const char *name);
const struct declared_mapping *map_mapping_declared(const struct map_mapping *mapping);
const char *map_mapping_flow(const struct map_mapping *mapping);
const struct map_list *map_mapping_base(const struct map_mapping *mapping); /* NULL: exactly one */
const struct map_list *map_mapping_target(const struct map_mapping *mapping);
bool map_mapping_is_group(const struct map_mapping *mapping);
/* Contacts and the like: matched or made only because another mapping refers to them, and left
 * where they are. Written when the first document needs them, so that none stand about unused. */
bool map_mapping_is_on_demand(const struct program *program, const struct map_mapping *mapping);
/* A read shows all of it at once, or people fill it in: it may be gone through as a whole. */
bool map_list_is_small(const struct map_list *list);
bool map_list_is_kept(const struct map_list *list); /* neither side has it: mappings fill it */
bool map_mapping_has_others(const struct map_mapping *mapping); /* it says what becomes of them */
/* Mappings in sending order: a mapping comes after those it refers to with @. */
const size_t *map_sending_order(const struct program *program);
bool map_mapping_refers(const struct map_mapping *mapping, const struct map_mapping *to);

#include "map/activity.h"

/* ---- records ---- */

/*
 * Make a record of `list` out of what the other side sent: only declared fields are kept, texts
 * and numbers checked against their types, `absent` applied, fields kept from the path given in
 * `parent_fields` (an object, or NULL). REJECTED "field" names the field, what it was and what it
 * ought to be.
 */
struct map_read {
    json_t *record;  /* owned: json_decref */
    const char *key; /* in arena */
};
MUST_CHECK bool map_record(const struct program *program, const struct map_list *list,
                           const json_t *wire, const json_t *parent_fields, struct arena *arena,
                           struct map_read *ret, struct error *err);

/*
 * The index entries of a record: what look-ups may search it by. Index names are canonical texts
 * of expressions over the record ("createdBy.id", "fold(Name)"); a list inside the record gives
 * one entry per element. Known after map_compile.
 */
struct map_index_entry {
    const char *index;
    const char *value;
};
size_t map_index_entries(const struct program *program, const struct map_list *list,
                         const json_t *record, struct arena *arena,
                         const struct map_index_entry **ret);

/*
 * Columns of a row (an object, as people filled it in) that are empty get what the form proposes.
 * REJECTED with the code and sentence of what cannot be worked out.
 */
struct map_context;
MUST_CHECK bool map_form_fill(const struct map_context *in, const struct map_list *form,
                              json_t *row, struct error *err);

/* ---- evaluate ---- */

/* What the ledger says of a document, for `@`. */
struct map_document {
    const char *mapping, *key;
    const char *state;                 /* none waiting held open done withdrawn removed */
    const char *id, *code, *why, *url; /* "" when absent */
    const char *root;                  /* the root it was made from */
    const json_t *want;                /* the wanted body as last planned, or NULL */
};

/*
 * How evaluation reads the world. Implemented by plan/ over the store and by the test kit over
 * fixtures; the implementer also notes what was asked, for dirty tracking. Everything returned is
 * borrowed until the evaluation ends. list names are as declared ("expenses", "xero.Accounts").
 */
struct map_world {
    void *self;
    /* The record, or NULL when it is not there. */
    const json_t *(*record)(void *self, const char *list, const char *key);
    /* Keys of the live records whose index entry has this value, in key order. */
    size_t (*search)(void *self, const char *list, const char *index, const char *value,
                     const char *const **ret_keys);
    /* All keys; only asked of lists that the checker calls small (forms, reference data). */
    size_t (*all)(void *self, const char *list, const char *const **ret_keys);
    /* Keys of the records in a group, in key order; *ret_unreadable: one that cannot be read. */
    size_t (*members)(void *self, const char *mapping, const char *group_key,
                      const char *const **ret_keys, const char **ret_unreadable);
    /* A document by mapping and key; false: none. */
    bool (*document)(void *self, const char *mapping, const char *key, struct map_document *ret);
    /* Whether the document of the subject at hand stands for an object already. Nobody's look: its
     * own writing does not make it be looked at again. */
    bool (*is_written)(void *self, const char *mapping, const char *key);
    /* Documents of a mapping whose target is this object (backwards @). */
    size_t (*by_target)(void *self, const char *mapping, const char *id,
                        const struct map_document **ret);
    /* All documents to Xero made from this record. */
    size_t (*of_record)(void *self, const char *list, const char *key,
                        const struct map_document **ret);
    const json_t *options; /* the integration's options, checked, by name */
    const json_t *org;     /* the Organisation record */
    uint64_t *spent;       /* steps are added to it; may be NULL */
};

/* What every evaluation needs: results live in the arena. */
struct map_context {
    const struct program *program;
    const struct map_world *world; /* NULL: the record alone */
    struct arena *arena;
};

enum map_verdict { MAP_WANTED, MAP_SKIP, MAP_WAIT, MAP_HOLD };

/* A document that ought to exist, or why not. All in the arena given to map_evaluate. */
struct map_subject {
    const char *key;
    enum map_verdict verdict;
    const char *code, *sentence; /* of the guard or hold() that decided; "" when wanted */
    const char *field;           /* where a hold came from: "line.AccountID"; "" for guards */
    /*
     * The body when wanted (else NULL): target fields by their wire names, nested. A reference to
     * another document is {"@": [mapping, key]}; a file is {"file": {url, name, type}}; each line
     * of a part carries "#": its key. Owned by the evaluation: borrowed until its arena is reset.
     */
    json_t *body;
    const char *approve;      /* the feature a person must approve; "" none */
    const char *gone;         /* leave, hold, remove: also for SKIP */
    struct money total;       /* sum of the document's own amounts, for control totals */
    const char *const *notes; /* "code: sentence" of note(), counted and shown */
    size_t note_count;
    /* Candidates of `match`: one object id when found; two or more hold with code "ambiguous". */
    const char *match_id;
};

typedef void map_subject_fn(void *owner, const struct map_subject *subject);

/* Going over it, or over 64 MB of memory, holds the subject with code "too-long". */
#define MAP_STEPS_PER_SUBJECT 200000

/*
 * Evaluate one root of one mapping. `each` is called once per subject, in element order. Not
 * finding the root itself is no error: no subject then. err only for BUG.
 */
MUST_CHECK bool map_evaluate(const struct map_context *in, const struct map_mapping *mapping,
                             const char *root, map_subject_fn *each, void *owner,
                             struct error *err);

/* What the mapping says of a record of its target that no document stands for: "leave", "hold" or
 * "remove". What cannot be worked out is left. */
MUST_CHECK bool map_others(const struct map_context *in, const struct map_mapping *mapping,
                           const char *target_key, const char **ret, struct error *err);

/* The key of the group a record belongs to; NULL: none. REJECTED when it cannot be worked out. */
MUST_CHECK bool map_group_key(const struct map_context *in, const struct map_mapping *mapping,
                              const char *record_key, const char **ret_key, struct error *err);

/* Guards of a flow (its set-up checklist): verdict of the first that is true, or MAP_WANTED. */
MUST_CHECK bool map_flow_ready(const struct map_context *in, const char *flow,
                               struct map_subject *ret, struct error *err);

/* Over an answer of the API (status, code, text): the first guard of `answers` that is true. */
const struct declared_guard *map_answer(const struct program *program, int status, const char *code,
                                        const char *text);

/* A condition over a record, for read.gone and read.only; `which` is the declared expression. */
MUST_CHECK bool map_condition(const struct map_context *in, const struct map_list *list,
                              const char *expression, const json_t *record, bool *ret,
                              struct error *err);

/* ---- explain ---- */

/* One line per field of one subject: name, expression, value, what was looked up. */
struct map_trace {
    const char *field, *expression, *value, *looked;
};
typedef void map_trace_fn(void *owner, const struct map_trace *trace);
MUST_CHECK bool map_explain(const struct map_context *in, const struct map_mapping *mapping,
                            const char *root, map_trace_fn *each, void *owner, struct error *err);

#endif
