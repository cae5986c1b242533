/* clang-format off */
/* The flow `jobs`: projects are options of one tracking category, cost codes with their types are items. */
#ifndef PROCORE_JOBS_H
#define PROCORE_JOBS_H

static const struct ferry_mapping jobs[] = {
    {.name = "job",
     .about = "a project becomes an option of the tracking category of jobs, or is linked to one",
     .from = "projects",
     .to = "xero.TrackingOptions",
     .gone = "'leave'",
     .approve = "'jobs'",
     .guards = GUARDS(
         SKIP_IF("not active and not exists(@job.id)", "inactive: not an active project"),
         HOLD_IF("not exists(@job.id) and any(xero.TrackingOptions, Name == parent.job_name"
                 " and TrackingCategoryID == option.job_category and Status != 'ACTIVE')",
                 "job-archived: The option of this name is archived in Xero. Restore it there, or link "
                 "another.")),
     .match = MATCH("TrackingCategoryID == option.job_category and fold(Name) == fold(parent.job_name)"
                    " and Status == 'ACTIVE'",
                    "TrackingCategoryID == option.job_category and fold(Name) == fold(parent.name)"
                    " and Status == 'ACTIVE'",
                    "TrackingCategoryID == option.job_category and fold(Name) == fold(parent.project_number)"
                    " and Status == 'ACTIVE'"),
     .fields = FIELDS({"TrackingCategoryID", "option.job_category"},
                      {"Name",               "job_name"})},

    {.name = "project",
     .about = "an option of the tracking category of jobs becomes a project",
     .from = "xero.TrackingOptions",
     .to = "projects",
     .gone = "'leave'",
     .approve = "'jobs'",
     .guards = GUARDS(SKIP_IF("TrackingCategoryID != option.job_category",
                              "other-category: no option of jobs"),
                      SKIP_IF("exists(@job.id)", "linked: it is a project already"),
                      SKIP_IF("not option.projects_from_xero", "not-added: projects are not added from Xero"),
                      SKIP_IF("Status != 'ACTIVE'", "archived: archived in Xero")),
     .match = MATCH("origin_id == parent.TrackingOptionID", "fold(name) == fold(parent.Name)"),
     .fields = FIELDS({"name",                "Name"},
                      {"active",              "true"},
                      {"project_template_id", "option.project_template"})},

    {.name = "item",
     .about = "a cost code with its type becomes an item",
     .from = "group(wbs_codes, code: flat_code)",
     .to = "xero.Items",
     .gone = "'leave'",
     .approve = "'cost-codes'",
     .guards = GUARDS(
         SKIP_IF("not any(rows, usable)", "unused: no active project has it"),
         HOLD_IF("cut(code, 30) != code",
                 "code-too-long: Xero takes 30 characters of a code; {code} has more.")),
     .match = MATCH("Code == parent.code"),
     /* one code may be described differently by two projects: the first by the alphabet, so that it stays */
     .fields = FIELDS({"Code",                     "code"},
                      {"Name",                     "cut(min(rows, description) ?? code, 50)"},
                      {"Description",              "min(rows, description)"},
                      {"IsPurchased",              "true"},
                      {"IsSold",
                       "exists(" OF_A_CODE("code", "income") ") or exists(option.sales_account)"},
                      {"SalesDetails.AccountCode",
                       OF_A_CODE("code", "income.Code") " ?? option.sales_account.Code"},
                      {"PurchaseDetails.AccountCode",
                       OF_A_CODE("code", "account.Code") " ?? option.cost_account.Code"})},
};

#endif
