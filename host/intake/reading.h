/* One list being read: where it stands, and what one page needs. */
#ifndef FERRY_INTAKE_READING_H
#define FERRY_INTAKE_READING_H

#include "intake/intake.h"

#define READING_ARENA_MAX  ((size_t)512 << 20)
#define READING_URL_MAX    16384
#define READING_BODY_MAX   65536
#define READING_PAGES_MOST 100000
#define READING_PAGE_SIZE  100 /* of lists that count pages and do not say how long one is */

struct reading {
    struct intake *intake;
    const struct map_list *list;
    const struct declared_read *read;
    const struct side *side;
    struct arena *arena;      /* of one page */
    struct arena *list_arena; /* of the whole reading */
    /* once for each parent record (or once, with no parent) */
    const char *parent_field;
    const struct map_list *parent_list;
    const char *const *parents;
    size_t parent_count, parent;
    json_t *parent_record;
    /* where we are */
    bool complete;   /* this reading shows every record there is */
    bool unreadable; /* some record of it could not be read: it may be one that we know */
    int64_t pass;    /* marks what was seen: begin of the reading, milliseconds */
    int64_t since_ms, full_ms;
    int64_t page, offset; /* of lists that are read in windows of days, page n is window n */
    size_t place;         /* of the next record among those of its parent, from 1 */
    char *cursor;
    bool more;
    /* of a list that is read from files: page n is file n */
    const char *folder, *file;
    const char *const *files;
    size_t file_count;
    /* one request */
    struct buffer url, header_value, body;
    const char *headers[3];
    struct text answer; /* copied: the work runs after the answer is gone */
    char *answer_bytes;
    struct error problem; /* of the page: reported, the run goes on */
};

/* Fill url, headers and body for the page at hand. */
MUST_CHECK bool page_request(struct reading *r, struct error *err);
/* The first word of the declared request; in arena of the page. */
const char *page_method(const struct reading *r);
/* What the answer says about a next page; moves page, offset, cursor and sets `more`. */
MUST_CHECK bool page_next(struct reading *r, const json_t *reply, size_t records,
                          struct error *err);

/* [writer] Put the records of the answer into the mirror; `self` is the intake. */
MUST_CHECK bool page_store(struct db *db, void *self, struct error *err);

#endif
