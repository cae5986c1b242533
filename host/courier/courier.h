/*
 * courier/: difference → Xero. Takes what is ready, in the order of references, writes it, and
 * settles what became of it; what is unknown is looked for before anything else is taken, and is
 * not sent again by anybody until it is known.
 *
 * The promises (why a restart at any instant is safe):
 *   - a request is durable, with its exact bytes, key and marks, before a byte of it leaves
 *   - a write is repeated only while that is the same write to Xero: same bytes, key and token,
 *     within five minutes; after that it is looked for by its mark, and absent only counts when
 *     ten minutes have passed since it was last sent
 *   - what people changed since we wrote it is held, never written over
 *
 * One request at a time per integration: a machine of steps/, on the loop thread.
 */
#ifndef FERRY_COURIER_COURIER_H
#define FERRY_COURIER_COURIER_H

#include "steps/steps.h"

struct courier_counts {
    int64_t requests, created, updated, removed, linked, refused, unknown, probes, files;
};

struct delivery;
struct courier {
    struct machine machine;
    struct house *house;
    const struct integration *integration;
    struct courier_counts counts;
    bool reread; /* something exists already under another name: read Xero's lists again */
    struct delivery *delivery;
};

/*
 * [writer] After a restore. First the marks on what Xero shows are kept, those that no document of
 * ours is known for; then what is planned is linked to them, at once or whenever it is about to be
 * written. Files are known by their name, among those of one object.
 */
struct adoption {
    const struct integration *integration;
    const char *object;     /* "xero.Invoices": what the elements are */
    const json_t *elements; /* an array */
    const char *on;         /* of files: the root of the documents whose object has them */
    int64_t found, linked;  /* added to */
};
MUST_CHECK bool courier_keep_marks(struct db *db, struct adoption *adoption, struct error *err);
MUST_CHECK bool courier_link_marked(struct db *db, struct adoption *adoption, struct error *err);
MUST_CHECK bool courier_link_files(struct db *db, struct adoption *adoption, struct error *err);

void courier_init(struct courier *courier, struct house *house,
                  const struct integration *integration);
void courier_done(struct courier *courier);
/* Until nothing is ready and nothing unknown. Errors: AUTH and CONFIG stop it; so does TRANSIENT
 * when the other side cannot be reached at all. */
void courier_start(struct courier *courier, machine_done_fn *done, void *owner);

#endif
