/*
 * How Xero's lists are written: short ways for what all of them share. Only for the files that
 * declare lists; each of them exports one array.
 */
#ifndef FERRY_XERO_LISTS_H
#define FERRY_XERO_LISTS_H

#include "ferry/connector.h"

#define API "/api.xro/2.0/"

/* Xero's clock is to the second and some changes are noticed late. */
#define OVERLAP_S (10 * 60)
#define SINCE     .since = "If-Modified-Since: {since}", .overlap_s = OVERLAP_S
#define PAGES     .page = "page={page}&pageSize=500"

/* Documents: many in one request, each with an answer of its own. */
#define BATCH(object, query, most)                                                                 \
    .create = "PUT " API object "?summarizeErrors=false" query,                                    \
    .update = "POST " API object "?summarizeErrors=false" query, .body = object ".*",              \
    .results = object ".*", .error = "ValidationErrors.*.Message", .batch = most
/* Settings: one object in one request. */
#define SINGLE(object, create_call)                                                                \
    .create = (create_call), .results = object ".*", .error = "ValidationErrors.*.Message",        \
    .batch = 1

/* Two categories at most, one option each. */
#define TRACKING                                                                                   \
    "Tracking: ["                                                                                  \
    "  *TrackingCategoryID: xero.TrackingCategories,"                                              \
    "  TrackingOptionID: xero.TrackingOptions"                                                     \
    "]?"
#define LINE_ITEMS                                                                                 \
    "LineItems: ["                                                                                 \
    "  *LineItemID: text!,"                                                                        \
    "  Description: text(4000)?,"                                                                  \
    "  Quantity: decimal?,"                                                                        \
    "  UnitAmount: money(parent.CurrencyCode)?,"                                                   \
    "  LineAmount: money(parent.CurrencyCode)?,"                                                   \
    "  TaxType: text?,"                                                                            \
    "  TaxAmount: money(parent.CurrencyCode)?,"                                                    \
    "  AccountID: xero.Accounts?,"                                                                 \
    "  AccountCode: text(10)?,"                                                                    \
    "  ItemCode: text(30)?,"                                                                       \
    "  " TRACKING "]"
#define LINE_AMOUNT_TYPES "LineAmountTypes: 'Exclusive'|'Inclusive'|'NoTax',"

extern const struct ferry_list xero_setting_lists[];
extern const unsigned xero_setting_list_count;
extern const struct ferry_list xero_document_lists[];
extern const unsigned xero_document_list_count;
extern const struct ferry_list xero_payroll_lists[];
extern const unsigned xero_payroll_list_count;

#endif
