/* Line items: kept, changed, added and dropped by their ids; each one checked and reckoned. */
#include "xero.h"

#define LINE_MAX "9999999999.99"

static const char not_for_lines[] = "DEBTORS CREDITORS BANKCURRENCYGAIN REALISEDCURRENCYGAIN "
                                    "UNREALISEDCURRENCYGAIN RETAINEDEARNINGS HISTORICAL "
                                    "TRACKINGTRANSFERS";

static bool authorised(const json_t *document)
{
    return word_in(json_path_text(document, "Status"), "AUTHORISED PAID");
}

struct record *account_find(const struct organisation *org, const json_t *reference)
{
    const char *id = json_path_text(reference, "AccountID");
    const char *code = json_path_text(reference, "AccountCode");

    code = *code ? code : json_path_text(reference, "Code");
    return *id     ? shelf_find(&org->shelves[ACCOUNTS], id)
           : *code ? shelf_find_by(&org->shelves[ACCOUNTS], "Code", code, true)
                   : NULL;
}

/* ---- account and tax ---- */

static const struct {
    const char *class_name, *flag;
} applies[] = {{"ASSET", "CanApplyToAssets"},
               {"EQUITY", "CanApplyToEquity"},
               {"EXPENSE", "CanApplyToExpenses"},
               {"LIABILITY", "CanApplyToLiabilities"},
               {"REVENUE", "CanApplyToRevenue"}};

static bool tax_fits(const json_t *rate, const json_t *account)
{
    for (size_t i = 0; i < sizeof applies / sizeof *applies; i++) {
        if (strcmp(applies[i].class_name, json_path_text(account, "Class")) == 0) {
            return !value_has(rate, applies[i].flag) || value_true(rate, applies[i].flag);
        }
    }
    return true;
}

static void check_account(const struct write *w, json_t *line, struct outcome *o)
{
    struct record *account = account_find(w->org, line);
    const char *code = json_path_text(line, "AccountCode");

    if (!account) {
        if (*code) {
            refuse(o, "Account code '%s' is not a valid code for this document.", code);
        } else if (value_has(line, "AccountID") || authorised(o->made)) {
            refuse(o, "Account must be valid.");
        }
        return;
    }
    code = json_path_text(account->json, "Code");
    if (strcmp(json_path_text(account->json, "Status"), "ACTIVE") != 0) {
        refuse(o, "Account code '%s' has been archived, or deleted.", code);
    }
    if (strcmp(json_path_text(account->json, "Type"), "BANK") == 0 ||
        word_in(json_path_text(account->json, "SystemAccount"), not_for_lines)) {
        refuse(o, "Account code '%s' is not a valid code for this document.", code);
    }
    value_set_text(line, "AccountID", account->id);
    if (*code) {
        value_set_text(line, "AccountCode", code);
    }
    if (!value_has(line, "TaxType") && value_has(account->json, "TaxType")) {
        json_object_set(line, "TaxType", json_object_get(account->json, "TaxType"));
    }
}

static void check_tax(const struct write *w, json_t *line, struct outcome *o)
{
    bool none = strcmp(json_path_text(o->made, "LineAmountTypes"), "NoTax") == 0;
    const char *type = json_path_text(line, "TaxType");
    struct record *account = account_find(w->org, line);
    struct record *rate;

    if (none) {
        value_set_text(line, "TaxType", "NONE");
        return;
    }
    if (!*type || strcmp(type, "NONE") == 0) {
        return;
    }
    rate = shelf_find(&w->org->shelves[TAX_RATES], type);
    if (!rate) {
        refuse(o, "The TaxType code '%s' does not exist or has been archived.", type);
    } else if (value_has(rate->json, "Status") &&
               strcmp(json_path_text(rate->json, "Status"), "ACTIVE") != 0) {
        refuse(o, "Tax rate must be valid.");
    } else if (account && !tax_fits(rate->json, account->json)) {
        refuse(o, "The TaxType code '%s' cannot be used with account code '%s'.", type,
               json_path_text(account->json, "Code"));
    }
}

/* ---- tracking ---- */

static const json_t *option_of(const json_t *category, const json_t *given)
{
    const char *id = json_path_text(given, "TrackingOptionID");
    const char *name = json_path_text(given, "Option");
    size_t i;
    json_t *option;

    json_array_foreach(json_object_get(category, "Options"), i, option)
    {
        if (*id ? same_text(json_path_text(option, "TrackingOptionID"), id)
                : same_text(json_path_text(option, "Name"), name)) {
            return option;
        }
    }
    return NULL;
}

static void check_one_tracking(const struct write *w, json_t *given, struct outcome *o)
{
    const struct shelf *shelf = &w->org->shelves[TRACKING];
    const char *id = json_path_text(given, "TrackingCategoryID");
    struct record *category =
        *id ? shelf_find(shelf, id)
            : shelf_find_by(shelf, "Name", json_path_text(given, "Name"), true);
    const json_t *option = category ? option_of(category->json, given) : NULL;

    if (!category || strcmp(json_path_text(category->json, "Status"), "ACTIVE") != 0) {
        refuse(o, "The tracking category does not exist or is archived.");
    } else if (!option || (value_has(option, "Status") &&
                           strcmp(json_path_text(option, "Status"), "ACTIVE") != 0)) {
        refuse(o, "The TrackingOptionID or option name does not exist in the tracking category.");
    } else {
        value_set_text(given, "TrackingCategoryID", category->id);
        json_object_set(given, "TrackingOptionID", json_object_get(option, "TrackingOptionID"));
        json_object_set(given, "Name", json_object_get(category->json, "Name"));
        json_object_set(given, "Option", json_object_get(option, "Name"));
    }
}

static void check_tracking(const struct write *w, json_t *line, struct outcome *o)
{
    json_t *list = json_object_get(line, "Tracking"), *one;
    size_t i;

    if (json_array_size(list) > 2) {
        refuse(o, "A line item can have at most two tracking categories.");
    }
    json_array_foreach(list, i, one)
    {
        check_one_tracking(w, one, o);
    }
    if (!list) {
        json_object_set_new(line, "Tracking", json_array());
    }
}

/* ---- amounts ---- */

static struct decimal discount(const json_t *line, struct decimal amount)
{
    if (value_has(line, "DiscountRate")) {
        struct decimal rate = value_number(line, "DiscountRate");
        return cents(over(times(amount, rate), decimal_of(100), 6));
    }
    return cents(value_number(line, "DiscountAmount"));
}

static void reckon_amount(const struct write *w, json_t *line, struct outcome *o)
{
    struct decimal quantity, unit, expected, given, most = decimal_of(0);
    char a[DECIMAL_TEXT_MAX], b[DECIMAL_TEXT_MAX];

    if (!value_has(line, "Quantity")) {
        value_set_amount(line, "Quantity", decimal_of(1));
    }
    given = value_number(line, "LineAmount");
    if (!value_has(line, "UnitAmount")) {
        value_set_amount(line, "UnitAmount", given);
    }
    quantity = decimal_round(value_number(line, "Quantity"), 4, DECIMAL_HALF_UP);
    unit = decimal_round(value_number(line, "UnitAmount"), w->unit_places, DECIMAL_HALF_UP);
    expected = times(quantity, unit);
    expected = cents(minus(expected, discount(line, expected)));
    if (value_has(line, "LineAmount") && decimal_compare(given, expected) != 0) {
        refuse(o, "The line total %s does not match the expected line total %s",
               decimal_format(given, a), decimal_format(expected, b));
    }
    if (decimal_parse(TEXT(LINE_MAX), &most, NULL) &&
        decimal_compare(decimal_absolute(expected), most) > 0) {
        refuse(o, "The line amount is too large.");
    }
    value_set_amount(line, "Quantity", quantity);
    value_set_amount(line, "UnitAmount", unit);
    value_set_amount(line, "LineAmount", expected);
}

static void reckon_tax(const struct write *w, json_t *line, struct outcome *o)
{
    const char *amounts = json_path_text(o->made, "LineAmountTypes");
    struct record *rate = shelf_find(&w->org->shelves[TAX_RATES], json_path_text(line, "TaxType"));
    struct decimal amount = value_number(line, "LineAmount"), hundred = decimal_of(100);
    struct decimal percent = rate ? value_number(rate->json, "EffectiveRate") : decimal_of(0);
    struct decimal tax = decimal_of(0);

    if (strcmp(amounts, "Exclusive") == 0) {
        tax = cents(over(times(amount, percent), hundred, 8));
    } else if (strcmp(amounts, "Inclusive") == 0) {
        tax = cents(over(times(amount, percent), plus(hundred, percent), 8));
    }
    if (value_has(line, "TaxAmount") && strcmp(amounts, "NoTax") != 0) {
        struct decimal given = value_number(line, "TaxAmount");
        if (!document_kind(w->id)->tax_override && decimal_compare(given, tax) != 0) {
            refuse(o, "The tax amount does not equal the expected tax amount.");
        }
        tax = cents(given);
    } else if (value_has(line, "TaxAmount") && decimal_sign(value_number(line, "TaxAmount"))) {
        refuse(o, "A TaxAmount cannot be given when LineAmountTypes is NoTax.");
    }
    value_set_amount(line, "TaxAmount", tax);
}

static void check_line(const struct write *w, json_t *line, struct outcome *o)
{
    const json_t *description = json_object_get(line, "Description");

    if (authorised(o->made) && text_trim(json_text(description)).size == 0) {
        refuse(o, "Description is required for each line of an approved document.");
    }
    if (value_has(line, "DiscountRate") && strcmp(json_path_text(o->made, "Type"), "ACCREC") != 0) {
        refuse(o, "A discount can only be given on sales invoices.");
    }
    check_account(w, line, o);
    check_tax(w, line, o);
    check_tracking(w, line, o);
    reckon_amount(w, line, o);
    if (w->id == BANK_TRANSACTIONS && decimal_sign(value_number(line, "UnitAmount")) == 0) {
        refuse(o, "The UnitAmount of a line of a bank transaction must not be zero.");
    }
    reckon_tax(w, line, o);
}

/* ---- the list ---- */

static json_t *line_by_id(const json_t *lines, const char *id)
{
    size_t i;
    json_t *line;

    json_array_foreach(lines, i, line)
    {
        if (same_text(json_path_text(line, "LineItemID"), id)) {
            return line;
        }
    }
    return NULL;
}

/* A line with the id of one that is there changes it; what it does not name stays. */
static json_t *merged_line(const json_t *before, const json_t *given, struct outcome *o)
{
    const char *id = json_path_text(given, "LineItemID");
    json_t *old = *id ? line_by_id(before, id) : NULL;
    json_t *line = old ? json_deep_copy(old) : json_object();
    AUTO_JSON json_t *copy = json_deep_copy(given);

    if (*id && !old) {
        refuse(o, "The line item with LineItemID %s does not exist on this document.", id);
    }
    if (old) {
        /* reckoned again from what is given now */
        json_object_del(line, "LineAmount");
        json_object_del(line, "TaxAmount");
    }
    if (value_has(given, "AccountID") || value_has(given, "AccountCode")) {
        json_object_del(line, "AccountID");
        json_object_del(line, "AccountCode");
    }
    json_object_update(line, copy);
    if (!old) {
        json_object_set_new(line, "LineItemID", value_uuid());
    }
    return line;
}

void lines_prepare(struct write *w, const json_t *element, struct outcome *o)
{
    json_t *given = json_object_get(element, "LineItems");
    json_t *before = json_incref(json_object_get(o->made, "LineItems"));
    bool approved_now = authorised(o->made) && !(o->record && authorised(o->record->json));
    json_t *lines = given ? json_array() : json_deep_copy(before), *one;
    size_t i;

    lines = lines ? lines : json_array();
    json_array_foreach(given, i, one)
    {
        json_array_append_new(lines, merged_line(before, one, o));
    }
    for (i = 0; (given || approved_now) && i < json_array_size(lines); i++) {
        check_line(w, json_array_get(lines, i), o);
    }
    json_object_set_new(o->made, "LineItems", lines);
    json_decref(before);
    if (json_array_size(lines) == 0) {
        refuse(o, "One or more line items must be specified");
    }
}
