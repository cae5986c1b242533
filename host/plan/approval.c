#include "plan/plan_internal.h"

/*
 * The config's `approval`: none, all (documents to Xero), amount over 5000.00, or the features that
 * a connector names. Approval binds a revision: a later change asks again.
 */

static bool names_feature(struct text names, const char *feature)
{
    while (names.size) {
        if (text_is(text_trim(text_split(&names, ',')), feature)) {
            return true;
        }
    }
    return false;
}

static bool is_over(struct text limit, const char *total)
{
    struct decimal most, amount;

    return decimal_parse(text_trim(limit), &most, NULL) &&
           decimal_parse(text_of(total), &amount, NULL) &&
           decimal_compare(decimal_absolute(amount), most) > 0;
}

static bool is_asked_for(const char *policy, const struct document_plan *plan)
{
    struct text rule = text_trim(text_of(policy ? policy : "none"));

    if (text_is(rule, "none")) {
        return false;
    }
    if (text_is(rule, "all")) {
        return strncmp(plan->target, "xero.", 5) == 0 || plan->approve[0];
    }
    if (text_starts(rule, "amount over ")) {
        return is_over((struct text){rule.at + 12, rule.size - 12}, plan->total);
    }
    return plan->approve[0] && names_feature(rule, plan->approve);
}

bool approval_is_missing(const struct integration *integration, const struct document_plan *plan,
                         const struct document *known)
{
    return is_asked_for(integration->approval, plan) &&
           strcmp(known->approved, plan->want_hash) != 0 &&
           strcmp(known->done_hash, plan->want_hash) != 0;
}
