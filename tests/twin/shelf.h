/* Records of one type, by id and in order of creation. */
#ifndef FERRY_TWIN_SHELF_H
#define FERRY_TWIN_SHELF_H

#include "base/base.h"

enum shelf_id {
    ORGANISATION,
    CURRENCIES,
    ACCOUNTS,
    TAX_RATES,
    TRACKING,
    CONTACTS,
    INVOICES,
    CREDIT_NOTES,
    PAYMENTS,
    BANK_TRANSACTIONS,
    ATTACHMENTS,
    SHELVES
};

struct record {
    json_t *json;
    char *id;
    int64_t updated_ms;
    struct buffer bytes; /* of an attachment */
};

struct shelf {
    struct record **records;
    size_t count, capacity;
    struct dict *by_id;
};

/* What a shelf is called, in all the places that name it. */
struct shelf_kind {
    const char *name;     /* "Invoices": the envelope */
    const char *endpoint; /* "Invoices": in the path */
    const char *id_field; /* "InvoiceID" */
    const char *seed;     /* in xero.json */
    const char *element;  /* "Invoice": the shape of one */
    const char *scope;
    bool paged;
};

extern const struct shelf_kind shelf_kinds[SHELVES];

/* SHELVES when no endpoint or envelope has this name. */
enum shelf_id shelf_named(const char *name);
void shelf_init(struct shelf *shelf);
void shelf_done(struct shelf *shelf);
/* Takes `json`; borrowed. */
struct record *shelf_add(struct shelf *shelf, const char *id, json_t *json, int64_t now_ms);
/* NULL when absent; letters' case does not count. */
struct record *shelf_find(const struct shelf *shelf, const char *id);
/* The first record whose text at `path` is this; `any_case` as people compare names. */
struct record *shelf_find_by(const struct shelf *shelf, const char *path, const char *value,
                             bool any_case);
/* Takes `json`; moves UpdatedDateUTC. */
void record_replace(struct record *record, json_t *json, int64_t now_ms);
void record_touch(struct record *record, int64_t now_ms);

#endif
