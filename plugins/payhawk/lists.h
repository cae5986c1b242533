/* clang-format off */
/*
 * What Payhawk has, what is written to it, and what people fill in.
 *
 * Names, types and paths: the published OpenAPI description of API v3 (June 2024). "assumed" marks
 * what it leaves open.
 */
#ifndef PAYHAWK_LISTS_H
#define PAYHAWK_LISTS_H

#define ACCOUNT "/api/v3/accounts/{option.account}"

/* Lists that come in pages say how many there are in all. */
#define PAGES .page = "$skip={offset}&$take=1000", .next = "total > offset"

/* The same on an expense and on each of its lines. `currency` is the currency of the document. */
#define AMOUNTS                                                                                              \
    "reconciliation.currency: text?,"                                                                        \
    "reconciliation.totalAmount: money(reconciliation.currency)?,"                                           \
    "reconciliation.taxAmount: money(reconciliation.currency)?,"                                             \
    "reconciliation.accountCode: text?,"                                                                     \
    "reconciliation.customFields: ["                                                                         \
    "  *id: text,"                                                                                           \
    "  label: text?,"                                                                                        \
    "  externalSource: text?,"                                                                               \
    "  externalId: text?,"                                                                                   \
    "  selectedValues: [*id: text, externalId: text?]?"                                                      \
    "]?,"                                                                                                    \
    "taxRate.code: text?"

#define FEES                                                                                                 \
    "fees.fx: money(currency)?,"                                                                             \
    "fees.pos: money(currency)?,"                                                                            \
    "fees.bank: money(currency)?"

#define FEE {"fee", "sum([fees.fx, fees.pos, fees.bank])"}

static const struct ferry_list lists[] = {
#include "lists_forms.h"

#include "lists_money.h"

#include "lists_choices.h"
};

#endif
