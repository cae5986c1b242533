/* Xero's declaration: written by the SDK, read as every connector's is. One road. */
#include "xero/lists.h"
#include "base/memory.h"
#include "connectors/connectors.h"
#include "ferry/describe.h"
#include "xero/xero.h"

static int sink_add(void *self, const char *bytes, size_t size)
{
    struct buffer *out = self;

    buffer_add(out, bytes, size);
    return !out->overflow;
}

static void add_lists(struct ferry_list *all, unsigned *count, const struct ferry_list *lists,
                      unsigned list_count)
{
    memcpy(all + *count, lists, list_count * sizeof *lists);
    *count += list_count;
}

static bool describe(struct buffer *out, struct error *err)
{
    unsigned total = xero_setting_list_count + xero_document_list_count + xero_payroll_list_count;
    AUTO_FREE struct ferry_list *lists = memory_new(total, sizeof *lists);
    struct ferry_sink sink = {out, sink_add};
    struct ferry_problem problem;
    unsigned count = 0;

    add_lists(lists, &count, xero_setting_lists, xero_setting_list_count);
    add_lists(lists, &count, xero_document_lists, xero_document_list_count);
    add_lists(lists, &count, xero_payroll_lists, xero_payroll_list_count);
    const struct ferry_connector xero = {
        .size = sizeof xero,
        .abi = (FERRY_ABI_MAJOR << 16) | FERRY_ABI_MINOR,
        .id = "xero",
        .name = "Xero",
        .version = FERRY_VERSION,
        .about = "accounting",
        .hosts = "api api.xero.com",
        .login = "oauth2",
        .headers = "xero-tenant-id: {option.tenant}",
        .quota = "60 per 60s, 1000 per day, 5 at once; left X-MinLimit-Remaining "
                 "X-DayLimit-Remaining; again Retry-After",
        .lists = {lists, count, sizeof *lists},
    };
    return ferry_describe(&xero, &sink, &problem) ||
           error_set(err, ERROR_BUG, problem.code, "Xero's own lists: %s", problem.sentence);
}

bool xero_declaration(struct arena *arena, const struct declaration **ret, struct error *err)
{
    AUTO(buffer_done) struct buffer out;

    buffer_init(&out, CONNECTOR_DESCRIPTION_MAX);
    return describe(&out, err) && declaration_read(buffer_text(&out), arena, ret, err);
}
