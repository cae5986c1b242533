/* What attacks that lie in the tables have in common: a source like Payhawk's, and one list to
 * write. */
#ifndef ATTACK_DECLARED_H
#define ATTACK_DECLARED_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "ferry/connector.h"

#define HOSTS "api api.payhawk.com"
#define LOGIN "header X-Payhawk-ApiKey"
#define ACCOUNT_OPTION                                                                             \
    {                                                                                              \
        "account", "text", NULL, "the account in Payhawk"                                          \
    }

#define EXPENSES_GET "GET /api/v3/accounts/{option.account}/expenses"
#define EXPENSES_RECORD                                                                            \
    "*id: text, status: text, type: text, title: text?, note: text?, createdAt: time, "            \
    "createdBy.email: text?, reconciliation.currency: text?, "                                     \
    "reconciliation.totalAmount: money(reconciliation.currency ?? 'GBP')?, "                       \
    "lineItems: [*id: text, note: text?]?"
#define EXPENSES_PAGES .page = "$skip={offset}&$take=1000", .next = "total > offset"
#define EXPENSES_READ  READ(.get = EXPENSES_GET, .records = "items.*", EXPENSES_PAGES)
#define EXPENSES                                                                                   \
    {                                                                                              \
        .name = "expenses", .record = EXPENSES_RECORD, .read = EXPENSES_READ                       \
    }

/* A list of the source that is only written. */
#define NOTES                                                                                      \
    {                                                                                              \
        .name = "notes", .record = "*id: text, text: text?, number: decimal?, yes: bool?",         \
        .write = WRITE(.update = "PATCH /api/v3/accounts/{option.account}/expenses/{id}")          \
    }
#define NOTE(field, expression)                                                                    \
    {                                                                                              \
        .name = "note", .from = "expenses", .to = "notes",                                         \
        .fields = FIELDS({"id", "id"}, {field, expression})                                        \
    }

/* A connector with one list, whose `read` is the attack. */
#define ATTACK_READ(connector_id, ...)                                                             \
    static const struct ferry_list lists[] = {{.name = "expenses",                                 \
                                               .record = EXPENSES_RECORD,                          \
                                               .read = READ(.records = "items.*", __VA_ARGS__)},   \
                                              NOTES};                                              \
    static const struct ferry_mapping mappings[] = {NOTE("text", "note")};                         \
    static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};        \
    FERRY_CONNECTOR(connector_id, "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,       \
                    .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))

/* A connector with one mapping whose field is the attack. */
#define ATTACK_FIELD(connector_id, field, expression)                                              \
    static const struct ferry_list lists[] = {EXPENSES, NOTES};                                    \
    static const struct ferry_mapping mappings[] = {NOTE(field, expression)};                      \
    static const struct ferry_flow flows[] = {{.name = "flow", .mappings = ALL(mappings)}};        \
    FERRY_CONNECTOR(connector_id, "1.0.0", .name = "Attack", .hosts = HOSTS, .login = LOGIN,       \
                    .options = OPTIONS(ACCOUNT_OPTION), .lists = ALL(lists), .flows = ALL(flows))

/* A connector whose tables are made by `on_entry` before they are given. */
#define ATTACK_MADE(connector_id)                                                                  \
    FERRY_NOTE(connector_id, "1.0.0");                                                             \
    static struct ferry_connector made = {.size = sizeof made,                                     \
                                          .abi = (FERRY_ABI_MAJOR << 16) | FERRY_ABI_MINOR,        \
                                          .id = connector_id,                                      \
                                          .version = "1.0.0",                                      \
                                          .name = "Attack",                                        \
                                          .hosts = HOSTS,                                          \
                                          .login = LOGIN};                                         \
    __attribute__((visibility("default"))) const struct ferry_connector *ferry_connector_entry(    \
        void);                                                                                     \
    const struct ferry_connector *ferry_connector_entry(void)                                      \
    {                                                                                              \
        on_entry(&made);                                                                           \
        return &made;                                                                              \
    }

#endif
