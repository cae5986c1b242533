/*
 * The flow `reference`: tax codes, accounts and tags of Pleo follow Xero. Only what differs is
 * sent; what is no longer active in Xero is archived in Pleo, never deleted.
 *
 * Spenders do not choose accounts: the bookkeeper maps categories to them in Pleo, and the contra
 * accounts too, so the whole chart goes over, bank accounts with it.
 */
/* clang-format off */
#ifndef PLEO_REFERENCE_H
#define PLEO_REFERENCE_H

/* What Pleo never had need not be archived there. */
#define NEVER_THERE(mapping, active)                                                               \
    SKIP_IF("not (" active ") and not exists(@" mapping ".id)", "inactive: not active in Xero")

/* Tax that is in the name of a rate but not in its effect is a reverse charge. */
#define KIND                                                                                       \
    "tax_kinds[TaxType].kind"                                                                      \
    " ?? if((EffectiveRate ?? 0) == 0 and (DisplayTaxRate ?? 0) > 0, 'reverse', 'inclusive')"
#define PERCENT                                                                                    \
    "if((EffectiveRate ?? 0) == 0, DisplayTaxRate ?? 0, EffectiveRate ?? 0)"

static const struct ferry_mapping reference[] = {
    {.name = "tax_code",
     .about = "a tax rate that purchases may have",
     .from = "xero.TaxRates",
     .to = "tax_codes",
     .gone = "'remove'",
     .guards = GUARDS(
         SKIP_IF("not CanApplyToExpenses and not exists(@tax_code.id)", "sales: not for purchases"),
         NEVER_THERE("tax_code", "Status == 'ACTIVE'")),
     .match = MATCH("code == parent.TaxType"),
     .fields = FIELDS({"companyId", "option.company"},
                      {"name",      "Name"},
                      {"code",      "TaxType"},
                      {"rate",      "(" PERCENT ") * 0.01"},
                      {"type",      KIND},
                      {"archived",  "Status != 'ACTIVE' or not CanApplyToExpenses"})},

    {.name = "account",
     .about = "an account; what Xero keeps for itself stays out",
     .from = "xero.Accounts",
     .to = "accounts",
     .gone = "'remove'",
     .guards = GUARDS(
         SKIP_IF("(SystemAccount ?? '') != ''", "system: Xero posts to it by itself"),
         NEVER_THERE("account", "Status == 'ACTIVE'")),
     .match = MATCH("externalId == parent.AccountID"),
     .fields = FIELDS({"companyId",         "option.company"},
                      {"externalId",        "AccountID"},
                      {"name",              "Name"},
                      {"code",              "Code"},
                      {"taxCodeExternalId", "TaxType"},
                      {"archived",          "Status != 'ACTIVE'"})},

    {.name = "tag_group",
     .about = "a tracking category",
     .from = "xero.TrackingCategories",
     .to = "tag_groups",
     .gone = "'remove'",
     .guards = GUARDS(
         SKIP_IF("not option.tag_tracking", "not-wanted: tags are not taken from tracking"),
         NEVER_THERE("tag_group", "Status == 'ACTIVE'")),
     .match = MATCH("code == parent.TrackingCategoryID", "fold(name) == fold(parent.Name)"),
     .fields = FIELDS({"name",          "Name"},
                      {"code",          "TrackingCategoryID"},
                      {"metadata.xero", "TrackingCategoryID"},
                      {"archived",      "Status != 'ACTIVE'"})},

    {.name = "tag",
     .about = "a tracking option",
     .from = "xero.TrackingOptions",
     .to = "tags",
     .gone = "'remove'",
     .guards = GUARDS(
         SKIP_IF("not option.tag_tracking", "not-wanted: tags are not taken from tracking"),
         SKIP_IF("not exists(@tag.id) and TrackingCategoryID.Status != 'ACTIVE'",
                 "inactive: its category is not active in Xero"),
         NEVER_THERE("tag", "Status == 'ACTIVE'")),
     .match = MATCH("groupId == @tag_group(parent.TrackingCategoryID)"
                    " and code == parent.TrackingOptionID",
                    "groupId == @tag_group(parent.TrackingCategoryID)"
                    " and fold(name) == fold(parent.Name)"),
     .fields = FIELDS({"groupId",  "@tag_group(TrackingCategoryID)"},
                      {"code",     "TrackingOptionID"},
                      {"name",     "Name"},
                      {"archived", "Status != 'ACTIVE' or TrackingCategoryID.Status != 'ACTIVE'"})},

    {.name = "customer_group",
     .about = "customers are one more group of tags",
     .to = "tag_groups",
     .gone = "'leave'",
     .guards = GUARDS(SKIP_IF("not option.tag_customers", "not-wanted: customers are no tags")),
     .match = MATCH("code == " CUSTOMERS),
     .fields = FIELDS({"name",          "'Customers'"},
                      {"code",          CUSTOMERS},
                      {"metadata.xero", "'customers'"},
                      {"archived",      "false"})},

    {.name = "customer_tag",
     .about = "whom something was sold to, to say whom an entry was for",
     .from = "xero.Contacts",
     .to = "tags",
     .gone = "'remove'",
     .guards = GUARDS(
         SKIP_IF("not option.tag_customers", "not-wanted: customers are no tags"),
         SKIP_IF("not (IsCustomer ?? false) and not exists(@customer_tag.id)", "no-customer: no customer"),
         NEVER_THERE("customer_tag", "ContactStatus == 'ACTIVE'")),
     .match = MATCH("groupId == @customer_group and code == parent.ContactID"),
     .fields = FIELDS({"groupId",  "@customer_group"},
                      {"code",     "ContactID"},
                      {"name",     "Name"},
                      {"archived", "ContactStatus != 'ACTIVE'"})},
};

#endif
