/*
 * What a connector declares, as the host keeps it: the tables of ferry/connector.h as plain
 * structs of this house. Made by connectors/ from a description (JSON that ferry-worker wrote),
 * read-only afterwards. All strings are terminated UTF-8, "" where nothing was said (never NULL),
 * and live as long as the arena the declaration was made in.
 */
#ifndef FERRY_MAP_DECLARATION_H
#define FERRY_MAP_DECLARATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ferry/connector.h"

struct declared_row {
    const char *name, *value;
};
struct declared_option {
    const char *name, *type, *value, *about;
};
struct declared_guard {
    enum ferry_verdict verdict;
    const char *when, *why;
};
struct declared_rows {
    const struct declared_row *at;
    size_t count;
};
struct declared_options {
    const struct declared_option *at;
    size_t count;
};
struct declared_guards {
    const struct declared_guard *at;
    size_t count;
};
struct declared_texts {
    const char *const *at;
    size_t count;
};

struct declared_read {
    const char *get, *body, *records, *page, *next, *since, *ids, *only, *gone, *gone_at;
    uint32_t complete, overlap_s, window_days;
};
struct declared_write {
    const char *create, *update, *remove, *body, *results, *error, *marker;
    uint32_t batch, whole;
};
struct declared_list {
    const char *name; /* Xero's own: "xero.Invoices" */
    const char *about, *record;
    struct declared_rows derive;
    bool has_read, has_write;
    struct declared_read read;
    struct declared_write write;
    struct declared_options form;
};
struct declared_mapping {
    const char *name, *about, *from, *to, *gone, *others, *approve, *was;
    struct declared_guards guards;
    struct declared_texts match;
    struct declared_rows fields;
    const struct declared_mapping *parts;
    size_t part_count;
    uint32_t again_s;
};
struct declared_flow {
    const char *name, *about, *when;
    struct declared_guards guards;
    const struct declared_mapping *mappings;
    size_t mapping_count;
};
struct declaration {
    const char *id, *name, *version, *about, *hosts, *login, *headers, *quota, *absent, *webhook;
    struct declared_options options;
    struct declared_guards answers;
    struct declared_rows events;
    const struct declared_list *lists;
    size_t list_count;
    const struct declared_flow *flows;
    size_t flow_count;
};

#endif
