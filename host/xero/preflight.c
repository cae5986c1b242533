/* What can be known to fail before it is sent. Each check is one row; the first finding counts. */
#include "base/memory.h"
#include "xero/xero.h"

struct check {
    const struct xero_object *object;
    const json_t *body;
    const struct xero_directory *directory;
    struct arena *arena;
    struct xero_finding *finding;
};

/* Returns false, so that checks write `return found(…)`. The words are the catalogue's. */
static bool found(struct check *check, const char *code, const char *field, const char *list,
                  const char *key, const char *sentence)
{
    const struct xero_meaning *meaning = xero_meaning_by_code(code);

    *check->finding = (struct xero_finding){
        .code = code,
        .sentence = sentence,
        .fix = meaning ? meaning->fix : "",
        .field = field,
        .list = list,
        .key = arena_copy(check->arena, key),
    };
    return false;
}

/* ---- dates ---------------------------------------------------------------------------------- */

bool xero_lock_date(const json_t *org, struct date *ret)
{
    static const char *const names[] = {"PeriodLockDate", "EndOfYearLockDate"};
    bool any = false;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct date day;
        struct text text = json_text(json_object_get(org, names[i]));
        if (text.size > 0 && date_parse(text, &day, NULL) &&
            (!any || date_compare(day, *ret) > 0)) {
            *ret = day;
            any = true;
        }
    }
    return any;
}

/* Drafts are not booked yet, so a lock does not concern them. */
static bool is_draft(const json_t *body)
{
    const char *status = json_path_text(body, "Status");

    return strcmp(status, "DRAFT") == 0 || strcmp(status, "SUBMITTED") == 0;
}

static bool check_lock_date(struct check *check)
{
    struct text text = json_text(json_object_get(check->body, "Date"));
    char lock_text[DATE_TEXT_MAX], day_text[DATE_TEXT_MAX];
    struct date lock, day;

    if (is_draft(check->body) || !xero_lock_date(check->directory->org, &lock) ||
        !date_parse(text, &day, NULL) || date_compare(day, lock) > 0) {
        return true;
    }
    return found(check, "locked-period", "Date", "xero.Organisation",
                 json_path_text(check->directory->org, "OrganisationID"),
                 arena_printf(check->arena,
                              "The date %s is not after the lock date %s of the organisation.",
                              date_format(day, day_text), date_format(lock, lock_text)));
}

/* ---- accounts ------------------------------------------------------------------------------- */

/* By id, else by code; *ret_key names it for people and for healing. */
static const json_t *account_of(struct check *check, const json_t *from, const char **ret_key)
{
    const char *id = json_path_text(from, "AccountID");
    const char *code = json_path_text(from, "AccountCode");

    code = code[0] ? code : json_path_text(from, "Code");
    *ret_key = id[0] ? id : code;
    if (id[0]) {
        return check->directory->record(check->directory->self, "xero.Accounts", id);
    }
    return code[0] ? check->directory->find(check->directory->self, "xero.Accounts", "Code", code)
                   : NULL;
}

static const char *label(struct check *check, const json_t *account)
{
    const char *code = json_path_text(account, "Code");

    return arena_printf(check->arena, "%s%s%s", code, code[0] ? " " : "",
                        json_path_text(account, "Name"));
}

static bool check_account(struct check *check, const json_t *from, const char *field)
{
    const char *key = "", *status;
    const json_t *account = account_of(check, from, &key);

    if (!key[0]) {
        return true;
    }
    if (!account) {
        return found(check, "account-unknown", field, "xero.Accounts", key,
                     arena_printf(check->arena, "The account %.60s is not in Xero.", key));
    }
    status = json_path_text(account, "Status");
    if (strcmp(status, "ACTIVE") != 0) {
        return found(check, "account-unknown", field, "xero.Accounts",
                     json_path_text(account, "AccountID"),
                     arena_printf(check->arena, "The account %s is not active in Xero (%s).",
                                  label(check, account), status));
    }
    return true;
}

/* Money can only come from, and go to, a bank account, or one that takes payments. */
static bool check_money_account(struct check *check, const char *path, bool payments_may)
{
    const json_t *from = json_path(check->body, path);
    const char *field = arena_printf(check->arena, "%s.AccountID", path), *key = "";
    const json_t *account;

    if (!json_is_object(from)) {
        return true;
    }
    if (!check_account(check, from, field)) {
        return false;
    }
    account = account_of(check, from, &key);
    bool takes = payments_may && json_is_true(json_object_get(account, "EnablePaymentsToAccount"));
    if (!account || takes || strcmp(json_path_text(account, "Type"), "BANK") == 0) {
        return true;
    }
    return found(check, "account-unknown", field, "xero.Accounts", key,
                 arena_printf(check->arena, "The account %s is no bank account%s.",
                              label(check, account),
                              payments_may ? " and payments to it are not enabled" : ""));
}

static bool check_money_accounts(struct check *check)
{
    return check_money_account(check, "Account", true) &&
           check_money_account(check, "BankAccount", false) &&
           check_money_account(check, "FromBankAccount", false) &&
           check_money_account(check, "ToBankAccount", false);
}

/* ---- lines ---------------------------------------------------------------------------------- */

static const char *applies_field(const char *account_class)
{
    static const struct {
        const char *account_class, *field;
    } fields[] = {
        {"ASSET", "CanApplyToAssets"},     {"EQUITY", "CanApplyToEquity"},
        {"EXPENSE", "CanApplyToExpenses"}, {"LIABILITY", "CanApplyToLiabilities"},
        {"REVENUE", "CanApplyToRevenue"},
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strcmp(fields[i].account_class, account_class) == 0) {
            return fields[i].field;
        }
    }
    return "";
}

static bool check_tax(struct check *check, const json_t *line, const char *field)
{
    const char *type = json_path_text(line, "TaxType"), *key = "";
    const json_t *rate, *account;

    if (!type[0]) {
        return true;
    }
    rate = check->directory->record(check->directory->self, "xero.TaxRates", type);
    if (!rate || strcmp(json_path_text(rate, "Status"), "ACTIVE") != 0) {
        return found(check, "tax-unknown", field, "xero.TaxRates", type,
                     arena_printf(check->arena, "The tax rate %.60s is not active in Xero.", type));
    }
    account = account_of(check, line, &key);
    const char *applies = applies_field(json_path_text(account, "Class"));
    if (applies[0] && json_is_false(json_object_get(rate, applies))) {
        return found(check, "tax-mismatch", field, "xero.TaxRates", type,
                     arena_printf(check->arena,
                                  "The tax rate %s (%.60s) cannot be used with the account %s.",
                                  json_path_text(rate, "Name"), type, label(check, account)));
    }
    return true;
}

static bool is_active(struct check *check, const char *list, const char *key)
{
    const json_t *record = check->directory->record(check->directory->self, list, key);

    return strcmp(json_path_text(record, "Status"), "ACTIVE") == 0;
}

static bool check_tracking(struct check *check, const json_t *line, const char *field)
{
    static const struct {
        const char *field, *list, *what;
    } kinds[] = {
        {"TrackingCategoryID", "xero.TrackingCategories", "category"},
        {"TrackingOptionID", "xero.TrackingOptions", "option"},
    };
    const json_t *tracking = json_object_get(line, "Tracking");

    for (size_t i = 0; i < json_array_size(tracking) * 2; i++) {
        const char *key = json_path_text(json_array_get(tracking, i / 2), kinds[i % 2].field);
        if (key[0] && !is_active(check, kinds[i % 2].list, key)) {
            return found(check, "option-unknown", field, kinds[i % 2].list, key,
                         arena_printf(check->arena, "The tracking %s %.60s is not active in Xero.",
                                      kinds[i % 2].what, key));
        }
    }
    return true;
}

static bool check_lines_of(struct check *check, const char *name)
{
    const json_t *lines = json_object_get(check->body, name), *line;
    size_t i;

    json_array_foreach(lines, i, line)
    {
        const char *place = arena_printf(check->arena, "%s[%zu]", name, i);
        if (!check_account(check, line, arena_printf(check->arena, "%s.AccountID", place)) ||
            !check_tax(check, line, arena_printf(check->arena, "%s.TaxType", place)) ||
            !check_tracking(check, line, arena_printf(check->arena, "%s.Tracking", place))) {
            return false;
        }
    }
    return true;
}

static bool check_lines(struct check *check)
{
    return check_lines_of(check, "LineItems") && check_lines_of(check, "JournalLines");
}

/* ---- the rest ------------------------------------------------------------------------------- */

static bool check_contact(struct check *check)
{
    const char *id = json_path_text(check->body, "Contact.ContactID");
    const json_t *contact =
        id[0] ? check->directory->record(check->directory->self, "xero.Contacts", id) : NULL;
    const char *status = json_path_text(contact, "ContactStatus");

    if (!contact || !status[0] || strcmp(status, "ACTIVE") == 0) {
        return true;
    }
    return found(check, "contact-archived", "Contact.ContactID", "xero.Contacts", id,
                 arena_printf(check->arena, "The contact %s is not active in Xero (%s).",
                              json_path_text(contact, "Name"), status));
}

static bool check_currency(struct check *check)
{
    const char *code = json_path_text(check->body, "CurrencyCode");

    if (!code[0] || strcmp(code, json_path_text(check->directory->org, "BaseCurrency")) == 0 ||
        check->directory->record(check->directory->self, "xero.Currencies", code)) {
        return true;
    }
    return found(
        check, "currency-unknown", "CurrencyCode", "xero.Currencies", code,
        arena_printf(check->arena, "The organisation does not use the currency %.10s.", code));
}

/* Xero trims names and makes one blank of several; then nobody finds them by comparing. */
static void tidy_name(json_t *body)
{
    AUTO(buffer_done) struct buffer out = {0};
    struct text name = json_text(json_object_get(body, "Name"));
    bool blank = true;

    if (!name.at) {
        return;
    }
    buffer_init(&out, name.size + 1);
    name = text_trim(name);
    for (size_t i = 0; i < name.size; i++) {
        bool is_blank = name.at[i] == ' ' || name.at[i] == '\t' || name.at[i] == '\n';

        if (!is_blank || !blank) {
            buffer_add_char(&out, is_blank ? ' ' : name.at[i]);
        }
        blank = is_blank;
    }
    json_object_set_new(body, "Name", json_new_text(buffer_text(&out)));
}

/* Xero keeps payments to the hundredth, also of dinars, as it keeps the totals they pay. */
static void tidy_amount(json_t *body)
{
    struct text digits = json_text(json_object_get(body, "Amount"));
    struct decimal amount;

    if (digits.at && decimal_parse(digits, &amount, NULL) && amount.scale > 2) {
        json_object_set_new(body, "Amount",
                            json_new_decimal(decimal_round(amount, 2, DECIMAL_HALF_UP)));
    }
}

void xero_tidy(const struct xero_object *object, json_t *body)
{
    if (strcmp(object->name, "Contacts") == 0) {
        tidy_name(body);
    } else if (strcmp(object->name, "Payments") == 0) {
        tidy_amount(body);
    }
}

bool xero_preflight(const struct xero_object *object, const json_t *body,
                    const struct xero_directory *directory, struct arena *arena,
                    struct xero_finding *ret)
{
    static bool (*const checks[])(struct check *) = {
        check_lock_date, check_currency, check_contact, check_money_accounts, check_lines,
    };
    struct check check = {object, body, directory, arena, ret};

    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        if (!checks[i](&check)) {
            return false;
        }
    }
    return true;
}
