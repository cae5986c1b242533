/*
 * The flow `auto_export`: what is approved is exported without a click, once a day. Off unless
 * asked for. It only asks Pleo for a job; the flow `export` then works it off like any other.
 */
/* clang-format off */
#ifndef PLEO_AUTO_EXPORT_H
#define PLEO_AUTO_EXPORT_H

/* Money that has moved, or was approved to be paid back. */
#define EXPORTABLE "where(rows, exists(settledAt) or family in ('OUT_OF_POCKET', 'MILEAGE', 'PER_DIEM'))"

static const struct ferry_mapping auto_export[] = {
    {.name = "export_request",
     .about = "one job for everything that is approved, settled, and not exported yet",
     .from = "group(unexported, company: companyId)",
     .to = "export_requests",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("not option.auto_export", "by-hand: people export by hand"),
         SKIP_IF("count(" EXPORTABLE ") == 0", "nothing: nothing is settled"),
         WAIT_IF("any(export_jobs, status == 'pending') or any(export_jobs, status == 'in_progress')",
                 "one-at-a-time: a job runs")),
     .fields = FIELDS({"companyId",                      "company"},
                      {"accountingEntryIds",             EXPORTABLE},
                      {"isInteractive",                  "false"},
                      {"options.vendorBasedBookkeeping", "option.vendor_based"})},
};

#endif
