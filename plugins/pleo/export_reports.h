/* Part of export.h: receipts, and what Pleo hears. */
/* clang-format off */
    RECEIPT("receipt", "money", "@money(parent)"),
    RECEIPT("bill_receipt", "bill", "if(parent.total < 0, @credit(parent), @bill(parent))"),

    /* ---- Pleo hears of it ---- */

    {.name = "report",
     .about = "tells Pleo how each entry went, with a link to it in Xero",
     .from = "export_items",
     .to = "item_reports",
     .gone = "'leave'",
     .guards = GUARDS(NOT_FOR("report", "job.status != 'in_progress'", "not-asked: its job does not run"),
                      JOB_RUNS("")),
     .fields = FIELDS(
         {"job",               "job"},
         {"accountingEntryId", "accountingEntryId"},
         {"status",            "outcome"},
         {"externalId",        DOCUMENT("id")},
         {"externalUrl",       DOCUMENT("url")},
         {"failureReason",     "if(outcome == 'failed', first(where(@, state == 'held')).why"
                               " ?? 'It was removed in Xero. Book it again with ferry repost.')"},
         {"failureReasonType", "if(outcome == 'failed', " REASON_TYPE " ?? 'unexpected_failure')"})},

    /* An unheard job expires (expiresIn: an hour as a rule). While an entry is on its way, for instance
     * because a person has to approve it, that is said once more every half hour. The last one is taken
     * because it is the last to change. */
    {.name = "alive",
     .about = "keeps the job from expiring",
     .from = "export_jobs",
     .to = "item_reports",
     .gone = "'leave'",
     .again_s = 1800,
     .guards = GUARDS(
         SKIP_IF("status != 'in_progress'", "not-running: not started, or over"),
         SKIP_IF("not any(items, outcome == 'in_progress')", "nothing-open: no entry is on its way")),
     .fields = FIELDS(
         {"job",               "id"},
         {"accountingEntryId", "max(where(items, outcome == 'in_progress'), accountingEntryId)"
                               " ?? hold('nothing-open: No entry is on its way.')"},
         {"status",            "'in_progress'"})},

    /* All entries are read, reported, and none is on its way: the job is over. What waits for an
     * approval keeps it open. (A job without entries is closed at once.) */
    {.name = "job_close",
     .about = "closes the job when every entry is in Xero or has failed",
     .from = "export_jobs",
     .to = "job_events",
     .gone = "'leave'",
     .guards = GUARDS(
         SKIP_IF("status != 'in_progress'", "not-running: not started, or over"),
         WAIT_IF("count(items) < numberOfItems", "items-unread: not all entries are read"),
         /* a report that Pleo refuses is held; it is no reason to let the job expire */
         WAIT_IF("any(items, outcome == 'in_progress' or not (@report.state in ('done', 'held')))",
                 "items-open: entries are on their way")),
     .fields = FIELDS(
         {"jobId", "id"},
         {"event", "if(any(items, outcome == 'failed'), 'completed_with_errors', 'completed')"})},
