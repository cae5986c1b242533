/* An adoption under way. Internal to schedule/. */
#ifndef FERRY_SCHEDULE_ADOPT_H
#define FERRY_SCHEDULE_ADOPT_H

#include "schedule/engine_internal.h"

/* One site after the other: read back what carries a mark, plan, link; then files. */
struct adopt {
    struct machine machine;
    struct question *q;
    struct arena *arena;
    size_t site;
    struct run run;
    bool run_open;
    const char *failed; /* "\nNAME was left: …", for each that could not be adopted */
    size_t object;      /* which of Xero's */
    uint32_t page;
    struct buffer body; /* as Xero answered, until a job reads it */
    json_t *elements;   /* of it */
    struct adoption adoption;
    struct paper *papers;
    size_t paper_count, paper, paper_capacity;
};

/* An object whose files are looked at, and the root of the documents that they are. */
struct paper {
    const char *path, *root;
};

/* The site at hand. */
struct site *adopt_site(struct adopt *a);
/* It failed for the site at hand: on to the next. */
const char *adopt_leave(struct adopt *a, const struct error *err);
/* GET a path of Xero's; the answer is kept, for the job that reads it: a page is no work for the
 * loop. */
void adopt_get(struct adopt *a, struct ask *ask, const char *path);
const char *adopt_keep(struct adopt *a, const struct answer *answer, const char *next);
/* [writer] The elements of this name in it, into a->elements. */
MUST_CHECK bool adopt_read(struct adopt *a, const char *name, struct error *err);

/* ---- adopt_files.c: the steps for files, on every object that has some to come ---- */

void adopt_ask_papers(void *self, struct ask *ask);
const char *adopt_got_papers(void *self, const struct answer *answer);
void adopt_ask_files(void *self, struct ask *ask);
const char *adopt_got_files(void *self, const struct answer *answer);
void adopt_ask_link_files(void *self, struct ask *ask);
const char *adopt_got_link_files(void *self, const struct answer *answer);

#endif
