/*
 * ferry/connector.h: what a connector is.
 *
 * Version history
 *   0.1  the vocabulary: connector, option, list, read, write, flow, mapping, guard, row
 *
 * A connector describes one source system. It is a shared object with one exported function,
 * ferry_connector_entry, that returns constant tables of strings. Nothing in it runs when records
 * are moved: Ferry opens it once per version in a sandboxed process of its own (ferry-worker),
 * writes the tables down, checks every name and type in them, and from then on works from what it
 * wrote down. So: no allocation, no I/O, no threads, no state; plain C11 and libc. Nothing runs
 * when the file is loaded either: link with -nostartfiles.
 *
 * Rules of the ABI
 *   - FERRY_ABI_MAJOR changes when an old connector can no longer be read; never after 1.0.
 *   - Structs grow at the end only. A struct that a reader may find longer or shorter than its own
 *     says how long it is: the connector, read and write in `size`, elements of arrays in the
 *     `stride` of their array. Zero or NULL always means "not said". A longer struct whose extra
 *     bytes are zero is accepted, other extra bytes are refused with "needs a newer Ferry".
 *   - All strings are UTF-8, terminated, at most 64 KiB, owned by the connector, alive for ever.
 *   - Unknown verdicts are refused by number and place.
 *
 * The languages inside the strings (expressions, record types, requests) are described, with
 * examples that are run as tests, in docs/mapping.md.
 */
#ifndef FERRY_CONNECTOR_H
#define FERRY_CONNECTOR_H

#include <stddef.h>
#include <stdint.h>

#define FERRY_ABI_MAJOR 0
#define FERRY_ABI_MINOR 1

/* A target field (or a derived one, or a webhook event) and the expression that yields it. */
struct ferry_row {
    const char *name;  /* wire name, dots for nesting: "Contact.ContactID" */
    const char *value; /* expression */
};

/* A question people answer: an option of the integration, or one column of a form. */
struct ferry_option {
    const char *name;
    const char *type;  /* type language; '?' at the end when it may stay empty */
    const char *value; /* default: an expression; NULL: none */
    const char *about; /* one line for people */
};

/* What follows when a condition is true. */
enum ferry_verdict {
    FERRY_SKIP = 1, /* ought not to exist: written documents follow `gone` */
    FERRY_WAIT,     /* not yet; written documents stay */
    FERRY_HOLD,     /* a person must change something; written documents stay */
    FERRY_RETRY,    /* answers of an API only: try again later */
    FERRY_TAKEN,    /* answers only: exists already; read again and link */
};

struct ferry_guard {
    uint32_t verdict;
    const char *when; /* expression, bool */
    const char *why;  /* "code: sentence", the code in small letters, digits and '-' */
};

/* An array: where, how many, and how far apart (the author's sizeof). */
#define FERRY_ARRAY(T)                                                                             \
    {                                                                                              \
        const struct T *at;                                                                        \
        uint32_t count;                                                                            \
        uint32_t stride;                                                                           \
    }
struct ferry_rows FERRY_ARRAY(ferry_row);
struct ferry_options FERRY_ARRAY(ferry_option);
struct ferry_guards FERRY_ARRAY(ferry_guard);
struct ferry_texts {
    const char *const *at;
    uint32_t count;
    uint32_t stride;
};

/* How to fetch the records of a list. */
struct ferry_read {
    uint32_t size;
    uint32_t complete;    /* 1: a read to its end shows every record; missing ones are gone */
    uint32_t overlap_s;   /* how far `since` is set back, because the filter is coarse or late */
    uint32_t window_days; /* windows {from}..{to}, from option `start` to today; 0: none */
    const char *get;      /* "GET /path/{option.account}?x=y" */
    const char *body;     /* template of a request body, for lists that are searched by POST */
    const char *records;  /* path to the records in the answer: "items.*", "*" */
    const char *page;     /* query of one page; {page}, {offset} or {cursor} says which kind */
    const char *next;     /* where the next cursor is, or a condition that says there is more */
    const char *since;    /* query or "Name: header" for changed records only, with {since} */
    const char *ids;      /* query for chosen records, with {ids} */
    const char *only; /* expression: for which parent records to read, or which records to keep */
    const char *gone; /* expression: this record says that it is gone */
    const char *gone_at; /* a second request that lists gone records */
};

/* How to put records of a list to the other side. */
struct ferry_write {
    uint32_t size;
    uint32_t batch;     /* most elements in one request; 0 or 1: one */
    uint32_t whole;     /* 1: the request replaces the whole list */
    const char *create; /* "PUT /path" */
    const char *update;
    const char *remove;
    const char *body;    /* where the elements go: "Invoices.*"; "*": the body is the array;
                            NULL: the body is the element; a file field: the body is the file */
    const char *results; /* where their answers are; matched by position and marker */
    const char *error;   /* path to the messages in one element's answer */
    const char *marker;  /* the field that carries our mark, see docs */
};

/* Records of one kind in one place. With `read` they can be fetched, with `write` put there, with
 * `form` filled in by people; with none of them Ferry keeps them and mappings fill them. */
struct ferry_list {
    const char *name; /* [a-z_]; for Xero's own lists the object's name */
    const char *about;
    const char *record; /* type language; '*' marks the key */
    struct ferry_rows derive;
    const struct ferry_read *read;
    const struct ferry_write *write;
    struct ferry_options form;
};
struct ferry_lists FERRY_ARRAY(ferry_list);

/* For each record of `from`, this ought to exist in `to`. As a part: a line inside a document. */
struct ferry_mapping;
struct ferry_mappings FERRY_ARRAY(ferry_mapping);
struct ferry_mapping {
    const char *name; /* [a-z_]; part of every key, so a new name is a new document: see `was` */
    const char *about;
    /* A list, a list inside its records, group(list, key: …), the same of where(list, condition),
     * or NULL: exactly one. */
    const char *from;
    const char *to; /* a list; in a part: the field of the target that holds the lines */
    struct ferry_guards guards;
    struct ferry_texts match; /* conditions over `to`, tried in order, before anything is created */
    struct ferry_rows fields;
    struct ferry_mappings parts;
    const char
        *gone; /* 'leave' 'hold' 'remove': our document when it is not wanted any more; hold */
    const char *others;  /* the same for records of `to` that no document stands for; leave */
    const char *approve; /* expression: the feature that a person must approve */
    const char *was;     /* the name this mapping had before */
    uint32_t again_s;    /* send once more after so many seconds while still wanted */
};

/* Mappings with one schedule. Its guards are the set-up checklist. */
struct ferry_flow {
    const char *name;
    const char *about;
    const char *when; /* "every 15m", "at 08:00 13:00" (UTC) */
    struct ferry_guards guards;
    struct ferry_mappings mappings;
};
struct ferry_flows FERRY_ARRAY(ferry_flow);

struct ferry_connector {
    uint32_t size;
    uint32_t abi;   /* major << 16 | minor */
    const char *id; /* [a-z][a-z0-9-]* */
    const char *name;
    const char *version; /* 1.2.3 */
    const char *about;
    const char *hosts;   /* "api api.example.com; files *.example.com": only `api` gets the token */
    const char *login;   /* "header X-Key" | "bearer" | "basic" | "oauth2 …"; "a | b": either */
    const char *headers; /* "Name: {template}; …" on every request */
    const char *quota;   /* "15 per 1s; left RateLimit-Remaining; again Retry-After" */
    const char *absent;  /* what this API writes for "nothing", besides null: "'' '0000-00-00'" */
    struct ferry_options options;
    struct ferry_lists lists;
    struct ferry_flows flows;
    struct ferry_guards answers; /* over status, code, text of an answer: the error catalogue */
    const char *webhook;
    struct ferry_rows events;
};

#include "ferry/tables.h"

#endif
