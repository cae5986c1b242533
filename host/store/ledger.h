/*
 * The ledger: documents, what was sent for them, and what is known. Part of store/store.h.
 *
 * States and who sets them:
 *   planned by plan/:   waiting held ready skipped withdrawn
 *   sent by courier/:   sending unknown done held(refused) withdrawn tombstone
 * A document that was written keeps `target_id` for ever. `want` is the body as last planned (with
 * references as {"@":[mapping,key]}), `want_hash` its revision; `done_hash` the revision that is on
 * the other side. ready ⇔ want_hash != done_hash and nothing stands in the way.
 */
#ifndef FERRY_STORE_LEDGER_H
#define FERRY_STORE_LEDGER_H

#include "base/base.h"

struct db;

enum document_state {
    DOCUMENT_WAITING,
    DOCUMENT_HELD,
    DOCUMENT_READY,
    DOCUMENT_SENDING,
    DOCUMENT_UNKNOWN,
    DOCUMENT_DONE,
    DOCUMENT_WITHDRAWN,
    DOCUMENT_SKIPPED,
    DOCUMENT_TOMBSTONE,
};
const char *document_state_name(enum document_state state);

/* Every text is "" when absent, in the arena of the call that read it. */
struct document {
    int64_t id;
    int64_t integration;
    const char *mapping, *key, *root;
    const char *target; /* list: "xero.Invoices" */
    enum document_state state;
    const char *code, *why, *fix; /* of waiting, held, skipped */
    const char *want;             /* JSON; "" when nothing is wanted */
    const char *want_hash, *done_hash;
    const char *action;      /* what the courier owes: create, update, remove, link; "" nothing */
    const char *target_id;   /* "" until known */
    const char *target_seen; /* JSON: the fields of the object as last seen on the other side */
    const char *url;
    const char *approve;          /* the feature; "" none */
    const char *approved;         /* the revision that a person approved; "" none */
    const char *notes;            /* JSON array of "code: sentence" */
    const char *currency, *total; /* digits */
    int64_t epoch;                /* raised when an absent send is tried anew */
    int64_t changed_ms;
    int64_t due_ms; /* not before (wall clock); 0: at once */
    int64_t tries;
};

/* How a plan result is written: finds the row by (integration, mapping, key), or makes it. */
struct document_plan {
    const char *mapping, *key, *root, *target;
    enum document_state state; /* WAITING HELD READY SKIPPED WITHDRAWN, or DONE: leave as it is */
    const char *code, *why, *fix, *want, *want_hash, *action, *approve, *notes, *currency, *total;
    /* what `want` refers to; the document is not ready before all of them are done */
    const char *const *ref_mappings;
    const char *const *ref_keys;
    size_t ref_count;
};

MUST_CHECK bool ledger_plan(struct db *db, int64_t integration, const struct document_plan *plan,
                            int64_t *ret_id, struct error *err);
/* ret->id is 0, and every text "", when there is no such document. */
MUST_CHECK bool ledger_get(struct db *db, int64_t id, struct arena *arena, struct document *ret,
                           struct error *err);
MUST_CHECK bool ledger_find(struct db *db, int64_t integration, const char *mapping,
                            const char *key, struct arena *arena, struct document *ret,
                            struct error *err);
/* Show a ready document with the fate of what it refers to: state, code, why, fix of the cause. */
MUST_CHECK bool ledger_fate(struct db *db, struct document *document, struct arena *arena,
                            struct error *err);
typedef bool document_fn(void *self, const struct document *document, struct error *err);
/* Each with its fate. Any of the filters, which ask for what is stored, may be empty/-1. Order by
 * id. */
struct ledger_filter {
    int64_t integration;                                    /* -1: all */
    const char *mapping, *root, *target, *target_id, *code; /* NULL: any */
    int state;                                              /* -1: any */
    int64_t after_id;
    size_t most; /* 0: all */
};
MUST_CHECK bool ledger_each(struct db *db, const struct ledger_filter *filter, struct arena *arena,
                            document_fn *each, void *self, struct error *err);
/* The keys of those of a mapping that were made from this root, in key order. */
MUST_CHECK bool ledger_keys(struct db *db, int64_t integration, const char *mapping,
                            const char *root, struct arena *arena, struct found_keys *ret,
                            struct error *err);
/* The same for any number of them: each may only read, and has the document until it returns. */
MUST_CHECK bool ledger_scan(struct db *db, const struct ledger_filter *filter, document_fn *each,
                            void *self, struct error *err);
/* Documents that are ready to be removed. */
MUST_CHECK bool ledger_count_removals(struct db *db, int64_t integration, int64_t *ret,
                                      struct error *err);
/* Ready ones of a mapping, due now, whose references are all done. */
struct documents {
    struct document *at;
    size_t count;
};
struct ledger_wish {
    const char *mapping;
    bool on_demand; /* only those that another ready document refers to */
    size_t most;
};
MUST_CHECK bool ledger_ready(struct db *db, int64_t integration, const struct ledger_wish *wish,
                             struct arena *arena, struct documents *ret, struct error *err);
/* When the next document that was put off, or the next unknown one, is due; INT64_MAX: never. */
MUST_CHECK bool ledger_next_due(struct db *db, int64_t integration, int64_t *ret_ms,
                                struct error *err);

/* ---- requests: one HTTP write with one or many documents in it ---- */

enum request_state { REQUEST_INTENT, REQUEST_SENT, REQUEST_UNKNOWN, REQUEST_SETTLED };

struct request {
    int64_t id;
    int64_t integration;
    const char *lane;
    const char *method, *path; /* path with query, without host */
    struct text body;          /* exact bytes; empty where a file is sent */
    const char *content_type;
    const char *file; /* spool path; "" none */
    const char *idempotency_key;
    const char *target; /* list */
    const char *action; /* create update remove */
    enum request_state state;
    int64_t first_sent_wall_ms, first_sent_boot_ms, last_sent_wall_ms, last_sent_boot_ms;
    const char *boot_id;
    const char *token_generation; /* under which it was first sent */
    int64_t sends, probes;
    int64_t probe_due_ms;
};
struct request_element {
    int64_t document;
    const char *marker;
    const char *want_hash; /* revision that was sent */
};

/* Durable before anything leaves: the request, its elements, and the documents as `sending`. */
MUST_CHECK bool request_intend(struct db *db, const struct request *request,
                               const struct request_element *elements, size_t count,
                               int64_t *ret_id, struct error *err);
/* About to leave (again): stamps first and last sent and the token's generation. */
MUST_CHECK bool request_sent(struct db *db, int64_t id, const char *token_generation,
                             struct error *err);
/* No trustworthy answer: the request and its unsettled documents become unknown. */
MUST_CHECK bool request_unknown(struct db *db, int64_t id, const char *why, int64_t probe_due_ms,
                                struct error *err);
MUST_CHECK bool request_probed(struct db *db, int64_t id, int64_t next_due_ms, struct error *err);
/* What became of one element. */
enum element_outcome {
    ELEMENT_DONE,     /* target_id and target_seen are known */
    ELEMENT_REFUSED,  /* nothing was written: held with code, why, fix */
    ELEMENT_NOT_RUN,  /* nothing was written, may go again: back to ready, due_ms */
    ELEMENT_ABSENT,   /* read back and not there: ready again in a new epoch */
    ELEMENT_AMBIGUOUS /* two candidates, or one without mark: held for a person */
};
struct element_result {
    int64_t document;
    enum element_outcome outcome;
    const char *target_id, *target_seen, *url; /* DONE */
    const char *code, *why, *fix;              /* REFUSED, AMBIGUOUS */
    int64_t due_ms;                            /* NOT_RUN */
};
/* DONE dirties what looked at the document, and audits the write. */
MUST_CHECK bool request_element_settle(struct db *db, int64_t id,
                                       const struct element_result *result, struct error *err);
/* When all its elements are settled. */
MUST_CHECK bool request_settle(struct db *db, int64_t id, struct error *err);
/* Intents and unknowns of a lane or integration, oldest first: what a restart must look at. */
typedef bool request_fn(void *self, const struct request *request,
                        const struct request_element *elements, size_t count, struct error *err);
MUST_CHECK bool request_each_open(struct db *db, int64_t integration, struct arena *arena,
                                  request_fn *each, void *self, struct error *err);

/* ---- what people do with documents ---- */

/* held → ready again (or dirty, so that it is planned anew). */
MUST_CHECK bool ledger_retry(struct db *db, int64_t id, const char *who, struct error *err);
/* A person says: this is not to be written. */
MUST_CHECK bool ledger_skip(struct db *db, int64_t id, const char *who, const char *reason,
                            struct error *err);
/* A person says: this object is it. */
MUST_CHECK bool ledger_link(struct db *db, int64_t id, const char *target_id, const char *who,
                            struct error *err);
/* A person removed it on the other side, and wants it there again: a new document of the same key.
 */
MUST_CHECK bool ledger_repost(struct db *db, int64_t id, const char *who, const char *reason,
                              struct error *err);
/* A person approves this revision, and no later one. REJECTED "revision" when it is another by now.
 */
MUST_CHECK bool ledger_approve(struct db *db, int64_t id, const char *want_hash, const char *who,
                               struct error *err);
/* What Ferry keeps itself is written at once: done, as it is wanted. */
MUST_CHECK bool ledger_keep(struct db *db, int64_t id, const char *target_id, struct error *err);
/* A document about an object that is there already, and that nobody made a document for. */
MUST_CHECK bool ledger_about(struct db *db, int64_t id, const char *target_id, struct error *err);
/* After a restore: this object carries the mark of the document, so it was written. */
struct ledger_found {
    const char *target_id, *target_seen;
    bool is_wanted; /* it says what is wanted now; else the plan says what becomes of it */
};
MUST_CHECK bool ledger_adopt(struct db *db, int64_t id, const struct ledger_found *found,
                             struct error *err);
/* The courier found it changed, paid, voided… by hand. */
MUST_CHECK bool ledger_hold(struct db *db, int64_t id, const char *code, const char *why,
                            const char *fix, struct error *err);

/*
 * A mapping has another name in a new version of its connector: its documents, and everything that
 * is kept under the name, move along. A key that the new name has already stays where it is.
 */
MUST_CHECK bool ledger_rename(struct db *db, int64_t integration, const char *was, const char *now,
                              struct error *err);

/* `approved` of a removal that a person has tried again: it is not counted or held among many. */
#define REMOVAL_ALLOWED "remove"

/* ---- runs: one pass of one flow ---- */

MUST_CHECK bool run_begin(struct db *db, int64_t integration, const char *flow, const char *why,
                          int64_t *ret_id, struct error *err);
/* result: ok, partly, failed, stopped; counts: JSON. */
MUST_CHECK bool run_end(struct db *db, int64_t id, const char *result, const char *counts,
                        const char *why, struct error *err);
struct run_row {
    int64_t id, begun_ms, ended_ms;
    const char *flow, *why, *result, *counts, *sentence;
};
MUST_CHECK bool run_last(struct db *db, int64_t integration, const char *flow, struct arena *arena,
                         struct run_row *ret, bool *ret_found, struct error *err);

#endif
