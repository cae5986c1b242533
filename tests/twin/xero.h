/* The Xero side: what its files share. */
#ifndef FERRY_TWIN_XERO_H
#define FERRY_TWIN_XERO_H

#include "strict.h"
#include "twin.h"
#include "values.h"

typedef void handler_fn(struct twin *twin, struct request *q, struct reply *r);

/* ---- identity (xero_identity.c, xero_connections.c) ---- */

handler_fn xero_authorize, xero_token, xero_revoke, xero_connections, xero_disconnect;
/* The access of a bearer token; NULL: unknown. */
struct access *xero_access(struct twin *twin, const struct request *q);
struct access *xero_new_access(struct twin *twin, const char *scopes, const struct access *before);
struct organisation *xero_organisation(struct twin *twin, const char *tenant_id);
/* The tenant's id as it is now: another one after a reset of a demo company. */
const char *xero_tenant_id(const struct twin *twin, const struct organisation *org);

/* ---- the gate: token, tenant, limits, idempotency (xero_gate.c) ---- */

/* Runs `handler` when everything lets it through. */
void xero_gate(struct twin *twin, struct request *q, struct reply *r, handler_fn *handler);
void xero_remember(struct twin *twin, const struct request *q, const struct reply *r);
void xero_forget_keys(struct twin *twin);
/* Problem-like bodies of 401 and 403. */
void xero_problem(struct reply *r, int status, const char *title, const char *detail);

/* ---- answers (xero_reply.c) ---- */

/* {"Id":…,"Status":"OK",…,"<name>":[…]}; takes `list`. */
void xero_reply_list(struct twin *twin, struct reply *r, const char *name, json_t *list,
                     json_t *pagination);
/* {"ErrorNumber":…}; `elements` may be NULL, is taken. */
void xero_reply_error(struct reply *r, int number, const char *message, json_t *elements);
void xero_reply_not_found(struct reply *r);
/* JSON becomes XML, as Xero answers those who do not ask for JSON. */
void xero_reply_as_xml(struct reply *r);

/* ---- reading (xero_lists.c, xero_where.c) ---- */

handler_fn xero_list, xero_one;
/* The object as an answer shows it; owned. */
json_t *xero_view(const struct twin *twin, const struct organisation *org, enum shelf_id id,
                  const struct record *record);
/* 1 matches, 0 does not, -1 the expression cannot be read. */
int where_matches(const char *where, const json_t *j, bool ignore_reference);

/* ---- writing (xero_batch.c) ---- */

/* What became of one element. */
struct outcome {
    json_t *errors;        /* texts */
    json_t *made;          /* the object as it would be; owned until applied */
    struct record *record; /* what it changes; NULL: it is new */
    bool not_found;        /* the whole request is a 404 */
};

struct write {
    struct twin *twin;
    struct organisation *org;
    enum shelf_id id;
    bool create; /* PUT: never an update */
    bool person; /* through the control path: what only people may do */
    uint8_t unit_places;
};

void refuse(struct outcome *o, const char *format, ...) PRINTF_LIKE(2, 3);
bool refused(const struct outcome *o);

/* Look, change nothing. */
typedef void prepare_fn(struct write *w, const json_t *element, struct outcome *o);
/* Do it; cannot fail. */
typedef struct record *apply_fn(struct write *w, struct outcome *o);
struct writer {
    prepare_fn *prepare;
    apply_fn *apply;
};
const struct writer *writer_of(enum shelf_id id);
prepare_fn document_prepare, contact_prepare, payment_prepare;
apply_fn document_apply, contact_apply, payment_apply;

handler_fn xero_put, xero_post, xero_post_one;
/* The element(s) of a body that may be an envelope or bare; owned list, NULL: reply is ready. */
json_t *xero_elements(struct twin *twin, const struct request *q, struct reply *r,
                      const char *envelope, const char *shape);

/* ---- documents (xero_documents.c, xero_lines.c, xero_totals.c, xero_checks.c) ---- */

/* Facts about one type of document. */
struct document_kind {
    enum shelf_id id;
    const char *types;           /* blank-separated */
    const char *amounts;         /* default of LineAmountTypes */
    const char *new_status;      /* default */
    const char *new_statuses;    /* allowed */
    const char *due, *remaining; /* what is still open: AmountDue, RemainingCredit */
    bool tax_override;
};
const struct document_kind *document_kind(enum shelf_id id);
/* Line items of the element merged into those of `made`. */
void lines_prepare(struct write *w, const json_t *element, struct outcome *o);
void totals_set(const struct write *w, json_t *document);
/* AmountDue, AmountPaid and Status from the payments. */
void totals_pay(struct write *w, struct record *document);
void check_lock_dates(const struct write *w, struct date day, struct outcome *o);
void check_contact(const struct write *w, const json_t *element, struct outcome *o);
void check_currency(const struct write *w, struct outcome *o);
void check_url(const struct write *w, struct outcome *o);
struct record *account_find(const struct organisation *org, const json_t *reference);
json_t *contact_summary(const struct record *contact);

/* Delete a payment; false: `why` says why not. */
bool payment_delete(struct write *w, struct record *payment, char *why, size_t why_size);

/* ---- settings and files ---- */

handler_fn xero_put_account, xero_post_account, xero_put_currency, xero_write_tax_rate,
    xero_put_category, xero_post_category, xero_delete_category, xero_put_options, xero_post_option,
    xero_delete_option, xero_actions, xero_history;
handler_fn xero_put_file, xero_list_files, xero_get_file;

#endif
