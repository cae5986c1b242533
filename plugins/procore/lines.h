/* clang-format off */
/* What lines of all flows have in common. */
#ifndef PROCORE_LINES_H
#define PROCORE_LINES_H

/*
 * A line stands on its job, and on a cost type where people mapped one. `job_of` is the project, seen from
 * the line; `kind_of` the option of the second category.
 */
#define TRACKED_BY(job_of, kind_of)                                                                        \
    PARTS({.name = "job",                                                                                  \
           .about = "the job",                                                                             \
           .to = "Tracking",                                                                               \
           .fields = FIELDS({"TrackingCategoryID", "option.job_category"},                                 \
                            {"TrackingOptionID",   "@job(" job_of ")"})},                                  \
          {.name = "kind",                                                                                 \
           .about = "the cost type, where the codes are mapped to a second category",                      \
           .to = "Tracking",                                                                               \
           .guards = GUARDS(SKIP_IF("not exists(" kind_of ")", "no-kind: not mapped")),                    \
           .fields = FIELDS({"TrackingCategoryID", "(" kind_of ").TrackingCategoryID"},                    \
                            {"TrackingOptionID",   kind_of})})

/* A code that is no item yet would be refused; items are made by the flow jobs, after their own approval. */
#define NOT_AN_ITEM(code) "exists(" code ") and not any(xero.Items, Code == parent." code ")"

/* The account that the item has in Xero; Xero takes it where a line says none. */
#define ITEM_ACCOUNT(code) "find(xero.Items, Code == parent." code ").PurchaseDetails.AccountCode"

/* When a document is due. */
#define DUE_DATE(day, period)                                                                              \
    "case(option.due_rule,"                                                                                \
    "  'period': " period ".due_date ?? (" day " + option.terms),"                                           \
    "  'days': " day " + option.terms,"                                                                    \
    "  'month-end': period(" day ", date('2000-01-01', 'YYYY-MM-DD'), 'MONTHLY').end + option.terms)"

#endif
