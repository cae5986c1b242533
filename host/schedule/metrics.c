#include "schedule/engine_internal.h"

/* Numbers for Prometheus: only what the loop thread knows without asking the store. */
void engine_metrics(struct engine *e, struct buffer *out)
{
    buffer_add_cstr(out, "# HELP ferry_integration_ready 1: it can run\n"
                         "# TYPE ferry_integration_ready gauge\n");
    for (size_t i = 0; i < e->site_count; i++) {
        buffer_addf(out, "ferry_integration_ready{integration=\"%s\"} %d\n",
                    e->sites[i].config->name, !e->sites[i].problem);
    }
    buffer_add_cstr(out, "# HELP ferry_run_failed 1: the last run failed\n"
                         "# TYPE ferry_run_failed gauge\n");
    for (size_t i = 0; i < e->site_count; i++) {
        buffer_addf(out, "ferry_run_failed{integration=\"%s\"} %d\n", e->sites[i].config->name,
                    e->sites[i].last != NULL);
    }
    buffer_add_cstr(out, "# HELP ferry_calls_left_today of the organisation\n"
                         "# TYPE ferry_calls_left_today gauge\n");
    for (size_t i = 0; i < e->site_count; i++) {
        struct quota_status status;

        if (e->sites[i].integration.xero.lane &&
            quota_lane_status(e->house.quota, e->sites[i].integration.xero.lane, &status)) {
            buffer_addf(out, "ferry_calls_left_today{integration=\"%s\"} %lld\n",
                        e->sites[i].config->name, (long long)status.left_day);
        }
    }
}
