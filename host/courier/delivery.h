/* One request on its way, and what is known of it. Internal to courier/. */
#ifndef FERRY_COURIER_DELIVERY_H
#define FERRY_COURIER_DELIVERY_H

#include "courier/courier.h"
#include "xero/xero.h"

#define DELIVERY_ARENA_MAX ((size_t)512 << 20)
#define MARK_TEXT          17
#define RESEND_MOST_MS     INT64_C(300000) /* 5 minutes: a key is known to Xero so long */
#define ABSENT_AFTER_MS    INT64_C(600000) /* what was sent has arrived by then, or never will */
#define PROBE_OVERLAP_MS   INT64_C(600000) /* clocks differ, and Xero's is to the second */
#define LATER_MS           INT64_C(60000)

/* What was answered to a request; in the delivery's arena, because its reading waits its turn. */
struct said {
    bool is_there, complete;
    int status;
    const char *content_type, *www_authenticate; /* "" when not said */
    struct text body;
};

/* One document in the request at hand. */
struct parcel {
    struct document document;
    const char *mark;
    json_t *body; /* as sent, owned */
    struct element_result result;
    bool settled;
};

struct delivery {
    struct courier *courier;
    struct arena *arena; /* of this delivery */
    const struct xero_object *object;
    const struct declared_write *write;
    struct request request; /* id 0: none at hand */
    int64_t generation;     /* of the store, since the request stands in it */
    bool was_open;          /* left over: from a crash, or unknown */
    struct parcel *parcels;
    size_t count;
    const char *now_status; /* of the object that was looked at */
    struct said said;       /* answered: what, until it is settled */
    /* a file on its way */
    const char *file_url, *file_path, *file_name, *file_on;
    /* looking for what may have been written */
    uint32_t probe_page;
    bool probe_more; /* there may be another page */
    const char *url;
    struct error problem;
    int64_t wake_ms; /* wall clock: when to look again */
    const char *headers[7];
    char since[INSTANT_TEXT_MAX];
};

/*
 * Our mark in the name of a file: of the whole key, because ids that count up begin alike, and two
 * scan.pdf of one document must not be taken for each other. In arena.
 */
#define FILE_MARK_SIZE 8
const char *delivery_file_mark(const struct document *document, struct arena *arena);
/* A stable mark of a document: the same after a restored backup. */
const char *delivery_mark(const struct integration *integration, const struct document *document,
                          struct arena *arena);
/* An answer, for the job that reads it: a page of documents is no work for the loop. */
void delivery_keep_said(struct delivery *d, const struct answer *answer);
void delivery_forget(struct delivery *d);

/* ---- open.c: [writer] ---- */

/* What was left open and is due: sets request and its parcels. */
MUST_CHECK bool open_find(struct delivery *d, struct db *db, struct error *err);

/* ---- look.c ---- */

void look_ask(struct delivery *d, struct ask *ask);
/* False with d->problem: REJECTED is what people did, so that it is held; else TRANSIENT. */
bool look_read(struct delivery *d, const struct answer *answer);

/* ---- body.c ---- */

/* The body of one document as it is sent: references filled in, lines with their ids, our mark.
 * REJECTED: it cannot be sent as it is. ret: owned. */
MUST_CHECK bool body_build(struct delivery *d, struct db *db, const struct parcel *parcel,
                           json_t **ret, struct error *err);
/* The fields of `now` that `sent` has, and the ids of its lines: what is compared later. In
 * arena. */
const char *seen_of(struct delivery *d, const json_t *sent, const json_t *now);
/* The same for a document that somebody else's request wrote: by what is wanted. In arena. */
const char *seen_of_want(const json_t *want, const json_t *now, struct arena *arena);
/* Whether the fields that were seen are still as they were. */
bool seen_is_same(const char *seen, const json_t *now);

/* ---- take.c: [writer] ---- */

/* Find what is next; sets request, or what must be looked at or fetched first. */
MUST_CHECK bool take_next(struct db *db, void *self, struct error *err);
/* After looking: the request of the parcel at hand. */
MUST_CHECK bool take_intend(struct db *db, void *self, struct error *err);

/* ---- adopt.c: [writer] ---- */

/* Link it to what carries its mark since before a restore, or ask a person about that; *ret_found:
 * there was something, so that it is not to be written now. */
MUST_CHECK bool adopt_marked(struct db *db, const struct integration *integration,
                             const struct document *document, struct arena *arena, bool *ret_found,
                             struct error *err);

/* ---- settle.c: [writer] ---- */

MUST_CHECK bool settle_results(struct db *db, void *self, struct error *err);
MUST_CHECK bool settle_stamp(struct db *db, void *self, struct error *err);
/* Everything at hand did not leave, or was not run: again at due_ms. */
void settle_not_run(struct delivery *d, int64_t due_ms);
MUST_CHECK bool settle_unknown(struct db *db, void *self, struct error *err);
void settle_done(struct delivery *d, struct parcel *parcel, const char *id, const json_t *now);
void settle_refused(struct delivery *d, struct parcel *parcel, const char *code, const char *why,
                    const char *fix);

/* ---- probe.c ---- */

void probe_ask(struct delivery *d, struct ask *ask);
/* [reader] Look for our marks in the page that was kept; sets probe_more. */
MUST_CHECK bool probe_read(struct db *db, void *self, struct error *err);
MUST_CHECK bool probe_conclude(struct db *db, void *self, struct error *err);

/* ---- file.c ---- */

void file_ask_fetch(struct delivery *d, struct ask *ask);
/* False: held, the reason is in the parcel's result. */
bool file_got(struct delivery *d, const struct answer *answer);

#endif
