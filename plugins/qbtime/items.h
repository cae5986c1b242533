/* clang-format off */
/*
 * The flow `items`: what Xero sells, and what it tracks by, can be chosen on time sheets. Source:
 * the vendor's article: items that are sold and not tracked, categories, both as custom fields.
 */
#ifndef QBTIME_ITEMS_H
#define QBTIME_ITEMS_H

/* Fields that are not ours, and ours, made or not: all or none, so that nobody gets the wrong half. */
#define NOT_OURS \
    "applies_to == 'timesheet' and " LIVE \
    " and not (option.import_items and name == option.item_field)" \
    " and not (option.import_tracking" \
    "          and any(xero.TrackingCategories, Name == parent.name and Status == 'ACTIVE'))"
#define FIELDS_NEEDED \
    "count(where(fields, " NOT_OURS ")) + if(option.import_items, 1, 0)" \
    " + if(option.import_tracking, count(where(xero.TrackingCategories, Status == 'ACTIVE')), 0)"
#define FIELDS_MOST "(settings['customfields'].settings.maximum_allowed_timesheet_custom_fields ?? 6)"
#define TOO_MANY(mapping) \
    HOLD_IF("not exists(@" mapping ".id) and " FIELDS_NEEDED " > " FIELDS_MOST, \
            "no-free-field: QuickBooks Time has {" FIELDS_MOST "} custom fields, " \
            "and {" FIELDS_NEEDED "} would be needed. " \
            "Archive some there, or switch off import_items or import_tracking.")

#define FREE_FORM(name) \
    HOLD_IF("any(fields, name == " name " and applies_to == 'timesheet' and type == 'free-form'" \
            " and " LIVE ")", \
            "free-form: A custom field of the name of this one takes free text in QuickBooks Time. " \
            "Rename or archive it there.")

#define NEAR_FIELD(mapping, name_) \
    HOLD_IF("not exists(@" mapping ".id)" \
            " and not any(fields, name == " name_ " and applies_to == 'timesheet' and " LIVE ")" \
            " and any(fields, fold(name) == fold(" name_ ") and applies_to == 'timesheet' and " LIVE ")", \
            "near-match: QuickBooks Time has a custom field " \
            "{first(where(fields, fold(name) == fold(" name_ ")" \
            " and applies_to == 'timesheet' and " LIVE ")).name}. Link it, or make the names alike.")

#define ITEM_NAME      "if(fold(Code) == fold(Name ?? Code), Code, join(' - ', Code, Name))"
#define OUR_ITEM_NAME \
    "if(fold(parent.Code) == fold(parent.Name ?? parent.Code), parent.Code," \
    "   join(' - ', parent.Code, parent.Name))"
#define SAME_ITEM      "name == " OUR_ITEM_NAME " and customfield_id == @item_field and " LIVE
#define CALLED(text)   "any(field_items, fold(name) == fold(" text ") and customfield_id == @item_field)"
#define NEAR_ITEM \
    "(" CALLED(OUR_ITEM_NAME) " or " CALLED("parent.Code") " or " CALLED("parent.Name") ")"
#define NEW_ITEM       "not exists(@item.id) and not any(field_items, " SAME_ITEM ")"

#define OF_CATEGORY    "customfield_id == @tracking_field(parent.TrackingCategoryID)"

static const struct ferry_mapping items[] = {
    {.name = "item_field",
     .about = "the custom field that holds the item",
     .to = "fields",
     .guards = GUARDS(WAIT_IF("not option.import_items", "switched-off: items are not imported"),
                      TOO_MANY("item_field"),
                      FREE_FORM("option.item_field"),
                      NEAR_FIELD("item_field", "option.item_field")),
     .match = MATCH("name == option.item_field and applies_to == 'timesheet' and " LIVE),
     .fields = FIELDS({"name", "option.item_field"},
                      {"applies_to", "'timesheet'"},
                      {"type", "'managed-list'"},
                      {"required", "option.item_required"},
                      {"active", "true"}),
     .gone = "'leave'"},

    {.name = "item",
     .about = "what is sold and not tracked can be chosen on time sheets",
     .from = "xero.Items",
     .to = "field_items",
     .guards = GUARDS(
         WAIT_IF("not option.import_items", "switched-off: items are not imported"),
         SKIP_IF("not (IsSold ?? false)", "not-sold: not sold"),
         SKIP_IF("IsTrackedAsInventory ?? false", "tracked: tracked as inventory"),
         HOLD_IF(NEW_ITEM
                 " and any(field_items, name == " OUR_ITEM_NAME " and customfield_id == @item_field)",
                 "archived-there: QuickBooks Time has the item {" ITEM_NAME "}, archived. "
                 "Bring it back there, or link it."),
         HOLD_IF(NEW_ITEM " and " NEAR_ITEM,
                 "near-match: QuickBooks Time has an item that is nearly called {" ITEM_NAME "}. "
                 "Link it, or make the names alike.")),
     .match = MATCH(SAME_ITEM),
     .fields = FIELDS({"customfield_id", "@item_field"},
                      {"name", ITEM_NAME},
                      {"active", "true"}),
     .gone = "'remove'",
     /* what is nearly called like an item waits for a person, who may want to link it */
     .others = "if(customfield_id == @item_field and " LIVE
               " and not any(xero.Items, fold(Code) == fold(parent.name))"
               " and not any(xero.Items, fold(Name) == fold(parent.name))"
               " and not any(xero.Items, fold(join(' - ', Code, Name)) == fold(parent.name)),"
               " option.unmatched_items, 'leave')"},

    {.name = "tracking_field",
     .about = "a tracking category is a custom field",
     .from = "xero.TrackingCategories",
     .to = "fields",
     .guards = GUARDS(WAIT_IF("not option.import_tracking", "switched-off: tracking is not imported"),
                      SKIP_IF("Status != 'ACTIVE'", "archived: archived in Xero"),
                      TOO_MANY("tracking_field"),
                      FREE_FORM("parent.Name"),
                      NEAR_FIELD("tracking_field", "parent.Name")),
     .match = MATCH("name == parent.Name and applies_to == 'timesheet' and " LIVE),
     .fields = FIELDS({"name", "Name"},
                      {"applies_to", "'timesheet'"},
                      {"type", "'managed-list'"},
                      {"required", "false"},
                      {"active", "true"}),
     .gone = "'leave'"},

    {.name = "tracking_item",
     .about = "a tracking option can be chosen in it",
     .from = "xero.TrackingOptions",
     .to = "field_items",
     .guards = GUARDS(
         WAIT_IF("not option.import_tracking", "switched-off: tracking is not imported"),
         SKIP_IF("Status != 'ACTIVE' or TrackingCategoryID.Status != 'ACTIVE'",
                 "archived: archived in Xero"),
         HOLD_IF("not exists(@tracking_item.id)"
                 " and not any(field_items, name == parent.Name and " OF_CATEGORY " and " LIVE ")"
                 " and any(field_items, fold(name) == fold(parent.Name) and " OF_CATEGORY ")",
                 "near-match: The custom field {TrackingCategoryID.Name} of QuickBooks Time has a choice "
                 "{first(where(field_items, fold(name) == fold(parent.Name) and " OF_CATEGORY ")).name}. "
                 "Link it, bring it back there, or make the names alike.")),
     .match = MATCH("name == parent.Name and " OF_CATEGORY " and " LIVE),
     .fields = FIELDS({"customfield_id", "@tracking_field(TrackingCategoryID)"},
                      {"name", "Name"},
                      {"active", "true"}),
     .gone = "'remove'",
     .others = "if(exists(@tracking_field(customfield_id)) and " LIVE
               " and not any(xero.TrackingOptions, fold(Name) == fold(parent.name)),"
               " option.unmatched_items, 'leave')"},

    {.name = "field_name",
     .about = "remembers what a choice was called, for time sheets from before it was renamed",
     .from = "group(field_items, field: customfield_id, name: name)",
     .to = "field_names",
     .fields = FIELDS({"field", "field"},
                      {"name", "name"},
                      {"listed", "first(rows)"}),
     .gone = "'leave'"},

    {.name = "item_filter",
     .about = "a choice is shown for some customers only",
     .from = "shown_items",
     .to = "item_filters",
     .match = MATCH("customfielditem_id == parent.item and applies_to == 'jobcodes'"
                    " and applies_to_id == parent.customer.id and " LIVE),
     .fields = FIELDS({"customfield_id", "item.customfield_id"},
                      {"customfielditem_id", "item"},
                      {"applies_to", "'jobcodes'"},
                      {"applies_to_id", "customer.id"},
                      {"active", "true"}),
     .gone = "'remove'"},
};

#endif
