/*
 * xero/: what Xero is. Its lists in the words of the SDK, facts per object that no declaration
 * carries, how its answers are to be believed, what its error messages mean, what can be checked
 * before anything is sent, and how our mark is put on a document and found again.
 *
 * Everything here is pure: no I/O, no clock, no store. Any thread.
 */
#ifndef FERRY_XERO_XERO_H
#define FERRY_XERO_XERO_H

#include "base/arena.h"
#include "base/date.h"
#include "base/json.h"
#include "map/declaration.h"

/* ---- lists -------------------------------------------------------------------------------- */

/*
 * Xero's declaration: lists named "xero.Invoices" and so on, no flows. Written by the SDK and read
 * by connectors/ like any other. In arena. errors BUG only.
 */
MUST_CHECK bool xero_declaration(struct arena *arena, const struct declaration **ret,
                                 struct error *err);

/* ---- objects ------------------------------------------------------------------------------ */

/* Where our mark stands, so that a document is found again after a lost answer. */
enum xero_mark_kind {
    XERO_MARK_NONE,  /* allocations and the like: totals are compared */
    XERO_MARK_URL,   /* fragment of a URL: "#ferry=<id>" */
    XERO_MARK_FIELD, /* the whole field, or its end: "… ferry:<id>" */
    XERO_MARK_LINE,  /* the same at the end of the first line's description */
    XERO_MARK_FILE,  /* in the file's name, before its ending */
    XERO_MARK_KEY,   /* a field that Xero keeps unique: no mark of ours is needed */
};

struct xero_object {
    const char *name;     /* "Invoices": also the envelope of requests and answers */
    const char *list;     /* "xero.Invoices" */
    const char *endpoint; /* "/api.xro/2.0/Invoices" */
    const char *id_field; /* "InvoiceID" */
    enum xero_mark_kind mark;
    const char *mark_field;    /* "Url" */
    uint32_t batch_max;        /* elements in one request */
    const char *create_method; /* "PUT"; "" cannot be created */
    const char *update_method; /* "POST"; "" cannot be changed */
    bool enveloped;            /* the body is {"Invoices":[…]}, else the bare element */
    bool summarize;            /* takes summarizeErrors=false: a fate for each element */
    bool paged, modified_since;
    const char *scope; /* granular; ".read" after it is enough for reading */
    const char *link;  /* after the deep-link prefix, then the id; "" none */
    /* The Status words that take it away: of a draft, and of a booked one. "" none. */
    const char *remove_draft, *remove_booked;
};

/* By list ("xero.Invoices"); NULL: not an object of accounting, or a source's list of that name. */
const struct xero_object *xero_object_find(const char *list);
size_t xero_object_count(void);
const struct xero_object *xero_object_at(size_t index);

/* Whether a token with these scopes (blank separated) may read or write it. Old broad scopes
 * count. */
bool xero_scope_allows(const char *scopes, const struct xero_object *object, bool write);

/* "https://go.xero.com/…" for people; type is the document's Type, "" when it has none. In arena,
 * "" where Xero has no page. */
const char *xero_link(const struct xero_object *object, const char *type, const char *short_code,
                      const char *id, struct arena *arena);

/* The Status of a document that was voided or deleted: it stays there, and counts for nothing. */
bool xero_is_taken_away(const char *status);
/* The Status that takes this document away, "" when it already is or cannot be. */
const char *xero_remove_status(const struct xero_object *object, const char *status_now);

/* ---- marks -------------------------------------------------------------------------------- */

/*
 * Put our mark into a body that is about to be sent. The kind may depend on the body (a credit
 * note of a supplier carries it in its first line). A field that would become too long is cut
 * before the mark. `home` is used where a URL is needed and the document has none.
 *
 * errors   REJECTED mark: the body has no place for one (no line)
 */
MUST_CHECK bool xero_mark_put(const struct xero_object *object, json_t *body, const char *mark,
                              const char *home, struct error *err);
/* Whether an object that was read carries this mark. */
bool xero_mark_matches(const struct xero_object *object, const json_t *element, const char *mark);
/* Any mark of ours that it carries, in arena; NULL none. For adopting. */
const char *xero_mark_read(const struct xero_object *object, const json_t *element,
                           struct arena *arena);

/* ".pdf", at most ten letters or digits after the last dot; borrowed, "" when there is none. */
const char *xero_file_ending(const char *name);
/*
 * The name a file is given: at most 60 letters, digits, '_' and '-', then '-' and the mark, then
 * the ending as it was. *ret_changed: more than the mark was changed (counted, shown).
 */
const char *xero_file_name(const char *name, const char *mark, struct arena *arena,
                           bool *ret_changed);
#define XERO_FILE_MAX_BYTES ((size_t)10 << 20)
#define XERO_FILES_MOST     10
#define XERO_BODY_MAX_BYTES 3000000

/* ---- answers ------------------------------------------------------------------------------ */

/* What is known of one element of a write after its answer. */
enum xero_fate {
    XERO_DONE,    /* written; id and fields known */
    XERO_REFUSED, /* not written, and will not be as it is */
    XERO_NOT_RUN, /* not looked at: may be sent again as it is */
    XERO_UNKNOWN, /* may have been written: settle it before anything else */
};

/* Why nothing was run. */
enum xero_not_run {
    XERO_RAN,
    XERO_TOKEN_EXPIRED, /* refresh once */
    XERO_SCOPE_MISSING, /* a person must consent; refreshing never helps */
    XERO_DISCONNECTED,  /* ask /connections: gone, or a permission is missing */
    XERO_FORBIDDEN,     /* the user who connected may not do this */
    XERO_RATE_LIMITED,  /* quota reads the headers */
};

struct xero_element {
    enum xero_fate fate;
    const char *id;       /* Xero's, "" when not done */
    const json_t *body;   /* as echoed; borrowed from the reply; NULL when none */
    const char *code;     /* of the first message, "" when done */
    const char *sentence; /* what happened, for people */
    const char *fix;
    bool taken;                  /* exists already: read again and link */
    const char *const *messages; /* Xero's own words */
    size_t message_count;
    const char *const *warnings;
    size_t warning_count;
};

struct xero_reply {
    enum xero_not_run not_run; /* not XERO_RAN: every element is NOT_RUN */
    /* The request was refused as a whole: read back once, then split it. */
    bool whole_refused;
    const char *code, *sentence, *fix; /* of the whole; "" when each element speaks for itself */
    const struct xero_element *elements;
    size_t element_count; /* as many as were sent, in that order */
    json_t *root;         /* owned: xero_reply_done */
};

/* What was sent and what came back. */
struct xero_exchange {
    const struct xero_object *object;
    const json_t *const *sent; /* the elements; marks in them are compared with the echo */
    const char *const *marks;  /* of each, or NULL: positions alone */
    size_t count;
    int status;    /* 0: no answer */
    bool complete; /* read to its end */
    const char *content_type;
    const char *www_authenticate; /* headers, or "" */
    struct text body;
};

/*
 * Decide what is known. Never fails: what cannot be read is UNKNOWN.
 *   2xx, complete       by element: id not zero, no errors in it, in its place, its mark: DONE;
 *                       errors: REFUSED; else UNKNOWN
 *   401, 403, 429       NOT_RUN
 *   other 4xx but 408   whole_refused, elements REFUSED with their own messages where Xero says
 *   everything else     UNKNOWN
 */
void xero_reply_read(const struct xero_exchange *exchange, struct arena *arena,
                     struct xero_reply *ret);
void xero_reply_done(struct xero_reply *reply);

/* ---- what messages mean ------------------------------------------------------------------- */

struct xero_meaning {
    const char *code;     /* "locked-period" */
    const char *sentence; /* for people */
    const char *fix;
    bool taken; /* exists already */
    bool heals; /* goes away by itself when its cause does, without a new document */
};

/* Matched loosely, as Xero rewords its messages; never NULL ("refused" when nothing fits). */
const struct xero_meaning *xero_meaning_of(const char *message);
const struct xero_meaning *xero_meaning_by_code(const char *code); /* NULL: unknown code */

/* ---- before sending ----------------------------------------------------------------------- */

/* The directory, as far as a check looks. Records are borrowed until the check returns. */
struct xero_directory {
    void *self;
    /* A record by its key; NULL when the directory has none. */
    const json_t *(*record)(void *self, const char *list, const char *key);
    /* A record by a field ("Code" of an account); NULL when none or several. */
    const json_t *(*find)(void *self, const char *list, const char *field, const char *value);
    const json_t *org; /* the Organisation record */
};

struct xero_finding {
    const char *code, *sentence, *fix; /* in arena */
    const char *field;                 /* "LineItems[2].AccountID" */
    const char *list, *key;            /* what to watch for it to heal; "" none */
};

/*
 * Check a document that is about to be sent: lock dates, contact, accounts, tax rates, tracking
 * and currency against the directory. References to documents that do not exist yet ({"@": …}) are
 * passed over. True: nothing found. What the directory does not have is a finding only where it is
 * complete (accounts, tax rates, currencies, tracking), not for contacts and documents.
 */
bool xero_preflight(const struct xero_object *object, const json_t *body,
                    const struct xero_directory *directory, struct arena *arena,
                    struct xero_finding *ret);

/* What Xero would change or refuse is changed here, before the revision is made: blanks in names,
 * thousandths of payments. */
void xero_tidy(const struct xero_object *object, json_t *body);

/* The last day that is locked, or false when none is. */
bool xero_lock_date(const json_t *org, struct date *ret);

#endif
