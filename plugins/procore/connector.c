/* clang-format off */
/*
 * Procore: commitments, change orders, invoices, payments and costs of building projects.
 *
 * Procore's own connector for Xero works inside its ERP Integrations tool, which Procore opens for selected
 * partners only. This one needs nothing but the public API: what that tool does (send, accept, reject,
 * link, unlink, tell what went wrong) is Ferry's approval, and our ids in Procore's origin_id give the same
 * badges and locks there.
 *
 * Facts: Procore's published API reference and its help pages on the Xero integration. What is not
 * documented is marked "assumed" where it is used; docs/connectors/procore.md lists all of it.
 */
#include "ferry/connector.h"

#include "lists.h"

#include "lines.h"

#include "directory.h"
#include "jobs.h"
#include "commitments.h"
#include "invoices.h"
#include "payments.h"
#include "costs.h"
#include "direct_costs.h"
#include "owner.h"

/* The set-up, as a checklist: what a flow cannot do without. */
#define JOBS_CATEGORY                                                                                      \
    HOLD_IF("option.job_category.Status != 'ACTIVE'",                                                      \
            "job-category-archived: The tracking category of jobs is archived in Xero. Restore it there, "  \
            "or choose another.")
#define NO_LEDGER_EDITION                                                                                  \
    HOLD_IF("org.Edition == 'PARTNER'", "no-invoicing: This edition of Xero has no bills and orders.")

static const struct ferry_flow flows[] = {
    {.name = "directory",
     .about = "companies and contacts are linked; what is on one side only is sent or added",
     .when = "every 60m",
     .mappings = ALL(directory)},
    {.name = "jobs",
     .about = "projects are tracking options, cost codes with their types are items",
     .when = "every 60m",
     .guards = GUARDS(JOBS_CATEGORY),
     .mappings = ALL(jobs)},
    {.name = "commitments",
     .about = "approved commitments with their change orders become purchase orders",
     .when = "every 15m",
     .guards = GUARDS(
         JOBS_CATEGORY, NO_LEDGER_EDITION,
         HOLD_IF("not option.purchase_orders and not option.subcontracts",
                 "nothing-to-send: Neither purchase orders nor subcontracts are sent; switch one on, or this "
                 "flow off.")),
     .mappings = ALL(commitments)},
    {.name = "invoices",
     .about = "approved subcontractor invoices become bills",
     .when = "every 15m",
     .guards = GUARDS(
         JOBS_CATEGORY, NO_LEDGER_EDITION,
         HOLD_IF("exists(option.retainage_account) and option.retainage_account.Status != 'ACTIVE'",
                 "retainage-account-archived: The account for retainage is archived in Xero.")),
     .mappings = ALL(invoices)},
    {.name = "payments",
     .about = "payments of these bills show in Procore",
     .when = "every 60m",
     .mappings = ALL(payments)},
    {.name = "costs",
     .about = "what is booked in Xero on a job shows in Procore",
     .when = "at 02:00",
     .guards = GUARDS(JOBS_CATEGORY),
     .mappings = ALL(costs)},
    /* Procore's own connector has neither of these two: they run where the config names them, with a time */
    {.name = "direct_costs",
     .about = "invoices entered as direct costs become bills; on request",
     .when = "",
     .guards = GUARDS(JOBS_CATEGORY, NO_LEDGER_EDITION),
     .mappings = ALL(direct_costs)},
    {.name = "owner",
     .about = "approved owner invoices become sales invoices; on request",
     .when = "",
     .guards = GUARDS(
         JOBS_CATEGORY, NO_LEDGER_EDITION,
         HOLD_IF("exists(option.sales_account) and option.sales_account.Status != 'ACTIVE'",
                 "sales-account-archived: The account for sales is archived in Xero.")),
     .mappings = ALL(owner)},
};

/* The vendor's defaults where it has a setting, else what asks a person. */
static const struct ferry_option options[] = {
    {"company",              "text",                    NULL,
     "the company in Procore: the number in its address"},

    {"job_category",         "xero.TrackingCategories", NULL, "the tracking category whose options are jobs"},
    {"job_name",             "'number-name'|'name'|'number'", "'number-name'", "how a job is called in Xero"},
    {"projects_from_xero",   "bool",                    "false",
     "new options of that category become projects"},
    {"project_template",     "text?",                   NULL,
     "id of the template for projects that come from Xero"},

    {"companies_from_xero",  "'none'|'picked'|'suppliers'", "'picked'",
     "which contacts are added to the directory"},
    {"update_companies",     "bool",                    "false",
     "what changes in a contact later changes its company too"},
    {"marks",                "bool",                    "true",
     "put our ids into Procore: badges there, and locks"},

    {"purchase_orders",      "bool",                    "true", "send purchase orders"},
    {"subcontracts",         "bool",                    "true", "send subcontracts"},
    {"contract_number",      "bool",                    "true",
     "an order has the contract's number; else people say it"},
    {"order_status",         "'DRAFT'|'SUBMITTED'|'AUTHORISED'", "'AUTHORISED'", "how orders arrive in Xero"},

    {"bill_status",          "'DRAFT'|'SUBMITTED'|'AUTHORISED'", "'DRAFT'", "how bills arrive in Xero"},
    {"due_rule",             "'period'|'days'|'month-end'", "'period'",
     "due: with the billing period, or so many days after the date, or after the month's end"},
    {"terms",                "decimal",                 "30", "days"},
    {"negative_invoices",    "'skip'|'hold'|'credit'",  "'skip'",
     "an invoice below zero: never sent, held, credit note"},
    {"retainage_account",    "xero.Accounts?",          NULL,
     "what is held back of subcontractors is booked here"},
    {"cost_account",         "xero.Accounts?",          NULL,
     "purchases account of new items whose code is not mapped"},
    {"tax",                  "'account'|'mapped'",      "'account'",
     "Xero's tax of the account, or Procore's tax codes"},

    {"payments_from",        "date?",                   NULL,
     "payments before this day are not carried over"},
    {"payments_tax",         "'kept'|'stripped'",       "'kept'",
     "payments in Procore with the tax in them, or without"},
    {"costs_from",           "date?",                   NULL, "costs before this day are not carried over"},

    {"sales_account",        "xero.Accounts?",          NULL, "what clients are invoiced is booked here"},
    {"retainage_receivable", "xero.Accounts?",          NULL, "what clients hold back is booked here"},
    {"sales_status",         "'DRAFT'|'SUBMITTED'|'AUTHORISED'", "'DRAFT'",
     "how sales invoices arrive in Xero"},
};

/* What the API answers, in words that help. Texts are compared by how they begin; Procore rewords them. */
#define BEGINS(size, words) "cut(fold(text), " #size ") == '" words "'"

static const struct ferry_guard answers[] = {
    HOLD_IF("status == 401", "login-refused: Procore refuses the login. Connect it again: ferry connect."),
    HOLD_IF("status == 403 and " BEGINS(36, "app is not connected to this company"),
            "not-connected: The app is not installed in this company. Install it under App Management in "
            "Procore."),
    HOLD_IF("status == 403",
            "no-permission: The login may not see or change this in Procore. It needs Admin on the "
            "directory, Commitments, Invoicing, Direct Costs and Prime Contracts of the project, and the "
            "tool must be switched on there."),
    HOLD_IF("status == 404", "not-found: Procore has no such record, or the login may not see it."),
    TAKEN_IF("status == 409", "exists: Procore has this already."),
    TAKEN_IF("status == 422 and (" BEGINS(29, "origin has already been taken")
             " or " BEGINS(32, "origin id has already been taken")
             " or " BEGINS(27, "name has already been taken") ")",
             "exists: Procore has this already."),
    HOLD_IF("status == 422 and " BEGINS(13, "the status of"),
            "workflow: A workflow in Procore governs this record. Finish it there."),
    HOLD_IF("status == 422 or status == 400 or status == 406",
            "refused: Procore does not take this. Its own words say why."),
    RETRY_IF("status == 408 or status == 429 or status >= 500", "busy: Procore is busy."),
};

/*
 * No signature: the only proof is the header that we name when the hook is made. The format is v4.0 (ids
 * are texts). Names of resources as the API lists them; there is none for requisitions and commitment
 * change orders, which are polled. An event says only that something changed.
 */
static const struct ferry_row events[] = {
    {"Company Vendors",                  "vendors[resource_id]"},
    {"Projects",                         "projects[resource_id]"},
    {"Purchase Order Contracts",         "commitments[resource_id]"},
    {"Work Order Contracts",             "commitments[resource_id]"},
    {"Purchase Order Contract Line Items", "commitment_lines[resource_id]"},
    {"Work Order Contract Line Items",   "commitment_lines[resource_id]"},
    {"Contract Payments",                "contract_payments[resource_id]"},
    {"Prime Contracts",                  "prime_contracts[resource_id]"},
    {"Payment Applications",             "owner_invoices[resource_id]"},
    {"Direct Costs",                     "direct_costs[resource_id]"},
    {"Direct Cost Line Items",           "direct_cost_lines[resource_id]"},
};

/*
 * Login: a person's consent, or a service account (client credentials, no refresh token). Access tokens live
 * 90 minutes, refresh tokens are used once. Other zones (sandbox.procore.com with
 * login-sandbox.procore.com, api.procoregov.com with login.procoregov.com) are set in the config.
 *
 * Quota: an hourly window and one of ten seconds; the numbers are samples of the documentation and may
 * change, so the headers of each answer go before them.
 */
#define LOGIN                                                                                              \
    "oauth2 authorize https://login.procore.com/oauth/authorize;"                                          \
    " token https://login.procore.com/oauth/token; revoke https://login.procore.com/oauth/revoke;"         \
    " secret in body"

FERRY_CONNECTOR("procore", "0.1.0", .name = "Procore",
                .about = "commitments, change orders, invoices, payments and costs of building projects",
                .hosts = "api api.procore.com; files *.procore.com",
                .login = LOGIN,
                .headers = "Procore-Company-Id: {option.company}",
                .quota = "3600 per 3600s, 25 per 10s; left X-Rate-Limit-Remaining; again Retry-After",
                .options = ALL(options), .lists = ALL(lists), .flows = ALL(flows), .answers = ALL(answers),
                .webhook = "header Authorization", .events = ALL(events))
